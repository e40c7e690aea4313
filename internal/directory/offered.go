package directory

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

// SectorMark is how the sector of an id is drawn, with its name in a language.
func SectorMark(sectors []Sector, id, lang string) web.Sector { return sectorMark(sectors, id, lang) }

// CityNamed finds the id of the city that a form named, in a country or in any,
// or makes it from what the gazetteer knows. No name is no city; one that nobody
// knows is an Invalid fault.
func CityNamed(ctx context.Context, tx *db.Tx, territory int, name, country string) (id string, err error) {
	return cityNamed(ctx, tx, record.Meta{Territory: territory}, name, country)
}
