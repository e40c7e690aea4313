package directory

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/ref"
)

// checkOrganisations says why two organisations cannot become one: the register
// says that they are two, or people of the second work here as an agency, with
// records of their own that only they may see.
func checkOrganisations(ctx context.Context, tx *db.Tx, winner, loser ref.Ref, _ map[string]string) error {
	first, err := loadOrganisation(ctx, tx, winner.Territory, winner.ID)
	if err != nil {
		return err
	}
	second, err := loadOrganisation(ctx, tx, loser.Territory, loser.ID)
	if err != nil {
		return err
	}
	if first.SIREN != "" && second.SIREN != "" && first.SIREN != second.SIREN {
		return fault.New(fault.Invalid, "merge.sirens", first.Name, second.Name)
	}
	n, err := New(tx).belongings(ctx, loser.Territory, loser.ID)
	if err != nil {
		return fmt.Errorf("find what belongs to %s: %w", loser, err)
	}
	if n > 0 {
		return fault.New(fault.Invalid, "merge.agency", second.Name)
	}
	return nil
}

// checkPeople says why two people cannot become one: an objection of either must
// not get lost.
func checkPeople(ctx context.Context, tx *db.Tx, winner, loser ref.Ref, texts map[string]string) error {
	consent, chosen := texts["consent"]
	for _, of := range []ref.Ref{winner, loser} {
		p, err := loadPerson(ctx, tx, of.Territory, of.ID)
		if err != nil {
			return err
		}
		if of == winner && !chosen {
			consent = p.Consent
		}
		if p.Consent == ConsentObjected && consent != ConsentObjected {
			return fault.New(fault.Invalid, "person.objection_lost", p.Name())
		}
	}
	return nil
}
