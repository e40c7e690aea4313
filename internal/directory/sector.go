package directory

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
)

// A Sector is a sector of excellence of a territory. It is told apart by its
// letter and shape, never by colour alone.
type Sector struct {
	ID     string // a word: "maritime"
	Name   i18n.Text
	Letter string
	Shape  string // one of those that pages draw: hull, disc, arch, ...
	Source string // the document that names it, or ""
}

// Sectors lists those of a territory, in its order.
func Sectors(ctx context.Context, tx *db.Tx, territory int) ([]Sector, error) {
	rows, err := New(tx).sectors(ctx, territory)
	if err != nil {
		return nil, fmt.Errorf("list the sectors: %w", err)
	}
	sectors := make([]Sector, len(rows))
	for i, row := range rows {
		sectors[i] = Sector{ID: row.ID, Name: row.Name, Letter: row.Letter, Shape: row.Shape, Source: row.Source}
	}
	return sectors, nil
}

// SetSectors keeps the sectors of a territory, in the order given. Those that
// are not named stay.
func SetSectors(ctx context.Context, tx *db.Tx, territory int, sectors []Sector) error {
	q := New(tx)
	for i, s := range sectors {
		err := q.putSector(ctx, putSectorParams{territory, s.ID, s.Name, s.Letter, s.Shape, i, s.Source})
		if err != nil {
			return fmt.Errorf("keep the sector %q: %w", s.ID, err)
		}
	}
	return nil
}
