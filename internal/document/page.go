package document

import (
	"math"

	"github.com/tdewolff/canvas"
)

// Page is a sheet to draw on. Text is drawn over shapes, and shapes over dotted
// lines, whatever the order of the calls: the strokes that make a font bold
// would otherwise take the width and the dots of the line drawn before.
type Page struct {
	canvas *canvas.Canvas
	fonts  *fonts
}

// Align says where the lines of a block stand.
type Align int

// The alignments. What is numbered or ends a row is at the right.
const (
	Left Align = iota
	Center
	Right
)

// Text draws a block whose top is at y. The lines begin at x, are centred on
// it or end at it.
func (p *Page) Text(x, y float64, align Align, b *Block) {
	for _, l := range b.lines {
		at := x
		switch align {
		case Center:
			at -= l.width / 2
		case Right:
			at -= l.width
		}
		for _, piece := range l.pieces {
			p.piece(at, y+l.baseline, piece)
			at += piece.width
		}
		y += l.height
	}
}

func (p *Page) piece(x, baseline float64, piece piece) {
	baseline -= piece.style.Raised * piece.style.Size * mmPerPoint
	for _, r := range piece.runs {
		p.run(x, baseline, r, piece.style)
		x += p.fonts.width(r, piece.style.Size)
	}
}

// run draws a stretch of text. The library forgets how far a vowel point is
// lifted or shifted over its letter, so text that has some is drawn as
// outlines; the same in white under it remains, to be searched and copied.
func (p *Page) run(x, baseline float64, r run, style Style) {
	p.canvas.SetZIndex(textLayer)
	if !r.hasOffsets() {
		p.canvas.RenderText(p.fonts.textLine(r, style.Size, style.Color), at(x, baseline))
		return
	}
	p.canvas.RenderText(p.fonts.textLine(r, style.Size, White), at(x, baseline))
	if outlines, _, err := r.fontFace(style.Size, style.Color).ToPath(r.text); err == nil {
		p.canvas.RenderPath(outlines, Paint{Fill: &style.Color}.style(), at(x, baseline))
	}
}

// The layers of a page, from the ground up.
const (
	dotLayer = iota
	shapeLayer
	textLayer
)

// at turns a place on the page, counted from the top, into canvas's, which
// counts from the bottom. A thousandth of a millimetre is fine enough, and
// keeps the file small.
func at(x, y float64) canvas.Matrix {
	return canvas.Identity.Translate(round(x), round(Height-y))
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }

// Paint is how a shape is drawn; its zero value draws nothing. A nil colour
// leaves the inside or the edge alone.
type Paint struct {
	Fill, Stroke *Color
	// Width is that of the stroke.
	Width float64
	// Dotted draws the stroke as round dots.
	Dotted bool
}

func (p Paint) style() canvas.Style {
	style := canvas.DefaultStyle
	style.Fill = canvas.Paint{}
	if p.Fill != nil {
		style.Fill = canvas.Paint{Color: p.Fill.rgba()}
	}
	if p.Stroke != nil {
		style.Stroke = canvas.Paint{Color: p.Stroke.rgba()}
		style.StrokeWidth = p.Width
	}
	if p.Dotted {
		style.StrokeCapper = canvas.RoundCap
		style.Dashes = []float64{0, 2.6}
	}
	return style
}

// Line draws from one place to another.
func (p *Page) Line(x1, y1, x2, y2 float64, width float64, color Color) {
	p.stroke(x1, y1, x2, y2, Paint{Stroke: &color, Width: width})
}

// Dots draws a dotted line.
func (p *Page) Dots(x1, y1, x2, y2 float64, width float64, color Color) {
	p.stroke(x1, y1, x2, y2, Paint{Stroke: &color, Width: width, Dotted: true})
}

func (p *Page) stroke(x1, y1, x2, y2 float64, paint Paint) {
	path := &canvas.Path{}
	path.MoveTo(0, 0)
	path.LineTo(round(x2-x1), round(y1-y2))
	p.shape(path, paint, x1, y1)
}

// Box draws a rectangle whose top left corner is at x, y.
func (p *Page) Box(x, y, width, height, radius float64, paint Paint) {
	path := canvas.RoundedRectangle(round(width), round(height), radius)
	p.shape(path, paint, x, y+height)
}

// Circle draws a circle around x, y.
func (p *Page) Circle(x, y, radius float64, paint Paint) {
	p.shape(canvas.Circle(radius), paint, x, y)
}

// Polygon draws the closed line through the places, given as x and y in turn.
func (p *Page) Polygon(paint Paint, places ...[2]float64) {
	path := &canvas.Path{}
	for i, place := range places {
		if i == 0 {
			path.MoveTo(0, 0)
			continue
		}
		path.LineTo(round(place[0]-places[0][0]), round(places[0][1]-place[1]))
	}
	path.Close()
	p.shape(path, paint, places[0][0], places[0][1])
}

func (p *Page) shape(path *canvas.Path, paint Paint, x, y float64) {
	p.canvas.SetZIndex(shapeLayer)
	if paint.Dotted {
		p.canvas.SetZIndex(dotLayer)
	}
	p.canvas.RenderPath(path, paint.style(), at(x, y))
}
