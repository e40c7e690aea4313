package workbook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

func TestVerdict(t *testing.T) {
	for want, change := range map[string]func(*planner.Quality){
		"Value 15, bound 20, gap 25.00%.": func(*planner.Quality) {},
		"Value 15, without a bound.":      func(q *planner.Quality) { q.Tiers = nil },
		"Value 20, bound 20, gap 0.00%: optimal by certificate. " +
			"5 points of it are given up for fairer and calmer agendas: 15 remain.": func(q *planner.Quality) {
			q.BestValue, q.SlackUsed, q.Tiers[1].Status = 20, 5, planner.Certified
		},
	} {
		o := outputOutcome(t)
		change(&o.Result.Quality)
		if diff := cmp.Diff(want, VerdictText(o)); diff != "" {
			t.Errorf("verdict (-want +got):\n%s", diff)
		}
	}
}

func TestChangesInWords(t *testing.T) {
	o := outputReplanned(t)
	o.Untold[0].Participants[1].ID = "M09"
	want := []string{
		"1 meeting is kept as it was.",
		"Moved: Mistral Data – Studio Ocho, from Mon 6, 14:00 – 14:30, Studio Ocho, table Suite B to Mon 6, 14:30 – 15:00, " +
			"Studio Ocho, table Suite B, because a participant is no longer available.",
		"Lost: Nacre Océan (Anne Roux) – Studio Ocho, Mon 6, 15:00 – 15:30, Studio Ocho, table Suite B, " +
			"because the slot serves other meetings better.",
		"New: Mistral Data – Biscayne Port Systems, Mon 6, 15:00 – 15:30, Studio Ocho, table Suite B.",
		"Lost: Nacre Océan – M09 (Fri 3, 9:00), because the workbook no longer has what it needs.",
	}
	got := ChangeLines(o)
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], "\u00a0", " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if lines := ChangeLines(outputOutcome(t)); lines != nil {
		t.Errorf("changes of a first plan: %q", lines)
	}
}

func TestMisfitsInWords(t *testing.T) {
	o := outputOutcome(t)
	for _, lang := range []string{"en", "fr"} {
		o.Book.Language = lang
		for kind := UnknownParticipant; kind <= UnknownInterpreter; kind++ {
			wordsSentence(t, lang, MisfitText(o.Book, Misfit{Kind: kind, Found: "x", Line: NewPlanFile(o).Meetings[0]}))
		}
	}
}
