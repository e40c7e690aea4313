package directory

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// tieRoutes are the addresses on which organisations are tied to others; ties
// are shown on the pages of both.
func (p *Pages) tieRoutes() []web.Route {
	const ties = "/t/{territory}/organisations/{id}/ties"
	return []web.Route{
		{Pattern: "GET " + ties + "/new", Noun: "organisation", Action: "edit", Handle: p.newTie},
		{Pattern: "POST " + ties, Noun: "organisation", Action: "edit", Handle: p.addTie},
		{Pattern: "POST " + ties + "/remove", Noun: "organisation", Action: "edit", Handle: p.removeTie},
	}
}

// reversed begins the value of a role that the other organisation has to the
// one whose page it is.
const reversed = "of."

// A tieForm ties an organisation to another.
type tieForm struct {
	web.Form
	viewer territory.Viewer
	of     *Organisation
	found  []web.Option
}

// roles are those of the organisation, then those of the other to it.
func (f tieForm) roles() []web.Option {
	forth := choiceOptions(f.Words, "tie.", TieRoles())
	for _, role := range TieRoles() {
		forth = append(forth, web.Option{Value: reversed + role, Label: f.Words.T("tie." + reversed + role)})
	}
	return forth
}

func (f tieForm) href() string { return organisationHref(f.viewer, f.of.ID) }

// field is a field of a tie, named as history names it.
func (f tieForm) field(name string) web.Field {
	return web.Field{Name: name, Label: f.Words.T("tie.field." + name)}
}

// newTie answers GET /t/{territory}/organisations/{id}/ties/new.
func (p *Pages) newTie(w http.ResponseWriter, r *http.Request) error {
	return p.showTie(w, r, http.StatusOK, web.Form{Values: r.URL.Query()})
}

func (p *Pages) showTie(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	page := tieForm{Form: form, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.of, err = Organisations().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		page.found, err = p.chosenOrFound(r.Context(), tx, page.viewer, form.Values)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("tie.new", page.of.Name)
	return web.Render(w, r, status, tiePage(f, page))
}

// addTie answers POST /t/{territory}/organisations/{id}/ties.
func (p *Pages) addTie(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("find") != "" {
		return p.showTie(w, r, http.StatusOK, web.Form{Values: r.PostForm})
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var of *Organisation
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if of, err = Organisations().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		tie, err := sentTie(Organisations().Ref(of), r.PostForm)
		if err != nil {
			return err
		}
		return TieOrganisations(r.Context(), tx, p.kinds, v, act, &tie)
	})
	if fault.Is(err, fault.Invalid) {
		problems, several := err.(fault.Problems)
		if !several {
			problems.AddError("role", err)
		}
		return p.showTie(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return p.tied(w, r, of, act, "tie.added")
}

// sentTie is the tie of an organisation that a form describes.
func sentTie(of ref.Ref, sent url.Values) (record.Relation, error) {
	role, back := strings.CutPrefix(sent.Get("role"), reversed)
	other := ref.Ref{Territory: of.Territory, Kind: "organisation", ID: sent.Get("organisation")}
	if other.ID == "" {
		return record.Relation{}, fault.Problems{{Field: "organisation", Key: "tie.other_needed"}}
	}
	texts := map[string]string{"role": role}
	for _, name := range []string{"since", "until", "share", "source"} {
		texts[name] = strings.TrimSpace(sent.Get(name))
	}
	tie := record.Relation{From: of, To: other}
	if back {
		tie.From, tie.To = other, of
	}
	return tie, tie.Apply(texts).Or()
}

// removeTie answers POST /t/{territory}/organisations/{id}/ties/remove.
func (p *Pages) removeTie(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var of *Organisation
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if of, err = Organisations().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		return UntieOrganisations(r.Context(), tx, p.kinds, v, act, Organisations().Ref(of), r.PostForm.Get("tie"))
	})
	if err != nil {
		return err
	}
	return p.tied(w, r, of, act, "tie.removed")
}

// tied leads on to the organisation after something was done to its ties.
func (p *Pages) tied(w http.ResponseWriter, r *http.Request, of *Organisation, act record.Act, said string) error {
	v := territory.ViewerOf(r.Context())
	toast := web.Toast{Text: p.frame(r).Words.T(said), UndoAction: v.Territory.Home() + "/undo/" + act.Batch}
	return web.Onward(w, r, organisationHref(v, of.ID), toast)
}

// tieRole says what the organisation is to the one at the other end, with what
// is known of it.
func tieRole(w *i18n.Words, tie record.Tie) string {
	role := "tie." + tie.Role
	if !tie.Forth {
		role = "tie." + reversed + tie.Role
	}
	facts := []string{w.T(role)}
	if tie.Share != "" {
		facts = append(facts, w.T("tie.share", tie.Share))
	}
	if tie.Since != "" {
		facts = append(facts, w.T("tie.since", dayText(w, tie.Since)))
	}
	if tie.Until != "" {
		facts = append(facts, w.T("tie.until", dayText(w, tie.Until)))
	}
	if tie.Source != "" {
		facts = append(facts, tie.Source)
	}
	return strings.Join(facts, " · ")
}

// mayUntie says whether the viewer may take a tie of the organisation away.
func (v organisationView) mayUntie(tie record.Tie) bool {
	from := v.record.Subject()
	if !tie.Forth {
		from = tie.Other.Subject
	}
	return v.may("edit") && v.viewer.May("organisation", "edit", from)
}
