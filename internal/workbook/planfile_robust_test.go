package workbook

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/escale-hq/escale/planner"
)

// TestAnyLinesAreJudgedProperty hands the judge lines that make little sense:
// whatever a plan says, each meeting fits or is listed, and all that is wrong
// can be said in words.
func TestAnyLinesAreJudgedProperty(t *testing.T) {
	o := outputOutcome(t)
	good := NewPlanFile(o).Meetings
	rapid.Check(t, func(t *rapid.T) {
		var lines []PlanMeeting
		for range rapid.IntRange(0, 5).Draw(t, "lines") {
			lines = append(lines, drawOutputLine(t, good))
		}
		plan, misfits := Fit(o.Book, o.Problem, lines)
		if len(plan.Meetings)+len(misfits) != len(lines) {
			t.Fatalf("%d lines became %d meetings and %d misfits", len(lines), len(plan.Meetings), len(misfits))
		}
		for _, m := range misfits {
			if MisfitText(o.Book, m) == "" {
				t.Fatalf("no words for %+v", m)
			}
		}
		for _, v := range planner.Check(o.Problem, plan) {
			if text := ViolationText(o.Book, plan, v); text == "" || strings.Contains(text, "{") {
				t.Fatalf("words for %+v: %q", v, text)
			}
		}
		planner.Evaluate(o.Problem, plan, nil)
	})
}

// drawOutputLine takes a good line and puts something else in each member.
func drawOutputLine(t *rapid.T, good []PlanMeeting) PlanMeeting {
	line := rapid.SampledFrom(good).Draw(t, "line")
	line.Participants = nil
	for range rapid.IntRange(0, 3).Draw(t, "participants") {
		line.Participants = append(line.Participants, PlanSeat{
			rapid.SampledFrom([]string{"F01", "f02", "M01", "M02", "F99", ""}).Draw(t, "id"),
			rapid.IntRange(-1, 3).Draw(t, "seat"),
		})
	}
	if rapid.Bool().Draw(t, "moved") {
		line.Start = line.Start.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "by")) * 30 * time.Minute)
	}
	line.End = line.Start.Add(time.Duration(rapid.IntRange(-60, 600).Draw(t, "minutes")) * time.Minute)
	line.Venue = rapid.SampledFrom([]string{"hub", "port", "studio", "moon"}).Draw(t, "venue")
	line.Table = orNull(rapid.SampledFrom([]string{"", "0", "1", "3", "4", "5", "-1", "Suite B", "99999999999999999999"}).Draw(t, "table"))
	line.Interpreter = orNull(rapid.SampledFrom([]string{"", "fr-en 1", "en-fr 9", "fr-en", "fr", "-", "fr-en -5"}).Draw(t, "interpreter"))
	return line
}

// FuzzPlanFile reads any bytes: an error, or a plan that can be judged.
func FuzzPlanFile(f *testing.F) {
	o := outputOutcome(f)
	f.Add(outputPlanJSON(f, o))
	f.Add([]byte(`{"format": 1, "meetings": [{"participants": [{"id": "F01"}]}], "certificate": {"scale": 0}}`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		file, err := DecodePlanFile(bytes.NewReader(data))
		if err != nil {
			return
		}
		plan, _ := Fit(o.Book, o.Problem, file.Meetings)
		planner.Check(o.Problem, plan)
		if file.Certificate != nil {
			_, _ = planner.CheckBound(o.Problem, file.Certificate.Certificate(o.Book))
		}
	})
}
