package workbook

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

func outputPlanJSON(t testing.TB, o *Outcome) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePlanFile(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// outputLines are the lines of a text that contain a word.
func outputLines(text []byte, word string) []string {
	var found []string
	for _, line := range strings.Split(string(text), "\n") {
		if strings.Contains(line, word) {
			found = append(found, strings.TrimSuffix(strings.TrimSpace(line), ","))
		}
	}
	return found
}

func TestPlanFileIsOneRecordALine(t *testing.T) {
	text := outputPlanJSON(t, outputOutcome(t))
	want := []string{
		`{"id": "a", "sequence": 0, "participants": [{"id": "F01", "seat": 2}, {"id": "M01", "seat": 1}], ` +
			`"start": "2017-11-03T09:00:00-04:00", "end": "2017-11-03T09:30:00-04:00", "venue": "hub", "table": "4", ` +
			`"interpreter": "fr-en 1", "locked": true, "value": 8, ` +
			`"wishes": [{"from": "F01", "to": "M01", "points": 5}, {"from": "M01", "to": "F01", "points": 3}]}`,
		`{"id": "c", "sequence": 0, "participants": [{"id": "F02", "seat": 1}, {"id": "F01", "seat": 1}], ` +
			`"start": "2017-11-06T09:00:00-05:00", "end": "2017-11-06T10:00:00-05:00", "venue": "hub", "table": "3", ` +
			`"interpreter": null, "locked": false, "value": 2, "wishes": [{"from": "F01", "to": "F02", "points": 2}]}`,
		`{"id": "b", "sequence": 0, "participants": [{"id": "F02", "seat": 1}, {"id": "M02", "seat": 1}], ` +
			`"start": "2017-11-06T14:00:00-05:00", "end": "2017-11-06T14:30:00-05:00", "venue": "studio", "table": "Suite B", ` +
			`"interpreter": null, "locked": false, "value": 4, "wishes": [{"from": "F02", "to": "M02", "points": 4}]}`,
		`{"id": "d", "sequence": 0, "participants": [{"id": "F01", "seat": 1}, {"id": "M02", "seat": 1}], ` +
			`"start": "2017-11-06T15:00:00-05:00", "end": "2017-11-06T15:30:00-05:00", "venue": "studio", "table": "Suite B", ` +
			`"interpreter": null, "locked": false, "value": 1, "wishes": [{"from": "F01", "to": "M02", "points": 1}]}`,
	}
	if diff := cmp.Diff(want, outputLines(text, `"locked"`)); diff != "" {
		t.Errorf("meetings (-want +got):\n%s", diff)
	}
	unmet := []string{
		`{"from": "F02", "to": "M01", "wish": "must", "points": 5, "reason": "full", ` +
			`"slots": ["2017-11-03T09:00:00-04:00", "2017-11-03T09:30:00-04:00"], "participants": ["M01"], ` +
			`"change": {"kind": "free_slot", "participant": "M01", "start": "2017-11-03T14:00:00-04:00", ` +
			`"end": "2017-11-03T14:30:00-04:00", "gain": 5, "breaks": 0, "travel_minutes": 0}, "searched": true}`,
	}
	if diff := cmp.Diff(unmet, outputLines(text, `"reason"`)); diff != "" {
		t.Errorf("unmet (-want +got):\n%s", diff)
	}
	participants := []string{
		`{"id": "F01", "name": "Nacre Océan", "wished": 3, "met": 3, "points_met": 8, "points_best": 8, "meetings": 3, "breaks": 0, "travel_minutes": 35}`,
		`{"id": "F02", "name": "Mistral Data", "wished": 2, "met": 1, "points_met": 4, "points_best": 9, "meetings": 2, "breaks": 0, "travel_minutes": 35}`,
		`{"id": "M01", "name": "Biscayne Port Systems", "wished": 1, "met": 1, "points_met": 3, "points_best": 3, "meetings": 1, "breaks": 0, "travel_minutes": 0}`,
		`{"id": "M02", "name": "Studio Ocho", "wished": 0, "met": 0, "points_met": 0, "points_best": 0, "meetings": 2, "breaks": 1, "travel_minutes": 0}`,
	}
	if diff := cmp.Diff(participants, outputLines(text, `"wished"`)); diff != "" {
		t.Errorf("participants (-want +got):\n%s", diff)
	}
}

func TestPlanFileSaysWhatIsKnownOfQuality(t *testing.T) {
	o := outputOutcome(t)
	var file struct{ Quality map[string]any }
	if err := json.Unmarshal(outputPlanJSON(t, o), &file); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"value": 15.0, "best_value": 15.0, "bound": 20.0, "gap": 0.25, "slack_used": 0.0, "status": "gap",
		"min_shortfall": 0.0, "breaks": 1.0, "breaks_bound": nil, "travel_minutes": 70.0, "lost": 0.0, "moved": 0.0,
		"seconds": 1.5, "steps": 100.0, "cut": false,
		"tiers": []any{
			map[string]any{"tier": "shortfall", "figure": 0.0, "bound": 0.0, "status": "optimal_by_certificate"},
			map[string]any{"tier": "value", "figure": 15.0, "bound": 20.0, "status": "gap"},
			map[string]any{"tier": "breaks", "figure": 1.0, "bound": nil, "status": "no_bound"},
		},
	}
	if diff := cmp.Diff(want, file.Quality); diff != "" {
		t.Errorf("quality (-want +got):\n%s", diff)
	}
}

func TestUnknownBoundIsNullNeverZero(t *testing.T) {
	o := outputOutcome(t)
	o.Result.Quality.Bound = 0
	o.Result.Quality.Tiers = nil
	o.Result.Certificate = nil
	got := outputLines(outputPlanJSON(t, o), `bound"`)
	want := []string{`"bound": null`, `"status": "no_bound"`, `"breaks_bound": null`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bounds (-want +got):\n%s", diff)
	}
}

func TestPlanFileIsReadBack(t *testing.T) {
	o := outputOutcome(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "plan.json")
	if err := os.WriteFile(path, outputPlanJSON(t, o), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, named := range []string{folder, path} {
		file, err := ReadPlanFile(named)
		if err != nil {
			t.Fatal(err)
		}
		plan, misfits := Fit(o.Book, o.Problem, file.Meetings)
		if len(misfits) > 0 {
			t.Errorf("misfits: %+v", misfits)
		}
		// The file lists meetings in order of time.
		was := o.Result.Plan.Meetings
		want := []planner.Meeting{was[0], was[2], was[1], was[3]}
		if diff := cmp.Diff(want, plan.Meetings); diff != "" {
			t.Errorf("plan (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(o.Result.Certificate, file.Certificate.Certificate(o.Book)); diff != "" {
			t.Errorf("certificate (-want +got):\n%s", diff)
		}
	}
}

func TestCertificateOutlivesChangesOfTheWorkbook(t *testing.T) {
	o := outputOutcome(t)
	file := planCertificate(o.Book, o.Result.Certificate)
	o.Book.Participants = o.Book.Participants[:outputBiscayne]
	o.Book.Slots = append([]Slot{{Start: o.Book.Slots[0].Start.AddDate(0, 0, -1), End: o.Book.Slots[0].Start}}, o.Book.Slots...)
	got := file.Certificate(o.Book)
	want := [][]int{make([]int, 9), {0, 0, 3, 0, 0, 0, 0, 0, 0}}
	if diff := cmp.Diff(want, got.Seat); diff != "" {
		t.Errorf("prices of seats (-want +got):\n%s", diff)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`[]`:                `this is not a plan.json`,
		`{"meetings": []}`:  `format 0 is not one that this version reads (1)`,
		`{"format": 2}`:     `use the version of escale that wrote it`,
		`{"format": 1, "qu`: `this is not a plan.json`,
	} {
		_, err := DecodePlanFile(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("reading %s: error %v, want one with %q", text, err, want)
		}
	}
}

func TestFitSaysWhatTheWorkbookDoesNotHave(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*PlanMeeting)
		want   Misfit
	}{
		"participant": {func(m *PlanMeeting) { m.Participants[0].ID = "F99" }, Misfit{Kind: UnknownParticipant, Found: "F99"}},
		"start":       {func(m *PlanMeeting) { m.Start = m.Start.Add(600e9) }, Misfit{Kind: UnknownStart, Found: "2017-11-03 09:10"}},
		"venue":       {func(m *PlanMeeting) { m.Venue = "moon" }, Misfit{Kind: UnknownVenue, Found: "moon"}},
		"table":       {func(m *PlanMeeting) { m.Table = orNull("5") }, Misfit{Kind: UnknownTable, Found: "5"}},
		"interpreter": {func(m *PlanMeeting) { m.Interpreter = orNull("fr-es 1") }, Misfit{Kind: UnknownInterpreter, Found: "fr-es 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := outputOutcome(t)
			lines := NewPlanFile(o).Meetings
			c.change(&lines[0])
			plan, misfits := Fit(o.Book, o.Problem, lines)
			c.want.Line = lines[0]
			if diff := cmp.Diff([]Misfit{c.want}, misfits); diff != "" {
				t.Errorf("misfits (-want +got):\n%s", diff)
			}
			if len(plan.Meetings) != 3 {
				t.Errorf("%d meetings fit, want the 3 others", len(plan.Meetings))
			}
		})
	}
}

func TestFitReadsWhatPeopleType(t *testing.T) {
	o := outputOutcome(t)
	lines := NewPlanFile(o).Meetings[:1]
	lines[0].Participants[1].ID = " m01 "
	lines[0].Venue = "Brickell hub"
	lines[0].Interpreter = orNull("en-fr")
	plan, misfits := Fit(o.Book, o.Problem, lines)
	if len(misfits) > 0 {
		t.Fatalf("misfits: %+v", misfits)
	}
	if diff := cmp.Diff(o.Result.Plan.Meetings[0], plan.Meetings[0]); diff != "" {
		t.Errorf("meeting (-want +got):\n%s", diff)
	}
}

func TestFitFindsTheRequestThatAMeetingHolds(t *testing.T) {
	o := outputOutcome(t)
	both := []planner.Attendee{{Participant: outputMistral}, {Participant: outputNacre}}
	o.Problem.Requests = []planner.Request{
		{Attendees: both, Starts: []planner.SlotID{0}},
		{Attendees: both, Starts: []planner.SlotID{3}, Locked: true},
	}
	plan, _ := Fit(o.Book, o.Problem, NewPlanFile(o).Meetings)
	var got []planner.RequestID
	for _, m := range plan.Meetings {
		got = append(got, m.Request)
	}
	if diff := cmp.Diff([]planner.RequestID{planner.None, 1, planner.None, planner.None}, got); diff != "" {
		t.Errorf("requests held (-want +got):\n%s", diff)
	}
}

func TestFitTellsLegsApart(t *testing.T) {
	o := outputOutcome(t)
	o.Book.Legs = append(o.Book.Legs, Leg{Name: "Orlando", Zone: o.Book.Zone})
	twin := o.Book.Slots[7]
	twin.Leg = 1
	o.Book.Slots = append(o.Book.Slots, twin)
	o.Book.Venues[2].Legs = []int{1}
	lines := NewPlanFile(outputOutcome(t)).Meetings[3:]
	plan, misfits := Fit(o.Book, o.Problem, lines)
	if len(misfits) > 0 || plan.Meetings[0].Start != 8 {
		t.Errorf("the meeting starts in slot %+v (misfits %v), want slot 8, of the leg of its venue", plan.Meetings, misfits)
	}
	lines[0].Leg = "Miami"
	if plan, _ = Fit(o.Book, o.Problem, lines); plan.Meetings[0].Start != 7 {
		t.Errorf("the meeting starts in slot %d, want 7, of the leg that it names", plan.Meetings[0].Start)
	}
}
