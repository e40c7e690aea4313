// Package demo fills an empty installation for a demonstration: the recorded
// history of two French territories, each fact with the document that tells
// it, beside companies and people that are invented and say so.
package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// recorded holds the facts of the record: see its "about".
//
//go:embed history.json
var recorded []byte

// invented holds what is made up for demonstrations.
//
//go:embed fictional.json
var invented []byte

// A Person is somebody who can sign in to the demonstration.
type Person struct {
	User auth.User
	Role territory.Role
	Home territory.Territory
}

type facts struct {
	Territories []struct {
		ID, Name, Country, Timezone string
		Languages                   []string
	}
	Sectors  []struct{ ID, Fr, En, Territory, Source string }
	Partners []struct{ Territory, Name, Kind, Source string }
	Missions []recordedMission
}

type fictions struct {
	Organisations []struct {
		Name, Legal, Other, Kind, City, Country, Size, Founded, Fr, En, Offers, Needs string
		Sectors                                                                       []string
	}
	People []struct{ Organisation, Given, Family, Function, Languages, Email, Consent, How string }
	Notes  []struct{ Organisation, Text string }
	// Days is when a task is due, from the day on which the demonstration begins.
	Tasks []struct {
		Organisation, Title string
		Days                int
	}
	Outcomes []struct {
		Kind, State, Text string
		Amount            int64
	}
}

// Fill fills an empty database, and gives who can sign in.
func Fill(ctx context.Context, d *db.DB, objections directory.Objections) (people []Person, err error) {
	f := filler{keep: directory.People(objections)}
	if err := json.Unmarshal(recorded, &f.facts); err != nil {
		return nil, fmt.Errorf("read the recorded history: %w", err)
	}
	if err := json.Unmarshal(invented, &f.fictions); err != nil {
		return nil, fmt.Errorf("read the invented records: %w", err)
	}
	for _, name := range []string{"miami-2017", "canada-2019"} {
		p, err := plan(ctx, name, d.Now().Time)
		if err != nil {
			return nil, err
		}
		f.planned = append(f.planned, p)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		f.tx, f.cities, f.people = tx, map[string]string{}, nil
		return f.fill(ctx)
	})
	return f.people, err
}

type filler struct {
	facts    facts
	fictions fictions
	keep     record.Noun[directory.Person]
	tx       *db.Tx
	cities   map[string]string // "territory name" -> id
	people   []Person
	planned  []planned
}

var act = record.Act{By: history.System()}

func (f *filler) fill(ctx context.Context) error {
	for _, t := range f.facts.Territories {
		home, err := territory.Add(ctx, f.tx, act.By, territory.Territory{
			Slug: t.ID, Name: t.Name, Country: t.Country, Languages: t.Languages, Zone: t.Timezone, Currency: "EUR", Fictional: true,
		})
		if err != nil {
			return err
		}
		if err := f.territory(ctx, home); err != nil {
			return fmt.Errorf("fill %s: %w", t.ID, err)
		}
	}
	return nil
}

// territory fills in what a territory has of facts, and the first one what is
// invented.
func (f *filler) territory(ctx context.Context, home territory.Territory) error {
	if err := f.sectors(ctx, home); err != nil {
		return err
	}
	if err := f.partners(ctx, home); err != nil {
		return err
	}
	if err := f.missions(ctx, home); err != nil {
		return err
	}
	if home.ID != 1 {
		return nil
	}
	organisations, err := f.inventedOrganisations(ctx, home)
	if err != nil {
		return err
	}
	if err := f.inventedPeople(ctx, home, organisations); err != nil {
		return err
	}
	if err := f.plannedMissions(ctx, home); err != nil {
		return err
	}
	if err := f.members(ctx, home, organisations); err != nil {
		return err
	}
	return f.panels(ctx, home, organisations)
}

func (f *filler) sectors(ctx context.Context, home territory.Territory) error {
	shapes := map[string][2]string{
		"maritime": {"M", "hull"}, "health": {"S", "disc"}, "tourism": {"T", "arch"},
		"digital": {"N", "pixel"}, "aeronautics": {"A", "wing"}, "energy": {"É", "cell"},
	}
	var sectors []directory.Sector
	for _, s := range f.facts.Sectors {
		if s.Territory == home.Slug {
			mark := shapes[s.ID]
			sectors = append(sectors, directory.Sector{
				ID: s.ID, Name: i18n.Text{"fr": s.Fr, "en": s.En}, Letter: mark[0], Shape: mark[1], Source: s.Source,
			})
		}
	}
	return directory.SetSectors(ctx, f.tx, home.ID, sectors)
}

func (f *filler) partners(ctx context.Context, home territory.Territory) error {
	kinds := map[string]string{
		"chamber of commerce": "chamber", "port": "port", "investment promotion agency": "agency", "promotion agency": "agency",
		"tourist office": "agency",
	}
	for _, p := range f.facts.Partners {
		if p.Territory != home.Slug {
			continue
		}
		kind := kinds[p.Kind]
		if kind == "" {
			kind = "institution"
		}
		err := directory.Organisations().Add(ctx, f.tx, act, &directory.Organisation{
			Meta: record.Meta{Territory: home.ID}, Name: p.Name, Kind: kind, Country: home.Country, Source: p.Source,
		})
		if err != nil {
			return fmt.Errorf("add the partner %s: %w", p.Name, err)
		}
	}
	return nil
}

// city gives the id of a city, which is made when it is first met.
func (f *filler) city(ctx context.Context, home territory.Territory, name, country string) (string, error) {
	key := home.Slug + " " + name
	if id := f.cities[key]; id != "" {
		return id, nil
	}
	place, found := places.Find(name, country)
	if !found {
		return "", fmt.Errorf("the gazetteer has no %s in %s", name, country)
	}
	c := &directory.City{
		Meta: record.Meta{Territory: home.ID}, Name: name, Country: country, Zone: place.Zone,
		Latitude: place.At.Latitude, Longitude: place.At.Longitude, Placed: true,
	}
	if err := directory.Cities().Add(ctx, f.tx, act, c); err != nil {
		return "", err
	}
	f.cities[key] = c.ID
	return c.ID, nil
}

// inventedOrganisations adds what is made up, and gives the ids by name.
func (f *filler) inventedOrganisations(ctx context.Context, home territory.Territory) (map[string]string, error) {
	ids := map[string]string{}
	for _, x := range f.fictions.Organisations {
		city, err := f.city(ctx, home, x.City, x.Country)
		if err != nil {
			return nil, err
		}
		o := &directory.Organisation{
			Meta: record.Meta{Territory: home.ID, Fictional: true}, Name: x.Name, LegalName: x.Legal, OtherNames: record.Split(x.Other),
			Kind: x.Kind, City: city, Country: x.Country, Size: x.Size, Founded: x.Founded, Sectors: x.Sectors,
			Description: i18n.Text{"fr": x.Fr, "en": x.En}, Offers: i18n.Text{"fr": x.Offers}, Needs: i18n.Text{"fr": x.Needs},
		}
		if o.Kind == "" {
			o.Kind = "company"
		}
		if err := directory.Organisations().Add(ctx, f.tx, act, o); err != nil {
			return nil, fmt.Errorf("add %s: %w", x.Name, err)
		}
		ids[x.Name] = o.ID
	}
	return ids, nil
}

func (f *filler) inventedPeople(ctx context.Context, home territory.Territory, organisations map[string]string) error {
	for _, x := range f.fictions.People {
		p := &directory.Person{
			Meta: record.Meta{Territory: home.ID, Fictional: true}, Given: x.Given, Family: x.Family, Function: x.Function,
			Organisation: organisations[x.Organisation], Languages: record.Split(x.Languages), Email: x.Email,
			Consent: x.Consent, ConsentSource: x.How,
		}
		if x.Consent == directory.ConsentGiven {
			p.ConsentDate = f.tx.Now.Format(time.DateOnly)
		}
		if err := f.keep.Add(ctx, f.tx, act, p); err != nil {
			return fmt.Errorf("add %s %s: %w", x.Given, x.Family, err)
		}
	}
	return nil
}

// members adds a user for each role.
func (f *filler) members(ctx context.Context, home territory.Territory, organisations map[string]string) error {
	names := map[territory.Role]string{
		territory.Administrator: "Camille Andrieu", territory.Officer: "Nour Bellanger", territory.Finance: "Éloi Castan",
		territory.Partner: "Inès Delorme", territory.Observer: "Sacha Estève", territory.Company: "Maud Ferrand",
	}
	belongs := map[territory.Role]string{
		territory.Partner: organisations["Littoral Développement"], territory.Company: organisations["Biogalène"],
	}
	for _, role := range territory.Roles() {
		user, err := auth.AddUser(ctx, f.tx, auth.User{Email: string(role) + "@demo.example", Name: names[role], Language: "fr"})
		if err != nil {
			return fmt.Errorf("add the %s: %w", role, err)
		}
		member := territory.Member{User: user.ID, Role: role, Organisation: belongs[role]}
		if err := territory.Join(ctx, f.tx, act.By, home.ID, member); err != nil {
			return fmt.Errorf("let the %s in: %w", role, err)
		}
		f.people = append(f.people, Person{user, role, home})
	}
	return nil
}
