package directory

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// PeopleKinds are people and their posts, as the rest of the house knows them.
func PeopleKinds(objections Objections) []record.Kind {
	person := People(objections).Kind()
	person.Count = func(ctx context.Context, tx *db.Tx, v territory.Viewer) (int, error) {
		q := v.Within(db.Select("p.id", "people p"), "person", "p.territory_id", "p.owner_id", "p.organisation_id")
		return q.Where("p.deleted_at IS NULL").Count(ctx, tx)
	}
	person.Alike = alikePeople
	post := Posts().Kind()
	post.Attached = true
	return []record.Kind{person, post}
}
