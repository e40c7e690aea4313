package sheet

import "github.com/xuri/excelize/v2"

// Style names how a cell looks.
type Style string

// The styles. Fonts and colours are those of everything that Escale prints.
const (
	Plain    Style = ""
	Title    Style = "title"
	Muted    Style = "muted"
	Head     Style = "head"
	HeadEnd  Style = "head-end" // for a column of figures
	HeadSpan Style = "head-span"
	Strong   Style = "strong"
	Wrapped  Style = "wrapped"
	Integer  Style = "integer"
	Decimal  Style = "decimal"
	Percent  Style = "percent"
	Date     Style = "date"
	Clock    Style = "clock"
	DateTime Style = "date-time"
	Good     Style = "good"
	Warning  Style = "warning"
	Current  Style = "current" // a cell of a grid that holds a meeting
	Session  Style = "session" // one that holds a session
	Closed   Style = "closed"  // one that cannot hold anything
)

// The colours of paper.
const (
	ink, muted, line, field       = "1D2A35", "4B5660", "DDD4C5", "857C6C"
	sunken, sea, seaWash          = "F3EEE4", "084B64", "E1EEF2"
	pine, pineWash                = "2A6848", "E1EFE6"
	sun, sunWash                  = "855600", "FAEFD5"
	textFont, titleFont           = "Calibri", "Cambria"
	thickLine, thinLine, hairLine = 2, 1, 7
)

// look is what makes a style.
type look struct {
	size            float64
	bold            bool
	font, ink, fill string
	align           string
	format          string
	wrap            bool
	under           int // the line under it
}

// looks gives each style; what is not said is as in the plain one.
func looks() map[Style]look {
	return map[Style]look{
		Plain:    {under: hairLine},
		Title:    {size: 18, bold: true, font: titleFont},
		Muted:    {ink: muted},
		Head:     {bold: true, ink: muted, fill: sunken, wrap: true, under: thickLine},
		HeadEnd:  {bold: true, ink: muted, fill: sunken, wrap: true, under: thickLine, align: "right"},
		HeadSpan: {bold: true, ink: sea, fill: sunken, align: "center", under: thinLine},
		Strong:   {bold: true, under: hairLine},
		Wrapped:  {wrap: true, under: hairLine},
		Integer:  {align: "right", format: "#,##0", under: hairLine},
		Decimal:  {align: "right", format: "#,##0.0", under: hairLine},
		Percent:  {align: "right", format: "0.0%", under: hairLine},
		Date:     {align: "left", format: "yyyy-mm-dd", under: hairLine},
		Clock:    {align: "left", format: "hh:mm", under: hairLine},
		DateTime: {align: "left", format: "yyyy-mm-dd hh:mm", under: hairLine},
		Good:     {ink: pine, fill: pineWash, under: hairLine},
		Warning:  {ink: sun, fill: sunWash, under: hairLine},
		Current:  {ink: sea, fill: seaWash, wrap: true, under: hairLine},
		Session:  {ink: sun, fill: sunWash, wrap: true, under: hairLine},
		Closed:   {ink: muted, fill: sunken, align: "center", under: hairLine},
	}
}

func (l look) style() *excelize.Style {
	font := &excelize.Font{Family: textFont, Size: 11, Bold: l.bold, Color: ink}
	if l.font != "" {
		font.Family = l.font
	}
	if l.size > 0 {
		font.Size = l.size
	}
	if l.ink != "" {
		font.Color = l.ink
	}
	style := &excelize.Style{
		Font:      font,
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "top", WrapText: l.wrap},
	}
	if l.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
	}
	if l.under > 0 {
		color := line
		if l.under != hairLine {
			color = field
		}
		style.Border = []excelize.Border{{Type: "bottom", Style: l.under, Color: color}}
	}
	return style
}
