package mission

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Kinds are missions and what they are made of, as the rest of the house knows
// them. More pages of a mission are those of other features.
func Kinds(more ...record.Page) []record.Kind {
	mission := Missions().Kind()
	mission.Address = func(id string) string { return "/missions/" + id }
	mission.List = "/missions"
	mission.Pages = append([]record.Page{
		{Noun: "leg", Path: legsPath, Label: "mission.legs"},
		{Noun: "mission", Path: participantsPath, Label: "participant.list"},
		{Noun: "mission", Path: teamPath, Label: "partner.team"},
	}, more...)
	mission.Count = func(ctx context.Context, tx *db.Tx, v territory.Viewer) (int, error) {
		return seenBy(v, "m.id").Where("m.deleted_at IS NULL").CountTo(ctx, tx, web.Counted)
	}

	return []record.Kind{
		mission,
		part(Legs().Kind(), "legs", record.Point{Field: "city", Table: "legs", Column: "city_id", To: "city"}),
		part(Participants().Kind(), "participants",
			record.Point{Field: "organisation", Table: "participants", Column: "organisation_id", To: "organisation"},
			record.Point{Field: "contact", Table: "participants", Column: "contact_id", To: "person"}),
		part(Seats().Kind(), "seats", record.Point{Field: "person", Table: "seats", Column: "person_id", To: "person"}),
		part(Partners().Kind(), "partners", record.Point{Field: "organisation", Table: "mission_partners", Column: "organisation_id", To: "organisation"}),
		part(Venues().Kind(), "venues"), part(Places().Kind(), "places"), part(InterpreterNoun().Kind(), "interpreters"),
	}
}

// part is a kind of what missions are made of: seen with the mission.
func part(kind record.Kind, path string, points ...record.Point) record.Kind {
	kind.Attached, kind.Quiet, kind.Points = true, true, points
	kind.Address = func(id string) string { return "/" + path + "/" + id }
	return kind
}
