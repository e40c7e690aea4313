package workbook

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/escale-hq/escale/planner"
)

// Identify gives each meeting and session of the outcome its identity in
// calendars, in the plan that follows o.Previous, or in a first one. A meeting
// is known by who meets: it keeps its UID when it moves, and even when it
// comes back after it was withdrawn; its sequence rises whenever what a
// calendar shows of it has changed.
func Identify(o *Outcome) {
	o.Version = 1
	if o.Previous != nil {
		o.Version = o.Previous.Version + 1
	}
	identifyMeetings(o)
	identifySessions(o)
}

func identifyMeetings(o *Outcome) {
	r := newRegister(o.Previous)
	lines := make([]PlanMeeting, len(o.Result.Plan.Meetings))
	order := make([]int, len(lines))
	for i, m := range o.Result.Plan.Meetings {
		lines[i], order[i] = o.Book.planMeeting(m), i
	}
	slices.SortStableFunc(order, func(i, j int) int { return lines[i].Start.Compare(lines[j].Start) })
	o.UIDs, o.Sequences = make([]string, len(lines)), make([]int, len(lines))
	// Those that did not change take their own identity before those that did
	// choose among what is left.
	for _, unchanged := range []bool{true, false} {
		for _, i := range order {
			if o.UIDs[i] == "" {
				o.UIDs[i], o.Sequences[i] = r.claim(lines[i], unchanged)
			}
		}
	}
	for _, i := range order {
		if o.UIDs[i] == "" {
			o.UIDs[i] = r.issue(o.Book.Name, whoMeets(lines[i]))
		}
	}
	o.Withdrawn = r.withdrawn()
}

// register holds the identities that earlier plans gave.
type register struct {
	free map[string][]registered
	used map[string]bool
}

// registered is a meeting of an earlier plan, held in the last one or not.
type registered struct {
	PlanMeeting
	held bool
}

func newRegister(previous *PlanFile) *register {
	r := &register{free: map[string][]registered{}, used: map[string]bool{}}
	if previous == nil {
		return r
	}
	for _, m := range previous.Meetings {
		r.add(registered{m, true})
	}
	for _, m := range previous.Withdrawn {
		r.add(registered{m, false})
	}
	return r
}

func (r *register) add(m registered) {
	who := whoMeets(m.PlanMeeting)
	r.free[who] = append(r.free[who], m)
	r.used[m.ID] = true
}

// whoMeets names a meeting by its participants, whatever their order.
func whoMeets(m PlanMeeting) string {
	ids := make([]string, len(m.Participants))
	for i, p := range m.Participants {
		ids[i] = p.ID
	}
	slices.Sort(ids)
	return strings.Join(ids, "+")
}

// claim takes an identity for the meeting: that of the same meeting unchanged,
// or of any of the same participants.
func (r *register) claim(m PlanMeeting, unchanged bool) (uid string, sequence int) {
	who := whoMeets(m)
	for i, was := range r.free[who] {
		same := was.held && sameEvent(was.PlanMeeting, m)
		if unchanged && !same {
			continue
		}
		r.free[who] = slices.Delete(r.free[who], i, i+1)
		if same {
			return was.ID, was.Sequence
		}
		return was.ID, was.Sequence + 1
	}
	return "", 0
}

// sameEvent says whether a calendar would show the two alike.
func sameEvent(a, b PlanMeeting) bool {
	bySeat := func(x, y PlanSeat) int { return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(x.Seat, y.Seat)) }
	seats, others := slices.Clone(a.Participants), slices.Clone(b.Participants)
	slices.SortFunc(seats, bySeat)
	slices.SortFunc(others, bySeat)
	return a.Start.Equal(b.Start) && a.End.Equal(b.End) && a.Venue == b.Venue &&
		sameText(a.Table, b.Table) && sameText(a.Interpreter, b.Interpreter) && slices.Equal(seats, others)
}

func sameText(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// issue makes a UID that no meeting ever had. The same meeting of the same
// mission gets the same one, so that planning anew from an unchanged workbook
// does not double what calendars hold.
func (r *register) issue(mission, who string) string {
	for n := 0; ; n++ {
		uid := newUID(mission, who, fmt.Sprint(n))
		if !r.used[uid] {
			r.used[uid] = true
			return uid
		}
	}
}

// newUID is a UUID of version 8 (RFC 9562, 5.8) made of the parts.
func newUID(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	h[6] = h[6]&0x0f | 0x80
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// withdrawn lists what no meeting claimed. The sequence rises once, when the
// meeting goes.
func (r *register) withdrawn() []PlanMeeting {
	gone := []PlanMeeting{}
	for _, left := range r.free {
		for _, m := range left {
			if m.held {
				m.Sequence++
			}
			gone = append(gone, m.PlanMeeting)
		}
	}
	slices.SortFunc(gone, func(x, y PlanMeeting) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.ID, y.ID))
	})
	return gone
}

// identifySessions knows a session by its name: the second of one name is the
// second of it in the previous plan.
func identifySessions(o *Outcome) {
	was := map[string][]PlanSession{}
	if o.Previous != nil {
		for _, s := range o.Previous.Sessions {
			was[s.Name] = append(was[s.Name], s)
		}
	}
	count := map[string]int{}
	o.SessionUIDs, o.SessionSequences = nil, nil
	for _, s := range o.Book.Sessions {
		n := count[s.Name]
		count[s.Name]++
		uid, sequence := newUID(o.Book.Name, "session", s.Name, fmt.Sprint(n)), 0
		if n < len(was[s.Name]) {
			before := was[s.Name][n]
			uid, sequence = before.ID, before.Sequence
			if !sameSession(o.Book, before, s) {
				sequence++
			}
		}
		o.SessionUIDs = append(o.SessionUIDs, uid)
		o.SessionSequences = append(o.SessionSequences, sequence)
	}
}

func sameSession(b *Book, before PlanSession, s Session) bool {
	var venue *string
	if s.Venue != planner.None {
		venue = &b.Venues[s.Venue].ID
	}
	return before.Start.Equal(s.Start) && before.End.Equal(s.End) && sameText(before.Venue, venue)
}
