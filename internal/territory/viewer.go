package territory

import (
	"context"

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
	Actor        history.Actor
}

// A Subject is what decides who may do something to a record: the agency that
// owns it (empty: the territory itself), and the organisation that it is about.
type Subject struct{ Owner, Organisation string }

// Reach is how far the viewer's right to an action on a noun goes.
func (v Viewer) Reach(noun, action string) Reach { return v.Role.reach(noun, action) }

// May says whether the viewer may do something to a record.
func (v Viewer) May(noun, action string, to Subject) bool {
	switch v.Reach(noun, action) {
	case All:
		return true
	case Own:
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

// Condition holds for the rows that the viewer may see, of those of their
// territory; false says that there are none. The columns hold the owner and the
// organisation that the row is about.
func (v Viewer) Condition(noun string, owner, organisation db.SQL) (c db.Condition, some bool) {
	switch reach := v.Reach(noun, "see"); {
	case reach == All:
		return db.Condition{}, true
	case v.Organisation == "":
		return db.Condition{}, false
	case reach == Own:
		return db.Condition{SQL: owner + " = ? OR " + organisation + " = ?", Args: []any{v.Organisation, v.Organisation}}, true
	case reach == Self:
		return db.Condition{SQL: organisation + " = ?", Args: []any{v.Organisation}}, true
	default:
		return db.Condition{}, false
	}
}

// Within keeps the rows of a list that the viewer may see.
func (v Viewer) Within(q *db.Query, noun string, territory, owner, organisation db.SQL) *db.Query {
	q.Where(territory+" = ?", v.Territory.ID)
	c, some := v.Condition(noun, owner, organisation)
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
