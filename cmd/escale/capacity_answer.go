package main

import (
	"fmt"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/planner"
)

// answer is a question with the figure that was asked for filled in: 0 when
// none is right.
type answer struct {
	question
	// limit is what keeps the figure from being better.
	limit planner.Limit
	// counterparts is how many there have to be.
	counterparts int
	// more are the answers with one more of something.
	more []margin
}

// margin is the answer with one more of a resource: its name for programs, and
// the key of its name for people.
type margin struct {
	resource, key string
	question
}

// resolve fills in what was asked for.
func (q question) resolve() (question, planner.Limit) {
	var limit planner.Limit
	switch q.asked {
	case daysAsked:
		q.Days, limit = q.FewestDays()
	case tablesAsked:
		q.Tables, limit = q.FewestTables()
	case meetingsAsked:
		q.Each, limit = q.MostEach()
	case companiesAsked:
		q.Delegates, limit = q.MostDelegates()
	default:
		limit = q.Fits()
	}
	return q, limit
}

func (q question) answer() answer {
	a := answer{}
	a.question, a.limit = q.resolve()
	if a.fits() {
		a.counterparts = a.FewestCounterparts()
	}
	if q.asked != meetingsAsked && q.asked != companiesAsked {
		return a
	}
	for _, resource := range []struct {
		name, key string
		has       bool
		add       func(*question)
	}{
		{"table", "cli.capacity.more_table", true, func(q *question) { q.Tables++ }},
		{"day", "cli.capacity.more_day", true, func(q *question) { q.Days++ }},
		{"counterpart", "cli.capacity.more_counterpart", q.Counterparts > 0, func(q *question) { q.Counterparts++ }},
	} {
		if resource.has {
			with := q
			resource.add(&with)
			with, _ = with.resolve()
			a.more = append(a.more, margin{resource.name, resource.key, with})
		}
	}
	return a
}

// fits says whether there is an answer, or, when nothing was left out, whether
// the answer is yes.
func (a answer) fits() bool {
	return a.Days > 0 && a.Tables > 0 && a.Each > 0 && a.Delegates > 0 && a.Fits() == planner.NoLimit
}

// asking is the figure that was asked for.
func (q question) asking() int {
	return [...]int{0, q.Days, q.Tables, q.Each, q.Delegates}[q.asked]
}

// report is what --json prints. The limit is what keeps the answer from being
// better; "none" when all fits and nothing was asked for.
func (a answer) report() map[string]any {
	more := map[string]int{}
	for _, m := range a.more {
		more[m.resource] = m.asking()
	}
	report := map[string]any{
		"fits": a.fits(), "asked": [...]string{"", "days", "tables", "meetings", "companies"}[a.asked],
		"days": a.Days, "slots": a.Slots(), "tables": a.Tables, "meetings": a.Each, "companies": a.Delegates,
		"total": a.Meetings(), "room": a.Room(), "limit": a.limit.String(),
		"one_more": more,
	}
	if a.counterparts > 0 {
		report["counterparts_needed"] = a.counterparts
	}
	return report
}

func (a answer) tell(c *console) {
	w := c.say()
	print := func(line string) { fmt.Fprintln(c.stdout, line) }
	print(a.verdict(w))
	if a.limit != planner.NoLimit && !(a.fits() && a.asked == tablesAsked) {
		print(a.limitText(w))
	}
	if a.Days > 0 && a.Tables > 0 {
		print(w.T("cli.capacity.room", w.N("cli.capacity.days", a.Days), w.N("cli.capacity.slots", a.DaySlots),
			w.Minutes(a.minutes), w.N("cli.capacity.tables", a.Tables), w.N("cli.capacity.meetings", a.Room()),
			w.N("cli.capacity.used", a.Meetings())))
	}
	if a.counterparts > 0 && a.Counterparts == 0 {
		print(w.N("cli.capacity.counterparts", a.counterparts))
	}
	for _, m := range a.more {
		if m.asking() > a.asking() {
			print(w.T("cli.capacity.more", w.T(m.key), m.phrase(w)))
		} else {
			print(w.T("cli.capacity.no_more", w.T(m.key)))
		}
	}
	if a.OnePool {
		print(w.T("cli.capacity.assumed_pool"))
	} else {
		print(w.T("cli.capacity.assumed"))
	}
}

// verdict is the answer in one sentence.
func (a answer) verdict(w *i18n.Words) string {
	switch {
	case !a.fits() && a.asked == daysAsked:
		return w.T("cli.capacity.never_days", a.phrase(w))
	case !a.fits() && a.asked == tablesAsked:
		return w.T("cli.capacity.never_tables", a.phrase(w))
	case !a.fits():
		return w.T("cli.capacity.no_room", a.phrase(w))
	case a.asked == daysAsked:
		return w.N("cli.capacity.takes_days", a.Days, a.phrase(w))
	case a.asked == tablesAsked:
		return w.N("cli.capacity.takes_tables", a.Tables, a.phrase(w))
	default:
		return w.T("cli.capacity.fits", a.phrase(w))
	}
}

// phrase names the companies and their meetings: at least one of each, since
// "no room for none" says nothing.
func (q question) phrase(w *i18n.Words) string {
	key := "cli.capacity.companies"
	if q.OnePool {
		key = "cli.capacity.participants"
	}
	return w.N(key, max(1, q.Delegates), w.N("cli.capacity.meetings", max(1, q.Each)))
}

// limitText says what keeps the answer from being better.
func (a answer) limitText(w *i18n.Words) string {
	switch {
	case a.limit == planner.TableLimit:
		return w.T("cli.capacity.limit.tables")
	case a.limit == planner.CounterpartLimit:
		return w.T("cli.capacity.limit.counterparts")
	case a.limit == planner.PartnerLimit && a.OnePool:
		return w.T("cli.capacity.limit.partners_pool")
	case a.limit == planner.PartnerLimit:
		return w.N("cli.capacity.limit.partners", a.Counterparts)
	case a.OnePool:
		return w.T("cli.capacity.limit.slots_pool")
	default:
		return w.T("cli.capacity.limit.slots")
	}
}
