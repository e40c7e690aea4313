package chart

import "strconv"

// Meter shows a figure as a bar from zero and its bound as a stroke that
// stands out of it.
type Meter struct {
	// Label says both for the ear.
	Label string
	// Value and Bound are on one scale, which ends at Top.
	Value, Bound, Top float64
	// ValueText is written at the end of the bar. BoundText is written above
	// the stroke; when empty, there is no bound.
	ValueText, BoundText string
	Ticks                []Tick
}

// Tick is a mark of an axis, at a share of its length.
type Tick struct {
	At   float64
	Text string
}

func (m Meter) at(v float64) float64 {
	if m.Top <= 0 {
		return 0
	}
	return clamp(v / m.Top)
}

// valueInside says whether the bar is long enough to hold its figure.
func (m Meter) valueInside() bool { return m.at(m.Value) > 0.2 }

// valueClass sets the figure within the end of the bar, or after it.
func (m Meter) valueClass() string {
	if m.valueInside() {
		return "chart-on-bar"
	}
	return "chart-after"
}

// valueShift leaves room between the figure and the end of the bar.
func (m Meter) valueShift() string {
	if m.valueInside() {
		return "-8"
	}
	return "8"
}

// boundAnchor keeps the words of the bound within the drawing.
func (m Meter) boundAnchor() string { return anchor(m.at(m.Bound)) }

// anchor keeps a text that stands at a share of the width within it.
func anchor(at float64) string {
	switch {
	case at < 0.08:
		return "start"
	case at > 0.85:
		return "end"
	default:
		return "middle"
	}
}

// Columns shows how many there are of each kind as columns from zero.
type Columns struct {
	// Label says the figures for the ear.
	Label   string
	Columns []Column
	// Mark is before the column of that position; negative means none.
	Mark     int
	MarkText string
}

// Column is one of them, at its share of the highest.
type Column struct {
	Share      float64
	Name, Text string
}

// The drawing of columns is that high, with room for figures above and names
// below.
const (
	columnsTop   = 44
	columnsFloor = 164
	columnsFoot  = 190
)

func (c Columns) left(i int) string {
	return percent((float64(i) + 0.18) / float64(len(c.Columns)))
}

func (c Columns) width() string { return percent(0.64 / float64(len(c.Columns))) }

func (c Columns) middle(i int) string {
	return percent((float64(i) + 0.5) / float64(len(c.Columns)))
}

func (c Columns) mark() float64 { return float64(c.Mark) / float64(len(c.Columns)) }

// height of a column; what is there at all is never invisible.
func (c Column) height() int {
	if c.Share <= 0 {
		return 0
	}
	return max(2, int(clamp(c.Share)*(columnsFloor-columnsTop)))
}

func (c Column) top() string { return strconv.Itoa(columnsFloor - c.height()) }

func (c Column) textY() string { return strconv.Itoa(columnsFloor - c.height() - 8) }
