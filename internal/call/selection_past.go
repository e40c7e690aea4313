package call

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
)

// A Past is an application of former years about which it was decided.
type Past struct {
	Company, Size, Postcode string
	Sectors                 []string
	Selected                bool
}

// A Group is those who have something in common, and how many of them were
// selected.
type Group struct {
	Kind, Value       string // one of the kinds below, and which
	Applied, Selected int
	// Masked says that the group is too small for its figures to be shown: they
	// would tell of a company.
	Masked bool
}

// The kinds of groups.
const (
	bySize    = "size"
	byHistory = "history"
	bySector  = "sector"
	byPlace   = "place"
)

// fewest is how many applications a group has at least whose figures are shown.
const fewest = 5

// Share is the part that was selected.
func (g Group) Share() float64 {
	if g.Applied == 0 {
		return 0
	}
	return float64(g.Selected) / float64(g.Applied)
}

// sizeGroup is one of three ranges that people have in mind.
func sizeGroup(size string) string {
	switch size {
	case "":
		return ""
	case "0", "1-2", "3-5", "6-9":
		return "small"
	case "10-19", "20-49":
		return "middle"
	default:
		return "large"
	}
}

// PastGroups counts applications by what companies have in common: their size,
// whether they were selected before, sectors, postcodes. The applications are in
// the order in which they were handed in.
func PastGroups(past []Past) []Group {
	counted := map[[2]string]*Group{}
	count := func(kind, value string, selected bool) {
		if value == "" {
			return
		}
		g := counted[[2]string{kind, value}]
		if g == nil {
			g = &Group{Kind: kind, Value: value}
			counted[[2]string{kind, value}] = g
		}
		g.Applied++
		if selected {
			g.Selected++
		}
	}
	regular := map[string]bool{}
	for _, it := range past {
		history := "newcomers"
		if regular[it.Company] {
			history = "regulars"
		}
		regular[it.Company] = regular[it.Company] || it.Selected
		count(bySize, sizeGroup(it.Size), it.Selected)
		count(byHistory, history, it.Selected)
		count(byPlace, it.Postcode, it.Selected)
		for _, sector := range it.Sectors {
			count(bySector, sector, it.Selected)
		}
	}
	return ordered(counted)
}

func ordered(counted map[[2]string]*Group) []Group {
	var groups []Group
	for _, g := range counted {
		g.Masked = g.Applied < fewest
		groups = append(groups, *g)
	}
	kinds := []string{bySize, byHistory, bySector, byPlace}
	slices.SortFunc(groups, func(a, b Group) int {
		if order := slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind); order != 0 {
			return order
		}
		return strings.Compare(a.Value, b.Value)
	})
	return groups
}

// pastGroups counts the applications of all calls about which it was decided.
func pastGroups(ctx context.Context, tx *db.Tx, home int) ([]Group, error) {
	rows, err := New(tx).decidedBefore(ctx, home)
	if err != nil {
		return nil, fmt.Errorf("read what was decided before: %w", err)
	}
	named, err := New(tx).sectorsDecided(ctx, home)
	if err != nil {
		return nil, fmt.Errorf("read the sectors of what was decided before: %w", err)
	}
	sectors := map[string][]string{}
	for _, row := range named {
		sectors[row.ApplicationID] = append(sectors[row.ApplicationID], row.SectorID)
	}
	past := eachOf(rows, func(row decidedBeforeRow) Past {
		return Past{
			Company: string(row.OrganisationID), Size: row.Size, Postcode: row.Postcode, Sectors: sectors[row.ID],
			Selected: State(row.State) == Selected,
		}
	})
	return PastGroups(past), nil
}
