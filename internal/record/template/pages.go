package template

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// The addresses: of templates, and of the documents below a record's.
const (
	templatesPath = "/templates"
	documentsPath = "/documents"
)

// Pages are the pages of templates, and of the documents that are made.
type Pages struct {
	db      *db.DB
	frame   web.Framer
	kinds   record.Kinds
	words   *i18n.Catalogue
	shelf   Shelf
	sources Sources
}

// NewPages makes the pages.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, words *i18n.Catalogue, shelf Shelf, sources Sources) *Pages {
	return &Pages{d, frame, kinds, words, shelf, sources}
}

// Page is that of the documents of a record: a tab of kinds that have a source.
func Page() record.Page {
	return record.Page{Noun: "template", Path: documentsPath, Label: "template.documents"}
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const all, one = "/t/{territory}" + templatesPath, "/t/{territory}" + templatesPath + "/{id}"
	routes := []web.Route{
		{Pattern: "GET " + all, Noun: "template", Action: "edit", Handle: p.list},
		{Pattern: "POST " + all, Noun: "template", Action: "add", Handle: p.add},
		{Pattern: "GET " + one, Noun: "template", Action: "edit", Handle: p.show},
		{Pattern: "GET " + one + "/file", Noun: "template", Action: "edit", Handle: p.download},
		{Pattern: "POST " + one + "/delete", Noun: "template", Action: "edit", Handle: p.remove},
	}
	for _, source := range p.sources {
		list := "/t/{territory}" + p.kinds[source.Of].List + "/{record}" + documentsPath
		routes = append(routes, []web.Route{
			{Pattern: "GET " + list, Noun: "template", Action: "see", Handle: p.documents(source)},
			{Pattern: "GET " + list + "/make", Noun: "template", Action: "see", Handle: p.make(source)},
		}...)
	}
	return routes
}

// listView is what the page of the templates shows.
type listView struct {
	web.Form
	viewer    territory.Viewer
	sources   Sources
	templates []*Template
}

// list answers GET /t/{territory}/templates.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	return p.showList(w, r, http.StatusOK, web.Form{Values: url.Values{}})
}

func (p *Pages) showList(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	view := listView{Form: form, viewer: territory.ViewerOf(r.Context()), sources: p.sources}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.templates, err = TemplatesOf(r.Context(), tx, view.viewer.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("template.list")
	return web.Render(w, r, status, listPage(f, view))
}

// add answers POST /t/{territory}/templates: a file takes the place of that of
// the same kind and language.
func (p *Pages) add(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	values, name, data, err := received(r)
	t := &Template{Meta: record.Meta{Territory: v.Territory.ID}, Kind: values.Get("kind"), Language: values.Get("language"), Name: name}
	if _, known := p.sources.of(t.Kind); !known && err == nil {
		err = fault.Problems{{Field: "kind", Key: "template.kind_needed"}}
	}
	if err == nil {
		t.Hash, err = p.shelf.Put(v.Territory.ID, bytes.NewReader(data))
	}
	if err == nil {
		err = p.db.Write(r.Context(), func(tx *db.Tx) error { return Put(r.Context(), tx, act, t) })
	}
	if problems, refused := err.(fault.Problems); refused {
		return p.showList(w, r, http.StatusUnprocessableEntity, web.Form{Values: values, Problems: problems})
	}
	if err != nil {
		return err
	}
	toast := web.Toast{Text: p.frame(r).Words.T("template.added", name), UndoAction: v.Territory.Home() + "/undo/" + act.Batch}
	return web.Onward(w, r, v.Territory.Home()+templatesPath+"/"+t.ID, toast)
}

// showView is what the page of a template shows.
type showView struct {
	words    *i18n.Words
	viewer   territory.Viewer
	template *Template
	source   Source
	used     []string
	problems docx.Problems
}

// show answers GET /t/{territory}/templates/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	t, err := p.find(r)
	if err != nil {
		return err
	}
	parsed, err := p.shelf.parsed(t)
	if err != nil {
		return err
	}
	view := showView{words: f.Words, viewer: territory.ViewerOf(r.Context()), template: t, used: parsed.Fields()}
	view.source, _ = p.sources.of(t.Kind)
	view.problems = parsed.Check(view.source.sample())
	f.Title = t.Name
	return web.Render(w, r, http.StatusOK, showPage(f, view))
}

// find finds the template that the address names.
func (p *Pages) find(r *http.Request) (t *Template, err error) {
	err = p.db.Read(r.Context(), func(tx *db.Tx) error {
		t, err = Templates().Find(r.Context(), tx, r, "edit")
		return err
	})
	return t, err
}

// download answers GET /t/{territory}/templates/{id}/file.
func (p *Pages) download(w http.ResponseWriter, r *http.Request) error {
	t, err := p.find(r)
	if err != nil {
		return err
	}
	data, err := p.shelf.content(t)
	if err == nil {
		send(w, data, t.Name)
	}
	return err
}

// remove answers POST /t/{territory}/templates/{id}/delete.
func (p *Pages) remove(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var t *Template
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if t, err = Templates().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		return Templates().Delete(r.Context(), tx, act, t.Territory, t.ID)
	})
	if err != nil {
		return err
	}
	toast := web.Toast{Text: p.frame(r).Words.T("template.deleted", t.Name), UndoAction: v.Territory.Home() + "/undo/" + act.Batch}
	return web.Onward(w, r, v.Territory.Home()+templatesPath, toast)
}

// documentsView is what the page of the documents of a record shows.
type documentsView struct {
	words     *i18n.Words
	viewer    territory.Viewer
	card      record.Card
	href      string
	bar       panel.Bar
	templates []*Template
	missing   []string // kinds of documents without a template
	problems  docx.Problems
}

// documents answers GET LIST/{record}/documents.
func (p *Pages) documents(source Source) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return p.showDocuments(w, r, source, http.StatusOK, nil)
	}
}

func (p *Pages) showDocuments(w http.ResponseWriter, r *http.Request, source Source, status int, problems docx.Problems) error {
	f, v := p.frame(r), territory.ViewerOf(r.Context())
	view := documentsView{words: f.Words, viewer: v, problems: problems}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.card, err = p.card(r, tx, source); err != nil {
			return err
		}
		if view.bar, err = panel.NewBar(r.Context(), tx, p.kinds, v, view.card.Ref); err != nil {
			return err
		}
		view.templates, err = TemplatesOf(r.Context(), tx, v.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	view.templates = slices.DeleteFunc(view.templates, func(t *Template) bool { return !slices.Contains(source.Makes, t.Kind) })
	for _, kind := range source.Makes {
		if !slices.ContainsFunc(view.templates, func(t *Template) bool { return t.Kind == kind }) {
			view.missing = append(view.missing, f.Words.T("template.kind."+kind))
		}
	}
	view.href = v.Territory.Home() + p.kinds[source.Of].Address(view.card.Ref.ID)
	f.Title = f.Words.T("template.documents")
	f.Fictional = f.Fictional || view.card.Fictional
	return web.Render(w, r, status, documentsPage(f, view))
}

// card finds the record that the address names, if the viewer may see it and
// make documents of it.
func (p *Pages) card(r *http.Request, tx *db.Tx, source Source) (record.Card, error) {
	v := territory.ViewerOf(r.Context())
	card, err := p.kinds.See(r.Context(), tx, v, ref.Ref{Territory: v.Territory.ID, Kind: source.Of, ID: r.PathValue("record")})
	if err != nil {
		return card, err
	}
	return card, v.Check("template", "see", card.Subject)
}

// make answers GET LIST/{record}/documents/make?template=ID: the document, or
// what is wrong with its template. Nothing is kept of it.
func (p *Pages) make(source Source) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var t *Template
		var card record.Card
		var values docx.Values
		err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			if card, err = p.card(r, tx, source); err != nil {
				return err
			}
			if t, err = chosen(r, tx, source); err != nil {
				return err
			}
			values, err = source.Read(r.Context(), tx, card.Ref, p.words.For(t.Language))
			return err
		})
		if err != nil {
			return err
		}
		parsed, err := p.shelf.parsed(t)
		if err != nil {
			return err
		}
		var file bytes.Buffer
		var problems docx.Problems
		if err := parsed.Fill(&file, values); errors.As(err, &problems) {
			return p.showDocuments(w, r, source, http.StatusConflict, problems)
		} else if err != nil {
			return err
		}
		name := p.words.For(t.Language).T("template.kind."+t.Kind) + " " + card.Title + ".docx"
		send(w, file.Bytes(), strings.Map(fileRune, name))
		return nil
	}
}

// chosen finds the template that the address asks for, of those that the source
// fills.
func chosen(r *http.Request, tx *db.Tx, source Source) (*Template, error) {
	id := r.URL.Query().Get("template")
	if id == "" {
		return nil, fault.New(fault.Invalid, "template.choose")
	}
	t, err := loadTemplate(r.Context(), tx, territory.ViewerOf(r.Context()).Territory.ID, id)
	if err == nil && (t.Deleted() || !slices.Contains(source.Makes, t.Kind)) {
		return nil, fault.New(fault.NotFound, "record.none")
	}
	return t, err
}

// fileRune keeps what no system takes in the name of a file out of it.
func fileRune(r rune) rune {
	if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
		return '-'
	}
	return r
}
