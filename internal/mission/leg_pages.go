package mission

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

const legsPath = "/legs"

func legPart(l *Leg) *Part { return &l.Part }

// legRoutes are the addresses of legs; they are shown on a page of the mission.
func (p *Pages) legRoutes() []web.Route {
	home := onPage(legsPath, legPart)
	return append(p.legEditor().Routes(), []web.Route{
		{Pattern: "GET /t/{territory}/missions/{id}" + legsPath, Noun: "mission", Action: "see", Handle: p.showLegs},
		{Pattern: "GET /t/{territory}/legs/{id}", Noun: "leg", Action: "see", Handle: find(p, Legs(), home)},
		{Pattern: "POST /t/{territory}/legs/{id}/earlier", Noun: "leg", Action: "edit", Handle: change(p, Legs(), home, legEarlier)},
	}...)
}

// legsView is what the page of the legs and venues of a mission shows.
type legsView struct {
	Cover
	*Whole
	cities map[string]*directory.City
}

// showLegs answers GET /t/{territory}/missions/{id}/legs.
func (p *Pages) showLegs(w http.ResponseWriter, r *http.Request) error {
	var page legsView
	f, err := p.open(r, "leg", legsPath, func(tx *db.Tx, c Cover, whole *Whole) (err error) {
		page = legsView{Cover: c, Whole: whole}
		page.cities, err = citiesOf(r.Context(), tx, whole.Legs)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("mission.legs")
	return web.Render(w, r, http.StatusOK, legsPage(f, page))
}

// city is what the city of a leg is called, or "".
func (v legsView) city(l *Leg) string {
	if city := v.cities[l.City]; city != nil {
		return city.Name
	}
	return ""
}

// placesOf are those of a venue.
func (w *Whole) placesOf(venue string) []*Place {
	return slices.DeleteFunc(slices.Clone(w.Places), func(p *Place) bool { return p.Venue != venue })
}

// legEarlier puts a leg before the one that it follows.
func legEarlier(ctx context.Context, tx *db.Tx, act record.Act, l *Leg, _ url.Values) (string, error) {
	legs, err := LegsOf(ctx, tx, l.Territory, l.Mission)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(legs, func(other *Leg) bool { return other.ID == l.ID })
	if at > 0 {
		legs[at-1], legs[at] = legs[at], legs[at-1]
	}
	for i, leg := range legs {
		leg.Position = i
		if err := Legs().Save(ctx, tx, act, leg); err != nil {
			return "", err
		}
	}
	return "leg.moved", nil
}

// legEditor is how people add and change legs.
func (p *Pages) legEditor() record.Editor[Leg] {
	return record.Editor[Leg]{
		DB: p.db, Frame: p.frame, Noun: Legs(), List: "/legs", Home: onPage(legsPath, legPart), Values: legValues, Fill: fillLeg,
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Leg]) (templ.Component, error) {
			page, err := openPart(ctx, tx, form, "leg", legsPath, legPart)
			return legFormPage(f, page), err
		},
	}
}

func legValues(ctx context.Context, tx *db.Tx, l *Leg) (url.Values, error) {
	values := Legs().Fields.Values(l)
	values.Set("grid", strings.Join(l.Grid, "\n"))
	if l.City == "" {
		return values, nil
	}
	city, err := directory.Cities().Load(ctx, tx, l.Territory, l.City)
	if err == nil {
		values.Set("city", city.Name)
	}
	return values, err
}

// fillLeg sets the fields that a form sent. A city is named; name and zone follow
// from it, where they were left empty, and the grid from the hours of a day.
func fillLeg(ctx context.Context, tx *db.Tx, l *Leg, sent url.Values) error {
	legs, err := LegsOf(ctx, tx, l.Territory, sent.Get("mission"))
	if err != nil {
		return err
	}
	if _, err := l.enter(ctx, tx, sent, len(legs)); err != nil {
		return err
	}
	texts := Legs().Fields.Sent(sent)
	delete(texts, "city") // it is named, not pointed to
	problems := Legs().Fields.Apply(l, texts)
	l.City, err = directory.CityNamed(ctx, tx, l.Territory, sent.Get("city"), "")
	if fault.Is(err, fault.Internal) {
		return err // of the database, and no fault of the form
	}
	problems.AddError("city", err)
	if err := l.follow(ctx, tx); err != nil {
		return err
	}
	if hours := record.Split(strings.ReplaceAll(sent.Get("hours"), ",", ";")); len(hours) > 0 && len(problems) == 0 {
		grid, err := gridOf(l.StartsOn, l.EndsOn, hours, sent.Get("weekends") == "yes")
		problems.AddError("hours", err)
		l.Grid = grid
	}
	return problems.Or()
}

// follow fills in what follows from the city.
func (l *Leg) follow(ctx context.Context, tx *db.Tx) error {
	if l.City == "" {
		return nil
	}
	city, err := directory.Cities().Load(ctx, tx, l.Territory, l.City)
	if err != nil {
		return err
	}
	if l.Name == "" {
		l.Name = city.Name
	}
	if l.Zone == "" {
		l.Zone = city.Zone
	}
	return nil
}
