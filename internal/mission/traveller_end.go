package mission

import (
	"context"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// EraseTravellers erases what travellers confided for missions whose return is
// long enough ago, with its history and the links by which they did, and keeps
// the proof of each. It may be run twice.
func EraseTravellers(ctx context.Context, d *db.DB) error {
	homes, err := territory.List(ctx, d)
	if err != nil {
		return err
	}
	for _, home := range homes {
		for done := 1; done > 0; {
			err := d.Write(ctx, func(tx *db.Tx) (err error) {
				done, err = eraseSome(ctx, tx, home)
				return err
			})
			if err != nil {
				return fmt.Errorf("erase the travellers of %s: %w", home.Slug, err)
			}
		}
	}
	return nil
}

// eraseSome erases a few: others wait as long to write.
func eraseSome(ctx context.Context, tx *db.Tx, home territory.Territory) (int, error) {
	before := home.At(tx.Now).Add(-kept).Format(time.DateOnly)
	rows, err := New(tx).travellersOver(ctx, home.ID, before)
	if err != nil {
		return 0, err
	}
	act := record.Act{By: history.System(), Batch: db.NewID()}
	for _, row := range rows {
		if err := eraseTraveller(ctx, tx, act, home.ID, row); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

func eraseTraveller(ctx context.Context, tx *db.Tx, act record.Act, home int, row travellersOverRow) error {
	t, err := loadTraveller(ctx, tx, home, row.ID)
	if err != nil {
		return err
	}
	links, err := auth.LinksOf(ctx, tx, Travellers().Ref(t))
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := auth.EraseLink(ctx, tx, act.By, l); err != nil {
			return err
		}
	}
	kind := Travellers().Kind()
	if err := kind.Delete(ctx, tx, act, home, row.ID); err != nil {
		return err
	}
	if err := kind.Erase(ctx, tx, act, home, row.ID); err != nil {
		return err
	}
	if err := New(tx).travellerErased(ctx, tx.Now, home, row.ID); err != nil {
		return err
	}
	return directory.KeepErasure(ctx, tx, home, directory.Erasure{
		ID: db.NewID(), Person: row.PersonID, Ending: directory.Travelled, Actor: act.By.ID, At: tx.Now,
		Counts: map[string]int{"traveller": 1, "link": len(links)},
	})
}
