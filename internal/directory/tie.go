package directory

import (
	"context"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// TieRoles are what an organisation can be to another. The first two make a
// single undertaking of them: one holds most of the votes of the other, or
// controls it in another way.
func TieRoles() []string {
	return []string{"subsidiary_of", "controlled_by", "branch_of", "member_of", "hosted_by"}
}

// TieOrganisations keeps what an organisation is to another.
func TieOrganisations(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, act record.Act, tie *record.Relation) error {
	if tie.From.Kind != "organisation" || tie.To.Kind != "organisation" || !slices.Contains(TieRoles(), tie.Role) {
		return fault.New(fault.Invalid, "tie.unknown")
	}
	card, err := kinds.See(ctx, tx, v, tie.From)
	if err != nil {
		return err
	}
	if err := v.Check("organisation", "edit", card.Subject); err != nil {
		return err
	}
	return kinds.Relate(ctx, tx, v, act, tie)
}
