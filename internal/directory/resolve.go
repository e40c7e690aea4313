package directory

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// atOnce is how many values one query looks for.
const atOnce = 500

// among runs a query for some of the values at a time, and joins what it finds.
func among[T any](ctx context.Context, tx *db.Tx, values []string, query func(some []string) *db.Query, read func(db.Scan) (T, error)) ([]T, error) {
	values = slices.DeleteFunc(values, func(value string) bool { return value == "" })
	slices.Sort(values)
	var all []T
	for some := range slices.Chunk(slices.Compact(values), atOnce) {
		found, err := db.Collect(ctx, tx, query(some), read)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// resolveCities finds what the names of cities mean, each in a country where one
// is given. A city that the gazetteer knows can be made.
func resolveCities(ctx context.Context, tx *db.Tx, in int, asked []record.Asked) ([][]record.Meaning, error) {
	known, err := citiesAsked(ctx, tx, in, asked)
	if err != nil {
		return nil, err
	}
	meanings := make([][]record.Meaning, len(asked))
	for i, a := range asked {
		for _, key := range cityKeys(a) {
			if len(meanings[i]) == 0 {
				meanings[i] = citiesWithin(known[key], a.Within)
			}
		}
		if place, found := places.Find(a.Text, a.Within); found && len(meanings[i]) == 0 {
			meanings[i] = []record.Meaning{madeFrom(place)}
		}
	}
	return meanings, nil
}

// cityKeys are the keys by which a city may be kept: as it is written, without
// post code, and as the gazetteer calls it.
func cityKeys(a record.Asked) []string {
	keys := []string{names.SortKey(a.Text), names.SortKey(names.City(a.Text))}
	if place, found := places.Find(a.Text, a.Within); found {
		keys = append(keys, names.SortKey(place.Name))
	}
	return keys
}

func citiesAsked(ctx context.Context, tx *db.Tx, in int, asked []record.Asked) (map[string][]record.Card, error) {
	var keys []string
	for _, a := range asked {
		keys = append(keys, cityKeys(a)...)
	}
	type keyed struct {
		key  string
		card record.Card
	}
	found, err := among(ctx, tx, keys, func(some []string) *db.Query {
		return db.Select("c.name_key, c.id, c.name, c.country", "cities c").
			Where("c.territory_id = ? AND c.deleted_at IS NULL", in).In("c.name_key", some...).Order("c.country", "c.id")
	}, func(scan db.Scan) (k keyed, err error) {
		k.card.Ref = ref.Ref{Territory: in, Kind: "city"}
		return k, scan(&k.key, &k.card.Ref.ID, &k.card.Title, &k.card.Detail)
	})
	if err != nil {
		return nil, fmt.Errorf("find the cities that are named: %w", err)
	}
	cities := map[string][]record.Card{}
	for _, k := range found {
		cities[k.key] = append(cities[k.key], k.card)
	}
	return cities, nil
}

func citiesWithin(cities []record.Card, country string) []record.Meaning {
	var meanings []record.Meaning
	for _, card := range cities {
		if country == "" || card.Detail == country {
			meanings = append(meanings, record.Meaning{Card: card})
		}
	}
	return meanings
}

func madeFrom(place places.City) record.Meaning {
	degrees := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	return record.Meaning{
		Card: record.Card{Title: place.Name, Detail: place.Country},
		Make: map[string]string{
			"name": place.Name, "country": place.Country, "zone": place.Zone,
			"latitude": degrees(place.At.Latitude), "longitude": degrees(place.At.Longitude),
		},
	}
}

// sectorKind is what others need to know of sectors to point to them. They are
// few, and set with the territory.
func sectorKind() record.Kind {
	return record.Kind{Name: "sector", Card: sectorCard, Resolve: resolveSectors}
}

func sectorCard(ctx context.Context, tx *db.Tx, in int, id string) (record.Card, error) {
	sectors, err := Sectors(ctx, tx, in)
	if err != nil {
		return record.Card{}, err
	}
	for _, s := range sectors {
		if s.ID == id {
			return s.card(in), nil
		}
	}
	return record.Card{}, fault.New(fault.NotFound, "record.none")
}

func (s Sector) card(in int) record.Card {
	return record.Card{Ref: ref.Ref{Territory: in, Kind: "sector", ID: s.ID}, Title: s.ID, Names: s.Name}
}

// resolveSectors reads the names of sectors in any language, or their ids.
func resolveSectors(ctx context.Context, tx *db.Tx, in int, asked []record.Asked) ([][]record.Meaning, error) {
	sectors, err := Sectors(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	called := map[string][]record.Meaning{}
	for _, s := range sectors {
		words := []string{names.Fold(s.ID)}
		for _, name := range s.Name {
			words = append(words, names.Fold(name))
		}
		slices.Sort(words)
		for _, word := range slices.Compact(words) {
			called[word] = append(called[word], record.Meaning{Card: s.card(in)})
		}
	}
	meanings := make([][]record.Meaning, len(asked))
	for i, a := range asked {
		meanings[i] = called[names.Fold(a.Text)]
	}
	return meanings, nil
}

// resolveOrganisations reads names, with or without the legal form, SIRENs and
// SIRETs.
func resolveOrganisations(ctx context.Context, tx *db.Tx, in int, asked []record.Asked) ([][]record.Meaning, error) {
	var wanted organisationKeys
	for _, a := range asked {
		wanted.add(a.Text, a.Text, "")
	}
	found, err := keptOrganisations(ctx, tx, in, wanted)
	if err != nil {
		return nil, err
	}
	called := map[string][]record.Meaning{}
	for _, o := range found {
		meaning := record.Meaning{Card: o.card(in)}
		for _, key := range []string{o.siret, o.SIREN, names.Organisation(o.Name)} {
			if key != "" {
				called[key] = append(called[key], meaning)
			}
		}
	}
	meanings := make([][]record.Meaning, len(asked))
	for i, a := range asked {
		meanings[i] = called[organisationKey(a.Text)]
	}
	return meanings, nil
}

// organisationKey is a text that points to an organisation, in the form that
// those of the directory have it in.
func organisationKey(text string) string {
	if siret, err := ident.ParseSIRET(text); err == nil {
		return siret
	}
	if siren, err := ident.ParseSIREN(text); err == nil {
		return siren
	}
	return names.Organisation(text)
}

func (o keptOrganisation) card(in int) record.Card {
	return record.Card{
		Ref: ref.Ref{Territory: in, Kind: "organisation", ID: o.id}, Title: o.Name, Detail: joined(o.City, o.Country),
		Subject: territory.Subject{Owner: o.owner, Organisation: o.id},
	}
}
