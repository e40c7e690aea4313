package funding

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/territory"
)

// A FinanceRow is a row of the file of the finance system.
type FinanceRow struct {
	Number    int // of the row, as spreadsheets show it
	Reference string
	Currency  string
	Gross     int64
	Day       string // or ""
	Label     string
}

// An Open is a posting or a fee that the finance system has not confirmed yet.
type Open struct {
	Kind, ID  string // "posting" or "fee"
	Title     string
	Reference string
	Currency  string
	Gross     int64
	Day       string
}

// A Match is a row of the file with what it confirms.
type Match struct {
	Row  FinanceRow
	Open Open
}

// A Reconciliation is what a file says of what is open: matched by reference and
// amount. Where a reference is known and the amount is another, it differs.
type Reconciliation struct {
	Matched, Differing []Match
	Unknown            []FinanceRow // in the file alone
	Waiting            []Open       // in Escale alone
}

// Reconcile compares. A row confirms one thing, and a thing is confirmed once.
func Reconcile(rows []FinanceRow, open []Open) (r Reconciliation) {
	waiting := slices.Clone(open)
	take := func(row FinanceRow, fits func(Open) bool) (Open, bool) {
		at := slices.IndexFunc(waiting, func(o Open) bool { return sameReference(o.Reference, row.Reference) && fits(o) })
		if at < 0 {
			return Open{}, false
		}
		found := waiting[at]
		waiting = slices.Delete(waiting, at, at+1)
		return found, true
	}
	var left []FinanceRow
	for _, row := range rows {
		found, ok := take(row, func(o Open) bool { return o.Gross == row.Gross && o.Currency == row.Currency })
		if !ok {
			left = append(left, row)
			continue
		}
		r.Matched = append(r.Matched, Match{row, found})
	}
	for _, row := range left {
		found, ok := take(row, func(Open) bool { return true })
		if !ok {
			r.Unknown = append(r.Unknown, row)
			continue
		}
		r.Differing = append(r.Differing, Match{row, found})
	}
	r.Waiting = waiting
	return r
}

// sameReference compares what people type differently: case, blanks, hyphens.
func sameReference(a, b string) bool { return bare(a) != "" && bare(a) == bare(b) }

func bare(reference string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, reference)
}

// headings are what finance systems write over the columns, folded.
var headings = map[string][]string{
	"reference": {"reference", "numero", "numero de piece", "n de piece", "piece", "engagement", "mandat", "titre", "titre de recettes", "reference number"},
	"gross":     {"montant ttc", "ttc", "montant", "amount", "gross", "amount with tax"},
	"currency":  {"devise", "currency"},
	"day":       {"date", "date de paiement", "date d emission", "day"},
	"label":     {"libelle", "objet", "label", "description"},
}

// ReadFinance reads the file of the finance system: a CSV file with at least a
// reference and an amount with tax. Code is the currency of what says none.
func ReadFinance(name string, data []byte, code string) ([]FinanceRow, error) {
	table, err := sheet.ReadCSV(name, data)
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "reconciliation.file")
	}
	columns := map[string]int{}
	var rows []FinanceRow
	for _, row := range table.Rows {
		if len(columns) == 0 {
			columns = columnsOf(row)
			continue
		}
		read, err := financeRow(row, columns, code)
		if err != nil {
			return nil, err
		}
		if read.Reference != "" {
			rows = append(rows, read)
		}
	}
	if len(columns) == 0 {
		return nil, fault.New(fault.Invalid, "reconciliation.columns")
	}
	return rows, nil
}

// columnsOf finds the columns in a row of headings: none, where a reference or
// an amount is missing. A heading that stands first in the list is preferred.
func columnsOf(row sheet.Row) map[string]int {
	found := map[string]int{}
	for field, known := range headings {
		for _, heading := range known {
			at := slices.IndexFunc(row.Cells, func(c sheet.Cell) bool { return names.Fold(c.Text) == heading })
			if _, there := found[field]; at >= 0 && !there {
				found[field] = at
			}
		}
	}
	_, reference := found["reference"]
	if _, gross := found["gross"]; !reference || !gross {
		return nil
	}
	return found
}

func financeRow(row sheet.Row, columns map[string]int, code string) (r FinanceRow, err error) {
	text := func(field string) string {
		if at, there := columns[field]; there {
			return strings.TrimSpace(row.Cell(at).Text)
		}
		return ""
	}
	r = FinanceRow{Number: row.Number, Reference: text("reference"), Currency: strings.ToUpper(text("currency")), Label: text("label")}
	if r.Reference == "" {
		return r, nil
	}
	if r.Currency == "" {
		r.Currency = code
	}
	if r.Gross, err = parseMoney(strings.TrimSpace(strings.TrimSuffix(text("gross"), "€")), r.Currency); err != nil {
		return r, fault.New(fault.Invalid, "reconciliation.amount", row.Number, text("gross"))
	}
	if stamp, ok := sheet.ParseStamp(text("day")); ok && stamp.HasDate() {
		r.Day = stamp.Date.Format(time.DateOnly)
	}
	return r, nil
}

// OpenOf lists what has a reference and is not confirmed by the finance system.
func OpenOf(ctx context.Context, tx *db.Tx, territory int) ([]Open, error) {
	postings := db.Select("'posting', p.id, p.label, p.reference, p.currency, p.gross, p.posted_on", "postings p").
		Where("p.territory_id = ? AND p.reconciled_on = '' AND p.reference <> '' AND p.deleted_at IS NULL", territory).
		Order("p.posted_on", "p.id")
	fees := db.Select("'fee', f.id, o.name, f.reference, f.currency, f.gross, f.due_on",
		"fees f JOIN organisations o ON o.territory_id = f.territory_id AND o.id = f.organisation_id").
		Where("f.territory_id = ? AND f.reconciled_on = '' AND f.reference <> '' AND f.deleted_at IS NULL", territory).
		Order("f.due_on", "f.id")
	var open []Open
	for _, q := range []*db.Query{postings, fees} {
		found, err := db.Collect(ctx, tx, q, func(scan db.Scan) (o Open, err error) {
			return o, scan(&o.Kind, &o.ID, &o.Title, &o.Reference, &o.Currency, &o.Gross, &o.Day)
		})
		if err != nil {
			return nil, fmt.Errorf("list what is not reconciled: %w", err)
		}
		open = append(open, found...)
	}
	return open, nil
}

// Confirm notes what a file confirms, as one batch: that a fee was paid, too.
func (r Reconciliation) Confirm(ctx context.Context, tx *db.Tx, v territory.Viewer, act record.Act, today string) error {
	for _, m := range r.Matched {
		var err error
		switch m.Open.Kind {
		case "fee":
			err = confirmFee(ctx, tx, v, act, m, today)
		default:
			err = confirmPosting(ctx, tx, v, act, m, today)
		}
		if err != nil {
			return fmt.Errorf("confirm the %s %s: %w", m.Open.Kind, m.Open.ID, err)
		}
	}
	return nil
}

func confirmFee(ctx context.Context, tx *db.Tx, v territory.Viewer, act record.Act, m Match, today string) error {
	f, err := loadFee(ctx, tx, v.Territory.ID, m.Open.ID)
	if err != nil {
		return err
	}
	if err := v.Check("fee", "edit", f.Subject()); err != nil {
		return err
	}
	if f.ReconciledOn = today; f.PaidOn == "" {
		if f.PaidOn = m.Row.Day; f.PaidOn == "" {
			f.PaidOn = today
		}
	}
	return Fees().Save(ctx, tx, act, f)
}

func confirmPosting(ctx context.Context, tx *db.Tx, v territory.Viewer, act record.Act, m Match, today string) error {
	p, err := loadPosting(ctx, tx, v.Territory.ID, m.Open.ID)
	if err != nil {
		return err
	}
	if err := v.Check("posting", "edit", p.Subject()); err != nil {
		return err
	}
	p.ReconciledOn = today
	return Postings().Save(ctx, tx, act, p)
}
