package directory

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

func personHref(v territory.Viewer, id string) string { return v.Territory.Home() + "/people/" + id }

// personFilterOf is the filter that the address of a list holds.
func personFilterOf(r *http.Request) PersonFilter {
	q := r.URL.Query()
	sort, descending := strings.CutPrefix(q.Get("sort"), "-")
	return PersonFilter{
		Search: strings.TrimSpace(q.Get("q")), Consents: q["consent"], Countries: q["country"], Organisation: q.Get("organisation"),
		Sort: sort, Descending: descending, Deleted: q.Get("trash") == "yes", Page: pageOf(r),
	}
}

// personList is what the page of the people shows.
type personList struct {
	listing
	filter PersonFilter
	rows   []PersonRow
}

// listPeople answers GET /t/{territory}/people.
func (p *Pages) listPeople(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	f.Title = f.Words.T("person.list")
	list := personList{listing: newListing(f, r, "/people"), filter: personFilterOf(r)}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.views, err = panel.ViewsOf(r.Context(), tx, list.viewer, "person"); err != nil {
			return err
		}
		list.rows, list.all, err = ListPeople(r.Context(), tx, list.viewer, list.filter)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, peoplePage(f, list))
}

func (l personList) columns() []web.Column {
	w := l.words
	return []web.Column{
		l.sortable(w.T("person.one"), "name"),
		l.sortable(w.T("person.field.organisation"), "organisation"),
		{Label: w.T("person.field.function")},
		{Label: w.T("person.field.consent")},
		l.sortable(w.T("person.field.last_contact"), "contact"),
	}
}

func (l personList) facets() []facet {
	return []facet{l.facet("consent", l.words.T("person.field.consent"), choiceOptions(l.words, "person.consent.", Consents()))}
}

// consentState is how a consent looks.
func consentState(consent string) web.State {
	switch consent {
	case ConsentGiven:
		return web.Good
	case ConsentObjected, "refused":
		return web.Refused
	default:
		return web.Waiting
	}
}

// personView is what the page of a person shows.
type personView struct {
	words        *i18n.Words
	viewer       territory.Viewer
	record       *Person
	organisation string // its name
	bar          panel.Bar
}

// showPerson answers GET /t/{territory}/people/{id}.
func (p *Pages) showPerson(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := personView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.record, err = p.people.Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		if view.organisation, err = organisationName(r.Context(), tx, view.record.Territory, view.record.Organisation); err != nil {
			return err
		}
		view.bar, err = panel.NewBar(r.Context(), tx, p.kinds, view.viewer, p.people.Ref(view.record))
		return err
	})
	if err != nil {
		return err
	}
	f.Title = view.record.Name()
	return web.Render(w, r, http.StatusOK, personPage(f, view))
}

// organisationName is that of an organisation, if there is one.
func organisationName(ctx context.Context, tx *db.Tx, territory int, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	o, err := Organisations().Load(ctx, tx, territory, id)
	if err != nil {
		return "", err
	}
	return o.Name, nil
}

func (v personView) href() string { return personHref(v.viewer, v.record.ID) }

func (v personView) may(action string) bool {
	return v.viewer.May("person", action, v.record.Subject())
}

// contact is how the person is reached.
func (v personView) contact() []web.Fact {
	p, w := v.record, v.words
	var facts []web.Fact
	for _, email := range p.Emails() {
		facts = append(facts, web.Fact{Label: w.T("person.field.email"), Value: email, Href: "mailto:" + email})
	}
	for _, phone := range p.Phones {
		facts = append(facts, web.Fact{Label: w.T("person.phone"), Value: phone})
	}
	if len(p.Languages) > 0 {
		facts = append(facts, web.Fact{Label: w.T("person.field.languages"), Value: w.List(p.Languages)})
	}
	return facts
}

// consent is what is known of the person's agreement to be written to.
func (v personView) consent() []web.Fact {
	p, w := v.record, v.words
	var facts []web.Fact
	for _, f := range [][2]string{
		{"consent_date", p.ConsentDate},
		{"consent_source", p.ConsentSource},
		{"address_source", p.AddressSource},
		{"told", p.Told},
		{"last_contact", p.LastContact},
	} {
		if f[1] != "" {
			facts = append(facts, web.Fact{Label: w.T("person.field." + f[0]), Value: f[1]})
		}
	}
	return facts
}

// personEditor is how people are added and changed.
func (p *Pages) personEditor() record.Editor[Person] {
	return record.Editor[Person]{
		DB: p.db, Frame: p.frame, Noun: p.people, List: "/people",
		Values: func(_ context.Context, _ *db.Tx, person *Person) (url.Values, error) {
			return personFields().Values(person), nil
		},
		Fill: func(ctx context.Context, _ *db.Tx, person *Person, sent url.Values) error {
			problems := personFields().Apply(person, personFields().Sent(sent))
			if v := territory.ViewerOf(ctx); v.Reach("person", "add") == territory.Self {
				person.Organisation = v.Organisation // a company's people are its own
			}
			return problems.Or()
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Person]) (templ.Component, error) {
			options, err := p.chosenOrFound(ctx, tx, form.Viewer, form.Values)
			return personFormPage(f, form, options), err
		},
	}
}

// chosenOrFound are the organisations that a form offers to point to: what is
// searched for, and the one that is chosen already, if the viewer may see it.
func (p *Pages) chosenOrFound(ctx context.Context, tx *db.Tx, v territory.Viewer, values url.Values) ([]web.Option, error) {
	chosen := values.Get("organisation")
	var options []web.Option
	card, err := p.kinds.See(ctx, tx, v, ref.Ref{Territory: v.Territory.ID, Kind: "organisation", ID: chosen})
	switch {
	case err == nil:
		options = append(options, web.Option{Value: chosen, Label: card.Title})
	case !fault.Is(err, fault.NotFound):
		return nil, fmt.Errorf("name the organisation: %w", err)
	}
	if values.Get("organisation.q") == "" {
		return options, nil
	}
	found, err := Pick(ctx, tx, v, values.Get("organisation.q"))
	for _, o := range found {
		if o.Value != chosen {
			options = append(options, o)
		}
	}
	return options, err
}
