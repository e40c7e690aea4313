package mission

import (
	"context"
	"net/http"
	"net/url"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// errNoMission is what is wrong with a form of a part that names no mission.
var errNoMission = fault.New(fault.Invalid, "mission.mission_needed")

// enter puts a new part into the mission that a form names, if the viewer may
// change that one; it gives the mission of a part in any case.
func (p *Part) enter(ctx context.Context, tx *db.Tx, sent url.Values, position int) (*Mission, error) {
	isNew := p.Mission == ""
	if isNew && sent.Get("mission") == "" {
		return nil, errNoMission
	}
	if isNew {
		p.Mission, p.Position = sent.Get("mission"), position
	}
	m, err := loadMission(ctx, tx, p.Territory, p.Mission)
	if err != nil {
		return nil, err
	}
	if isNew {
		p.Owner, p.Fictional = m.Owner, m.Fictional || p.Fictional
	}
	return m, territory.ViewerOf(ctx).Check("mission", "edit", m.Subject())
}

// partForm is the form of a part of a mission, with the mission that it is of.
type partForm[T any] struct {
	record.Form[T]
	whole *Whole
	kind  string
}

func (f partForm[T]) field(name string) web.Field { return f.Field(f.kind, name) }

func (f partForm[T]) number(name string) web.Field {
	field := f.field(name)
	field.Type = "number"
	return field
}

func (f partForm[T]) legs() []web.Option {
	return each(f.whole.Legs, func(l *Leg) web.Option { return web.Option{Value: l.ID, Label: l.Name} })
}

// openPart begins the form of a part: below the page of its mission that ends in
// a path.
func openPart[T any](ctx context.Context, tx *db.Tx, form record.Form[T], kind, path string, part func(*T) *Part) (partForm[T], error) {
	id := form.Values.Get("mission")
	if form.Record != nil {
		id = part(form.Record).Mission
	}
	if id == "" {
		return partForm[T]{}, errNoMission
	}
	v := form.Viewer
	w, err := Read(ctx, tx, v.Territory.ID, id)
	if err != nil {
		return partForm[T]{}, err
	}
	if err := v.Check("mission", "edit", w.Subject()); err != nil {
		return partForm[T]{}, err
	}
	form.Back = href(v, id) + path
	form.Trail = []web.Link{
		{Label: form.Words.T("mission.list"), Href: v.Territory.Home() + "/missions"},
		{Label: w.Name(form.Words.Lang()), Href: form.Back},
		form.Trail[len(form.Trail)-1],
	}
	return partForm[T]{form, w, kind}, nil
}

// find leads from the address of a part to the page that shows it.
func find[T any](p *Pages, noun record.Noun[T], home func(territory.Viewer, *T) string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var part *T
		err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			part, err = noun.Find(r.Context(), tx, r, "see")
			return err
		})
		if err != nil {
			return err
		}
		http.Redirect(w, r, home(territory.ViewerOf(r.Context()), part), http.StatusSeeOther)
		return nil
	}
}

// change runs a change to the part that the address names, and leads on with a
// way to undo it. The change says what was done: the key of a text.
func change[T any](p *Pages, noun record.Noun[T], home func(territory.Viewer, *T) string,
	do func(ctx context.Context, tx *db.Tx, act record.Act, part *T, sent url.Values) (said string, err error),
) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(r); err != nil {
			return err
		}
		v := territory.ViewerOf(r.Context())
		act := record.Act{By: v.Actor, Batch: db.NewID()}
		var part *T
		var said string
		err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
			if part, err = noun.Find(r.Context(), tx, r, "edit"); err != nil {
				return err
			}
			said, err = do(r.Context(), tx, act, part, r.PostForm)
			return err
		})
		if err != nil {
			return err
		}
		toast := web.Toast{Text: p.frame(r).Words.T(said, noun.Found(part).Title), UndoAction: v.Territory.Home() + "/undo/" + act.Batch}
		return web.Onward(w, r, home(v, part), toast)
	}
}

// onPage is the page of a part's mission that ends in a path.
func onPage[T any](path string, part func(*T) *Part) func(territory.Viewer, *T) string {
	return func(v territory.Viewer, record *T) string { return href(v, part(record).Mission) + path }
}

// open begins a page of the mission that the address names, for a page of it that
// shows a noun.
func (p *Pages) open(r *http.Request, noun, path string, read func(tx *db.Tx, c Cover, w *Whole) error) (web.Frame, error) {
	f := p.frame(r)
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		m, err := Missions().Find(r.Context(), tx, r, "see")
		if err != nil {
			return err
		}
		if err := territory.ViewerOf(r.Context()).Check(noun, "see", m.Subject()); err != nil {
			return err
		}
		c, err := NewCover(r.Context(), tx, p.kinds, f.Words, m, path)
		if err != nil {
			return err
		}
		w, err := Read(r.Context(), tx, m.Territory, m.ID)
		if err != nil {
			return err
		}
		return read(tx, c, w)
	})
	return f, err
}
