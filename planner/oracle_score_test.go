package planner

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// entry is one line of the oracle's agendas.
type entry struct {
	from, to Minute
	venue    VenueID
	// day is None for a session outside of all days.
	day int
}

// entries lists what the seat does, in no order.
func (o oracle) entries(a Attendee) []entry {
	var list []entry
	for _, m := range o.plan.Meetings {
		if m.seat(a.Participant) == a.Seat {
			list = append(list, entry{o.from(m), o.to(m), o.p.Places[m.Place].Venue, o.p.Slots[m.Start].Day})
		}
	}
	for _, s := range o.p.Sessions {
		if slices.Contains(s.Participants, a.Participant) {
			list = append(list, entry{s.Start, s.End, s.Venue, o.dayOf(s)})
		}
	}
	return list
}

// dayOf is the first day that begins before the session ends and ends after it
// begins.
func (o oracle) dayOf(s Session) int {
	for day := range 2 {
		begun, over := false, true
		for _, slot := range o.p.Slots {
			if slot.Day == day {
				begun = begun || slot.Start < s.End
				over = over && slot.End <= s.Start
			}
		}
		if begun && !over {
			return day
		}
	}
	return None
}

// following calls do with every two entries of the seat between which it does
// nothing.
func (o oracle) following(a Attendee, do func(x, y entry)) {
	list := o.entries(a)
	for _, x := range list {
		for _, y := range list {
			between := func(z entry) bool { return z.from >= x.to && z.to <= y.from }
			if x.to <= y.from && !slices.ContainsFunc(list, between) {
				do(x, y)
			}
		}
	}
}

func (o oracle) everySeatOf(who ParticipantID, do func(a Attendee)) {
	do(Attendee{who, 1})
	for seat := 2; seat <= o.p.Participants[who].Seats; seat++ {
		do(Attendee{who, seat})
	}
}

// breaks counts the idle gaps of the participant's seats.
func (o oracle) breaks(who ParticipantID) int {
	n := 0
	o.everySeatOf(who, func(a Attendee) {
		o.following(a, func(x, y entry) {
			if slices.ContainsFunc(o.p.Slots, func(s Slot) bool { return o.idleIn(who, s, x, y) }) {
				n++
			}
		})
	})
	return n
}

// idleIn says whether the slot lies between the entries, in a block that both
// take part in, and the participant could have met someone in it.
func (o oracle) idleIn(who ParticipantID, s Slot, x, y entry) bool {
	inBlock := func(e entry) bool {
		begun, over := false, true
		for _, t := range o.p.Slots {
			if t.Block == s.Block {
				begun = begun || t.Start < e.to
				over = over && t.End <= e.from
			}
		}
		return begun && !over
	}
	participant := o.p.Participants[who]
	if participant.Legs != nil && !slices.Contains(participant.Legs, s.Leg) || slices.ContainsFunc(participant.Busy, s.Overlaps) {
		return false
	}
	long := s.Minutes() + o.journey(x.venue, y.venue)
	return s.Start >= x.to && s.End <= y.from && inBlock(x) && inBlock(y) && long <= int(y.from-x.to)
}

// score adds everything up.
func (o oracle) score(best []int) Score {
	var s Score
	var met []int
	for id := range o.p.Participants {
		who := ParticipantID(id)
		meetings := 0
		for _, m := range o.plan.Meetings {
			meetings += min(1, m.seat(who))
		}
		s.Shortfall += max(0, o.p.Participants[id].Min-meetings)
		s.Breaks += o.breaks(who)
		o.everySeatOf(who, func(a Attendee) {
			o.following(a, func(x, y entry) {
				if x.day == y.day && x.day != None || (x.day == None || y.day == None) && y.from-x.to < 720 {
					s.Travel += o.journey(x.venue, y.venue)
				}
			})
		})
		points := 0
		for _, w := range o.p.Wishes {
			if w.From == who && o.meets(w) {
				points += w.Points()
			}
		}
		met = append(met, points)
		s.Value += points
	}
	for _, m := range o.plan.Meetings {
		if m.Request != None {
			s.Value += o.p.Requests[m.Request].Value
		}
	}
	s.Served = o.rank(met, best)
	return s
}

func (o oracle) meets(w Wish) bool {
	return slices.ContainsFunc(o.plan.Meetings, func(m Meeting) bool {
		return o.carries(m, w) && (w.FromSeat == 0 || m.seat(w.From) == w.FromSeat) && (w.ToSeat == 0 || m.seat(w.To) == w.ToSeat)
	})
}

// rank takes the worst of those left, again and again.
func (o oracle) rank(met, best []int) []Served {
	var list []Served
	taken := make([]bool, len(best))
	for range best {
		worst := None
		for i := range best {
			if !taken[i] && best[i] > 0 && (worst == None || float64(met[i])/float64(best[i]) < float64(met[worst])/float64(best[worst])) {
				worst = i
			}
		}
		if worst != None {
			taken[worst] = true
			list = append(list, Served{ParticipantID(worst), met[worst], best[worst]})
		}
	}
	return list
}

// bests is, for each participant, the most points of its own wishes that any
// choice of meetings gives it.
func (o oracle) bests() []int {
	best := make([]int, len(o.p.Participants))
	j := newJudge(o.p)
	for who := range best {
		var choices [][]choice
		for i := range j.asked {
			choices = append(choices, o.choices(ParticipantID(who), everyForm(j, &j.asked[i])))
		}
		limit := o.p.Participants[who].Max
		if limit == 0 {
			limit = len(choices)
		}
		best[who] = mostPoints(choices, nil, limit)
	}
	return best
}

// choice is what a participant sees of one of its meetings.
type choice struct {
	start  SlotID
	seat   int
	points int
}

// choices lists what the forms of a meeting are to a participant who wants it.
func (o oracle) choices(who ParticipantID, forms []Meeting) []choice {
	var list []choice
	for _, m := range forms {
		c := choice{m.Start, m.seat(who), 0}
		alone := oracle{o.p, &Plan{Meetings: []Meeting{m}}}
		for _, w := range o.p.Wishes {
			if w.From == who && alone.meets(w) {
				c.points += w.Points()
			}
		}
		if c.points > 0 && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// mostPoints tries to leave each meeting out and to give it each seat and start
// that none of those chosen has.
func mostPoints(choices [][]choice, chosen []choice, limit int) int {
	if len(choices) == 0 || limit == 0 {
		return 0
	}
	most := mostPoints(choices[1:], chosen, limit)
	for _, c := range choices[0] {
		if !slices.ContainsFunc(chosen, func(x choice) bool { return x.start == c.start && x.seat == c.seat }) {
			most = max(most, c.points+mostPoints(choices[1:], append(slices.Clone(chosen), c), limit-1))
		}
	}
	return most
}

// drawPlan draws a plan of the meetings asked for, and sometimes of others, most
// of which would be valid alone.
func drawPlan(t *rapid.T, p *Problem) *Plan {
	d := drawer{T: t, p: p}
	j := newJudge(p)
	plan := &Plan{}
	for i := range j.asked {
		if d.often("held") {
			d.hold(plan, everyForm(j, &j.asked[i]))
		}
	}
	if d.chance("twice", 20) && len(j.asked) > 0 {
		d.hold(plan, everyForm(j, &j.asked[0]))
	}
	if d.chance("unasked", 20) {
		a, b := d.two()
		d.hold(plan, everyForm(j, &asked{request: None, attendees: []Attendee{{a, 0}, {b, 0}}}))
	}
	if len(plan.Meetings) > 0 && d.often("changed") && d.often("changed") {
		m := &plan.Meetings[d.upTo("which", 0, len(plan.Meetings)-1)]
		m.Attendees = slices.Clone(m.Attendees)
		d.spoil(m)
	}
	return plan
}

// hold adds one of the forms to the plan.
func (d drawer) hold(plan *Plan, forms []Meeting) {
	if len(forms) > 0 {
		plan.Meetings = append(plan.Meetings, rapid.SampledFrom(forms).Draw(d.T, "form"))
	}
}

// spoil changes one thing of a meeting, to what may not exist.
func (d drawer) spoil(m *Meeting) {
	field := pickOne(d, "field",
		(*int)(&m.Start), &m.Slots, (*int)(&m.Place), &m.Table, (*int)(&m.Pool), &m.Interpreter, (*int)(&m.Request),
		(*int)(&m.Attendees[0].Participant), &m.Attendees[0].Seat, &m.Attendees[1].Seat)
	*field += pickOne(d, "by", 1, -1, 2, -2)
}

// TestCheckAgreesWithTheOracle: a plan has no violation if and only if the
// oracle calls it valid.
func TestCheckAgreesWithTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		plan := drawPlan(t, p)
		found := Check(p, plan)
		if valid := (oracle{p, plan}).valid(); valid != (len(found) == 0) {
			t.Fatalf("the oracle calls it valid: %v; violations: %+v\nplan: %+v\nproblem: %+v", valid, found, plan, p)
		}
	})
}

// TestEvaluateAgreesWithTheOracle compares the score of every valid plan.
func TestEvaluateAgreesWithTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		best := oracle{p: p}.bests()
		j := newJudge(p)
		alone := j.bestAlone()
		everyPlan(j, func(plan *Plan) {
			if diff := cmp.Diff(oracle{p, plan}.score(best), j.evaluate(plan, nil, alone), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("score (-oracle +evaluator):\n%s\nplan: %+v\nproblem: %+v", diff, plan, p)
			}
		})
	})
}
