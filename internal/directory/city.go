package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
)

// A City is a city or a region abroad or at home. What is between it and the
// territory points to it.
type City struct {
	record.Meta
	Name    string
	Country string // ISO 3166, two letters
	Zone    string // IANA
	// Latitude and Longitude are in degrees; Placed says that they are known.
	Latitude, Longitude float64
	Placed              bool

	key string
}

// Cities is how cities are kept.
func Cities() record.Noun[City] {
	return record.Noun[City]{
		Name: "city",
		Fields: forWorkbooks(record.Fields[City]{
			record.TextField("name", func(c *City) *string { return &c.Name }),
			record.ParsedField("country", country, func(c *City) *string { return &c.Country }),
			record.ParsedField("zone", zone, func(c *City) *string { return &c.Zone }),
			coordinate("latitude", 90, func(c *City) *float64 { return &c.Latitude }),
			coordinate("longitude", 180, func(c *City) *float64 { return &c.Longitude }),
		}, "name"),
		Meta:   func(c *City) *record.Meta { return &c.Meta },
		Load:   loadCity,
		Insert: insertCity,
		Update: updateCity,
		Settle: (*City).settle,
		Found: func(c *City) record.Found {
			return record.Found{Title: c.Name, Detail: c.Country, Words: []string{c.Country}}
		},
	}
}

func zone(text string) (string, error) {
	if _, err := time.LoadLocation(text); err != nil {
		return "", fault.New(fault.Invalid, "directory.zone", text)
	}
	return text, nil
}

// coordinate is a field in degrees; one that is empty is not known.
func coordinate(name string, most float64, at func(*City) *float64) record.Field[City] {
	return record.Field[City]{
		Info: record.Info{Name: name, Type: record.Number},
		Get: func(c *City) string {
			if !c.Placed {
				return ""
			}
			return strconv.FormatFloat(*at(c), 'f', -1, 64)
		},
		Set: func(c *City, text string) error {
			if text == "" {
				c.Placed = false
				return nil
			}
			degrees, err := strconv.ParseFloat(text, 64)
			if err != nil || degrees < -most || degrees > most {
				return fault.New(fault.Invalid, "directory.degrees", text)
			}
			*at(c), c.Placed = degrees, true
			return nil
		},
	}
}

func (c *City) settle() error {
	var p fault.Problems
	if c.Name == "" {
		p.Add("name", "directory.city_name_needed")
	}
	if c.Country == "" {
		p.Add("country", "directory.country_needed")
	}
	if c.Zone == "" {
		p.Add("zone", "directory.zone_needed")
	}
	c.key = names.SortKey(c.Name)
	return p.Or()
}

func loadCity(ctx context.Context, tx *db.Tx, territory int, id string) (*City, error) {
	row, err := New(tx).city(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the city %s: %w", id, err)
	}
	return cityOf(row), nil
}

func cityOf(row cityRow) *City {
	return &City{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Name: row.Name, Country: row.Country, Zone: row.Zone, Latitude: row.Latitude.Float64,
		Longitude: row.Longitude.Float64, Placed: row.Latitude.Valid && row.Longitude.Valid, key: row.NameKey,
	}
}

func (c *City) degrees(x float64) sql.NullFloat64 {
	return sql.NullFloat64{Float64: x, Valid: c.Placed}
}

func insertCity(ctx context.Context, tx *db.Tx, c *City) error {
	return New(tx).addCity(ctx, addCityParams{
		TerritoryID: c.Territory, ID: c.ID, Name: c.Name, NameKey: c.key, Country: c.Country, Zone: c.Zone,
		Latitude: c.degrees(c.Latitude), Longitude: c.degrees(c.Longitude), Fictional: c.Fictional,
		Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	})
}

func updateCity(ctx context.Context, tx *db.Tx, c *City) error {
	q := New(tx)
	if err := q.renameCity(ctx, c.key, c.Territory, db.ID(c.ID)); err != nil {
		return fmt.Errorf("tell its organisations the city's name: %w", err)
	}
	return q.editCity(ctx, editCityParams{
		Name: c.Name, NameKey: c.key, Country: c.Country, Zone: c.Zone, Latitude: c.degrees(c.Latitude),
		Longitude: c.degrees(c.Longitude), Version: c.Version, UpdatedAt: c.UpdatedAt, DeletedAt: c.DeletedAt,
		TerritoryID: c.Territory, ID: c.ID,
	})
}

// CitiesNamed finds the cities of a name, accents and case aside.
func CitiesNamed(ctx context.Context, tx *db.Tx, territory int, name string) ([]*City, error) {
	rows, err := New(tx).citiesNamed(ctx, territory, names.SortKey(name))
	if err != nil {
		return nil, fmt.Errorf("find the cities named %q: %w", name, err)
	}
	cities := make([]*City, len(rows))
	for i, row := range rows {
		cities[i] = cityOf(row)
	}
	return cities, nil
}
