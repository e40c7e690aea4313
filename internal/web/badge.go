package web

// A Tone is the colour of a note or badge; its words say the same.
type Tone string

// The tones.
const (
	Plain Tone = "plain"
	Sea   Tone = "sea"   // to know
	Pine  Tone = "pine"  // done, allowed
	Sun   Tone = "sun"   // soon, to decide
	Terra Tone = "terra" // now, late
	Brick Tone = "brick" // refused, wrong
)

// A State is what a badge says of a thing.
type State int

// The states; the last three are how a figure is known.
const (
	Good State = iota
	ToDecide
	Late
	Changed
	Refused
	Waiting
	Draft
	Confirmed
	Declared
	Reported
)

// badges are how the states look. Those without a tone are not established:
// they have an outline only.
var badges = [...]struct {
	tone Tone
	icon string
}{
	Good:      {Pine, "check"},
	ToDecide:  {Sun, "clock"},
	Late:      {Terra, "triangle-alert"},
	Changed:   {Sea, "pencil"},
	Refused:   {Brick, "circle-x"},
	Waiting:   {Plain, "hourglass"},
	Draft:     {"outline", "circle-dashed"},
	Confirmed: {Pine, "badge-check"},
	Declared:  {"outline", "user-pen"},
	Reported:  {"outline", "quote"},
}

func (s State) class() string { return "badge badge-" + string(badges[s].tone) }
