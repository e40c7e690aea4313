package template

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// A Shelf keeps what templates hold, under its hash.
type Shelf struct {
	Put  func(territory int, content io.Reader) (hash string, err error)
	Open func(territory int, hash string) (io.ReadCloser, error)
}

// content is all that a template holds.
func (s Shelf) content(t *Template) ([]byte, error) {
	file, err := s.Open(t.Territory, t.Hash)
	if err != nil {
		return nil, fmt.Errorf("open the template %s: %w", t.ID, err)
	}
	defer file.Close()
	return io.ReadAll(file)
}

// parsed is a template, read.
func (s Shelf) parsed(t *Template) (*docx.Template, error) {
	data, err := s.content(t)
	if err != nil {
		return nil, err
	}
	return docx.Read(data)
}

// longestName bounds the name of a file.
const longestName = 120

// received reads the form that sends a template: its values, and the file with
// its name, if it is a document.
func received(r *http.Request) (values url.Values, name string, data []byte, err error) {
	values, err = web.ReadMixed(r, func(_, file string, content io.Reader) (err error) {
		name = path.Base(strings.ReplaceAll(file, `\`, "/"))
		data, err = io.ReadAll(io.LimitReader(content, docx.MostBytes+1))
		return err
	})
	if err != nil {
		return values, name, nil, err
	}
	if data == nil {
		return values, name, nil, fault.Problems{{Field: "file", Key: "template.file_needed"}}
	}
	if len(name) > longestName {
		return values, name, nil, fault.Problems{{Field: "file", Key: "template.name_long", Args: []any{longestName}}}
	}
	_, err = docx.Read(data)
	if key := refusal(err); key != "" {
		return values, name, nil, fault.Problems{{Field: "file", Key: key, Args: []any{docx.MostBytes >> 20}}}
	}
	return values, name, data, err
}

// refusal is the text that says why a file is no template, or "".
func refusal(err error) string {
	switch {
	case errors.Is(err, docx.ErrMacros):
		return "template.macros"
	case errors.Is(err, docx.ErrLarge):
		return "template.large"
	case errors.Is(err, docx.ErrNoDocument):
		return "template.no_document"
	default:
		return ""
	}
}

// send answers with a document.
func send(w http.ResponseWriter, data []byte, name string) {
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = bytes.NewReader(data).WriteTo(w) // the reader may be gone: there is nobody left to tell
}
