package agenda

import "embed"

// Words are the texts of agendas.
//
//go:embed words/*.json
var Words embed.FS
