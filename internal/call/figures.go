package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
)

// Figures count the applications to a call.
type Figures struct {
	ByState map[State]int
	// Opened are the drafts in which something was typed.
	Opened int
	// BySector counts those that were handed in, the most first. A company may name
	// several.
	BySector []SectorFigure
}

// A SectorFigure counts the applications that name a sector.
type SectorFigure struct {
	Sector string
	Count  int
}

// HandedIn are those that were handed in and not withdrawn.
func (f Figures) HandedIn() int {
	n := 0
	for state, count := range f.ByState {
		if state != Draft && state != Withdrawn {
			n += count
		}
	}
	return n
}

func figuresOf(ctx context.Context, tx *db.Tx, c *Call) (Figures, error) {
	f := Figures{ByState: map[State]int{}}
	q := New(tx)
	states, err := q.countByState(ctx, c.Territory, c.ID)
	if err != nil {
		return f, fmt.Errorf("count the applications: %w", err)
	}
	for _, row := range states {
		f.ByState[State(row.State)] = int(row.N)
	}
	opened, err := q.countOpened(ctx, c.Territory, c.ID)
	if err != nil {
		return f, fmt.Errorf("count the drafts: %w", err)
	}
	f.Opened = int(opened)
	sectors, err := q.countBySector(ctx, c.Territory, c.ID)
	if err != nil {
		return f, fmt.Errorf("count the applications by sector: %w", err)
	}
	for _, row := range sectors {
		f.BySector = append(f.BySector, SectorFigure{row.SectorID, int(row.N)})
	}
	return f, nil
}
