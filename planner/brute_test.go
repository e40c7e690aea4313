package planner

import (
	"testing"

	"pgregory.net/rapid"
)

// bruteForce tries every plan of the meetings that a tiny problem asks for and
// returns the best by the order, or nil when no plan is valid.
func bruteForce(p *Problem, order []Tier) (*Plan, Score) {
	return bruteRepair(p, nil, order)
}

// bruteRepair is [bruteForce] where Lost and Moved compare with a previous plan.
func bruteRepair(p *Problem, previous *Plan, order []Tier) (*Plan, Score) {
	var best *Plan
	var bestScore Score
	j := newJudge(p)
	alone := j.bestAlone()
	everyPlan(j, func(plan *Plan) {
		if s := j.evaluate(plan, previous, alone); best == nil || s.Compare(bestScore, order) > 0 {
			best, bestScore = plan.Clone(), s
		}
	})
	return best, bestScore
}

// everyPlan calls do with every valid plan of the meetings asked for. The plan
// is only lent. It builds plans one meeting asked for after the other and gives
// up a beginning that breaks a rule, unless further meetings can mend it.
func everyPlan(j *judge, do func(*Plan)) {
	var forms [][]Meeting
	for i := range j.asked {
		forms = append(forms, everyForm(j, &j.asked[i]))
	}
	plan := &Plan{}
	var grow func(i int)
	grow = func(i int) {
		if i == len(forms) {
			if len(j.check(plan)) == 0 {
				do(plan)
			}
			return
		}
		grow(i + 1)
		for _, m := range forms[i] {
			plan.Meetings = append(plan.Meetings, m)
			if mendable(j.check(plan)) {
				grow(i + 1)
			}
			plan.Meetings = plan.Meetings[:len(plan.Meetings)-1]
		}
	}
	grow(0)
}

// mendable says whether more meetings could make a plan valid that breaks these
// rules only.
func mendable(found []Violation) bool {
	for _, v := range found {
		if v.Rule != RuleRequired && v.Rule != RuleBreakSpread {
			return false
		}
	}
	return true
}

// everyForm lists all that the meeting could be when it is alone: it tries every
// number of slots from every start, every seat of everybody, every table of
// every place and every interpreter.
func everyForm(j *judge, a *asked) []Meeting {
	forms := []Meeting{{Request: a.request, Pool: None}}
	for _, x := range a.attendees {
		forms = extend(forms, func(m Meeting, add func(Meeting)) {
			for seat := 1; seat <= max(1, j.problem.Participants[x.Participant].Seats); seat++ {
				with := m
				with.Attendees = append(append([]Attendee(nil), m.Attendees...), Attendee{x.Participant, seat})
				add(with)
			}
		})
	}
	forms = extend(forms, func(m Meeting, add func(Meeting)) {
		for start := range j.problem.Slots {
			for n := 1; start+n <= len(j.problem.Slots); n++ {
				m.Start, m.Slots = SlotID(start), n
				add(m)
			}
		}
	})
	forms = extend(forms, func(m Meeting, add func(Meeting)) {
		for id, place := range j.problem.Places {
			for table := min(1, place.Tables); table <= place.Tables; table++ {
				m.Place, m.Table = PlaceID(id), table
				add(m)
			}
		}
	})
	forms = extend(forms, func(m Meeting, add func(Meeting)) {
		add(m)
		for id, pool := range j.problem.Pools {
			for n := 1; n <= pool.Count; n++ {
				m.Pool, m.Interpreter = PoolID(id), n
				add(m)
			}
		}
	})
	return extend(forms, func(m Meeting, add func(Meeting)) {
		if mendable(j.check(&Plan{Meetings: []Meeting{m}})) {
			add(m)
		}
	})
}

// extend replaces each form by those that more adds for it.
func extend(forms []Meeting, more func(m Meeting, add func(Meeting))) []Meeting {
	var list []Meeting
	for _, m := range forms {
		more(m, func(m Meeting) { list = append(list, m) })
	}
	return list
}

// TestBruteForceKnowsASmallDay checks the exhaustive search by hand: of three
// wishes of one participant two fit, and the worthiest two are taken, without a
// break between them.
func TestBruteForceKnowsASmallDay(t *testing.T) {
	p := &Problem{
		Slots:        []Slot{slotAt(0, 0, 0), slotAt(0, 0, 1), slotAt(0, 0, 2)},
		Venues:       []Venue{{}},
		Places:       []Place{{Tables: 1}},
		Participants: []Participant{{Max: 2}, {}, {}, {}},
		Wishes: []Wish{
			{From: 0, To: 1, Kind: Nice}, {From: 0, To: 2, Kind: Must}, {From: 3, To: 0, Kind: Nice, Weight: 4},
		},
		BreakSpread: None,
	}
	plan, score := bruteForce(p, DefaultOrder())
	if plan == nil || len(plan.Meetings) != 2 || score.Value != 9 || score.Breaks != 0 {
		t.Errorf("got %+v of %+v, want two meetings worth 9 without a break", score, plan)
	}
	p.Requests = []Request{
		{Attendees: []Attendee{{0, 0}, {1, 0}}, Locked: true, Starts: []SlotID{1}, Place: None},
		{Attendees: []Attendee{{2, 0}, {3, 0}}, Required: true, Starts: []SlotID{1}, Place: None},
	}
	if plan, _ = bruteForce(p, DefaultOrder()); plan != nil {
		t.Errorf("a plan holds two meetings at one table: %+v", plan)
	}
}

// TestBestAloneIsNeverPassed: no valid plan meets more of a participant's wishes
// than its best alone.
func TestBestAloneIsNeverPassed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := newJudge(drawTinyProblem(t))
		best := j.bestAlone()
		everyPlan(j, func(plan *Plan) {
			for _, s := range j.evaluate(plan, nil, best).Served {
				if s.Met > s.Best {
					t.Fatalf("participant %d gets %d of at most %d by %+v", s.Participant, s.Met, s.Best, plan)
				}
			}
		})
	})
}
