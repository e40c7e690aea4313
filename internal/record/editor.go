package record

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// An Editor is the pages on which people add, change, delete and put back the
// records of a noun. Its texts are those of the kind: KIND.list, .new, .edit,
// .added, .saved, .deleted and .restored.
type Editor[T any] struct {
	DB    *db.DB
	Frame web.Framer
	Noun  Noun[T]
	List  string // below the territory's home: "/organisations"
	// Home is the page that shows a record, where that is no page of its own, and
	// to which every change leads back.
	Home func(v territory.Viewer, record *T) string
	// Values is what the form of a record holds to begin with.
	Values func(ctx context.Context, tx *db.Tx, record *T) (url.Values, error)
	// Fill sets what a form sent, and says all that is wrong with it.
	Fill func(ctx context.Context, tx *db.Tx, record *T, sent url.Values) error
	// Page shows the form.
	Page func(ctx context.Context, tx *db.Tx, f web.Frame, form Form[T]) (templ.Component, error)
}

// A Form is the form of a record: of a new one, where Record is nil.
type Form[T any] struct {
	web.Form
	Viewer territory.Viewer
	Record *T
	// Action is where the form is sent, Back where one goes who gives it up, and
	// Trail the way to it.
	Action, Back string
	Trail        []web.Link
	// Version is that of the record as it was read.
	Version int
	// Differences are the fields to which ChangedBy gave other values meanwhile.
	Differences []web.Difference
	ChangedBy   string
	// Note is a sentence about the form, in a tone, or "".
	Note string
	Tone web.Tone
}

// Routes are the addresses of the pages.
func (e Editor[T]) Routes() []web.Route {
	list, one := "/t/{territory}"+e.List, "/t/{territory}"+e.List+"/{id}"
	return []web.Route{
		{Pattern: "GET " + list + "/new", Noun: e.Noun.Name, Action: "add", Handle: e.new},
		{Pattern: "POST " + list, Noun: e.Noun.Name, Action: "add", Handle: e.add},
		{Pattern: "GET " + one + "/edit", Noun: e.Noun.Name, Action: "edit", Handle: e.edit},
		{Pattern: "POST " + one, Noun: e.Noun.Name, Action: "edit", Handle: e.save},
		{Pattern: "POST " + one + "/delete", Noun: e.Noun.Name, Action: "edit", Handle: e.delete},
		{Pattern: "POST " + one + "/restore", Noun: e.Noun.Name, Action: "edit", Handle: e.restore},
	}
}

// Find loads the record that the address names, if the viewer may do that to
// it.
func (n Noun[T]) Find(ctx context.Context, tx *db.Tx, r *http.Request, action string) (*T, error) {
	v := territory.ViewerOf(ctx)
	record, err := n.Load(ctx, tx, v.Territory.ID, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return record, v.Check(n.Name, action, n.Found(record).Subject)
}

func (e Editor[T]) href(v territory.Viewer, record *T) string {
	return v.Territory.Home() + e.List + "/" + e.Noun.Meta(record).ID
}

// Show answers with the form.
func (e Editor[T]) Show(w http.ResponseWriter, r *http.Request, status int, form Form[T]) error {
	f := e.Frame(r)
	v := territory.ViewerOf(r.Context())
	form.Words, form.Viewer = f.Words, v
	form.Action = v.Territory.Home() + e.List
	form.Trail = []web.Link{{Label: f.Words.T(e.Noun.Name + ".list"), Href: form.Action}}
	f.Title = f.Words.T(e.Noun.Name + ".new")
	if form.Record != nil {
		name := e.Noun.Found(form.Record).Title
		form.Action, form.Version = e.href(v, form.Record), e.Noun.Meta(form.Record).Version
		form.Trail = append(form.Trail, web.Link{Label: name, Href: form.Action})
		f.Title = f.Words.T(e.Noun.Name+".edit", name)
	}
	form.Back = form.Action
	form.Trail = append(form.Trail, web.Link{Label: f.Title, Current: true})
	var page templ.Component
	err := e.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		page, err = e.Page(r.Context(), tx, f, form)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, page)
}

// new answers GET LIST/new. What the address holds is filled in already.
func (e Editor[T]) new(w http.ResponseWriter, r *http.Request) error {
	return e.Show(w, r, http.StatusOK, Form[T]{Form: web.Form{Values: r.URL.Query()}})
}

// add answers POST LIST.
func (e Editor[T]) add(w http.ResponseWriter, r *http.Request) error {
	v, act, err := e.begin(r)
	if err != nil {
		return err
	}
	record := new(T)
	*e.Noun.Meta(record) = Meta{Territory: v.Territory.ID, Owner: v.Owner(), Fictional: v.Territory.Fictional}
	err = e.DB.Write(r.Context(), func(tx *db.Tx) error {
		if err := e.Fill(r.Context(), tx, record, r.PostForm); err != nil {
			return err
		}
		if err := v.Check(e.Noun.Name, "add", e.Noun.Found(record).Subject); err != nil {
			return err
		}
		return e.Noun.Add(r.Context(), tx, act, record)
	})
	return e.done(w, r, err, "added", act, nil, record)
}

// edit answers GET LIST/{id}/edit.
func (e Editor[T]) edit(w http.ResponseWriter, r *http.Request) error {
	var form Form[T]
	err := e.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.Record, err = e.Noun.Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		form.Values, err = e.Values(r.Context(), tx, form.Record)
		return err
	})
	if err != nil {
		return err
	}
	return e.Show(w, r, http.StatusOK, form)
}

// save answers POST LIST/{id}.
func (e Editor[T]) save(w http.ResponseWriter, r *http.Request) error {
	v, act, err := e.begin(r)
	if err != nil {
		return err
	}
	var record *T
	err = e.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if record, err = e.Noun.Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		version, err := strconv.Atoi(r.PostFormValue("version"))
		switch {
		case err != nil:
			return fault.Because(err, fault.Invalid, "record.form_unread")
		case e.Noun.Meta(record).Version != version:
			return fault.New(fault.Conflict, "record.changed")
		}
		if err := e.Fill(r.Context(), tx, record, r.PostForm); err != nil {
			return err
		}
		if err := v.Check(e.Noun.Name, "edit", e.Noun.Found(record).Subject); err != nil {
			return err
		}
		return e.Noun.Save(r.Context(), tx, act, record)
	})
	if fault.Is(err, fault.Conflict) {
		return e.conflict(w, r)
	}
	return e.done(w, r, err, "saved", act, record, record)
}

// delete answers POST LIST/{id}/delete.
func (e Editor[T]) delete(w http.ResponseWriter, r *http.Request) error {
	return e.move(w, r, e.Noun.Delete, "deleted")
}

// restore answers POST LIST/{id}/restore.
func (e Editor[T]) restore(w http.ResponseWriter, r *http.Request) error {
	return e.move(w, r, e.Noun.Restore, "restored")
}

// move puts a record into the trash or takes it out, as the function does.
func (e Editor[T]) move(w http.ResponseWriter, r *http.Request,
	move func(context.Context, *db.Tx, Act, int, string) error, said string,
) error {
	v, act, err := e.begin(r)
	if err != nil {
		return err
	}
	var record *T
	err = e.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if record, err = e.Noun.Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		return move(r.Context(), tx, act, v.Territory.ID, e.Noun.Meta(record).ID)
	})
	return e.done(w, r, err, said, act, record, record)
}

// begin reads what was sent, and says who acts: as a batch of its own, so that
// it can be undone.
func (e Editor[T]) begin(r *http.Request) (territory.Viewer, Act, error) {
	v := territory.ViewerOf(r.Context())
	return v, Act{By: v.Actor, Batch: db.NewID()}, web.ReadForm(r)
}

// done leads on after something was done, with a way to undo it; what was
// refused shows the form again, of the record as it was before.
func (e Editor[T]) done(w http.ResponseWriter, r *http.Request, err error, said string, act Act, before, after *T) error {
	v := territory.ViewerOf(r.Context())
	var problems fault.Problems
	if errors.As(err, &problems) { // a store may refuse too, and says what it was about
		return e.Show(w, r, http.StatusUnprocessableEntity, Form[T]{Record: before, Form: web.Form{Values: r.PostForm, Problems: problems}})
	}
	if err != nil {
		return err
	}
	to := e.href(v, after)
	switch {
	case e.Home != nil:
		to = e.Home(v, after)
	case said == "deleted":
		to = v.Territory.Home() + e.List
	}
	text := e.Frame(r).Words.T(e.Noun.Name+"."+said, e.Noun.Found(after).Title)
	return web.Onward(w, r, to, web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}

// conflict answers with both versions: what somebody saved meanwhile, and what
// was typed here. To save again is to choose the latter.
func (e Editor[T]) conflict(w http.ResponseWriter, r *http.Request) error {
	form := Form[T]{Form: web.Form{Values: r.PostForm}}
	words := e.Frame(r).Words
	err := e.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.Record, err = e.Noun.Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		theirs, err := e.Values(r.Context(), tx, form.Record)
		if err != nil {
			return err
		}
		for _, info := range e.Noun.Fields.Infos() {
			mine, yours := strings.Join(theirs[info.Name], "; "), strings.Join(r.PostForm[info.Name], "; ")
			if mine != yours && !info.Unlisted {
				label := words.T(e.Noun.Name + ".field." + info.Name)
				form.Differences = append(form.Differences, web.Difference{Label: label, Yours: yours, Theirs: mine})
			}
		}
		last, err := history.Of(r.Context(), tx, e.Noun.Ref(form.Record), 1)
		if len(last) > 0 {
			form.ChangedBy = last[0].Actor.Name
		}
		return err
	})
	if err != nil {
		return err
	}
	return e.Show(w, r, http.StatusConflict, form)
}

// Field is a field of the form under its name in history and workbooks, with
// the help that the catalogue has for it.
func (f Form[T]) Field(kind, name string) web.Field {
	field := web.Field{Name: name, Label: f.Words.T(kind + ".field." + name)}
	if help := kind + ".help." + name; f.Words.Has(help) {
		field.Help = f.Words.T(help)
	}
	return field
}
