package programme

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// A Guest is invited to a session without taking part in the mission. The owner
// is the partner agency that invites; empty: the territory itself.
type Guest struct {
	part
	Name, Organisation, Email string
	// Companions is how many they bring along.
	Companions int
	Waiting    bool
}

// mostCompanions keeps a mistyped number from filling a room.
const mostCompanions = 20

// Guests is how guests are kept.
func Guests() record.Noun[Guest] {
	noun := record.Noun[Guest]{
		Name: "guest",
		Fields: record.Fields[Guest]{
			record.TextField("name", func(g *Guest) *string { return &g.Name }),
			record.TextField("organisation", func(g *Guest) *string { return &g.Organisation }),
			record.ParsedField("email", ident.ParseEmail, func(g *Guest) *string { return &g.Email }),
			record.CountField("companions", 0, func(g *Guest) *int { return &g.Companions }),
			record.YesField("waiting", func(g *Guest) *bool { return &g.Waiting }),
		},
		Meta: func(g *Guest) *record.Meta { return &g.Meta },
		Load: loadGuest, Insert: insertGuest,
		Update: func(ctx context.Context, tx *db.Tx, g *Guest) error {
			if err := updateGuest(ctx, tx, g); err != nil {
				return err
			}
			return settleAll(ctx, tx, g.Territory, g.Mission)
		},
		Settle: (*Guest).settle,
		Found: func(g *Guest) record.Found {
			return record.Found{Title: g.Name, Detail: g.Organisation, Words: []string{g.Name, g.Organisation}, Subject: g.Subject()}
		},
	}
	for i := range 3 {
		noun.Fields[i].Personal = true
	}
	return noun
}

func (g *Guest) settle() error {
	var p fault.Problems
	if g.Name == "" {
		p.Add("name", "programme.guest_name_needed")
	}
	if g.Companions > mostCompanions {
		p.Add("companions", "programme.companions", mostCompanions)
	}
	return p.Or()
}

// places is how many they take.
func (g *Guest) places() int { return 1 + g.Companions }
