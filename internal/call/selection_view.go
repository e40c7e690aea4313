package call

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

// facts are the line under the title.
func (v selectionView) facts() string {
	return strings.Join([]string{
		v.words.N("call.candidates", len(v.lines)), v.words.N("selection.place_count", v.call.Places), v.words.T("selection.blindly"),
	}, " · ")
}

// decideLabel says how many are selected, wait and are refused.
func (v selectionView) decideLabel() string {
	refused := len(v.lines) - len(v.proposal.With(Selected)) - len(v.proposal.With(Waiting))
	return v.words.T("selection.decide", len(v.proposal.With(Selected)), len(v.proposal.With(Waiting)), refused)
}

func (v selectionView) columns() []web.Column {
	return []web.Column{
		{Label: v.words.T("selection.rank"), Number: true},
		{Label: v.words.T("application.field.name")},
		{Label: v.words.T("selection.mark"), Number: true},
		{Label: v.words.T("selection.spread")},
		{Label: v.words.T("selection.taken_part")},
		{Label: v.proposalLabel()},
	}
}

func (v selectionView) proposalLabel() string {
	if v.decided() && !v.trial {
		return v.words.T("selection.decision")
	}
	return v.words.T("selection.proposed")
}

// proposedLabel is what becomes of an application, with its turn where it waits.
func (v selectionView) proposedLabel(l *Line) string {
	if l.Proposed == Waiting {
		return v.words.T("selection.turn", l.Turn)
	}
	return v.words.T("application.state." + string(l.Proposed))
}

// shownSector is the sector whose mark stands before a company: that whose
// places it may take, or the first that it names.
func (v selectionView) shownSector(l *Line) string {
	if l.Sector != "" {
		return l.Sector
	}
	return l.Claim.Sectors[0]
}

func (v selectionView) quotaTaken(q quotaView) string {
	switch {
	case q.Most > 0:
		return v.words.T("selection.taken_of", q.taken, q.Most)
	default:
		return v.words.T("selection.taken_kept", q.taken, q.Least)
	}
}

func low(l *Line) int  { return slices.Min(l.Marks) }
func high(l *Line) int { return slices.Max(l.Marks) }

func spreadLabel(w *i18n.Words, l *Line) string {
	return w.T("selection.spread_label", w.Decimal(float64(low(l))/10, 1), w.Decimal(float64(high(l))/10, 1))
}

// groupName says which group it is.
func (v selectionView) groupName(g Group) string {
	switch g.Kind {
	case bySector:
		return v.mark(g.Value).Name
	case byPlace:
		return v.words.T("selection.group.place", g.Value)
	default:
		return v.words.T("selection.group." + g.Value)
	}
}

// states are the choices of a decision.
func (v reviewed) states(states ...State) []web.Option {
	return eachOf(states, func(s State) web.Option {
		return web.Option{Value: string(s), Label: v.words.T("application.state." + string(s))}
	})
}

// scoreText is a score in a line.
func (v reviewed) scoreText(s *Score) string {
	if s.Conflict {
		return v.words.T("selection.stays_out")
	}
	said := []string{v.words.T("selection.mark_of", v.words.Decimal(float64(s.Mark(v.selection.Criteria))/10, 1))}
	for _, c := range v.selection.Criteria {
		said = append(said, v.words.T("selection.points_for", c.Name(v.words.Lang()), s.Of(c.Key)))
	}
	return strings.Join(present(strings.Join(said, ", "), s.Comment), " · ")
}

// when says who changed something, and when.
func (v reviewed) when(e history.Entry) string {
	return strings.Join(present(e.Actor.Name, v.words.Stamp(v.viewer.Territory.At(e.At))), ", ")
}

// answers are those of the application.
func (v reviewed) answers() templ.Component {
	return form.Answered(v.shown.said(), v.words.T("call.no_answer"))
}
