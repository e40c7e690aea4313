package mission

import "embed"

// Words are the texts of missions.
//
//go:embed words/*.json
var Words embed.FS
