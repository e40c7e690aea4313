package planner

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lockedAt is a locked request of two that keeps a table of place 0.
func lockedAt(a, b ParticipantID, start SlotID, table int) Request {
	return Request{Attendees: []Attendee{{Participant: a}, {Participant: b}}, Starts: []SlotID{start}, Locked: true, Table: table}
}

// fourAtTables is a morning of five participants with two tables.
func fourAtTables(requests ...Request) *Problem {
	p := morning(4)
	p.Places[0].Tables = 2
	p.Requests = requests
	return p
}

func mustSolvePlain(t *testing.T, p *Problem, o Options) *Result {
	t.Helper()
	result, err := Solve(context.Background(), p, o)
	if err != nil {
		t.Fatalf("Solve: %v", err)
	}
	return result
}

// TestTwoLocksOfOneTable: two meetings at one table leave no plan, though
// another table is free beside it.
func TestTwoLocksOfOneTable(t *testing.T) {
	result := mustSolvePlain(t, fourAtTables(lockedAt(0, 1, 1, 1), lockedAt(2, 3, 1, 1)), quick())
	if result.Plan != nil {
		t.Fatalf("a plan for two meetings at one table: %+v", Check(fourAtTables(), result.Plan))
	}
	want := []Cause{
		{Kind: CauseLocked, Requests: []RequestID{0}, Participants: []ParticipantID{0, 1}},
		{Kind: CauseLocked, Requests: []RequestID{1}, Participants: []ParticipantID{2, 3}},
	}
	if diff := cmp.Diff(want, result.Causes); diff != "" {
		t.Errorf("causes (-want +got):\n%s", diff)
	}
}

func TestLocksOfTwoTables(t *testing.T) {
	for name, requests := range map[string][]Request{
		"at two tables": {lockedAt(0, 1, 1, 1), lockedAt(2, 3, 1, 2)},
		"at two times":  {lockedAt(0, 1, 1, 1), lockedAt(2, 3, 2, 1)},
		"at any table":  {lockedAt(0, 1, 1, 1), lockedAt(2, 3, 1, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			p := fourAtTables(requests...)
			result := mustSolvePlain(t, p, quick())
			if result.Plan == nil {
				t.Fatalf("no plan: %+v", result.Causes)
			}
			if found := Check(p, result.Plan); len(found) > 0 {
				t.Errorf("the plan breaks a rule: %+v", found)
			}
		})
	}
}

// TestRequiredMeetingWithoutTable: of two tables, each is kept in one of the two
// slots that a long meeting must take, so that it never has one to itself.
func TestRequiredMeetingWithoutTable(t *testing.T) {
	long := Request{Attendees: []Attendee{{Participant: 0}, {Participant: 4}}, Minutes: 60, Starts: []SlotID{0}, Required: true, Place: None}
	p := fourAtTables(lockedAt(0, 1, 0, 1), lockedAt(2, 3, 1, 2), long)
	p.Venues, p.Places, p.Travel = p.Venues[:1], p.Places[:1], nil
	if result := mustSolvePlain(t, p, quick()); result.Plan != nil {
		t.Errorf("a plan without a required meeting: %+v", Check(p, result.Plan))
	}
}

// TestRepairKeepsTheTableOfALock: a locked request that names its place but no
// table keeps the one that was published.
func TestRepairKeepsTheTableOfALock(t *testing.T) {
	p := fourAtTables(lockedAt(0, 1, 1, 0))
	published := &Plan{Meetings: []Meeting{{
		Attendees: []Attendee{{0, 1}, {1, 1}}, Start: 1, Slots: 1, Table: 2, Pool: None, Request: 0, Locked: true,
	}}}
	result, err := Repair(context.Background(), p, published, DefaultRepairOptions())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(published, result.Plan); diff != "" {
		t.Errorf("plan (-published +got):\n%s", diff)
	}
}
