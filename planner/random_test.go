package planner

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawnSize is how much a random problem holds at least and at most.
type drawnSize struct {
	slots, participants, wishes, requests [2]int
}

// drawProblem draws a small valid problem that may use every feature of the
// model, and may be impossible to plan.
func drawProblem(t *rapid.T) *Problem {
	return drawProblemOf(t, drawnSize{slots: [2]int{1, 8}, participants: [2]int{2, 7}, wishes: [2]int{0, 14}, requests: [2]int{0, 3}})
}

// drawTinyProblem draws one for [bruteForce]: at most six meetings are asked for,
// most often two or three.
func drawTinyProblem(t *rapid.T) *Problem {
	return drawProblemOf(t, drawnSize{slots: [2]int{2, 4}, participants: [2]int{3, 4}, wishes: [2]int{2, 4}, requests: [2]int{0, 2}})
}

func drawProblemOf(t *rapid.T, size drawnSize) *Problem {
	d := drawer{T: t, p: &Problem{}}
	d.grid(size.slots)
	d.venues()
	d.travel()
	d.participants(d.between("participants", size.participants))
	d.pools()
	d.wishes(d.between("wishes", size.wishes))
	d.requests(d.between("requests", size.requests))
	d.sessions()
	d.precedences()
	d.p.BreakSpread = None
	if d.chance("spread", 10) {
		d.p.BreakSpread = d.upTo("spread", 0, 2)
	}
	if err := d.p.Validate(); err != nil {
		t.Fatalf("the generator draws an invalid problem: %v", err)
	}
	return d.p
}

// drawer puts a random problem together.
type drawer struct {
	*rapid.T
	p *Problem
}

func (d drawer) upTo(what string, low, high int) int {
	return rapid.IntRange(low, high).Draw(d.T, what)
}

func (d drawer) between(what string, size [2]int) int { return d.upTo(what, size[0], size[1]) }

func (d drawer) chance(what string, percent int) bool {
	// Shrinking goes towards 0, which is to mean that nothing special happens.
	return rapid.IntRange(0, 99).Draw(d.T, what+"?") >= 100-percent
}

// often says yes half of the time, which [drawer.chance], whose draws are drawn
// to 0, never does.
func (d drawer) often(what string) bool { return rapid.Bool().Draw(d.T, what) }

func pickOne[T any](d drawer, what string, from ...T) T {
	return rapid.SampledFrom(from).Draw(d.T, what)
}

// grid draws slots of one or two legs and days. A second leg may be held at the
// same time as the first. Between two slots of a day there may be a pause,
// shorter or longer than the gap, and a new block may begin.
func (d drawer) grid(size [2]int) {
	d.p.Gap = pickOne(d, "gap", 0, 0, 5, 10)
	count := d.between("slots", size)
	second := count
	if d.chance("second day or leg", 40) {
		second = d.upTo("first slots", 1, count)
	}
	s := Slot{Span: Span{nine, nine}}
	for i := range count {
		if i == second {
			leg := pickOne(d, "new leg", 0, 1)
			day := 1
			if leg == 1 && d.chance("legs at a time", 50) {
				day = 0
			}
			start := Minute(day*minutesOfDay + nine + 5*d.upTo("start", 0, 4))
			s = Slot{Span: Span{start, start}, Leg: leg, Day: day, Block: s.Block + 1}
		} else if i > 0 {
			s.End += Minute(pickOne(d, "pause", 0, 0, 5, 10, 60))
			if d.chance("new block", 15) {
				s.Block++
			}
		}
		s.Start, s.End = s.End, s.End+Minute(pickOne(d, "length", 30, 30, 20))
		d.p.Slots = append(d.p.Slots, s)
	}
}

// span draws one that has something to do with the grid.
func (d drawer) span() Span {
	s := rapid.SampledFrom(d.p.Slots).Draw(d.T, "slot").Span
	if d.chance("odd span", 30) {
		s.Start += Minute(5 * d.upTo("later", -5, 5))
		s.End = max(s.Start, s.End+Minute(5*d.upTo("longer", -5, 5)))
	}
	return s
}

func (d drawer) spans(what string, percent int) []Span {
	var list []Span
	for len(list) < 3 && d.chance(what, percent) {
		list = append(list, d.span())
	}
	return list
}

func (d drawer) legs() []int {
	return pickOne(d, "legs", nil, nil, nil, nil, nil, nil, nil, []int{0, 1}, []int{0}, []int{1})
}

func (d drawer) venues() {
	for range d.upTo("venues", 1, 3) {
		d.p.Venues = append(d.p.Venues, Venue{Legs: d.legs(), Closed: d.spans("closed", 10)})
	}
	for range d.upTo("places", 1, 3) {
		d.p.Places = append(d.p.Places, Place{
			Venue: d.venue(), Tables: pickOne(d, "tables", 1, 1, 2, 0),
			Closed: d.spans("closed", 10), Reserved: d.chance("reserved", 15),
		})
	}
}

func (d drawer) venue() VenueID { return VenueID(d.upTo("venue", 0, len(d.p.Venues)-1)) }

func (d drawer) place() PlaceID { return PlaceID(d.upTo("place", 0, len(d.p.Places)-1)) }

func (d drawer) travel() {
	if d.chance("no travel", 30) {
		return
	}
	for range d.p.Venues {
		row := make([]int, len(d.p.Venues))
		for to := range row {
			row[to] = pickOne(d, "minutes", 0, 5, 10, 30, 45)
		}
		d.p.Travel = append(d.p.Travel, row)
	}
}

func (d drawer) participants(count int) {
	onePool := d.chance("one pool", 30)
	languages := [][]string{nil, nil, nil, {"fr"}, {"en"}, {"en", "fr"}, {"es", "en"}, {"es"}}
	for range count {
		who := Participant{
			Seats: pickOne(d, "seats", 0, 1, 2), Languages: pickOne(d, "languages", languages...),
			Legs: d.legs(), Busy: d.spans("busy", 25),
			Max: pickOne(d, "max", 0, 0, 1, 2), MaxDay: pickOne(d, "max a day", 0, 0, 0, 1, 2),
		}
		if !onePool {
			who.Side = pickOne(d, "side", Delegate, Counterpart)
		}
		if d.chance("minimum", 30) {
			who.Min = d.upTo("min", 0, 2)
			if who.Max > 0 {
				who.Min = min(who.Min, who.Max)
			}
		}
		if d.chance("receives", 25) {
			who.Places = append(who.Places, d.place())
		}
		d.p.Participants = append(d.p.Participants, who)
	}
}

func (d drawer) pools() {
	for range d.upTo("pools", 0, 2) {
		d.p.Pools = append(d.p.Pools, Pool{
			Languages: pickOne(d, "pool", [2]string{"fr", "en"}, [2]string{"en", "es"}, [2]string{"es", "fr"}),
			Count:     pickOne(d, "count", 1, 1, 2, 0), Busy: d.spans("away", 20), Legs: d.legs(),
		})
	}
}

// two draws two different participants.
func (d drawer) two() (a, b ParticipantID) {
	count := len(d.p.Participants)
	a = ParticipantID(d.upTo("from", 0, count-1))
	b = ParticipantID(d.upTo("to", 0, count-2))
	if b >= a {
		b++
	}
	return a, b
}

// anySeat draws the name of a seat of the participant, most often none.
func (d drawer) anySeat(who ParticipantID) int {
	if d.chance("named", 15) {
		return d.upTo("seat", 1, max(1, d.p.Participants[who].Seats))
	}
	return 0
}

func (d drawer) venueList() []VenueID {
	var list []VenueID
	for len(list) < 2 && d.chance("venues named", 15) {
		list = append(list, d.venue())
	}
	return list
}

func (d drawer) wishes(count int) {
	for range count {
		from, to := d.two()
		w := Wish{
			From: from, To: to, Kind: pickOne(d, "kind", Must, Nice, Nice), Weight: d.upTo("weight", 0, 5),
			Minutes: pickOne(d, "minutes", 0, 0, 0, 20, 45, 60), Venues: d.venueList(),
			FromSeat: d.anySeat(from), ToSeat: d.anySeat(to),
		}
		if d.chance("never", 8) {
			w.Kind = Never
		}
		d.p.Wishes = append(d.p.Wishes, w)
	}
}

func (d drawer) requests(count int) {
	for range count {
		a, b := d.two()
		r := Request{
			Attendees: []Attendee{{a, d.anySeat(a)}, {b, d.anySeat(b)}}, Value: d.upTo("value", 0, 4),
			Minutes: pickOne(d, "minutes", 0, 0, 45), Venues: d.venueList(), Place: None, Table: None,
		}
		if c := ParticipantID(d.upTo("third", 0, len(d.p.Participants)-1)); c != a && c != b && d.chance("three", 50) {
			r.Attendees = append(r.Attendees, Attendee{c, d.anySeat(c)})
		}
		for d.chance("start named", 25) {
			r.Starts = append(r.Starts, SlotID(d.upTo("start", 0, len(d.p.Slots)-1)))
		}
		r.Required = d.chance("required", 25)
		if len(r.Starts) == 1 && !d.refuses(r) {
			d.lock(&r)
		}
		d.p.Requests = append(d.p.Requests, r)
	}
}

func (d drawer) refuses(r Request) bool {
	return slices.ContainsFunc(d.p.Wishes, func(w Wish) bool {
		holds := func(who ParticipantID) bool {
			return slices.ContainsFunc(r.Attendees, func(a Attendee) bool { return a.Participant == who })
		}
		return w.Kind == Never && holds(w.From) && holds(w.To)
	})
}

func (d drawer) lock(r *Request) {
	r.Locked = d.chance("locked", 60)
	if r.Locked && d.chance("place kept", 40) {
		r.Place = d.place()
		if tables := d.p.Places[r.Place].Tables; tables > 0 && d.chance("table kept", 50) {
			r.Table = d.upTo("table", 1, tables)
		}
	}
}

// sessions draws up to two, of different participants: nobody is in two.
func (d drawer) sessions() {
	for i := range d.upTo("sessions", 0, 2) {
		s := Session{Span: d.span(), Venue: d.venue()}
		s.End = max(s.End, s.Start+10)
		if d.chance("no venue", 30) {
			s.Venue = None
		}
		for who := i; who < len(d.p.Participants); who += 2 {
			if d.chance("comes", 50) {
				s.Participants = append(s.Participants, ParticipantID(who))
			}
		}
		d.p.Sessions = append(d.p.Sessions, s)
	}
}

func (d drawer) precedences() {
	count := len(d.p.Requests)
	if count >= 2 && d.chance("precedence", 30) {
		before := d.upTo("before", 0, count-1)
		d.p.Precedences = append(d.p.Precedences, Precedence{RequestID(before), RequestID((before + 1) % count)})
	}
}

// TestDrawProblemUsesEveryFeature guards the generator: a feature that it never
// draws is a feature that no property tests.
func TestDrawProblemUsesEveryFeature(t *testing.T) {
	seen := make(map[string]bool)
	problems := rapid.Custom(drawProblem)
	for seed := range 1000 {
		noteFeatures(seen, problems.Example(seed))
	}
	features := []string{
		"legs at a time", "gap", "travel", "closed venue", "closed place", "unnumbered place", "reserved place", "seats",
		"busy", "min", "max", "max a day", "pool", "never", "person", "long", "venue named", "required", "locked",
		"lock of a place", "three", "session", "precedence", "spread",
	}
	for _, name := range features {
		if !seen[name] {
			t.Errorf("no problem of a thousand has the feature %q", name)
		}
	}
}

func noteFeatures(seen map[string]bool, p *Problem) {
	note := func(name string, has bool) { seen[name] = seen[name] || has }
	first, last := p.Slots[0], p.Slots[len(p.Slots)-1]
	note("legs at a time", first.Leg != last.Leg && first.Day == last.Day)
	note("gap", p.Gap > 0)
	note("travel", p.Travel != nil)
	note("pool", len(p.Pools) > 0)
	note("precedence", len(p.Precedences) > 0)
	note("spread", p.BreakSpread >= 0)
	for _, v := range p.Venues {
		note("closed venue", len(v.Closed) > 0)
	}
	for _, place := range p.Places {
		note("closed place", len(place.Closed) > 0)
		note("unnumbered place", place.Tables == 0)
		note("reserved place", place.Reserved)
	}
	for _, who := range p.Participants {
		note("seats", who.Seats > 1)
		note("busy", len(who.Busy) > 0)
		note("min", who.Min > 0)
		note("max", who.Max > 0)
		note("max a day", who.MaxDay > 0)
	}
	for _, w := range p.Wishes {
		note("never", w.Kind == Never)
		note("person", w.FromSeat+w.ToSeat > 0)
		note("long", w.Minutes > 30)
		note("venue named", len(w.Venues) > 0)
	}
	for _, r := range p.Requests {
		note("required", r.Required)
		note("locked", r.Locked)
		note("lock of a place", r.Locked && r.Place != None)
		note("three", len(r.Attendees) > 2)
	}
	for _, s := range p.Sessions {
		note("session", len(s.Participants) > 0)
	}
}
