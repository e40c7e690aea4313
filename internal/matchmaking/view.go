package matchmaking

import (
	"context"
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// workbookView is what the page that asks for a workbook shows.
type workbookView struct {
	web.Form
	home string
	// remarks are what is wrong with the last one, in its language.
	remarks []workbook.Remark
	lang    string
}

// plansView is what the page of a mission's plans shows.
type plansView struct {
	web.Form
	mission.Cover
	viewer  territory.Viewer
	mission *mission.Mission
	plans   []*Plan

	slots, delegates, others, wishes int
}

func (v *plansView) counts(of *planning) {
	v.slots, v.wishes = len(of.book.Slots), len(of.book.Wishes)
	for _, p := range of.book.Participants {
		if p.Side == planner.Counterpart {
			v.others++
		} else {
			v.delegates++
		}
	}
}

func (v plansView) name() string { return v.mission.Name(v.Words.Lang()) }

// figures are what the plan has to serve.
func (v plansView) figures() []web.Figure {
	w := v.Words
	figure := func(n int, key string) web.Figure { return web.Figure{Value: w.Number(n), Noun: w.N(key, n)} }
	return []web.Figure{
		figure(v.delegates, "plan.delegates"), figure(v.others, "plan.counterparts"), figure(v.wishes, "plan.wishes"),
		figure(v.slots, "plan.slots"),
	}
}

// published is the plan that is published, or nil.
func (v plansView) published() *Plan {
	for _, p := range v.plans {
		if p.State == Published {
			return p
		}
	}
	return nil
}

// note sums a plan up in a line of the list.
func (v plansView) note(p *Plan) string {
	if !p.Made() {
		return ""
	}
	said := planView{words: v.Words, viewer: v.viewer, plan: p}
	return v.Words.N("plan.meetings_count", p.Meetings) + " · " + said.verdict()
}

// planView is what the page of a plan shows.
type planView struct {
	words   *i18n.Words
	viewer  territory.Viewer
	plan    *Plan
	mission *mission.Mission
	now     job.Job
	refusal error
}

func (v *planView) load(ctx context.Context, tx *db.Tx, r *http.Request) (err error) {
	if v.plan, err = Plans().Find(ctx, tx, r, "see"); err != nil {
		return err
	}
	v.mission, err = loadMission(ctx, tx, v.plan)
	return err
}

func loadMission(ctx context.Context, tx *db.Tx, p *Plan) (*mission.Mission, error) {
	return mission.Missions().Load(ctx, tx, p.Territory, p.Mission)
}

// title is the plan by its number.
func (v planView) title() string { return v.words.T("plan.number", v.plan.Number) }

func (v planView) home() string { return v.viewer.Territory.Home() }

func (v planView) href() string { return v.home() + "/plans/" + v.plan.ID }

func (v planView) may() bool { return v.viewer.May("plan", "edit", v.plan.subject()) }

func (v planView) trail() []web.Link {
	at := v.home() + "/missions/" + v.mission.ID
	return []web.Link{
		{Label: v.words.T("mission.list"), Href: v.home() + "/missions"},
		{Label: v.mission.Name(v.words.Lang()), Href: at},
		{Label: v.words.T("plan.list"), Href: at + "/plans"},
		{Label: v.title(), Current: true},
	}
}

// work is how far the search is.
func (v planView) work() web.Work {
	w, now := v.words, v.now.Progress
	work := web.Work{Title: w.T("plan.searching"), Status: w.T("plan.at_most", v.plan.Seconds), Href: v.href()}
	if v.plan.State == Stopping {
		work.Status = w.T("plan.stopping")
	}
	if now.Stage != "" && w.Has(now.Stage) {
		work.Status = w.T(now.Stage)
	}
	if now.Value > 0 {
		work.Value = w.T("plan.value_now", w.Number(now.Value))
	}
	if now.Bound > 0 {
		work.Bound = w.T("plan.bound_now", w.Number(now.Bound))
		work.Meter = web.Meter{Label: w.T("plan.value_of_bound"), Value: float64(now.Value), Top: float64(now.Bound)}
	}
	if !v.plan.Working() {
		work.Href = ""
	}
	return work
}

// figures are what came of the search.
func (v planView) figures() []web.Figure {
	w, p := v.words, v.plan
	return []web.Figure{
		{Value: w.Number(p.Meetings), Noun: w.N("plan.meetings", p.Meetings)},
		{Value: w.Number(p.Value), Noun: w.T("plan.value"), Context: v.verdict()},
		{Value: w.Number(p.Unmet), Noun: w.N("plan.unmet", p.Unmet), Context: w.T("plan.unmet_why")},
	}
}

// verdict says how good the plan is, beside what no plan can pass.
func (v planView) verdict() string {
	w, p := v.words, v.plan
	switch {
	case p.Bound == 0:
		return w.T("plan.no_bound")
	case p.Proven:
		return w.T("plan.proven", w.Number(p.Bound))
	default:
		gap := float64(p.Bound-p.Value) / float64(p.Bound)
		return w.T("plan.gap", w.Number(p.Bound), w.Percent(gap, 2))
	}
}

// states are how the states of plans look.
func stateBadge(state string) web.State {
	switch state {
	case Published:
		return web.Confirmed
	case Drafted:
		return web.Draft
	case Failed:
		return web.Refused
	case Replaced:
		return web.Changed
	default:
		return web.Waiting
	}
}
