package directory

import (
	"context"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// TieRoles are what an organisation can be to another. The first two make a
// single undertaking of them: one holds most of the votes of the other, or
// controls it in another way.
func TieRoles() []string {
	return []string{"subsidiary_of", "controlled_by", "branch_of", "member_of", "hosted_by"}
}

// isTie says whether a relation is one between organisations.
func isTie(r record.Relation) bool {
	return r.From.Kind == "organisation" && r.To.Kind == "organisation" && slices.Contains(TieRoles(), r.Role)
}

// TieOrganisations keeps what an organisation is to another.
func TieOrganisations(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, act record.Act, tie *record.Relation) error {
	if !isTie(*tie) {
		return fault.New(fault.Invalid, "tie.unknown")
	}
	if err := mayTie(ctx, tx, kinds, v, tie.From); err != nil {
		return err
	}
	return kinds.Relate(ctx, tx, v, act, tie)
}

// mayTie refuses those who may not edit the organisation from which a tie
// leads: it is the one of which something is said.
func mayTie(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, from ref.Ref) error {
	card, err := kinds.See(ctx, tx, v, from)
	if err != nil {
		return err
	}
	return v.Check("organisation", "edit", card.Subject)
}

// TiesOf gives the ties of an organisation whose other end the viewer may see.
func TiesOf(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, of ref.Ref) ([]record.Tie, error) {
	ties, err := kinds.RelationsOf(ctx, tx, v, of)
	return slices.DeleteFunc(ties, func(tie record.Tie) bool { return !isTie(tie.Relation) }), err
}

// UntieOrganisations takes away a tie of an organisation.
func UntieOrganisations(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, act record.Act, of ref.Ref, id string) error {
	ties, err := TiesOf(ctx, tx, kinds, v, of)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(ties, func(tie record.Tie) bool { return tie.ID == id })
	if at < 0 {
		return fault.New(fault.Invalid, "tie.gone")
	}
	if err := mayTie(ctx, tx, kinds, v, ties[at].From); err != nil {
		return err
	}
	return kinds.Unrelate(ctx, tx, v, act, id)
}
