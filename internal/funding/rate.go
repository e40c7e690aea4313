package funding

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/territory"
)

// A Rate is how many units of a currency one euro was worth on a day, as a
// decimal number, and who says so.
type Rate struct{ Currency, Day, Units, Source string }

const euro = "EUR"

// Rates are those of some currencies, each in the order of the days.
type Rates map[string][]Rate

// RatesOf reads the rates of some currencies.
func RatesOf(ctx context.Context, tx *db.Tx, territory int, currencies ...string) (Rates, error) {
	q := db.Select("r.currency, r.day, r.units, r.source", "exchange_rates r").
		Where("r.territory_id = ?", territory).In("r.currency", currencies...).Order("r.currency", "r.day")
	list, err := db.Collect(ctx, tx, q, scanRate)
	if err != nil {
		return nil, fmt.Errorf("read the exchange rates: %w", err)
	}
	rates := Rates{}
	for _, r := range list {
		rates[r.Currency] = append(rates[r.Currency], r)
	}
	return rates, nil
}

func scanRate(scan db.Scan) (r Rate, err error) {
	return r, scan(&r.Currency, &r.Day, &r.Units, &r.Source)
}

// on is the rate of a currency on a day: the last one that was published until
// then.
func (r Rates) on(code, day string) (Rate, error) {
	if code == euro {
		return Rate{Currency: euro, Day: day, Units: "1"}, nil
	}
	list := r[code]
	at, exact := slices.BinarySearchFunc(list, day, func(rate Rate, day string) int { return strings.Compare(rate.Day, day) })
	switch {
	case exact:
		return list[at], nil
	case at == 0:
		return Rate{}, fault.New(fault.Invalid, "rate.none", code, day)
	default:
		return list[at-1], nil
	}
}

// Convert says what an amount of one currency was worth in another on a day, to
// the nearest minor unit, and by which rates.
func (r Rates) Convert(minor int64, from, to, day string) (int64, []Rate, error) {
	if from == to || minor == 0 {
		return minor, nil, nil
	}
	value := new(big.Rat).SetInt64(minor)
	var by []Rate
	for _, side := range []struct {
		code string
		do   func(value, units *big.Rat)
	}{
		{from, func(value, units *big.Rat) { value.Quo(value, units) }},
		{to, func(value, units *big.Rat) { value.Mul(value, units) }},
	} {
		rate, err := r.on(side.code, day)
		if err != nil {
			return 0, nil, err
		}
		units, ok := new(big.Rat).SetString(rate.Units)
		if !ok || units.Sign() <= 0 {
			return 0, nil, fault.New(fault.Invalid, "rate.units", rate.Units)
		}
		side.do(value, units)
		if side.code != euro {
			by = append(by, rate)
		}
	}
	scale := new(big.Rat).SetFrac(power(digitsOf(to)), power(digitsOf(from)))
	return nearest(value.Mul(value, scale)), by, nil
}

func power(digits int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
}

// nearest is the nearest whole number, halves away from zero.
func nearest(value *big.Rat) int64 {
	half := big.NewRat(1, 2)
	if value.Sign() < 0 {
		half.Neg(half)
	}
	sum := new(big.Rat).Add(value, half)
	return new(big.Int).Quo(sum.Num(), sum.Denom()).Int64()
}

// check says what is wrong with a rate that somebody typed.
func (r *Rate) check() error {
	var p fault.Problems
	r.Currency = strings.ToUpper(strings.TrimSpace(r.Currency))
	if !isCurrency(r.Currency) || r.Currency == euro {
		p.Add("currency", "money.currency", r.Currency)
	}
	if _, err := time.Parse(time.DateOnly, r.Day); err != nil {
		p.Add("day", "record.day", r.Day)
	}
	r.Units = strings.ReplaceAll(strings.Join(strings.Fields(r.Units), ""), ",", ".")
	if !isRate(r.Units) {
		p.Add("units", "rate.units", r.Units)
	}
	return p.Or()
}

// isRate says whether a text is a decimal number above zero.
func isRate(text string) bool {
	whole, decimals, _ := strings.Cut(text, ".")
	value, ok := new(big.Rat).SetString(text)
	return ok && len(text) <= 24 && areDigits(whole+decimals) && value.Sign() > 0
}

// PutRate keeps a rate that somebody typed, in place of the one before.
func PutRate(ctx context.Context, tx *db.Tx, v territory.Viewer, r Rate) error {
	if err := r.check(); err != nil {
		return err
	}
	before, err := New(tx).rate(ctx, v.Territory.ID, r.Currency, r.Day)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find the rate of %s on %s: %w", r.Currency, r.Day, err)
	}
	if err := New(tx).putRate(ctx, putRateParams{v.Territory.ID, r.Currency, r.Day, r.Units, r.Source}); err != nil {
		return fmt.Errorf("keep the rate of %s on %s: %w", r.Currency, r.Day, err)
	}
	return writeRates(ctx, tx, v, before, r.Currency+" "+r.Day+": "+r.Units)
}

// AddRates keeps those of a file that are not there yet: what somebody typed
// stays. It gives how many were added.
func AddRates(ctx context.Context, tx *db.Tx, v territory.Viewer, rates []Rate) (int, error) {
	known, err := db.Collect(ctx, tx, db.Select("r.currency || r.day", "exchange_rates r").Where("r.territory_id = ?", v.Territory.ID), db.One)
	if err != nil {
		return 0, fmt.Errorf("read the exchange rates: %w", err)
	}
	there := make(map[string]bool, len(known))
	for _, key := range known {
		there[key] = true
	}
	var rows [][]any
	for _, r := range rates {
		if key := r.Currency + r.Day; !there[key] {
			there[key] = true
			rows = append(rows, []any{v.Territory.ID, r.Currency, r.Day, r.Units, r.Source})
		}
	}
	if len(rows) == 0 {
		return 0, nil
	}
	columns := []db.SQL{"territory_id", "currency", "day", "units", "source"}
	if err := db.Insert(ctx, tx, "exchange_rates", columns, rows); err != nil {
		return 0, err
	}
	return len(rows), writeRates(ctx, tx, v, "", fmt.Sprintf("%s: %d", rates[0].Source, len(rows)))
}

// writeRates tells of rates in the history of the territory.
func writeRates(ctx context.Context, tx *db.Tx, v territory.Viewer, before, after string) error {
	_, err := history.Write(ctx, tx, history.Event{
		Ref: v.Territory.Ref(), Actor: v.Actor, Action: "edit",
		Changes: []history.Change{{Field: "rates", Before: before, After: after}},
	})
	return err
}
