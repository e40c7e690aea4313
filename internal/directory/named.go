package directory

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
)

// OrganisationsNamed finds the ids of the organisations that some names mean,
// accents and case aside: of several, the one that was there first. Fictional
// ones are never taken for real ones, nor the other way round.
func OrganisationsNamed(ctx context.Context, tx *db.Tx, territory int, wanted []string, fictional bool) (map[string]string, error) {
	keys := make([]string, len(wanted))
	for i, name := range wanted {
		keys[i] = names.SortKey(name)
	}
	byKey := map[string]string{}
	_, err := among(ctx, tx, slices.Clone(keys), func(some []string) *db.Query {
		return db.Select("o.name_key, o.id", "organisations o").
			Where("o.territory_id = ? AND o.deleted_at IS NULL AND o.fictional = ?", territory, fictional).
			In("o.name_key", some...).Order("o.id")
	}, func(scan db.Scan) (key string, err error) {
		var id string
		if err := scan(&key, &id); err != nil {
			return "", err
		}
		if byKey[key] == "" {
			byKey[key] = id
		}
		return key, nil
	})
	if err != nil {
		return nil, fmt.Errorf("find organisations by name: %w", err)
	}
	ids := map[string]string{}
	for i, name := range wanted {
		if id := byKey[keys[i]]; id != "" {
			ids[name] = id
		}
	}
	return ids, nil
}

// PersonNamed finds the id of the person of an organisation who has a name, or
// "" where there is none.
func PersonNamed(ctx context.Context, tx *db.Tx, territory int, name, organisation string) (string, error) {
	rows, err := New(tx).peopleOfOrganisation(ctx, territory, db.ID(organisation))
	if err != nil {
		return "", fmt.Errorf("find a person by name: %w", err)
	}
	for _, row := range rows {
		p := Person{Given: row.GivenName, Family: row.FamilyName, Order: row.NameOrder, Original: row.OriginalName, Languages: row.Languages}
		if names.Fold(p.Name()) == names.Fold(name) {
			return row.ID, nil
		}
	}
	return "", nil
}

// CityIn finds the id of the city of a name in a time zone: one of the
// directory, or one that the gazetteer knows, which is added; "" where nobody
// knows it.
func CityIn(ctx context.Context, tx *db.Tx, act record.Act, territory int, name, zone string) (string, error) {
	kept, err := CitiesNamed(ctx, tx, territory, name)
	if err != nil {
		return "", err
	}
	for _, c := range kept {
		if c.Zone == zone {
			return c.ID, nil
		}
	}
	place, found := places.Find(name, "")
	if !found || place.Zone != zone {
		return "", nil
	}
	c := &City{
		Meta: record.Meta{Territory: territory}, Name: name, Country: place.Country, Zone: place.Zone,
		Latitude: place.At.Latitude, Longitude: place.At.Longitude, Placed: true,
	}
	err = Cities().Add(ctx, tx, act, c)
	return c.ID, err
}
