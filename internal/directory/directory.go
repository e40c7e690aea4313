// Package directory keeps the organisations, people and cities of a territory:
// one record each, with its history on top, at home and abroad.
package directory

import "embed"

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS
