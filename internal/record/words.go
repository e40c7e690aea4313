package record

import "embed"

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS
