package workbook

import (
	"strings"

	"github.com/escale-hq/escale/planner"
)

// VerdictText is the best value found with its bound and the gap, and what was
// given up of it: a value never stands alone, and what is not proven is said to
// be without a bound.
func VerdictText(o *Outcome) string {
	w, q := wordsFor(o.Book.Language), o.Result.Quality
	verdict := w.T("output.verdict.unbounded", q.BestValue)
	if status := valueStatus(q); status != planner.NoBound {
		gap := w.Percent(float64(q.Bound-q.BestValue)/float64(max(q.Bound, 1)), 2)
		verdict = w.T("output.verdict.gap", q.BestValue, q.Bound, gap)
		if status != planner.Gap {
			verdict = w.T("output.verdict", q.BestValue, q.Bound, gap, StatusText(o.Book.Language, status))
		}
	}
	if q.SlackUsed > 0 {
		verdict += " " + w.N("output.verdict.slack", q.SlackUsed, o.Result.Score.Value)
	}
	return verdict
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
	names := make([]string, len(m.Participants))
	for i, p := range m.Participants {
		names[i] = b.nameOf(p.ID)
	}
	start := m.Start.In(b.Zone)
	return w.T("output.untold", strings.Join(names, " – "), w.DateShort(start), w.Clock(start))
}

// nameOf is the name of a participant, or its identifier when the workbook no
// longer has it.
func (b *Book) nameOf(id string) string {
	for _, p := range b.Participants {
		if p.ID == id {
			return p.Name
		}
	}
	return id
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
