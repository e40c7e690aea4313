package workbook

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

// outputExample plans an example as far as an interrupted search gets.
func outputExample(t *testing.T, name string, previous *PlanFile) *Outcome {
	t.Helper()
	book, err := Read(filepath.Join("..", "..", "examples", name), "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o, err := Make(ctx, book, Assignment{Seed: 1, SlackPermille: 10, Previous: previous, Made: time.Unix(1511000000, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if o.Result.Plan == nil || len(o.Result.Plan.Meetings) == 0 {
		t.Fatal("an interrupted search keeps no plan")
	}
	return o
}

// TestExamplesAddUp compares plan.json, which counts line by line, with the
// score, which the judge computes from the plan as a whole, on real missions:
// venues with journeys, interpreters, two legs.
func TestExamplesAddUp(t *testing.T) {
	for _, name := range []string{"miami-2017", "canada-2019"} {
		t.Run(name, func(t *testing.T) {
			o := outputExample(t, name, nil)
			text := outputPlanJSON(t, o)
			if problems := outputProblems(t, text); len(problems) > 0 {
				t.Errorf("plan.json does not keep its schema:\n%s", strings.Join(problems, "\n"))
			}
			var file PlanFile
			if err := json.Unmarshal(text, &file); err != nil {
				t.Fatal(err)
			}
			score := planner.Evaluate(o.Problem, o.Result.Plan, nil)
			want := map[string]int{
				"value": score.Value, "breaks": score.Breaks, "travel": score.Travel, "wishes": len(outputWished(o)),
			}
			got := map[string]int{"wishes": len(file.Unmet)}
			for _, m := range file.Meetings {
				got["value"] += m.Value
				got["wishes"] += len(m.Wishes)
			}
			for _, p := range file.Participants {
				got["breaks"] += p.Breaks
				got["travel"] += p.TravelMinutes
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("sums (-score +plan.json):\n%s", diff)
			}
		})
	}
}

// outputWished are the wishes that a plan can meet or not.
func outputWished(o *Outcome) []planner.Wish {
	var wished []planner.Wish
	for _, w := range o.Problem.Wishes {
		if w.Kind != planner.Never {
			wished = append(wished, w)
		}
	}
	return wished
}

// TestReplanningWithoutAChange keeps every meeting, its UID and its sequence.
func TestReplanningWithoutAChange(t *testing.T) {
	first := NewPlanFile(outputExample(t, "canada-2019", nil))
	second := NewPlanFile(outputExample(t, "canada-2019", first))
	identities := func(f *PlanFile) map[string]int {
		sequences := map[string]int{}
		for _, m := range f.Meetings {
			sequences[m.ID] = m.Sequence
		}
		return sequences
	}
	was, now := identities(first), identities(second)
	for id, sequence := range was {
		if got, held := now[id]; !held || got != sequence {
			t.Errorf("meeting %s: held %t in revision %d, want revision %d", id, held, got, sequence)
		}
	}
	if second.Version != 2 || second.Quality.Lost != 0 || second.Quality.Moved != 0 || len(second.Withdrawn) > 0 {
		t.Errorf("version %d, lost %d, moved %d, withdrawn %d", second.Version, second.Quality.Lost, second.Quality.Moved, len(second.Withdrawn))
	}
}
