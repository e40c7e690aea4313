package web

import (
	"math"
	"strconv"
)

// A Figure has its words, and the records behind it at Href.
type Figure struct{ Value, Noun, Context, Href string }

// A Fact is a line of a card. It leads to Href where that is set.
type Fact struct{ Label, Value, Href string }

// A Meter is a bar from zero to Top, with a stroke at Bound unless it is 0.
type Meter struct {
	Value, Bound, Top float64
	// Label says both for the ear; the words that the eye reads are beside.
	Label string
}

// share is where a value is on the bar.
func (m Meter) share(value float64) string {
	if m.Top <= 0 {
		return "0%"
	}
	share := max(0, min(1, value/m.Top))
	return strconv.FormatFloat(math.Round(share*1e3)/10, 'f', -1, 64) + "%"
}
