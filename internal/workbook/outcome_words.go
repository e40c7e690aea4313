package workbook

import (
	"github.com/escale-hq/escale/planner"
)

// VerdictText is the value with its bound and the gap: a value never stands
// alone, and what is not proven is said to be without a bound.
func VerdictText(o *Outcome) string {
	w, q := wordsFor(o.Book.Language), o.Result.Quality
	value := o.Result.Score.Value
	status := valueStatus(q)
	if status == planner.NoBound {
		return w.T("output.verdict.unbounded", value)
	}
	gap := w.Percent(float64(q.Bound-q.BestValue)/float64(max(q.Bound, 1)), 2)
	if status == planner.Gap {
		return w.T("output.verdict.gap", value, q.Bound, gap)
	}
	return w.T("output.verdict", value, q.Bound, gap, StatusText(o.Book.Language, status))
}

func valueStatus(q planner.Quality) planner.Status {
	for _, t := range q.Tiers {
		if t.Tier == planner.Value {
			return t.Status
		}
	}
	return planner.NoBound
}

// ChangeLines says what became of the meetings of the previous plan: how many
// are kept, then each other one.
func ChangeLines(o *Outcome) []string {
	if o.Previous == nil {
		return nil
	}
	kept := 0
	var lines []string
	for _, c := range o.Result.Changes {
		if c.Kind == planner.Kept {
			kept++
			continue
		}
		lines = append(lines, ChangeText(o.Book, c))
	}
	for _, m := range o.Untold {
		lines = append(lines, untoldText(o.Book, m))
	}
	return append([]string{wordsFor(o.Book.Language).N("output.kept", kept)}, lines...)
}

// untoldText says which meeting of the previous plan is lost because the
// workbook no longer has its participant, slot, place or interpreter.
func untoldText(b *Book, m PlanMeeting) string {
	w := wordsFor(b.Language)
	start := m.Start.In(b.Zone)
	return w.T("output.untold", whoMeets(m), w.DateShort(start), w.Clock(start))
}

// MisfitText says what a meeting of a plan names in vain, and what to do.
func MisfitText(b *Book, m Misfit) string {
	w := wordsFor(b.Language)
	return w.T("output.misfit."+misfitCodes[m.Kind], m.Found, whoMeets(m.Line), w.DateShort(m.Line.Start), w.Clock(m.Line.Start))
}

var misfitCodes = [...]string{
	UnknownParticipant: "participant",
	UnknownStart:       "start",
	UnknownVenue:       "venue",
	UnknownTable:       "table",
	UnknownInterpreter: "interpreter",
}
