// Package web is the kit of every page: the frame around it, the components it
// is made of, its style, scripts and icons, and the way a handler answers. It
// knows no feature: what a page shows is handed to it, in the words of the
// reader, and every component works without a script.
package web

import "embed"

// Words are the texts of the kit, whose keys begin with "web.".
//
//go:embed words/*.json
var Words embed.FS
