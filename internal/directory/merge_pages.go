package directory

import (
	"context"
	"net/http"
	"net/url"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// mergeRoutes are the addresses on which duplicates are examined and merged.
func (p *Pages) mergeRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/duplicates", Noun: "organisation", Action: "merge", Handle: p.duplicates},
		{Pattern: "POST /t/{territory}/duplicates/dismiss", Noun: "organisation", Action: "merge", Handle: p.dismiss},
		{Pattern: "GET /t/{territory}/merge", Noun: "organisation", Action: "merge", Handle: p.compare},
		{Pattern: "POST /t/{territory}/merge", Noun: "organisation", Action: "merge", Handle: p.merge},
	}
}

// mergeHref is the page on which a record is merged with another.
func mergeHref(v territory.Viewer, kind, id string) string {
	return v.Territory.Home() + "/merge?" + url.Values{"kind": {kind}, "winner": {id}}.Encode()
}

// mergedKind is the kind that a request is about: organisations unless it says
// people.
func mergedKind(values url.Values) string {
	if values.Get("kind") == "person" {
		return "person"
	}
	return "organisation"
}

// duplicateList is what the page of the duplicates shows.
type duplicateList struct {
	listing
	kind  string
	pairs []Duplicate
}

func (l duplicateList) kinds() []web.Link {
	var links []web.Link
	for _, kind := range []string{"organisation", "person"} {
		links = append(links, web.Link{Label: l.words.T(kind + ".tab"), Href: l.home() + "?kind=" + kind, Current: kind == l.kind})
	}
	return links
}

func (l duplicateList) compare(d Duplicate) string {
	return l.viewer.Territory.Home() + "/merge?" + url.Values{
		"kind": {l.kind}, "winner": {d.First.Ref.ID}, "loser": {d.Second.Ref.ID},
	}.Encode()
}

// duplicates answers GET /t/{territory}/duplicates.
func (p *Pages) duplicates(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	f.Title = f.Words.T("merge.duplicates")
	list := duplicateList{listing: newListing(f, r, "/duplicates"), kind: mergedKind(r.URL.Query())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		list.pairs, list.all, err = Duplicates(r.Context(), tx, list.viewer, list.kind, pageOf(r))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, duplicatesPage(f, list))
}

// dismiss answers POST /t/{territory}/duplicates/dismiss: the two are not the
// same.
func (p *Pages) dismiss(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	kind := mergedKind(r.PostForm)
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		return Dismiss(r.Context(), tx, v.Territory.ID, kind, r.PostForm.Get("first"), r.PostForm.Get("second"), true)
	})
	if err != nil {
		return err
	}
	words := p.frame(r).Words
	return web.Onward(w, r, v.Territory.Home()+"/duplicates?kind="+kind, web.Toast{Text: words.T("merge.dismissed")})
}

// mergeView is what the page of a merge shows. Without a loser, it offers to
// choose one.
type mergeView struct {
	web.Form
	viewer        territory.Viewer
	kind          string
	winner, loser record.Card
	differences   []difference
	why           []string
	found         []web.Option
}

// A difference is a field that the two do not have alike, with each text as
// people read it.
type difference struct {
	field   web.Field
	options []web.Option
}

// compare answers GET /t/{territory}/merge: two records beside each other.
func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	return p.comparison(w, r, http.StatusOK, r.URL.Query(), nil)
}

func (p *Pages) comparison(w http.ResponseWriter, r *http.Request, status int, values url.Values, problems fault.Problems) error {
	f := p.frame(r)
	view := mergeView{
		Form: web.Form{Words: f.Words, Values: values, Problems: problems}, viewer: territory.ViewerOf(r.Context()), kind: mergedKind(values),
	}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error { return p.fillMerge(r.Context(), tx, &view) })
	if err != nil {
		return err
	}
	f.Title = f.Words.T("merge.title", view.winner.Title)
	return web.Render(w, r, status, mergePage(f, view))
}

// card finds one of the two, if the viewer may merge it.
func (p *Pages) card(ctx context.Context, tx *db.Tx, v territory.Viewer, kind, id string) (record.Card, error) {
	card, err := p.kinds.Card(ctx, tx, ref.Ref{Territory: v.Territory.ID, Kind: kind, ID: id})
	if err != nil {
		return record.Card{}, err
	}
	return card, v.Check(kind, "merge", card.Subject)
}

func (p *Pages) fillMerge(ctx context.Context, tx *db.Tx, view *mergeView) (err error) {
	if view.winner, err = p.card(ctx, tx, view.viewer, view.kind, view.Values.Get("winner")); err != nil {
		return err
	}
	if view.Values.Get("loser") == "" {
		hits, err := record.Search(ctx, tx, view.viewer, []string{view.kind}, view.Values.Get("loser.q"), mostPicked)
		for _, hit := range hits {
			if hit.Ref != view.winner.Ref {
				view.found = append(view.found, web.Option{Value: hit.Ref.ID, Label: hit.Title, Note: hit.Detail})
			}
		}
		return err
	}
	if view.loser, err = p.card(ctx, tx, view.viewer, view.kind, view.Values.Get("loser")); err != nil {
		return err
	}
	return p.fillDifferences(ctx, tx, view)
}

func (p *Pages) fillDifferences(ctx context.Context, tx *db.Tx, view *mergeView) error {
	kind, in := p.kinds[view.kind], view.viewer.Territory.ID
	first, err := kind.Texts(ctx, tx, in, view.winner.Ref.ID)
	if err != nil {
		return err
	}
	second, err := kind.Texts(ctx, tx, in, view.loser.Ref.ID)
	if err != nil {
		return err
	}
	for _, d := range kind.Differences(first, second) {
		view.differences = append(view.differences, view.difference(d))
	}
	why, err := Likenesses(ctx, tx, in, view.kind, view.winner.Ref.ID, view.loser.Ref.ID)
	for _, reason := range why {
		view.why = append(view.why, view.Words.T(reason.Key, reason.Args...))
	}
	return err
}

// difference offers the texts to choose from: the winner's, the loser's, and
// both of a list. What is proposed is chosen, unless the form says otherwise.
func (view mergeView) difference(d record.Difference) difference {
	shown := difference{field: web.Field{Name: "take." + d.Name, Label: view.Words.T(view.kind + ".field." + d.Name), Required: true}}
	for _, text := range []string{d.Winner, d.Loser, d.Take} {
		known := false
		for _, o := range shown.options {
			known = known || o.Value == text
		}
		if !known {
			shown.options = append(shown.options, web.Option{Value: text, Label: view.read(d, text)})
		}
	}
	if _, sent := view.Values[shown.field.Name]; !sent {
		view.Values.Set(shown.field.Name, d.Take)
	}
	return shown
}

// read says a field's text to people: a logo is that of one of the two.
func (view mergeView) read(d record.Difference, text string) string {
	switch {
	case d.Name != "logo" || text == "":
		return read(view.Words, view.kind, d.Info, text)
	case text == d.Winner:
		return view.Words.T("organisation.logo_of", view.winner.Title)
	default:
		return view.Words.T("organisation.logo_of", view.loser.Title)
	}
}

// read says a field's text to people.
func read(w *i18n.Words, kind string, info record.Info, text string) string {
	switch {
	case text == "":
		return w.T("merge.nothing")
	case info.Type == record.Choice:
		return w.T(kind + "." + info.Name + "." + text)
	default:
		return text
	}
}

// merge answers POST /t/{territory}/merge.
func (p *Pages) merge(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	if r.PostForm.Get("find") != "" {
		return p.comparison(w, r, http.StatusOK, r.PostForm, nil)
	}
	kind := mergedKind(r.PostForm)
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	texts := map[string]string{}
	for _, info := range p.kinds[kind].Fields {
		if values, sent := r.PostForm["take."+info.Name]; sent {
			texts[info.Name] = values[0]
		}
	}
	var winner record.Card
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if winner, err = p.card(r.Context(), tx, v, kind, r.PostForm.Get("winner")); err != nil {
			return err
		}
		loser, err := p.card(r.Context(), tx, v, kind, r.PostForm.Get("loser"))
		if err != nil {
			return err
		}
		return p.kinds.Merge(r.Context(), tx, act, winner.Ref, loser.Ref, texts)
	})
	if fault.Is(err, fault.Invalid) {
		var problems fault.Problems
		problems.AddError("loser", err)
		if several, ok := err.(fault.Problems); ok {
			problems = several
		}
		return p.comparison(w, r, http.StatusUnprocessableEntity, r.PostForm, problems)
	}
	if err != nil {
		return err
	}
	text := p.frame(r).Words.T("merge.done", winner.Title)
	to := v.Territory.Home() + p.kinds[kind].Address(winner.Ref.ID)
	return web.Onward(w, r, to, web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}
