package programme

import (
	"fmt"
	"net/http"

	"rsc.io/qr"

	"github.com/escale-hq/escale/internal/document"
)

// Badges are printed two side by side, five down, to be cut along the hairlines.
const (
	badgeColumns, badgeRows = 2, 5
	badgeWidth              = document.Measure / badgeColumns
	badgeHeight             = 50.0
	badgePadding            = 5.0
	codeSize                = 26.0
)

// badges answers GET /t/{territory}/sessions/{id}/badges.pdf.
func (p *Pages) badges(w http.ResponseWriter, r *http.Request) error {
	page, f, err := p.open(r, "welcome")
	if err != nil {
		return err
	}
	d, err := document.New(document.Info{Title: page.title(page.session), Language: f.Words.Lang(), Made: page.now})
	if err != nil {
		return err
	}
	all := page.sorted()
	if len(all) == 0 {
		d.AddPage().Text(document.Margin, document.Margin, document.Left, d.Layout(document.Measure, document.Span{
			Text: f.Words.T("programme.nobody"), Style: document.Style{Size: 12, Color: document.Ink},
		}))
	}
	for i, a := range all {
		if i%(badgeColumns*badgeRows) == 0 {
			d.AddPage()
		}
		if err := page.draw(d, i%(badgeColumns*badgeRows), a, f.Fictional); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `inline; filename="badges.pdf"`)
	return d.Write(w)
}

// draw draws the badge of an attendee on the last page.
func (v sessionView) draw(d *document.Document, at int, a Attendee, fictional bool) error {
	pages := d.Pages()
	p := pages[len(pages)-1]
	x := document.Margin + float64(at%badgeColumns)*badgeWidth
	y := document.Margin + float64(at/badgeColumns)*badgeHeight
	p.Box(x, y, badgeWidth, badgeHeight, 0, document.Paint{Stroke: &document.Hair, Width: 0.1})
	organisation := a.Organisation
	if fictional {
		organisation += " · " + v.words.T("programme.fictional")
	}
	down := y + badgePadding
	for _, span := range []document.Span{
		{Text: a.Name, Style: document.Style{Face: document.Bold, Size: 15, Color: document.Ink, Leading: 1.15}},
		{Text: organisation, Style: document.Style{Size: 10.5, Color: document.Ink, Leading: 1.25}},
		{Text: v.title(v.session), Style: document.Style{Size: 8.5, Color: document.Muted, Leading: 1.25}},
	} {
		text := d.Layout(badgeWidth-3*badgePadding-codeSize, span)
		p.Text(x+badgePadding, down, document.Left, text)
		down += text.Height + badgePadding/3
	}
	code := Code(v.session.Territory, a.Key)
	under := d.Layout(codeSize, document.Span{Text: code, Style: document.Style{Size: 9, Color: document.Muted}})
	left, top := x+badgeWidth-badgePadding-codeSize, y+badgePadding
	p.Text(left+codeSize/2, top+codeSize+1.5, document.Center, under)
	return drawCode(p, left, top, code)
}

// drawCode draws a QR code of a text.
func drawCode(p *document.Page, x, y float64, text string) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("draw the code %s: %w", text, err)
	}
	module := codeSize / float64(code.Size)
	for row := range code.Size {
		for column := 0; column < code.Size; {
			width := 0
			for column+width < code.Size && code.Black(column+width, row) {
				width++
			}
			if width > 0 { // a run of modules is one box: seams between boxes confuse scanners
				p.Box(x+float64(column)*module, y+float64(row)*module, float64(width)*module, module, 0, document.Paint{Fill: &document.Ink})
			}
			column += max(width, 1)
		}
	}
	return nil
}
