package desk

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// home is what the first page of a workspace shows.
type home struct {
	name, today string
	figures     []web.Figure
	tasks       templ.Component // nil where none waits
	waiting     []web.Entry
	week        []web.Entry
	calendar    string
	changes     []web.Entry
}

// latest is how many of the last changes the home shows.
const latest = 10

// home answers GET /t/{territory}.
func (p *Pages) home(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title = f.Words.T("desk.home")
	page := home{name: v.Name, today: f.Words.Date(v.Territory.At(p.db.Now()))}
	if v.Reach("mission", "see") != territory.Nothing {
		page.calendar = v.Territory.Home() + "/calendar"
	}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.figures, err = p.figures(r.Context(), tx, f.Words, v); err != nil {
			return err
		}
		if page.tasks, err = panel.Waiting(r.Context(), tx, p.kinds, f.Words, v); err != nil {
			return err
		}
		if page.waiting, err = p.waiting(r.Context(), tx, f.Words, v); err != nil {
			return err
		}
		if page.week, err = p.week(r.Context(), tx, f.Words, v); err != nil {
			return err
		}
		page.changes, err = p.latest(r.Context(), tx, f.Words, v)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, homePage(f, page))
}

// figures counts the records of each kind that has a list.
func (p *Pages) figures(ctx context.Context, tx *db.Tx, w *i18n.Words, v territory.Viewer) ([]web.Figure, error) {
	var figures []web.Figure
	for _, kind := range p.kinds.Ordered() {
		if kind.Count == nil || v.Reach(kind.Name, "see") == territory.Nothing {
			continue
		}
		n, err := kind.Count(ctx, tx, v)
		if err != nil {
			return nil, err
		}
		figures = append(figures, web.Figure{
			Value: web.HowMany(w, n), Noun: w.N(kind.Name+".count", n), Href: v.Territory.Home() + kind.List,
		})
	}
	return figures, nil
}

// waiting is what waits for the viewer, beside their tasks.
func (p *Pages) waiting(ctx context.Context, tx *db.Tx, w *i18n.Words, v territory.Viewer) ([]web.Entry, error) {
	var all []web.Entry
	for _, waiting := range p.doors.Waiting {
		some, err := waiting(ctx, tx, v, w)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// week is what the calendar holds for today and the six days after.
func (p *Pages) week(ctx context.Context, tx *db.Tx, w *i18n.Words, v territory.Viewer) ([]web.Entry, error) {
	if v.Reach("mission", "see") == territory.Nothing {
		return nil, nil
	}
	today := v.Territory.At(p.db.Now())
	dates, err := p.doors.Dates(ctx, tx, v, w, today.Format(time.DateOnly), today.AddDate(0, 0, 6).Format(time.DateOnly))
	if err != nil {
		return nil, err
	}
	entries := make([]web.Entry, len(dates))
	for i, d := range dates {
		entries[i] = web.Entry{Title: d.Title, Note: days(w, d), Icon: d.Icon, Href: v.Territory.Home() + d.Href}
	}
	return entries, nil
}

// days says when a date is, and what else there is to say of it.
func days(w *i18n.Words, d mission.Date) string {
	from, err := time.Parse(time.DateOnly, d.From)
	if err != nil {
		return d.Note
	}
	when := w.Date(from)
	if to, err := time.Parse(time.DateOnly, d.To); err == nil && to.After(from) {
		when = w.Dates(from, to)
	}
	if d.Note == "" {
		return when
	}
	return when + " · " + d.Note
}

// latest are the last changes to records that the viewer may see.
func (p *Pages) latest(ctx context.Context, tx *db.Tx, w *i18n.Words, v territory.Viewer) ([]web.Entry, error) {
	entries, err := history.Latest(ctx, tx, v.Territory.ID, p.kinds.News(), 5*latest)
	if err != nil {
		return nil, err
	}
	var shown []web.Entry
	seen := map[ref.Ref]bool{}
	for _, e := range entries {
		if seen[e.Ref] || len(shown) == latest {
			continue
		}
		seen[e.Ref] = true
		card, err := p.kinds.See(ctx, tx, v, e.Ref)
		switch {
		case fault.Is(err, fault.NotFound), card.Deleted:
			continue
		case err != nil:
			return nil, err
		}
		shown = append(shown, web.Entry{
			Title: card.Title, Href: v.Territory.Home() + p.kinds[e.Ref.Kind].Address(e.Ref.ID), Initial: true,
			Note: w.T("desk.change", w.T("record.action."+e.Action), record.Who(w, e.Actor), w.Stamp(v.Territory.At(e.At))),
		})
	}
	return shown, nil
}

// undo answers POST /t/{territory}/undo/{batch}: it takes back what the viewer
// did together.
func (p *Pages) undo(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	words := p.frame(r).Words
	var text string
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		if err := p.mayUndo(r.Context(), tx, v, r.PathValue("batch")); err != nil {
			return err
		}
		undone, err := p.kinds.Undo(r.Context(), tx, v.Actor, v.Territory.ID, r.PathValue("batch"))
		text = words.T("desk.undone")
		if len(undone.Kept) > 0 {
			text = words.N("desk.undone_but", len(undone.Kept))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, from(r, v.Territory.Home()), web.Toast{Text: text})
}

// from is the page of the workspace that the request came from, if it says so.
func from(r *http.Request, home string) string {
	page, err := url.Parse(r.Referer())
	if err != nil || page.Host != r.Host || !strings.HasPrefix(page.Path, home+"/") {
		return home
	}
	return page.RequestURI()
}

// mayUndo says whether the viewer may take a batch back: their own, or anybody's
// for an administrator.
func (p *Pages) mayUndo(ctx context.Context, tx *db.Tx, v territory.Viewer, batch string) error {
	entries, err := history.Batch(ctx, tx, v.Territory.ID, batch)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Actor.ID != v.Actor.ID && v.Role != territory.Administrator {
			return fault.New(fault.NotFound, "record.nothing_to_undo")
		}
	}
	return nil
}
