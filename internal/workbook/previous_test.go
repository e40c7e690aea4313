package workbook

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/planner"
)

// outputReplanned follows [outputOutcome] with a plan in which one meeting
// moved, one is lost, one is new and one could not be told to the planner.
func outputReplanned(t testing.TB) *Outcome {
	t.Helper()
	before := outputOutcome(t)
	o := outputOutcome(t)
	o.Previous = NewPlanFile(before)
	o.Untold = []PlanMeeting{o.Previous.Meetings[0]}
	was, now := before.Result.Plan.Meetings, o.Result.Plan.Meetings
	now[1].Start = 6
	now[3].Attendees = []planner.Attendee{{Participant: outputMistral, Seat: 1}, {Participant: outputBiscayne, Seat: 1}}
	o.Result.Changes = []planner.Change{
		{Kind: planner.Kept, Before: &was[2], After: &now[2]},
		{Kind: planner.MovedTo, Before: &was[1], After: &now[1], Reason: planner.RuleBusy},
		{Kind: planner.Gone, Before: &was[3], Freed: true},
		{Kind: planner.New, After: &now[3]},
	}
	Identify(o)
	return o
}

func TestIdentitiesOfAFirstPlan(t *testing.T) {
	o := outputOutcome(t)
	Identify(o)
	again := outputOutcome(t)
	slices.Reverse(again.Result.Plan.Meetings)
	Identify(again)
	slices.Reverse(again.UIDs)
	if diff := cmp.Diff(o.UIDs, again.UIDs); diff != "" {
		t.Errorf("the same plan in another order has other UIDs:\n%s", diff)
	}
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	all := slices.Concat(o.UIDs, o.SessionUIDs)
	for _, uid := range all {
		if !uuid.MatchString(uid) {
			t.Errorf("%s is not a UUID of version 8", uid)
		}
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != 6 {
		t.Errorf("identities are not unique: %v", all)
	}
	if o.Version != 1 || slices.Max(o.Sequences) != 0 || slices.Max(o.SessionSequences) != 0 {
		t.Errorf("version %d, sequences %v %v, want a first plan", o.Version, o.Sequences, o.SessionSequences)
	}
}

func TestIdentitiesOutliveReplanning(t *testing.T) {
	o := outputReplanned(t)
	if o.Version != 2 {
		t.Errorf("version = %d, want 2", o.Version)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, o.UIDs[:3]); diff != "" {
		t.Errorf("UIDs (-want +got):\n%s", diff)
	}
	if slices.Contains([]string{"a", "b", "c", "d"}, o.UIDs[3]) {
		t.Errorf("the new meeting took the UID %s of another", o.UIDs[3])
	}
	if diff := cmp.Diff([]int{0, 1, 0, 0}, o.Sequences); diff != "" {
		t.Errorf("sequences (-want +got):\n%s", diff)
	}
	if len(o.Withdrawn) != 1 || o.Withdrawn[0].ID != "d" || o.Withdrawn[0].Sequence != 1 {
		t.Errorf("withdrawn = %+v, want d in revision 1", o.Withdrawn)
	}
}

func TestWithdrawnMeetingComesBackAsItself(t *testing.T) {
	second := outputReplanned(t)
	third := outputOutcome(t)
	third.Previous = NewPlanFile(second)
	Identify(third)
	if third.UIDs[3] != "d" || third.Sequences[3] != 2 {
		t.Errorf("it came back as %s, revision %d, want d, revision 2", third.UIDs[3], third.Sequences[3])
	}
	if third.Sequences[1] != 2 || third.Version != 3 {
		t.Errorf("the meeting that moved twice is in revision %d of version %d, want 2 of 3", third.Sequences[1], third.Version)
	}
	if len(third.Withdrawn) != 1 || third.Withdrawn[0].ID != second.UIDs[3] {
		t.Errorf("withdrawn = %+v, want the meeting that was new in the second plan", third.Withdrawn)
	}
}

func TestSessionKeepsItsIdentity(t *testing.T) {
	before := outputOutcome(t)
	Identify(before)
	o := outputOutcome(t)
	o.Previous = NewPlanFile(before)
	o.Book.Name = "Another name (fictional)"
	o.Book.Sessions[0].End = o.Book.Sessions[0].End.Add(time.Hour)
	Identify(o)
	if diff := cmp.Diff(before.SessionUIDs, o.SessionUIDs); diff != "" {
		t.Errorf("UIDs (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff([]int{1, 0}, o.SessionSequences); diff != "" {
		t.Errorf("sequences (-want +got):\n%s", diff)
	}
}

// TestIdentityProperty plans again and again at random, and follows what a
// phone that imported every version would hold.
func TestIdentityProperty(t *testing.T) {
	base := outputOutcome(t)
	rapid.Check(t, func(t *rapid.T) {
		type entry struct {
			sequence int
			shown    string
		}
		phone := map[string]entry{}
		owner := map[string]string{}
		var previous *PlanFile
		for range rapid.IntRange(1, 5).Draw(t, "versions") {
			o := *base
			o.Previous = previous
			o.Result = &planner.Result{Plan: drawOutputPlan(t), Quality: base.Result.Quality}
			o.Unmet = nil
			Identify(&o)
			previous = NewPlanFile(&o)
			seen := map[string]bool{}
			for _, m := range previous.Meetings {
				if seen[m.ID] {
					t.Fatalf("two meetings have the UID %s", m.ID)
				}
				seen[m.ID] = true
				if who, known := owner[m.ID]; known && who != whoMeets(m) {
					t.Fatalf("UID %s went from %s to %s", m.ID, who, whoMeets(m))
				}
				owner[m.ID] = whoMeets(m)
				was, known := phone[m.ID]
				shown := outputShown(m)
				if known && m.Sequence < was.sequence || known && shown != was.shown && m.Sequence == was.sequence {
					t.Fatalf("UID %s: revision %d after %d, %s after %s", m.ID, m.Sequence, was.sequence, shown, was.shown)
				}
				phone[m.ID] = entry{m.Sequence, shown}
			}
			for _, m := range previous.Withdrawn {
				if seen[m.ID] {
					t.Fatalf("UID %s is held and withdrawn", m.ID)
				}
				phone[m.ID] = entry{m.Sequence, "withdrawn"}
			}
			if missing := len(phone) - len(previous.Meetings) - len(previous.Withdrawn); missing != 0 {
				t.Fatalf("%d meetings on phones are neither held nor withdrawn", missing)
			}
		}
	})
}

// outputShown is what a calendar shows of a meeting.
func outputShown(m PlanMeeting) string {
	m.Sequence, m.Wishes, m.Value, m.Locked = 0, nil, 0, false
	text, err := json.Marshal(m)
	return fmt.Sprint(string(text), err)
}

// drawOutputPlan draws meetings that need not keep any rule.
func drawOutputPlan(t *rapid.T) *planner.Plan {
	plan := &planner.Plan{}
	for range rapid.IntRange(0, 6).Draw(t, "meetings") {
		a := rapid.IntRange(0, 2).Draw(t, "a")
		b := rapid.IntRange(a+1, 3).Draw(t, "b")
		plan.Meetings = append(plan.Meetings, planner.Meeting{
			Attendees: []planner.Attendee{{Participant: planner.ParticipantID(a), Seat: 1}, {Participant: planner.ParticipantID(b), Seat: 1}},
			Start:     planner.SlotID(rapid.IntRange(0, 7).Draw(t, "start")), Slots: 1,
			Table: rapid.IntRange(1, 2).Draw(t, "table"),
			Pool:  planner.None, Request: planner.None,
		})
	}
	return plan
}

func TestChangesAreWritten(t *testing.T) {
	got := outputLines(outputPlanJSON(t, outputReplanned(t)), `"kind"`)[1:]
	want := []string{
		`{"kind": "kept", "participants": [{"id": "F02", "seat": 1}, {"id": "F01", "seat": 1}], ` +
			`"before": {"start": "2017-11-06T09:00:00-05:00", "end": "2017-11-06T10:00:00-05:00", "venue": "hub", "table": "3"}, ` +
			`"after": {"start": "2017-11-06T09:00:00-05:00", "end": "2017-11-06T10:00:00-05:00", "venue": "hub", "table": "3"}}`,
		`{"kind": "moved", "participants": [{"id": "F02", "seat": 1}, {"id": "M02", "seat": 1}], ` +
			`"before": {"start": "2017-11-06T14:00:00-05:00", "end": "2017-11-06T14:30:00-05:00", "venue": "studio", "table": "Suite B"}, ` +
			`"after": {"start": "2017-11-06T14:30:00-05:00", "end": "2017-11-06T15:00:00-05:00", "venue": "studio", "table": "Suite B"}, "reason": "busy"}`,
		`{"kind": "lost", "participants": [{"id": "F01", "seat": 1}, {"id": "M02", "seat": 1}], ` +
			`"before": {"start": "2017-11-06T15:00:00-05:00", "end": "2017-11-06T15:30:00-05:00", "venue": "studio", "table": "Suite B"}, ` +
			`"after": null, "freed": true}`,
		`{"kind": "new", "participants": [{"id": "F02", "seat": 1}, {"id": "M01", "seat": 1}], "before": null, ` +
			`"after": {"start": "2017-11-06T15:00:00-05:00", "end": "2017-11-06T15:30:00-05:00", "venue": "studio", "table": "Suite B"}}`,
		`{"kind": "lost", "participants": [{"id": "F01", "seat": 2}, {"id": "M01", "seat": 1}], ` +
			`"before": {"start": "2017-11-03T09:00:00-04:00", "end": "2017-11-03T09:30:00-04:00", "venue": "hub", "table": "4"}, ` +
			`"after": null, "reason": "no_longer_in_workbook"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}
