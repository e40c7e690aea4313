package programme

import "embed"

// Words are the texts of programmes.
//
//go:embed words/*.json
var Words embed.FS
