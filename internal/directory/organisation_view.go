package directory

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
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

// organisationList is what the page of the list shows.
type organisationList struct {
	words     *i18n.Words
	viewer    territory.Viewer
	query     url.Values
	filter    OrganisationFilter
	sectors   []Sector
	countries []string
	rows      []OrganisationRow
	all       int
}

func (l organisationList) home() string { return l.viewer.Territory.Home() + "/organisations" }

// with is the address of the list with one value of the filter changed; without
// values it is removed. It begins again at the first page.
func (l organisationList) with(name string, values ...string) string {
	query := url.Values{}
	for key, kept := range l.query {
		if key != "page" && key != name {
			query[key] = kept
		}
	}
	if len(values) > 0 {
		query[name] = values
	}
	if len(query) == 0 {
		return l.home()
	}
	return l.home() + "?" + query.Encode()
}

// clear is the address without any filter, or "" where there is none.
func (l organisationList) clear() string {
	for _, name := range []string{"q", "sector", "country", "kind", "size", "city"} {
		if l.query.Get(name) != "" {
			return l.home()
		}
	}
	return ""
}

func (l organisationList) pager() web.Pager {
	return web.Pager{Page: l.filter.Page, Total: l.all, Href: func(page int) string { return l.with("page", strconv.Itoa(page)) }}
}

// sortable is a column that sorts the list by a key.
func (l organisationList) sortable(label, key string) web.Column {
	column := web.Column{Label: label, Sort: l.with("sort", key)}
	if cmp.Or(l.filter.Sort, "name") == key {
		column.Sorted = web.Ascending
		if l.filter.Descending {
			column.Sorted = web.Descending
		} else {
			column.Sort = l.with("sort", "-"+key)
		}
	}
	return column
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

// facet is a way to filter the list by some values.
func (l organisationList) facet(name, label string, options []web.Option) facet {
	chosen := l.query[name]
	chip := web.FacetChip{Label: label, Clear: l.with(name)}
	if len(chosen) == 1 {
		chip.Active = chosen[0]
		for _, o := range options {
			if o.Value == chosen[0] {
				chip.Active = o.Label
			}
		}
	} else if len(chosen) > 1 {
		chip.Active = label + " : " + l.words.Number(len(chosen))
	}
	return facet{chip, name, options, chosen}
}

type facet struct {
	chip    web.FacetChip
	name    string
	options []web.Option
	chosen  []string
}

func (f facet) has(value string) bool { return slices.Contains(f.chosen, value) }

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
	words   *i18n.Words
	viewer  territory.Viewer
	record  *Organisation
	city    *City
	sectors []Sector
	changes []history.Entry
	all     int // changes in all
}

// organisationPage answers with a page about the organisation that the address
// names, with so many of its changes.
func (p *Pages) organisationPage(w http.ResponseWriter, r *http.Request, most int, page func(web.Frame, organisationView) templ.Component) error {
	f := p.frame(r, "")
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
		view.changes, view.all, err = p.historyOf(r.Context(), tx, view.record, most)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = view.record.Name
	return web.Render(w, r, http.StatusOK, page(f, view))
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

func (v organisationView) tabs(current string) []web.Tab {
	return []web.Tab{
		{Label: v.words.T("directory.tab.record"), Href: v.href(), Current: current == "record"},
		{Label: v.words.T("directory.tab.history"), Href: v.href() + "/history", Count: v.all, Current: current == "history"},
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

// told are the changes as the page shows them.
func (v organisationView) told() []web.Change {
	return record.Told(v.words, v.viewer.Territory, v.changes)
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
