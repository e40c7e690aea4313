package funding

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/funding/minimis"
)

// A Ledger is what a single undertaking was given, and what an award to one of
// its companies adds up to.
type Ledger struct {
	Ceiling *Ceiling
	minimis.Verdict
	// Companies are those of the undertaking, by id: their names.
	Companies map[string]string
}

// LedgerOf judges a grant as it stands: what was asked for counts as long as
// nothing is awarded. It is nil where the regulation has no ceiling, and of no
// day: that of the award, or else a day given.
func LedgerOf(ctx context.Context, tx *db.Tx, g *Grant, today string) (*Ledger, error) {
	asked := *g
	if asked.Regulation == "" {
		asked.Regulation = GeneralDeMinimis
	}
	if asked.DecidedOn == "" {
		asked.DecidedOn = today
	}
	if asked.Amount == 0 {
		asked.Amount = asked.Requested
	}
	ceilings, err := CeilingsOf(ctx, tx, g.Territory)
	if err != nil {
		return nil, err
	}
	ceiling, err := ceilingOn(ceilings, asked.Regulation, asked.DecidedOn)
	if ceiling == nil || err != nil {
		return nil, err
	}
	day, err := time.Parse(time.DateOnly, asked.DecidedOn)
	if err != nil {
		return nil, fault.New(fault.Invalid, "record.day", asked.DecidedOn)
	}
	members, err := undertaking(ctx, tx, g.Territory, g.Organisation, asked.DecidedOn)
	if err != nil {
		return nil, err
	}
	l := &Ledger{Ceiling: ceiling}
	if l.Companies, err = namesOf(ctx, tx, g.Territory, members); err != nil {
		return nil, err
	}
	aids, err := aidsOf(ctx, tx, g.Territory, members)
	if err != nil {
		return nil, err
	}
	aid := minimis.Aid{ID: g.ID, Organisation: g.Organisation, Regulation: asked.Regulation, Day: day}
	if aid.Cents, err = inEuros(ctx, tx, g.Territory, asked.Amount, asked.Currency, asked.DecidedOn); err != nil {
		return nil, err
	}
	l.Verdict = ceiling.arithmetic().Judge(aids, aid)
	return l, nil
}

// holdCeiling stops an award above the ceiling, however it comes: by a decision,
// an import, a merge or an undo. What is left unchanged of an award is not
// judged again.
func holdCeiling(ctx context.Context, tx *db.Tx, before, g *Grant) error {
	if g.State != Awarded || g.Deleted() {
		return nil
	}
	if before != nil && before.State == Awarded && !before.Deleted() && before.Amount == g.Amount && before.Currency == g.Currency &&
		before.DecidedOn == g.DecidedOn && before.Regulation == g.Regulation && before.Organisation == g.Organisation {
		return nil
	}
	l, err := LedgerOf(ctx, tx, g, g.DecidedOn)
	if fault.Is(err, fault.Invalid) {
		var p fault.Problems
		p.AddError("regulation", err)
		return p
	}
	if err != nil || l == nil || l.Over() == 0 {
		return err
	}
	return fault.Problems{{
		Field: "amount", Key: "grant.over",
		Args: []any{moneyText(l.Over(), euro), moneyText(l.Left(), euro), moneyText(l.Used, euro), moneyText(l.Ceiling.Amount, euro)},
	}}
}

// undertaking finds the companies that are one undertaking with a company on a
// day, by the ties of the directory: subsidiaries and companies that are
// controlled; a branch is the same legal person.
func undertaking(ctx context.Context, tx *db.Tx, territory int, of, day string) ([]string, error) {
	var ties []minimis.Tie
	asked := map[string]bool{}
	for {
		members := minimis.Undertaking(of, ties)
		next := slices.IndexFunc(members, func(id string) bool { return !asked[id] })
		if next < 0 {
			return members, nil
		}
		asked[members[next]] = true
		rows, err := New(tx).tiesAround(ctx, territory, day, members[next])
		if err != nil {
			return nil, fmt.Errorf("find the ties of %s: %w", members[next], err)
		}
		for _, row := range rows {
			ties = append(ties, minimis.Tie{row.FromID, row.ToID})
		}
	}
}

func namesOf(ctx context.Context, tx *db.Tx, territory int, ids []string) (map[string]string, error) {
	names := map[string]string{}
	_, err := db.Collect(ctx, tx, db.Select("o.id, o.name", "organisations o").Where("o.territory_id = ?", territory).In("o.id", ids...),
		func(scan db.Scan) (name string, err error) {
			var id string
			err = scan(&id, &name)
			names[id] = name
			return name, err
		})
	if err != nil {
		return nil, fmt.Errorf("name organisations: %w", err)
	}
	return names, nil
}

// aidsOf are the aids of some companies: those that this territory awarded, and
// those that they declare.
func aidsOf(ctx context.Context, tx *db.Tx, territory int, companies []string) ([]minimis.Aid, error) {
	grants := db.Select("g.id, g.organisation_id, g.object, g.regulation, g.decided_on, g.amount, g.currency", "grants g").
		Where("g.territory_id = ? AND g.state = ? AND g.deleted_at IS NULL", territory, Awarded).In("g.organisation_id", companies...)
	declared := db.Select("d.id, d.organisation_id, d.funder, d.regulation, d.awarded_on, d.amount, 'EUR'", "aid_declarations d").
		Where("d.territory_id = ? AND d.deleted_at IS NULL", territory).In("d.organisation_id", companies...)
	var aids []minimis.Aid
	for _, q := range []*db.Query{grants, declared} {
		found, err := db.Collect(ctx, tx, q, scanAid)
		if err != nil {
			return nil, fmt.Errorf("find the aids of an undertaking: %w", err)
		}
		for _, a := range found {
			if a.Cents, err = inEuros(ctx, tx, territory, a.Cents, a.currency, a.Day.Format(time.DateOnly)); err != nil {
				return nil, err
			}
			aids = append(aids, a.Aid)
		}
	}
	return aids, nil
}

// A foundAid is an aid in the currency in which it is kept.
type foundAid struct {
	minimis.Aid
	currency string
}

func scanAid(scan db.Scan) (a foundAid, err error) {
	var day string
	if err = scan(&a.ID, &a.Organisation, &a.Label, &a.Regulation, &day, &a.Cents, &a.currency); err != nil {
		return a, err
	}
	a.Day, err = time.Parse(time.DateOnly, day)
	return a, err
}

// inEuros is an amount in euro cents, at the rate of its day.
func inEuros(ctx context.Context, tx *db.Tx, territory int, minor int64, code, day string) (int64, error) {
	if code == euro {
		return minor, nil
	}
	rates, err := RatesOf(ctx, tx, territory, code)
	if err != nil {
		return 0, err
	}
	cents, _, err := rates.Convert(minor, code, euro, day)
	return cents, err
}
