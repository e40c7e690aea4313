package chart

import "strconv"

// A strip is 20 pixels high; what stands on it goes from the top to the floor.
// The heights of boxes are in the style sheet, so that a page of many strips
// stays small.
const (
	stripTop   = 3
	stripFloor = 17
)

// Axis is the scale of time of the strips of a day, in minutes.
type Axis struct {
	From, To int
	Ticks    []Tick
}

// NewAxis covers a time from a first to a last minute of the day, widened to
// whole hours, with at most ten marks at round hours. None is so near the end
// that its figure would stand out of the drawing.
func NewAxis(from, to int, clock func(minute int) string) Axis {
	a := Axis{From: from / 60 * 60, To: max((to+59)/60*60, from/60*60+60)}
	step := 60
	for a.To-a.From > 10*step {
		step += 60
	}
	for m := a.From; a.at(m) < 0.9; m += step {
		a.Ticks = append(a.Ticks, Tick{At: a.at(m), Text: clock(m)})
	}
	return a
}

// Span is a stretch of an axis, in minutes of the day.
type Span struct{ From, To int }

// Strip is a day of someone or of some place, as a line with what is on it.
type Strip struct {
	// Label says for the ear what is on it.
	Label string
	// Grid names the drawing of the day's slots, made by [Grid]; Away hides
	// those that are not open to this one.
	Grid string
	Away []Span
	// Meetings and Sessions are filled and hatched; Journeys are dotted.
	Meetings, Sessions, Journeys []Span
	// Loads are columns instead: how full a place is.
	Loads []Load
}

// Load is a column of a strip.
type Load struct {
	Span
	Share float64
}

// apart is what two boxes that touch in time leave between them, in minutes
// on either side.
const apart = 1

// at is where a minute stands, as a share of the axis.
func (a Axis) at(minute int) float64 { return float64(minute-a.From) / float64(a.To-a.From) }

// left and width place a box that stands for a span.
func (a Axis) left(s Span) string { return percent(a.at(s.From + apart)) }

func (a Axis) width(s Span) string { return percent(a.at(s.To-apart) - a.at(s.From+apart)) }

// around places what hides a span, with the edges of its slots.
func (a Axis) around(s Span) Span { return Span{s.From - apart, s.To + apart} }

// y and height place a column that is as high as the load's share.
func (l Load) y() string { return strconv.Itoa(stripFloor - l.high()) }

func (l Load) height() string { return strconv.Itoa(l.high()) }

func (l Load) high() int { return max(2, int(clamp(l.Share)*(stripFloor-stripTop)+0.5)) }
