package panel

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the panels of every kind that has a list, and what they lead to.
type Pages struct {
	db     *db.DB
	frame  web.Framer
	kinds  record.Kinds
	folder Folder
}

// NewPages makes the pages over the records of all kinds. The folder keeps the
// contents of files.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, folder Folder) *Pages {
	return &Pages{d, frame, kinds, folder}
}

// Routes are the addresses of the panels: those of each kind, then those of the
// notes, files, tasks and views themselves.
func (p *Pages) Routes() []web.Route {
	var routes []web.Route
	for _, kind := range p.kinds.Ordered() {
		if kind.List != "" {
			routes = append(routes, p.routesOf(kind)...)
		}
	}
	const note, file, tasks, task = "/t/{territory}/notes/{id}", "/t/{territory}/files/{id}", "/t/{territory}/tasks", "/t/{territory}/tasks/{id}"
	return append(routes, []web.Route{
		{Pattern: "GET " + note, Noun: "note", Action: "see", Handle: p.findNote},
		{Pattern: "GET " + note + "/edit", Noun: "note", Action: "edit", Handle: p.editNote},
		{Pattern: "POST " + note, Noun: "note", Action: "edit", Handle: p.saveNote},
		{Pattern: "POST " + note + "/delete", Noun: "note", Action: "edit", Handle: p.move(Notes().Delete, "note", "note.deleted")},
		{Pattern: "POST " + note + "/restore", Noun: "note", Action: "edit", Handle: p.move(Notes().Restore, "note", "note.restored")},
		{Pattern: "GET " + file, Noun: "file", Action: "see", Handle: p.showFile},
		{Pattern: "GET " + file + "/contents/{number}", Noun: "file", Action: "see", Handle: p.download},
		{Pattern: "POST " + file + "/delete", Noun: "file", Action: "edit", Handle: p.move(Files().Delete, "file", "file.deleted")},
		{Pattern: "POST " + file + "/restore", Noun: "file", Action: "edit", Handle: p.move(Files().Restore, "file", "file.restored")},
		{Pattern: "GET " + tasks, Noun: "task", Action: "see", Handle: p.listTasks},
		{Pattern: "POST " + tasks, Noun: "task", Action: "edit", Handle: p.addTask},
		{Pattern: "GET " + task, Noun: "task", Action: "see", Handle: p.showTask},
		{Pattern: "POST " + task, Noun: "task", Action: "edit", Handle: p.saveTask},
		{Pattern: "POST " + task + "/done", Noun: "task", Action: "edit", Handle: p.settleTask},
		{Pattern: "POST " + task + "/delete", Noun: "task", Action: "edit", Handle: p.move(Tasks().Delete, "task", "task.deleted")},
		{Pattern: "POST " + task + "/restore", Noun: "task", Action: "edit", Handle: p.move(Tasks().Restore, "task", "task.restored")},
		{Pattern: "POST /t/{territory}/views", Noun: "workspace", Action: "see", Handle: p.keepView},
		{Pattern: "POST /t/{territory}/views/{view}/delete", Noun: "workspace", Action: "see", Handle: p.dropView},
	}...)
}

// routesOf are the panels of the records of a kind.
func (p *Pages) routesOf(kind record.Kind) []web.Route {
	one := "/t/{territory}" + kind.List + "/{record}"
	of := func(handle func(http.ResponseWriter, *http.Request, record.Kind) error) web.Handler {
		return func(w http.ResponseWriter, r *http.Request) error { return handle(w, r, kind) }
	}
	return []web.Route{
		{Pattern: "GET " + one + notesTab, Noun: "note", Action: "see", Handle: of(p.notes)},
		{Pattern: "POST " + one + notesTab, Noun: "note", Action: "edit", Handle: of(p.addNote)},
		{Pattern: "POST " + one + "/files", Noun: "file", Action: "edit", Handle: of(p.upload)},
		{Pattern: "GET " + one + tasksTab, Noun: "task", Action: "see", Handle: of(p.tasksOf)},
		{Pattern: "POST " + one + tasksTab, Noun: "task", Action: "edit", Handle: of(p.addTaskTo)},
		{Pattern: "GET " + one + historyTab, Noun: kind.Name, Action: "see", Handle: of(p.history)},
	}
}

// A sheet is the page of a record with one of its panels open.
type sheet struct {
	web.Frame
	viewer territory.Viewer
	kind   record.Kind
	card   record.Card
	bar    Bar
	tab    string
	query  url.Values
}

// The words of a sheet's address that say which page of a list it shows: its
// main one, the files beside the notes, the tasks that are done.
const (
	mainPage  = "page"
	filesPage = "files"
	donePage  = "done"
)

// pageOf is the number of the page of a list that an address asks for.
func pageOf(query url.Values, list string) int {
	n, _ := strconv.Atoi(query.Get(list)) // what is no number is the first
	return max(n, 1)
}

// pager leads through a list of the sheet, and leaves the others where they are.
func (s *sheet) pager(list, name string, all int) web.Pager {
	return web.Pager{Page: pageOf(s.query, list), Total: all, Name: name, Href: func(page int) string {
		to := maps.Clone(s.query)
		to.Set(list, strconv.Itoa(page))
		return s.bar.href + s.tab + "?" + to.Encode()
	}}
}

// open begins the page of the record that the address names, and reads what the
// panel of a noun shows, if the viewer may see both.
func (p *Pages) open(r *http.Request, kind record.Kind, noun, tab string, read func(tx *db.Tx, s *sheet) error) (*sheet, error) {
	s := &sheet{Frame: p.frame(r), viewer: territory.ViewerOf(r.Context()), kind: kind, tab: tab, query: r.URL.Query()}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if s.card, err = p.record(r.Context(), tx, r, kind); err != nil {
			return err
		}
		if err := s.viewer.Check(noun, "see", s.card.Subject); err != nil {
			return err
		}
		if s.bar, err = NewBar(r.Context(), tx, p.kinds, s.viewer, s.card.Ref); err != nil {
			return err
		}
		return read(tx, s)
	})
	s.Title = s.card.Title
	return s, err
}

// record finds the record that the address names, if the viewer may see it.
func (p *Pages) record(ctx context.Context, tx *db.Tx, r *http.Request, kind record.Kind) (record.Card, error) {
	v := territory.ViewerOf(ctx)
	return p.kinds.See(ctx, tx, v, ref.Ref{Territory: v.Territory.ID, Kind: kind.Name, ID: r.PathValue("record")})
}

// put runs a change to the panels of the record that the address names, if the
// viewer may make it.
func (p *Pages) put(r *http.Request, kind record.Kind, noun string, change func(tx *db.Tx, place Place, act record.Act) error) (record.Act, error) {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	return act, p.db.Write(r.Context(), func(tx *db.Tx) error {
		card, err := p.editable(r.Context(), tx, r, kind, noun)
		if err != nil {
			return err
		}
		return change(tx, On(card), act)
	})
}

// editable finds the record that the address names, if the viewer may change
// that panel of it.
func (p *Pages) editable(ctx context.Context, tx *db.Tx, r *http.Request, kind record.Kind, noun string) (record.Card, error) {
	card, err := p.record(ctx, tx, r, kind)
	if err != nil {
		return card, err
	}
	return card, territory.ViewerOf(ctx).Check(noun, "edit", card.Subject)
}

// of finds the note, file or task that the address names, if the viewer may do
// that to it.
func (p *Pages) of(ctx context.Context, tx *db.Tx, r *http.Request, noun, action string) (record.Card, error) {
	v := territory.ViewerOf(ctx)
	card, err := p.kinds.See(ctx, tx, v, ref.Ref{Territory: v.Territory.ID, Kind: noun, ID: r.PathValue("id")})
	if err != nil {
		return card, err
	}
	if err := v.Check(noun, action, card.Subject); err != nil || noun != "note" || action == "see" {
		return card, err
	}
	return card, p.own(ctx, tx, v, card)
}

// own refuses the notes of others.
func (p *Pages) own(ctx context.Context, tx *db.Tx, v territory.Viewer, card record.Card) error {
	n, err := loadNote(ctx, tx, card.Ref.Territory, card.Ref.ID)
	if err == nil && !n.by(v) {
		return fault.New(fault.Forbidden, "panel.note_of_another", n.AuthorName)
	}
	return err
}

// move puts a note, a file or a task into the trash or takes it out.
func (p *Pages) move(move func(context.Context, *db.Tx, record.Act, int, string) error, noun, said string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := territory.ViewerOf(r.Context())
		act := record.Act{By: v.Actor, Batch: db.NewID()}
		var card record.Card
		err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
			if card, err = p.of(r.Context(), tx, r, noun, "edit"); err != nil {
				return err
			}
			return move(r.Context(), tx, act, v.Territory.ID, card.Ref.ID)
		})
		if err != nil {
			return err
		}
		return p.done(w, r, p.where(v, noun, card.On), act, said)
	}
}

// where is the page that shows a note, a file or a task that is on a record.
func (p *Pages) where(v territory.Viewer, noun string, on ref.Ref) string {
	kind := p.kinds[on.Kind]
	switch {
	case on.IsZero(), kind.Address == nil:
		return v.Territory.Home() + tasksTab
	case noun == "task":
		return v.Territory.Home() + kind.Address(on.ID) + tasksTab
	default:
		return v.Territory.Home() + kind.Address(on.ID) + notesTab
	}
}

// done leads on after something was done, with a way to undo it.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, to string, act record.Act, key string, args ...any) error {
	undo := territory.ViewerOf(r.Context()).Territory.Home() + "/undo/" + act.Batch
	return web.Onward(w, r, to, web.Toast{Text: p.frame(r).Words.T(key, args...), UndoAction: undo})
}

// history answers GET LIST/{record}/history.
func (p *Pages) history(w http.ResponseWriter, r *http.Request, kind record.Kind) error {
	var entries []history.Entry
	s, err := p.open(r, kind, kind.Name, historyTab, func(tx *db.Tx, s *sheet) (err error) {
		entries, err = history.Of(r.Context(), tx, s.card.Ref, allChanges)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, historyPage(s, record.Told(s.Words, s.viewer.Territory, entries)))
}

// allChanges bounds how many changes the page of a history shows.
const allChanges = 500
