package web

import (
	"bytes"
	"net/http"
)

// SendFile answers with a file to keep: a workbook, unless it is as "csv" or
// "json". Its name has no ending.
func SendFile(w http.ResponseWriter, file *bytes.Buffer, name, as string) {
	kind, ending := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
	switch as {
	case "csv":
		kind, ending = "text/csv; charset=utf-8", ".csv"
	case "json":
		kind, ending = "application/json", ".json"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+ending+`"`)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = file.WriteTo(w) // the reader may be gone: there is nobody left to tell
}
