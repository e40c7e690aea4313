package directory

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Kinds are the directory's nouns, as the rest of the house knows them.
func Kinds() []record.Kind {
	organisation := Organisations().Kind()
	organisation.Address = func(id string) string { return "/organisations/" + id }
	organisation.List = "/organisations"
	organisation.Count = func(ctx context.Context, tx *db.Tx, v territory.Viewer) (int, error) {
		q := v.Within(db.Select("o.id", "organisations o"), "organisation", "o.territory_id", territory.Columns{Owner: "o.owner_id", Organisation: "o.id"})
		return q.Where("o.deleted_at IS NULL").CountTo(ctx, tx, web.Counted)
	}
	organisation.Alike, organisation.Resolve = alikeOrganisations, resolveOrganisations
	organisation.CheckMerge = checkOrganisations
	organisation.Points = []record.Point{
		{Field: "city", Table: "organisations", Column: "city_id", To: "city"},
		{Field: "merged_into", Table: "organisations", Column: "merged_into", To: "organisation"},
	}
	city := Cities().Kind()
	city.Resolve = resolveCities
	city.Address = func(id string) string { return "/cities/" + id }
	city.List = "/cities"
	address := Addresses().Kind()
	address.Attached = true
	address.Address = func(id string) string { return "/addresses/" + id }
	address.Points = []record.Point{
		{Field: "organisation", Table: "organisation_addresses", Column: "organisation_id", To: "organisation"},
		{Field: "city", Table: "organisation_addresses", Column: "city_id", To: "city"},
	}
	return []record.Kind{organisation, address, city, sectorKind()}
}
