package directory

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// PeopleKinds are people and their posts, as the rest of the house knows them.
func PeopleKinds(objections Objections) []record.Kind {
	person := People(objections).Kind()
	person.Address = func(id string) string { return "/people/" + id }
	person.List = "/people"
	person.Count = func(ctx context.Context, tx *db.Tx, v territory.Viewer) (int, error) {
		q := v.Within(db.Select("p.id", "people p"), "person", "p.territory_id", territory.Columns{Owner: "p.owner_id", Organisation: "p.organisation_id"})
		return q.Where("p.deleted_at IS NULL").CountTo(ctx, tx, web.Counted)
	}
	person.Alike, person.CheckMerge = alikePeople, checkPeople
	person.Points = []record.Point{
		{Field: "organisation", Table: "people", Column: "organisation_id", To: "organisation"},
		{Field: "merged_into", Table: "people", Column: "merged_into", To: "person"},
	}
	post := Posts().Kind()
	post.Attached = true
	post.Points = []record.Point{
		{Field: "person", Table: "posts", Column: "person_id", To: "person"},
		{Field: "organisation", Table: "posts", Column: "organisation_id", To: "organisation"},
	}
	return []record.Kind{person, post}
}
