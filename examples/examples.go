// Package examples embeds the example workbooks, so that a demonstration can
// make missions of them.
package examples

import (
	"embed"
	"io/fs"
)

//go:embed miami-2017/*.csv canada-2019/*.csv
var files embed.FS

// Workbook is the folder of an example, such as "miami-2017".
func Workbook(name string) (fs.FS, error) { return fs.Sub(files, name) }
