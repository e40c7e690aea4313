package territory

import (
	"context"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
)

// A Viewer is whoever looks at a territory's workspace, or acts in it: a
// member. Every question of rights is put to it.
type Viewer struct {
	Territory    Territory
	User         string // the user's id
	Name         string
	Language     string
	Role         Role
	Organisation string // that the member belongs to, for partners and companies
	Charges      Charges
	Actor        history.Actor
}

// Enter finds what a user is in the territory of a slug. To those who are
// nothing in it, it does not exist.
func Enter(ctx context.Context, tx *db.Tx, slug string, user auth.User) (Viewer, error) {
	home, err := BySlug(ctx, tx, slug)
	if err != nil {
		return Viewer{}, err
	}
	member, err := MemberOf(ctx, tx, home.ID, user.ID)
	if err != nil {
		return Viewer{}, err
	}
	charges, err := ChargesOf(ctx, tx, home.ID, user.ID, member.Organisation)
	return Viewer{
		Territory: home, User: user.ID, Name: user.Name, Language: user.Language,
		Role: member.Role, Organisation: member.Organisation, Charges: charges,
		Actor: user.Actor(),
	}, err
}

// A Subject is what decides who may do something to a record: the agency that
// owns it (empty: the territory itself), the organisation that it is about, and
// the mission that it is of.
type Subject struct{ Owner, Organisation, Mission string }

// Reach is how far the viewer's right to an action on a noun goes.
func (v Viewer) Reach(noun, action string) Reach {
	reach := v.Role.reach(noun, action)
	if reach < Joined && len(v.Charges.missions(rightsOfDuty[right{noun, action}])) > 0 {
		return Joined
	}
	return reach
}

// joined are the duties that let the viewer do something on their missions.
func (v Viewer) joined(noun, action string) []Duty {
	duties := rightsOfDuty[right{noun, action}]
	if v.Role.reach(noun, action) == Joined {
		duties = append(duties[:len(duties):len(duties)], OnMission)
	}
	return duties
}

// May says whether the viewer may do something to a record.
func (v Viewer) May(noun, action string, to Subject) bool {
	if v.Charges.on(to.Mission, v.joined(noun, action)) {
		return true
	}
	switch v.Role.reach(noun, action) {
	case All:
		return true
	case Own, Joined:
		return v.Organisation != "" && (to.Owner == v.Organisation || to.Organisation == v.Organisation)
	case Self:
		return v.Organisation != "" && to.Organisation == v.Organisation
	default:
		return false
	}
}

// Check is May as an error. What the viewer may not even see does not exist for
// them.
func (v Viewer) Check(noun, action string, to Subject) error {
	switch {
	case v.May(noun, action, to):
		return nil
	case v.May(noun, "see", to):
		return fault.New(fault.Forbidden, "territory.forbidden")
	default:
		return fault.New(fault.NotFound, "territory.no_record")
	}
}

// Columns are those of a list that decide who may see a row: they hold what a
// [Subject] does. The mission's may be empty, where no row is of one.
type Columns struct{ Owner, Organisation, Mission db.SQL }

// Condition holds for the rows that the viewer may see, of those of their
// territory; false says that there are none.
func (v Viewer) Condition(noun string, at Columns) (c db.Condition, some bool) {
	var open []db.Condition
	switch reach := v.Role.reach(noun, "see"); {
	case reach == All:
		return db.Condition{}, true
	case v.Organisation == "" || reach == Nothing:
	case reach == Self:
		open = append(open, db.Condition{SQL: at.Organisation + " = ?", Args: []any{v.Organisation}})
	default:
		open = append(open, db.Condition{
			// That an agency is one of the few, the indexes of what they own need to be told.
			SQL:  "(" + at.Owner + " = ? AND " + at.Owner + " <> '') OR " + at.Organisation + " = ?",
			Args: []any{v.Organisation, v.Organisation},
		})
	}
	if missions := v.Charges.missions(v.joined(noun, "see")); at.Mission != "" && len(missions) > 0 {
		open = append(open, db.Among(at.Mission, missions...))
	}
	return db.Either(open...), len(open) > 0
}

// Within keeps the rows of a list that the viewer may see.
func (v Viewer) Within(q *db.Query, noun string, territory db.SQL, at Columns) *db.Query {
	q.Where(territory+" = ?", v.Territory.ID)
	c, some := v.Condition(noun, at)
	switch {
	case !some:
		return q.Where("1 = 0")
	case c.SQL == "":
		return q
	default:
		return q.Where(c.SQL, c.Args...)
	}
}

// Self is the subject of what the viewer adds, or of the organisation that they
// belong to.
func (v Viewer) Self() Subject { return Subject{Owner: v.Owner(), Organisation: v.Organisation} }

// Owner is the owner of what the viewer adds.
func (v Viewer) Owner() string {
	if v.Role.Belongs() {
		return v.Organisation
	}
	return ""
}

type viewerKey struct{}

// With puts the viewer into a request's context.
func With(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// ViewerOf is the viewer of a request. A route that is not open always has one.
func ViewerOf(ctx context.Context) Viewer {
	v, _ := ctx.Value(viewerKey{}).(Viewer)
	return v
}
