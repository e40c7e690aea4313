package form

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are those on which officers make forms.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds
	words *i18n.Catalogue
}

// NewPages makes the pages. The words are for previews in other languages than
// the reader's.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, words *i18n.Catalogue) *Pages {
	return &Pages{d, frame, kinds, words}
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(
		[]web.Route{
			{Pattern: "GET /t/{territory}/forms", Noun: "form", Action: "see", Handle: p.list},
			{Pattern: "POST /t/{territory}/forms/usual", Noun: "form", Action: "add", Handle: p.begin},
			{Pattern: "GET /t/{territory}/forms/{id}", Noun: "form", Action: "see", Handle: p.show},
			{Pattern: "GET /t/{territory}/forms/{id}/preview", Noun: "form", Action: "see", Handle: p.preview},
		},
		p.editor().Routes(),
		p.questionRoutes(),
	)
}

func href(v territory.Viewer, form string) string { return v.Territory.Home() + "/forms/" + form }

// formList is what the page of the forms shows.
type formList struct {
	words  *i18n.Words
	viewer territory.Viewer
	forms  []*Form
}

func (l formList) may(action string) bool {
	return l.viewer.Reach("form", action) != territory.Nothing
}

// list answers GET /t/{territory}/forms.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	f.Title = f.Words.T("form.list")
	l := formList{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		l.forms, err = All(r.Context(), tx, l.viewer.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listPage(f, l))
}

// begin answers POST /t/{territory}/forms/usual: a form with the usual
// questions.
func (p *Pages) begin(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var made *Form
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		meta := record.Meta{Territory: v.Territory.ID, Owner: v.Owner(), Fictional: v.Territory.Fictional}
		made, err = Begin(r.Context(), tx, act, meta, p.words, v.Territory.Currency)
		return err
	})
	if err != nil {
		return err
	}
	words := p.frame(r).Words
	return web.Onward(w, r, href(v, made.ID), web.Toast{
		Text: words.T("form.added", made.Name(words.Lang())), UndoAction: v.Territory.Home() + "/undo/" + act.Batch,
	})
}

// editor is how people add and change forms themselves: their title.
func (p *Pages) editor() record.Editor[Form] {
	return record.Editor[Form]{
		DB: p.db, Frame: p.frame, Noun: Forms(), List: "/forms",
		Values: fieldValues(Forms()),
		Fill:   fillFields(Forms()),
		Page: func(_ context.Context, _ *db.Tx, f web.Frame, form record.Form[Form]) (templ.Component, error) {
			return titlePage(f, form), nil
		},
	}
}

// view is what the page of a form shows.
type view struct {
	words     *i18n.Words
	viewer    territory.Viewer
	form      *Form
	questions []*Question
	problems  fault.Problems // with the questions as they follow one another
	bar       panel.Bar
}

func (v view) href() string { return href(v.viewer, v.form.ID) }

func (v view) may(action string) bool {
	return v.viewer.May("form", action, Forms().Found(v.form).Subject)
}

func (v view) trail() []web.Link {
	return []web.Link{
		{Label: v.words.T("form.list"), Href: v.viewer.Territory.Home() + "/forms"},
		{Label: v.form.Name(v.words.Lang()), Current: true},
	}
}

// note is the line under a question: its type, whether it must be answered, and
// after which answers it is asked.
func (v view) note(q *Question) string {
	parts := []string{v.words.T("question.type." + string(q.Type))}
	if q.Required {
		parts = append(parts, v.words.T("form.required"))
	}
	if rule := sayRule(v.words, v.questions, q); rule != "" {
		parts = append(parts, rule)
	}
	return strings.Join(parts, " · ")
}

func (v view) questionHref(q *Question) string {
	return v.viewer.Territory.Home() + "/questions/" + q.ID
}

func (v view) typeOptions() []web.Option {
	var options []web.Option
	for _, t := range Types() {
		options = append(options, web.Option{Value: string(t), Label: v.words.T("question.type." + string(t))})
	}
	return options
}

// show answers GET /t/{territory}/forms/{id}: the questions, to be put in order.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	v := view{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.form, err = Forms().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		if v.questions, err = QuestionsOf(r.Context(), tx, v.form.Territory, v.form.ID); err != nil {
			return err
		}
		v.bar, err = panel.NewBar(r.Context(), tx, p.kinds, v.viewer, Forms().Ref(v.form))
		return err
	})
	if err != nil {
		return err
	}
	f.Title, v.problems = v.form.Name(f.Words.Lang()), check(v.questions)
	return web.Render(w, r, http.StatusOK, formPage(f, v))
}

// previewed is what the preview of a form shows, in a language.
type previewed struct {
	view
	sheet Sheet
}

func (p previewed) languages() []web.Link {
	var links []web.Link
	for _, lang := range record.ContentLanguages() {
		links = append(links, web.Link{
			Label: p.words.T("form.language." + lang), Href: p.href() + "/preview?in=" + lang, Current: lang == p.sheet.lang(),
		})
	}
	return links
}

// preview answers GET /t/{territory}/forms/{id}/preview?in=fr.
func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	page := previewed{view: view{words: f.Words, viewer: territory.ViewerOf(r.Context())}}
	lang := r.URL.Query().Get("in")
	if !slices.Contains(record.ContentLanguages(), lang) {
		lang = f.Words.Lang()
	}
	page.sheet.Words = p.words.For(lang)
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.form, err = Forms().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		if page.sheet.Questions, err = QuestionsOf(r.Context(), tx, page.form.Territory, page.form.ID); err != nil {
			return err
		}
		page.sheet.Sectors, err = directory.Sectors(r.Context(), tx, page.form.Territory)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("form.preview_of", page.form.Name(f.Words.Lang()))
	return web.Render(w, r, http.StatusOK, previewPage(f, page))
}
