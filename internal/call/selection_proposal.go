package call

import (
	"cmp"
	"slices"
)

// A Proposal is what the rules of a selection make of the applications.
type Proposal struct {
	Selection *Selection
	Places    int
	// Ranked are those that are eligible, the best first, Outside the others.
	Ranked, Outside []*Line
}

// Propose ranks the applications, and says which of them would be selected, wait,
// or be refused. The lines are changed.
func Propose(lines []*Line, s *Selection, places int) Proposal {
	p := Proposal{Selection: s, Places: places}
	byID := map[string]*Line{}
	var candidates []Candidate
	for _, l := range lines {
		l.judge(s)
		l.Rank, l.Turn = 0, 0
		if !l.Eligible() {
			l.Proposed, l.Why = Ineligible, ByRules
			if l.Review.Ruling == Ineligible {
				l.Why = ByRuling
			}
			p.Outside = append(p.Outside, l)
			continue
		}
		byID[l.ID] = l
		candidates = append(candidates, l.Candidate)
	}
	ranked := Rank(candidates, s.Ties, s.Seed)
	for i, c := range ranked {
		byID[c.ID].Rank = i + 1
		p.Ranked = append(p.Ranked, byID[c.ID])
	}
	p.place(ranked)
	return p
}

// place says what becomes of those that are ranked.
func (p Proposal) place(ranked []Candidate) {
	passed := slices.DeleteFunc(slices.Clone(ranked), func(c Candidate) bool { return c.Mean() < float64(p.Selection.PassMark) })
	chosen := Choose(passed, p.Places, p.Selection.Quotas)
	turn := 0
	for _, l := range p.Ranked {
		switch {
		case chosen[l.ID]:
			l.Proposed, l.Why = Selected, ByRank
		case l.Mean() < float64(p.Selection.PassMark):
			l.Proposed, l.Why = Refused, BelowPass
		case turn < p.Selection.Waiting:
			turn++
			l.Proposed, l.Turn, l.Why = Waiting, turn, NoPlace
		default:
			l.Proposed, l.Why = Refused, NoPlace
		}
	}
	p.explain(chosen)
}

// explain tells those apart that got a place, or none, by a quota: a better rank
// has none, or a worse one has.
func (p Proposal) explain(chosen map[string]bool) {
	last, first := 0, len(p.Ranked)+1 // ranks: the last that got a place freely, the first that has none
	taken := map[string]int{}
	for _, l := range p.Ranked {
		if !chosen[l.ID] {
			if l.Why == NoPlace {
				first = min(first, l.Rank)
			}
			continue
		}
		taken[l.Sector]++
		if taken[l.Sector] > p.quota(l.Sector).Least {
			last = l.Rank
		} else if l.Rank > first {
			l.Why = ByQuota
		}
	}
	for _, l := range p.Ranked {
		if most := p.quota(l.Sector).Most; l.Why == NoPlace && most > 0 && taken[l.Sector] >= most && l.Rank < last {
			l.Why = QuotaFull
		}
	}
}

func (p Proposal) quota(sector string) Quota {
	for _, q := range p.Selection.Quotas {
		if q.Sector == sector && sector != "" {
			return q
		}
	}
	return Quota{}
}

// With are the ranked lines with some proposal, in order.
func (p Proposal) With(states ...State) (lines []*Line) {
	for _, l := range p.Ranked {
		if slices.Contains(states, l.Proposed) {
			lines = append(lines, l)
		}
	}
	return lines
}

// A Change is who would get in and who would drop out by another rule.
type Change struct{ In, Out []*Line }

// Against says what changes from another proposal about the same applications.
func (p Proposal) Against(was map[string]State) (c Change) {
	for _, l := range p.Ranked {
		switch before := was[l.ID]; {
		case l.Proposed == Selected && before != Selected:
			c.In = append(c.In, l)
		case l.Proposed != Selected && before == Selected:
			c.Out = append(c.Out, l)
		}
	}
	return c
}

// states are what is proposed, by the id of the application.
func (p Proposal) states() map[string]State {
	states := map[string]State{}
	for _, l := range p.Ranked {
		states[l.ID] = l.Proposed
	}
	return states
}

// clones are the lines once more, to try other rules on.
func clones(lines []*Line) []*Line {
	return eachOf(lines, func(l *Line) *Line {
		c := *l
		return &c
	})
}

// waitingList are the applications that wait, those whose turn it is first.
func waitingList(lines []*Line) []*Line {
	waiting := slices.DeleteFunc(slices.Clone(lines), func(l *Line) bool { return l.Application.State != Waiting })
	slices.SortFunc(waiting, func(a, b *Line) int {
		return cmp.Or(cmp.Compare(a.Review.Turn, b.Review.Turn), cmp.Compare(a.ID, b.ID))
	})
	return waiting
}
