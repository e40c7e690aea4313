package planner

import (
	"context"
	"time"

	"github.com/escale-hq/escale/planner/internal/day"
)

// wholeDay is the published problem, where all meetings must be held and only
// breaks are left to choose (Bofill et al., JAIR 74, 2022). It is decided
// exactly, by package day, instead of searched.
type wholeDay struct {
	*run
	place PlaceID
}

// asWholeDay says whether the problem is of that kind: required meetings of two,
// of one slot each, with one seat a participant, in one block and at one place,
// with nothing but slots, tables and precedences in the way. What a participant
// cannot attend must be said by the starts of its meetings: a slot in which it
// is busy would not count as idle.
func (r *run) asWholeDay() (*wholeDay, bool) {
	p := r.problem
	if len(r.candidates) == 0 || len(r.candidates) != len(p.Requests) || len(r.placeOpen) != 1 || len(r.time.blocks) != 1 || !r.time.plain || r.previous != nil {
		return nil, false
	}
	for i := range p.Participants {
		if !plainParticipant(&p.Participants[i]) || len(r.time.sessions[i]) > 0 {
			return nil, false
		}
	}
	for c := range r.candidates {
		d := &r.candidates[c]
		if !d.required || d.end-d.first != 2 || d.pools != nil || d.mute || d.refused || r.lengths.minutes[d.minutes] > p.Slots[0].Minutes() {
			return nil, false
		}
	}
	return &wholeDay{r, 0}, r.placeOpen[0].count() == r.slots
}

func plainParticipant(p *Participant) bool {
	return p.Seats <= 1 && p.Min == 0 && p.Max == 0 && p.MaxDay == 0 && len(p.Busy) == 0 && len(p.Legs) == 0
}

// instance writes the problem in the terms of package day.
func (w *wholeDay) instance() *day.Instance {
	p := w.problem
	in := &day.Instance{
		Participants: len(p.Participants), Slots: w.slots, Tables: p.Places[0].Tables, MaxSpread: max(p.BreakSpread, day.NoSpreadLimit),
	}
	if in.Tables == 0 {
		in.Tables = len(w.candidates)
	}
	for c := range w.candidates {
		x := w.membersOf(int32(c))
		in.Meetings = append(in.Meetings, day.Meeting{
			First: int(x[0].participant), Second: int(x[1].participant), Allowed: w.allowed(int32(c)),
		})
	}
	for _, e := range p.Precedences {
		in.Precedences = append(in.Precedences, day.Precedence{Before: int(e.Before), After: int(e.After)})
	}
	return in
}

// allowed lists the slots of a candidate; nil means all, which is then no demand
// that could take part in a contradiction.
func (w *wholeDay) allowed(c int32) []int {
	slots := []int{}
	for i := range w.optionsOf(c) {
		o := &w.optionsOf(c)[i]
		for t := o.starts.next(0); t != None; t = o.starts.next(t + 1) {
			slots = append(slots, int(t))
		}
	}
	if len(slots) == w.slots {
		return nil
	}
	return slots
}

// solve decides the day. With a limit of steps it is repeatable: one worker, and
// as many conflicts as steps.
func (w *wholeDay) solve(ctx context.Context) *Result {
	o := day.Options{Seed: w.options.Seed, Workers: w.options.Workers, Conflicts: w.options.Steps}
	if o.Conflicts > 0 {
		o.Workers = 1
	}
	o.Improved = func(found day.Result) {
		if w.options.Progress != nil {
			w.options.Progress(Progress{
				Phase: Breaks.String(), Value: w.value(), Bound: w.value(), Breaks: found.Breaks, Elapsed: time.Since(w.began),
			})
		}
	}
	found, err := day.Solve(ctx, w.instance(), o)
	if err != nil {
		panic("planner: a valid problem made a day that is not: " + err.Error())
	}
	q := Quality{BestValue: w.value(), Bound: w.value(), Steps: found.Conflicts}
	if found.Schedule == nil {
		status := NoBound
		if found.Status == day.Infeasible {
			status = Infeasible
		}
		q.Tiers = []TierQuality{{Tier: Breaks, Bound: found.Bound, Status: status}}
		return &Result{Quality: q, Causes: w.causesOf(found)}
	}
	return w.result(found, q)
}

// value is what all meetings together are worth.
func (w *wholeDay) value() int {
	total := 0
	for c := range w.candidates {
		total += int(w.candidates[c].value)
	}
	return total
}

func (w *wholeDay) result(found day.Result, q Quality) *Result {
	h := holding{spots: make([]spot, len(w.candidates)), seats: make([]int32, len(w.members))}
	for c, t := range found.Schedule {
		h.spots[c] = spot{start: SlotID(t), place: w.place, pool: None, slots: 1}
	}
	for i, x := range w.members {
		h.seats[i] = x.seat
	}
	// Meetings of one slot always find a table.
	plan, _ := w.export(&h, w.locks, nil)
	score := Evaluate(w.problem, plan, nil)
	for _, tier := range w.options.Order {
		t := TierQuality{Tier: tier, Figure: score.figure(tier)}
		switch tier {
		case Breaks:
			t.Bound, t.Status = found.Bound, Gap
			if found.Status == day.Optimal {
				t.Status = Proven
			}
		case Lost, Moved:
		default:
			// All meetings are held in every plan: there is nothing to choose.
			t.Bound, t.Status = t.Figure, Proven
		}
		q.Tiers = append(q.Tiers, t)
	}
	return &Result{Plan: plan, Score: score, Quality: q}
}

// causesOf translates what contradicts itself.
func (w *wholeDay) causesOf(found day.Result) []Cause {
	var list []Cause
	for _, c := range found.Causes {
		list = append(list, w.causeOfDay(c))
	}
	if list == nil && found.Status == day.Infeasible {
		list = []Cause{{Kind: CauseSearch}}
	}
	return list
}

func (w *wholeDay) causeOfDay(c day.Cause) Cause {
	switch c.Kind {
	case day.Order:
		e := w.problem.Precedences[c.Index]
		return Cause{Kind: CausePrecedence, Requests: []RequestID{e.Before, e.After}}
	case day.Tables:
		return Cause{Kind: CauseTables}
	case day.MeetingSlots:
		return Cause{Kind: CauseNoSlot, Requests: []RequestID{RequestID(c.Index)}, Slots: w.problem.Requests[c.Index].Starts}
	default:
		return Cause{Kind: CauseTooMany, Participants: []ParticipantID{ParticipantID(c.Index)}}
	}
}
