package directory

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A CityRow is a city as a list shows it, with how many organisations are
// there.
type CityRow struct {
	ID, Name, Country, Zone string
	Organisations           int
}

// ListCities gives a page of the cities, by name, and how many there are in
// all. A search keeps those whose name begins with it; trash asks for those that
// were deleted.
func ListCities(ctx context.Context, tx *db.Tx, v territory.Viewer, search string, trash bool, page int) (rows []CityRow, all int, err error) {
	q := db.Select(
		`c.id, c.name, c.country, c.zone, (SELECT count(*) FROM organisations o
			WHERE o.territory_id = c.territory_id AND o.city_id = c.id AND o.deleted_at IS NULL)`,
		"cities c",
	).Where("c.territory_id = ?", v.Territory.ID)
	if trash {
		q.Where("c.deleted_at IS NOT NULL")
	} else {
		q.Where("c.deleted_at IS NULL")
	}
	if search = strings.TrimSpace(search); search != "" {
		key := names.SortKey(search)
		q.Where("c.name_key >= ? AND c.name_key < ?", key, key+"Z")
	}
	q.Order("c.name_key", "c.id").Page(page, web.PageSize)
	rows, all, err = db.CollectPage(ctx, tx, q, web.Counted, func(scan db.Scan) (r CityRow, err error) {
		return r, scan(&r.ID, &r.Name, &r.Country, &r.Zone, &r.Organisations)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list the cities: %w", err)
	}
	return rows, all, nil
}

// cityList is what the page of the cities shows.
type cityList struct {
	listing
	rows []CityRow
}

// listCities answers GET /t/{territory}/cities.
func (p *Pages) listCities(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	f.Title = f.Words.T("city.list")
	list := cityList{listing: newListing(f, r, "/cities")}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		list.rows, list.all, err = ListCities(r.Context(), tx, list.viewer, list.query.Get("q"), list.trash(), pageOf(r))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, citiesPage(f, list))
}

// cityView is what the page of a city shows.
type cityView struct {
	words         *i18n.Words
	viewer        territory.Viewer
	record        *City
	organisations organisationList
	people        []Acquaintance
	tasks         []panel.Task
	gathered      []templ.Component // of the features above
	bar           panel.Bar
}

// showCity answers GET /t/{territory}/cities/{id}: everything between the city
// and the territory.
func (p *Pages) showCity(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	v := territory.ViewerOf(r.Context())
	view := cityView{words: f.Words, viewer: v, organisations: organisationList{listing: newListing(f, r, "/organisations")}}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.record, err = Cities().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		list := &view.organisations
		if list.sectors, err = Sectors(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		if list.rows, list.all, err = ListOrganisations(r.Context(), tx, v, OrganisationFilter{City: view.record.ID}); err != nil {
			return err
		}
		if view.people, err = AcquaintancesIn(r.Context(), tx, v, view.record); err != nil {
			return err
		}
		if view.tasks, err = OpenTasksIn(r.Context(), tx, p.kinds, v, view.record); err != nil {
			return err
		}
		for _, of := range p.gathered {
			part, err := of(r.Context(), tx, f.Words, v, view.record)
			if err != nil {
				return err
			}
			if part != nil {
				view.gathered = append(view.gathered, part)
			}
		}
		view.bar, err = panel.NewBar(r.Context(), tx, p.kinds, v, Cities().Ref(view.record))
		return err
	})
	if err != nil {
		return err
	}
	f.Title = view.record.Name
	return web.Render(w, r, http.StatusOK, cityPage(f, view))
}

func (v cityView) href() string { return v.viewer.Territory.Home() + "/cities/" + v.record.ID }

func (v cityView) mayEdit() bool { return v.viewer.May("city", "edit", territory.Subject{}) }

// taskNote says when a task is due, who has it, and about what it is.
func (v cityView) taskNote(t panel.Task) string {
	due := ""
	if t.Due != "" {
		due = v.words.T("city.due", dayText(v.words, t.Due))
	}
	about := t.OnTitle
	if t.On.ID == v.record.ID {
		about = "" // of this very page
	}
	return joined(due, t.MemberName, about)
}

// dayText says a day that a field holds.
func dayText(w *i18n.Words, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.DateOnly(at)
}

// facts are where the city is, and the last sign from there.
func (v cityView) facts() []web.Fact {
	c, w := v.record, v.words
	facts := []web.Fact{
		{Label: w.T("city.field.country"), Value: places.CountryName(c.Country, w.Lang())},
		{Label: w.T("city.field.zone"), Value: c.Zone},
	}
	if len(v.people) > 0 && v.people[0].LastContact != "" {
		facts = append(facts, web.Fact{Label: w.T("person.field.last_contact"), Value: dayText(w, v.people[0].LastContact)})
	}
	if c.Placed {
		facts = append(facts, web.Fact{Label: w.T("city.place"), Value: w.Decimal(c.Latitude, 3) + " ; " + w.Decimal(c.Longitude, 3)})
	}
	return facts
}

// cityEditor is how people add and change cities.
func (p *Pages) cityEditor() record.Editor[City] {
	return record.Editor[City]{
		DB: p.db, Frame: p.frame, Noun: Cities(), List: "/cities",
		Values: func(_ context.Context, _ *db.Tx, c *City) (url.Values, error) {
			return Cities().Fields.Values(c), nil
		},
		Fill: fillCity,
		Page: func(_ context.Context, _ *db.Tx, f web.Frame, form record.Form[City]) (templ.Component, error) {
			return cityFormPage(f, form), nil
		},
	}
}

// fillCity sets the fields that a form sent. What was left empty of a city that
// the gazetteer knows is filled in from there.
func fillCity(_ context.Context, _ *db.Tx, c *City, sent url.Values) error {
	texts := Cities().Fields.Sent(sent)
	if place, found := places.Find(texts["name"], texts["country"]); found && texts["zone"] == "" {
		texts["country"], texts["zone"] = place.Country, place.Zone
		if texts["latitude"] == "" && texts["longitude"] == "" {
			c.Latitude, c.Longitude, c.Placed = place.At.Latitude, place.At.Longitude, true
			delete(texts, "latitude")
			delete(texts, "longitude")
		}
	}
	return Cities().Fields.Apply(c, texts).Or()
}
