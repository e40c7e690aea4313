package directory

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/names"
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
