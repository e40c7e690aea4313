package funding

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/funding/minimis"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Ceiling is how much aid under a regulation one undertaking may have, for
// awards of the days from From to To. The law changes: ceilings are dated data
// that an administrator corrects, never constants.
type Ceiling struct {
	record.Meta
	Regulation string // one of Regulations
	Amount     int64  // euro cents
	Years      int
	From, To   string // days; To may be ""
	// Counts are the regulations whose aid adds up to it.
	Counts []string
	// RegisterFrom is the day from which awards are entered in the national
	// register, within RegisterDays working days; "": they need not be.
	RegisterFrom string
	RegisterDays int
	Source       string
}

// holds says whether it is that of an award under a regulation on a day.
func (c *Ceiling) holds(regulation, day string) bool {
	return c.Regulation == regulation && c.From <= day && (c.To == "" || day <= c.To)
}

func (c *Ceiling) arithmetic() minimis.Ceiling {
	return minimis.Ceiling{Regulation: c.Regulation, Cents: c.Amount, Years: c.Years, Counts: c.Counts}
}

// Ceilings is how the ceilings that a territory sets itself are kept.
func Ceilings() record.Noun[Ceiling] {
	return record.Noun[Ceiling]{
		Name: "ceiling",
		Fields: record.Fields[Ceiling]{
			record.ChoiceField("regulation", Regulations(), func(c *Ceiling) *string { return &c.Regulation }),
			moneyField("amount", func(c *Ceiling) *int64 { return &c.Amount }, func(*Ceiling) string { return euro }),
			record.CountField("years", 1, func(c *Ceiling) *int { return &c.Years }),
			record.DateField("from", func(c *Ceiling) *string { return &c.From }),
			record.DateField("to", func(c *Ceiling) *string { return &c.To }),
			record.ListField("counts", func(c *Ceiling) *[]string { return &c.Counts }),
			record.DateField("register_from", func(c *Ceiling) *string { return &c.RegisterFrom }),
			record.CountField("register_days", 1, func(c *Ceiling) *int { return &c.RegisterDays }),
			record.TextField("source", func(c *Ceiling) *string { return &c.Source }),
		},
		Meta: func(c *Ceiling) *record.Meta { return &c.Meta },
		Load: loadCeiling, Insert: insertCeiling, Update: updateCeiling,
		Settle: (*Ceiling).settle,
		Found: func(c *Ceiling) record.Found {
			return record.Found{Title: c.Regulation, Detail: c.From, Subject: territory.Subject{Owner: c.Owner}}
		},
	}
}

func (c *Ceiling) settle() error {
	var p fault.Problems
	if c.Regulation == "" {
		p.Add("regulation", "grant.regulation_needed")
	}
	if c.Amount <= 0 {
		p.Add("amount", "money.amount_needed")
	}
	if c.Years == 0 {
		p.Add("years", "ceiling.years_needed")
	}
	if c.From == "" {
		p.Add("from", "ceiling.from_needed")
	}
	if c.To != "" && c.To < c.From {
		p.Add("to", "grant.period")
	}
	for _, regulation := range c.Counts {
		if !slices.Contains(Regulations(), regulation) {
			p.Add("counts", "record.choice", regulation)
		}
	}
	if c.Regulation != "" && !slices.Contains(c.Counts, c.Regulation) {
		c.Counts = append(c.Counts, c.Regulation)
	}
	if (c.RegisterFrom == "") != (c.RegisterDays == 0) {
		p.Add("register_days", "ceiling.register_both")
	}
	if c.Source == "" {
		p.Add("source", "ceiling.source_needed")
	}
	return p.Or()
}

//go:embed ceilings.csv
var knownCeilings string

// brought are the ceilings that the program brings along, each with its source.
func brought() ([]*Ceiling, error) {
	rows, err := csv.NewReader(strings.NewReader(knownCeilings)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the ceilings: %w", err)
	}
	var ceilings []*Ceiling
	for _, row := range rows[1:] {
		c := &Ceiling{Regulation: row[0], From: row[3], To: row[4], Counts: record.Split(row[5]), RegisterFrom: row[6], Source: row[8]}
		if c.Amount, err = parseMoney(row[1], euro); err != nil {
			return nil, fmt.Errorf("read the ceiling of %s: %w", row[0], err)
		}
		if c.Years, err = strconv.Atoi(row[2]); err != nil {
			return nil, fmt.Errorf("read the years of %s: %w", row[0], err)
		}
		if c.RegisterDays, err = strconv.Atoi(cmp.Or(row[7], "0")); err != nil {
			return nil, fmt.Errorf("read the days of %s: %w", row[0], err)
		}
		ceilings = append(ceilings, c)
	}
	return ceilings, nil
}

// CeilingsOf are those that hold in a territory: its own first, which come
// before those that the program brings along.
func CeilingsOf(ctx context.Context, tx *db.Tx, territory int) ([]*Ceiling, error) {
	rows, err := New(tx).ceilings(ctx, territory)
	if err != nil {
		return nil, fmt.Errorf("list the ceilings: %w", err)
	}
	ours := each(rows, ceilingOf)
	slices.SortStableFunc(ours, func(a, b *Ceiling) int { return strings.Compare(b.From, a.From) })
	known, err := brought()
	return append(ours, known...), err
}

// ceilingOn finds the ceiling of an award, or nil where its regulation has none.
// One under de minimis rules without a known ceiling is refused: it would pass
// unseen.
func ceilingOn(ceilings []*Ceiling, regulation, day string) (*Ceiling, error) {
	for _, c := range ceilings {
		if c.holds(regulation, day) {
			return c, nil
		}
	}
	if slices.Contains(uncapped, regulation) {
		return nil, nil
	}
	return nil, fault.New(fault.Invalid, "ceiling.none_that_day", regulation, day)
}
