package panel

import (
	"context"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Bar is what the page of a record shows of its panels: the tabs, and the
// last changes.
type Bar struct {
	viewer  territory.Viewer
	card    record.Card
	href    string // of the record's page
	pages   []record.Page
	notes   int // with the files
	tasks   int // still to do
	links   int // for whoever may handle them
	changes int
	latest  []history.Entry
}

// lastChanges is how many changes the page of a record shows.
const lastChanges = 4

// NewBar reads the bar of a record that the viewer may see.
func NewBar(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, of ref.Ref) (b Bar, err error) {
	card, err := kinds.Card(ctx, tx, of)
	if err != nil {
		return b, err
	}
	b = Bar{viewer: v, card: card, href: v.Territory.Home() + kinds[of.Kind].Address(of.ID), pages: kinds[of.Kind].Pages}
	place := On(card)
	notes, err := onRecord(db.Select("n.id", "notes n"), v, "note", place).Where("n.deleted_at IS NULL").Count(ctx, tx)
	if err != nil {
		return b, err
	}
	files, err := onRecord(db.Select("n.id", "files n"), v, "file", place).Where("n.deleted_at IS NULL").Count(ctx, tx)
	if err != nil {
		return b, err
	}
	b.notes = notes + files
	if b.tasks, err = (Choice{Place: place}).query(v, "n.id").Count(ctx, tx); err != nil {
		return b, err
	}
	if b.changes, err = history.Count(ctx, tx, card.Ref); err != nil {
		return b, err
	}
	if v.May("link", "see", card.Subject) && v.May(of.Kind, "edit", card.Subject) {
		if b.links, err = auth.CountLinks(ctx, tx, of); err != nil {
			return b, err
		}
	}
	b.latest, err = history.Of(ctx, tx, card.Ref, lastChanges)
	return b, err
}

// The panels, by the end of their address; the record itself has none.
const (
	recordTab  = ""
	notesTab   = "/notes"
	tasksTab   = "/tasks"
	historyTab = "/history"
)

// linksTab stands for the personal links, whose page is elsewhere: see [LinksOf].
const linksTab = "/links"

// LinksOf is where the personal links of a record are, below the territory's
// home.
func LinksOf(of ref.Ref) string { return "/links/of/" + of.Kind + "/" + of.ID }

// Tabs lead to the pages and panels that the viewer may see, from the record's
// own.
func (b Bar) Tabs(w *i18n.Words) []web.Tab { return b.TabsOn(w, recordTab) }

// LinkTabs are the tabs on the page of the record's personal links.
func (b Bar) LinkTabs(w *i18n.Words) []web.Tab { return b.TabsOn(w, linksTab) }

// TabsOn are the tabs on the page of a record that ends in a path: "/notes".
func (b Bar) TabsOn(w *i18n.Words, current string) []web.Tab {
	tabs := []web.Tab{{Label: w.T("panel.record"), Href: b.href, Current: current == recordTab}}
	for _, page := range b.pages {
		if b.viewer.May(page.Noun, "see", b.card.Subject) {
			tabs = append(tabs, web.Tab{Label: w.T(page.Label), Href: b.href + page.Path, Current: current == page.Path})
		}
	}
	for _, t := range []struct {
		noun, end, label string
		count            int
		toDo             bool
	}{
		{"note", notesTab, w.T("panel.notes"), b.notes, false},
		{"task", tasksTab, w.T("panel.tasks"), b.tasks, true},
		{b.card.Ref.Kind, historyTab, w.T("panel.history"), b.changes, false},
	} {
		if b.viewer.May(t.noun, "see", b.card.Subject) {
			tabs = append(tabs, web.Tab{Label: t.label, Href: b.href + t.end, Count: t.count, ToDo: t.toDo, Current: current == t.end})
		}
	}
	if b.links > 0 || current == linksTab {
		href := b.viewer.Territory.Home() + LinksOf(b.card.Ref)
		tabs = append(tabs, web.Tab{Label: w.T("panel.links"), Href: href, Count: b.links, Current: current == linksTab})
	}
	return tabs
}

func (b Bar) told(w *i18n.Words) []web.Change { return record.Told(w, b.viewer.Territory, b.latest) }
