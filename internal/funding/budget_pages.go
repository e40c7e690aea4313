package funding

import (
	"context"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// budgetView is what the page of a mission's budget shows.
type budgetView struct {
	mission.Cover
	*Budget
	words               *i18n.Words
	viewer              territory.Viewer
	mission             *mission.Mission
	today               string
	companies, meetings int
}

// budget answers GET /t/{territory}/missions/{id}/budget.
func (p *Pages) budget(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := budgetView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.mission, err = mission.Missions().Load(r.Context(), tx, view.viewer.Territory.ID, r.PathValue("id")); err != nil {
			return err
		}
		if err := view.viewer.Check("budget", "see", view.mission.Subject()); err != nil {
			return err
		}
		return p.readBudget(r.Context(), tx, &view)
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("budget.of", view.mission.Name(f.Words.Lang()))
	f.Fictional = f.Fictional || view.mission.Fictional
	return web.Render(w, r, http.StatusOK, budgetPage(f, view))
}

func (p *Pages) readBudget(ctx context.Context, tx *db.Tx, view *budgetView) (err error) {
	m := view.mission
	if view.Cover, err = mission.NewCover(ctx, tx, p.kinds, view.words, m, "/budget"); err != nil {
		return err
	}
	view.today = view.viewer.Territory.At(tx.Now).Format(time.DateOnly)
	if view.Budget, err = BudgetOf(ctx, tx, view.viewer, m.ID); err != nil {
		return err
	}
	participants, err := mission.ParticipantsOf(ctx, tx, m.Territory, m.ID)
	if err != nil {
		return err
	}
	for _, p := range participants {
		if p.State == mission.TakesPart && (p.Side == mission.Delegate || p.Side == mission.Pool) {
			view.companies++
		}
	}
	view.meetings, err = p.doors.Meetings(ctx, tx, m.Territory, m.ID)
	return err
}

// may says whether the viewer may add or change what the budget is made of.
func (v budgetView) may(noun, action string) bool {
	return v.viewer.May(noun, action, v.mission.Subject()) && !v.mission.Deleted()
}

// whole says whether the viewer sees all of the budget, and so what a part of it
// is of the whole.
func (v budgetView) whole() bool { return v.viewer.Reach("expense", "see") == territory.All }

// money says an amount in the currency of the budget.
func (v budgetView) money(minor int64) string { return money(v.words, minor, v.Currency) }

// figures are the sums, with tax, and what one company and one meeting cost.
func (v budgetView) figures() []web.Figure {
	w := v.words
	figures := []web.Figure{
		{Value: v.money(v.Total.Planned.Gross), Noun: w.T("budget.planned"), Context: v.net(v.Total.Planned)},
		{Value: v.money(v.Total.Committed.Gross), Noun: w.T("budget.committed"), Context: v.net(v.Total.Committed)},
		{Value: v.money(v.Total.Paid.Gross), Noun: w.T("budget.paid"), Context: v.net(v.Total.Paid)},
	}
	if !v.whole() {
		return figures
	}
	for _, of := range []struct {
		many       int
		noun, text string
	}{{v.companies, "budget.per_company", "budget.companies"}, {v.meetings, "budget.per_meeting", "budget.meetings"}} {
		if each, some := Each(v.Total.Planned.Gross, of.many); some {
			figures = append(figures, web.Figure{Value: v.money(each), Noun: w.T(of.noun), Context: w.N(of.text, of.many)})
		}
	}
	if v.Asked > 0 {
		figures = append(figures, web.Figure{
			Value: v.money(v.Received), Noun: w.T("budget.received"), Context: w.T("budget.of_asked", v.money(v.Asked)),
		})
	}
	return figures
}

func (v budgetView) net(a Amount) string { return v.words.T("budget.net", v.money(a.Net)) }

// payer is who pays a line.
func (v budgetView) payer(name string) string {
	if name == "" {
		return v.viewer.Territory.Name
	}
	return name
}

// rates says by which exchange rates the amounts were converted.
func (v budgetView) rates() []string {
	return each(v.By, func(r Rate) string {
		return v.words.T("budget.rate", r.Currency, r.Units, day(v.words, r.Day), r.Source)
	})
}

// unknown says which exchange rates are missing.
func (v budgetView) unknown() []string {
	var said []string
	for _, f := range v.Unknown {
		said = append(said, web.Explain(v.words, f))
	}
	return said
}

// feeState is how far a fee is.
func (v budgetView) feeState(f *Fee) (web.State, string) {
	switch {
	case f.PaidOn != "":
		return web.Good, v.words.T("fee.paid", day(v.words, f.PaidOn))
	case f.Late(v.today):
		return web.Late, v.words.T("fee.late", day(v.words, f.DueOn))
	default:
		return web.Waiting, v.words.T("fee.due", day(v.words, f.DueOn))
	}
}

// day says a day that a field holds.
func day(w *i18n.Words, text string) string {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return w.DateBrief(at)
}
