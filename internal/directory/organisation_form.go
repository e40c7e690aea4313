package directory

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// organisationForm is the form of an organisation: of a new one, where record
// is nil.
type organisationForm struct {
	record   *Organisation
	values   url.Values
	problems fault.Problems

	web.Form
	viewer      territory.Viewer
	sectors     []Sector
	differences []web.Difference
	changedBy   string
}

// organisationForm answers with the form.
func (p *Pages) organisationForm(w http.ResponseWriter, r *http.Request, status int, form organisationForm) error {
	f := p.frame(r, "")
	form.Form = web.Form{Words: f.Words, Values: form.values, Problems: form.problems}
	form.viewer = territory.ViewerOf(r.Context())
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		form.sectors, err = Sectors(r.Context(), tx, form.viewer.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = form.title()
	return web.Render(w, r, status, organisationFormPage(f, form))
}

func (f organisationForm) title() string {
	if f.record == nil {
		return f.Words.T("directory.new")
	}
	return f.Words.T("directory.edit", f.record.Name)
}

// action is where the form is sent.
func (f organisationForm) action() string {
	if f.record == nil {
		return f.viewer.Territory.Home() + "/organisations"
	}
	return organisationHref(f.viewer, f.record.ID)
}

func (f organisationForm) trail() []web.Link {
	trail := []web.Link{{Label: f.Words.T("directory.title"), Href: f.viewer.Territory.Home() + "/organisations"}}
	if f.record != nil {
		trail = append(trail, web.Link{Label: f.record.Name, Href: organisationHref(f.viewer, f.record.ID)})
	}
	return append(trail, web.Link{Label: f.title(), Current: true})
}

// field is a field of the form under its name in history and workbooks.
func (f organisationForm) field(name string) web.Field {
	field := web.Field{Name: name, Label: f.Words.T("organisation.field." + name)}
	if help := "organisation.help." + name; f.Words.Has(help) {
		field.Help = f.Words.T(help)
	}
	return field
}

func (f organisationForm) countries() []web.Option {
	var options []web.Option
	for _, c := range places.Countries(f.Words.Lang()) {
		options = append(options, web.Option{Value: c.Code, Label: c.Name})
	}
	return options
}

func (f organisationForm) languages() []web.Option {
	order := contentLanguages()
	if len(f.viewer.Territory.Languages) > 0 {
		order = f.viewer.Territory.Languages
	}
	var options []web.Option
	for _, lang := range order {
		options = append(options, web.Option{Value: lang, Label: f.Words.T("directory.language." + lang)})
	}
	return options
}

func (f organisationForm) sectorValues() []string {
	values := make([]string, len(f.sectors))
	for i, s := range f.sectors {
		values[i] = s.ID
	}
	return values
}

func (f organisationForm) sectorMarks() []web.Sector {
	marks := make([]web.Sector, len(f.sectors))
	for i, s := range f.sectors {
		marks[i] = sectorMark(f.sectors, s.ID, f.Words.Lang())
	}
	return marks
}

// values is what the form of an organisation holds to begin with.
func (p *Pages) values(ctx context.Context, tx *db.Tx, o *Organisation) (url.Values, error) {
	values := url.Values{}
	for name, text := range organisationFields().Texts(o) {
		values.Set(name, text)
	}
	values["sectors"] = o.Sectors
	city, err := cityIfAny(ctx, tx, o.Territory, o.City)
	if city != nil {
		values.Set("city", city.Name)
	}
	return values, err
}

// fill sets the fields that a form sent. A city is named, and made if the
// gazetteer knows it.
func (p *Pages) fill(ctx context.Context, tx *db.Tx, o *Organisation, sent url.Values) error {
	texts := map[string]string{}
	for _, info := range organisationFields().Infos() {
		if values, named := sent[info.Name]; named && !info.Unlisted && info.Name != "city" {
			texts[info.Name] = strings.Join(values, "; ")
		}
	}
	if _, shown := sent["name"]; shown {
		texts["sectors"] = strings.Join(sent["sectors"], "; ") // none chosen sends nothing
	}
	problems := organisationFields().Apply(o, texts)
	city, err := cityNamed(ctx, tx, o.Meta, sent.Get("city"), sent.Get("country"))
	problems.AddError("city", err)
	o.City = city
	return problems.Or()
}

// cityNamed finds the city of a name in the directory, or makes it from what
// the gazetteer knows.
func cityNamed(ctx context.Context, tx *db.Tx, of record.Meta, name, country string) (id string, err error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil
	}
	known, err := CitiesNamed(ctx, tx, of.Territory, name)
	if err != nil {
		return "", err
	}
	known = slices.DeleteFunc(known, func(c *City) bool { return country != "" && c.Country != country })
	if len(known) > 0 {
		return known[0].ID, nil
	}
	place, found := places.Find(name, country)
	if !found {
		return "", fault.New(fault.Invalid, "directory.city_unknown", name)
	}
	city := &City{
		Meta: record.Meta{Territory: of.Territory}, Name: place.Name, Country: place.Country, Zone: place.Zone,
		Latitude: place.At.Latitude, Longitude: place.At.Longitude, Placed: true,
	}
	if names.Fold(place.Name) != names.Fold(name) {
		city.Name = name
	}
	err = Cities().Add(ctx, tx, record.Act{By: history.System()}, city)
	return city.ID, err
}

// organisationConflict answers with both versions: what somebody saved
// meanwhile, and what was typed here.
func (p *Pages) organisationConflict(w http.ResponseWriter, r *http.Request) error {
	form := organisationForm{values: r.PostForm}
	words := p.frame(r, "").Words
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.record, err = p.load(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		theirs, err := p.values(r.Context(), tx, form.record)
		if err != nil {
			return err
		}
		for _, info := range organisationFields().Infos() {
			mine, yours := strings.Join(theirs[info.Name], "; "), strings.Join(r.PostForm[info.Name], "; ")
			if mine != yours && !info.Unlisted {
				form.differences = append(form.differences, web.Difference{
					Label: words.T("organisation.field." + info.Name), Yours: yours, Theirs: mine,
				})
			}
		}
		last, err := history.Of(r.Context(), tx, Organisations().Ref(form.record), 1)
		if len(last) > 0 {
			form.changedBy = last[0].Actor.Name
		}
		return err
	})
	if err != nil {
		return err
	}
	return p.organisationForm(w, r, http.StatusConflict, form)
}
