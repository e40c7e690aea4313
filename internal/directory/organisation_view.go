package directory

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// filterOf is the filter that the address of a list holds.
func filterOf(r *http.Request) OrganisationFilter {
	q := r.URL.Query()
	sort, descending := strings.CutPrefix(q.Get("sort"), "-")
	return OrganisationFilter{
		Search: strings.TrimSpace(q.Get("q")), Sectors: q["sector"], Countries: q["country"], Kinds: q["kind"], Sizes: q["size"],
		City: q.Get("city"), Sort: sort, Descending: descending, Deleted: q.Get("trash") == "yes", Page: pageOf(r),
	}
}

// organisationList is what the page of the organisations shows.
type organisationList struct {
	listing
	filter    OrganisationFilter
	sectors   []Sector
	countries []string
	rows      []OrganisationRow
}

func (l organisationList) columns() []web.Column {
	w := l.words
	return []web.Column{
		l.sortable(w.T("organisation.one"), "name"),
		l.sortable(w.T("organisation.field.city"), "city"),
		{Label: w.T("organisation.field.size")},
		{Label: w.T("organisation.field.kind")},
		l.sortable(w.T("directory.last_change"), "updated"),
	}
}

func (l organisationList) facets() []facet {
	w := l.words
	return []facet{
		l.facet("sector", w.T("organisation.field.sectors"), sectorOptions(l.sectors, w.Lang())),
		l.facet("country", w.T("organisation.field.country"), countryOptions(l.countries, w.Lang())),
		l.facet("size", w.T("organisation.field.size"), choiceOptions(w, "organisation.size.", Sizes())),
		l.facet("kind", w.T("organisation.field.kind"), choiceOptions(w, "organisation.kind.", OrganisationKinds())),
	}
}

func (l organisationList) sector(id string) web.Sector {
	return sectorMark(l.sectors, id, l.words.Lang())
}

// sectorMark is a sector as pages show it.
func sectorMark(sectors []Sector, id, lang string) web.Sector {
	for _, s := range sectors {
		if s.ID == id {
			name, _ := s.Name.In(lang)
			return web.Sector{Name: name, Letter: s.Letter, Shape: web.Shape(s.Shape)}
		}
	}
	return web.Sector{Name: id, Letter: "?", Shape: web.Shield}
}

func sectorOptions(sectors []Sector, lang string) []web.Option {
	options := make([]web.Option, len(sectors))
	for i, s := range sectors {
		name, _ := s.Name.In(lang)
		options[i] = web.Option{Value: s.ID, Label: name}
	}
	return options
}

func countryOptions(codes []string, lang string) []web.Option {
	options := make([]web.Option, len(codes))
	for i, code := range codes {
		options[i] = web.Option{Value: code, Label: places.CountryName(code, lang)}
	}
	slices.SortFunc(options, func(a, b web.Option) int { return strings.Compare(a.Label, b.Label) })
	return options
}

// choiceOptions are the values of a choice, in the reader's words.
func choiceOptions(w *i18n.Words, prefix string, values []string) []web.Option {
	options := make([]web.Option, len(values))
	for i, value := range values {
		options[i] = web.Option{Value: value, Label: w.T(prefix + value)}
	}
	return options
}

// countriesOf lists the countries that the list can be filtered by.
func countriesOf(ctx context.Context, tx *db.Tx, v territory.Viewer) ([]string, error) {
	if v.Reach("organisation", "see") != territory.All {
		return nil, nil // a list of countries would tell of what they may not see
	}
	return New(tx).countriesPresent(ctx, v.Territory.ID)
}

// organisationView is what the page of an organisation shows.
type organisationView struct {
	words     *i18n.Words
	viewer    territory.Viewer
	record    *Organisation
	city      *City
	sectors   []Sector
	people    []PersonRow
	addresses []*Address
	ties      []record.Tie
	bar       panel.Bar
}

// showOrganisation answers GET /t/{territory}/organisations/{id}.
func (p *Pages) showOrganisation(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := organisationView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.record, err = Organisations().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		if view.city, err = cityIfAny(r.Context(), tx, view.record.Territory, view.record.City); err != nil {
			return err
		}
		if view.sectors, err = Sectors(r.Context(), tx, view.record.Territory); err != nil {
			return err
		}
		if view.people, _, err = ListPeople(r.Context(), tx, view.viewer, PersonFilter{Organisation: view.record.ID}); err != nil {
			return err
		}
		if view.addresses, err = AddressesOf(r.Context(), tx, view.record.Territory, view.record.ID); err != nil {
			return err
		}
		if view.ties, err = TiesOf(r.Context(), tx, p.kinds, view.viewer, Organisations().Ref(view.record)); err != nil {
			return err
		}
		view.bar, err = panel.NewBar(r.Context(), tx, p.kinds, view.viewer, Organisations().Ref(view.record))
		return err
	})
	if err != nil {
		return err
	}
	f.Title = view.record.Name
	return web.Render(w, r, http.StatusOK, organisationPage(f, view))
}

func cityIfAny(ctx context.Context, tx *db.Tx, territory int, id string) (*City, error) {
	if id == "" {
		return nil, nil
	}
	return Cities().Load(ctx, tx, territory, id)
}

func (v organisationView) href() string { return organisationHref(v.viewer, v.record.ID) }

func (v organisationView) may(action string) bool {
	return v.viewer.May("organisation", action, v.record.Subject())
}

func (v organisationView) trail() []web.Link {
	return []web.Link{
		{Label: v.words.T("organisation.list"), Href: v.viewer.Territory.Home() + "/organisations"},
		{Label: v.record.Name, Current: true},
	}
}

// place is where the organisation is, in a line.
func (v organisationView) place() string {
	var parts []string
	if v.city != nil {
		parts = append(parts, v.city.Name)
	}
	if v.record.Country != "" {
		parts = append(parts, places.CountryName(v.record.Country, v.words.Lang()))
	}
	return strings.Join(parts, ", ")
}

// siteHref is the address of a site, if it is one that a page may lead to.
func siteHref(site string) string {
	parsed, err := ident.ParseSite(site)
	if err != nil {
		return ""
	}
	return parsed.Address
}

// joined puts the parts that are there on one line.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}
