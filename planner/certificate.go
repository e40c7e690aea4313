package planner

// Certificate is a set of prices from which [CheckBound] derives an upper
// bound on the value of every plan. Whatever the prices are, the bound holds:
// a meeting is worth at most what its seats, its place and its interpreter
// cost, plus what is left when it is worth more than that; this is the
// Lagrangian dual of the selection of meetings (Fisher, Management Science
// 27(1), 1981). Good prices make it tight, and tell what one more table, seat
// or interpreter would be worth.
//
// Prices are whole, in 1/Scale points, and never negative.
type Certificate struct {
	// Scale is 1 or more.
	Scale int
	// Seat is the price of one seat of a participant in a slot:
	// [participant][slot].
	Seat [][]int
	// Place and Pool are those of one table and one interpreter:
	// [place][slot], [pool][slot].
	Place, Pool [][]int
	// Max is the price of one meeting within the participant's maximum, Day
	// within its maximum of a day: [participant], [participant][day].
	Max []int
	Day [][]int
	// Min is what one guaranteed meeting of the participant counts; nil when
	// the bound holds for all plans. Otherwise it holds for plans whose
	// shortfall is at most Shortfall.
	Min       []int
	Shortfall int
}
