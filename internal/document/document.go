// Package document lays out and writes PDF documents: pages of A4, the type
// and colours of the house, text in the scripts that the people of a mission
// write their names in.
//
// Lengths are in millimetres, from the top left corner of the page; sizes of
// type are in points.
package document

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/tdewolff/canvas"
	"github.com/tdewolff/canvas/renderers/pdf"
)

// The sheet is A4. Nothing is printed in its margins.
const (
	Width  = 210.0
	Height = 297.0
	Margin = 18.0
	// Measure is the width between the margins.
	Measure = Width - 2*Margin
)

// Info is what a document says of itself.
type Info struct {
	Title string
	// Language is a tag such as "fr", for the voice that reads the document.
	Language string
	// Made is the date of the document, so that the same content gives the
	// same bytes whenever it is written.
	Made time.Time
}

// Document is a PDF in the making.
type Document struct {
	info      Info
	fonts     *fonts
	pages     []*Page
	bookmarks []bookmark
}

// A bookmark is a line of the outline that readers show beside the pages.
type bookmark struct {
	title string
	page  int
}

// New returns a document without pages.
func New(info Info) (*Document, error) {
	fonts, err := loadFonts()
	if err != nil {
		return nil, err
	}
	return &Document{info: info, fonts: fonts}, nil
}

// AddPage appends an empty page.
func (d *Document) AddPage() *Page {
	p := &Page{canvas: canvas.New(Width, Height), fonts: d.fonts}
	d.pages = append(d.pages, p)
	return p
}

// Pages are all pages so far. They can be drawn on until the document is
// written: that is how a foot tells how many pages there are.
func (d *Document) Pages() []*Page { return d.pages }

// Bookmark names the last page in the outline.
func (d *Document) Bookmark(title string) {
	d.bookmarks = append(d.bookmarks, bookmark{title, len(d.pages) - 1})
}

// Write writes the document. It needs a page at least, and every character
// that was laid out: see [Document.Missing].
func (d *Document) Write(w io.Writer) error {
	if len(d.pages) == 0 {
		return fmt.Errorf("document %q has no page", d.info.Title)
	}
	var raw bytes.Buffer
	out := pdf.New(&raw, Width, Height, nil)
	for i, p := range d.pages {
		if i > 0 {
			out.NewPage(Width, Height)
		}
		p.canvas.RenderTo(out)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("writing document %q: %w", d.info.Title, err)
	}
	return d.finish(w, raw.Bytes())
}

// Missing are the characters that no font of the house has, in the order of
// their numbers. They were drawn as [Replacement]: it is for the caller to
// say so.
func (d *Document) Missing() []rune { return d.fonts.missingRunes() }
