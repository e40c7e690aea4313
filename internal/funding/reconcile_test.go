package funding

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
)

func TestReadFinance(t *testing.T) {
	want := []FinanceRow{
		{Number: 2, Reference: "M-2026-14", Currency: "EUR", Gross: 1250_50, Day: "2026-11-03", Label: "Salle"},
		{Number: 4, Reference: "T 77", Currency: "EUR", Gross: 300_00, Day: "2026-11-05", Label: "Droit"},
	}
	file := "Date;N° de pièce;Libellé;Montant HT;Montant TTC\n" +
		"03/11/2026;M-2026-14;Salle;1 042,08;1 250,50 €\n;;Sous-total;;1 250,50\n05/11/2026;T 77;Droit;250;300\n"
	for name, data := range map[string]string{
		"semicolons": file,
		"Windows":    "Date;Num\xe9ro;Libell\xe9;Montant TTC\n03/11/2026;M-2026-14;Salle;1 250,50\n\n05/11/2026;T 77;Droit;300\n",
		"English":    "day,reference,label,amount,currency\n2026-11-03,M-2026-14,Salle,1250.50,EUR\n\n2026-11-05,T 77,Droit,300.00,eur\n",
	} {
		have, err := ReadFinance("f.csv", []byte(data), "EUR")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s (-want +have):\n%s", name, diff)
		}
	}
	for _, data := range []string{"", "a;b\n1;2\n", "référence;montant TTC\nM1;beaucoup\n"} {
		if _, err := ReadFinance("f.csv", []byte(data), "EUR"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is read: %v", data, err)
		}
	}
}

func TestReconcile(t *testing.T) {
	open := []Open{
		{Kind: "posting", ID: "1", Reference: "m 2026/14", Currency: "EUR", Gross: 100},
		{Kind: "posting", ID: "2", Reference: "M-2026-14", Currency: "EUR", Gross: 200},
		{Kind: "fee", ID: "3", Reference: "T77", Currency: "EUR", Gross: 300},
		{Kind: "fee", ID: "4", Reference: "T78", Currency: "USD", Gross: 400},
		{Kind: "fee", ID: "5", Reference: "T79", Currency: "EUR", Gross: 500},
	}
	rows := []FinanceRow{
		{Number: 2, Reference: "M-2026-14", Currency: "EUR", Gross: 200},
		{Number: 3, Reference: "M-2026-14", Currency: "EUR", Gross: 200}, // twice: the other amount is left
		{Number: 4, Reference: "T77", Currency: "EUR", Gross: 301},
		{Number: 5, Reference: "T78", Currency: "EUR", Gross: 400},
		{Number: 6, Reference: "X1", Currency: "EUR", Gross: 9},
	}
	want := Reconciliation{
		Matched:   []Match{{rows[0], open[1]}},
		Differing: []Match{{rows[1], open[0]}, {rows[2], open[2]}, {rows[3], open[3]}},
		Unknown:   []FinanceRow{rows[4]},
		Waiting:   []Open{open[4]},
	}
	if diff := cmp.Diff(want, Reconcile(rows, open)); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
}

// TestConfirm: what a file confirms is noted, a fee as paid too, and all of it is
// one batch.
func TestConfirm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		company := s.company("Vigie fictive", "")
		e := s.expense(&Expense{Label: "Salle", Currency: "EUR", PlannedOn: "2026-01-01"})
		p := s.post(&Posting{Expense: e.ID, Kind: Payment, PostedOn: "2026-02-01", Reference: "M1", Currency: "EUR", Amount: Amount{Gross: 100}})
		fee := &Fee{Meta: s.meta(), Mission: s.m.ID, Organisation: company.ID, Currency: "EUR", Amount: Amount{Gross: 200}, DueOn: "2026-01-01", Reference: "T1"}
		late := &Fee{Meta: s.meta(), Mission: s.m.ID, Organisation: company.ID, Currency: "EUR", Amount: Amount{Gross: 300}, DueOn: "2026-01-01", Reference: "T2"}
		s.write(func(tx *db.Tx) error {
			if err := Fees().Add(ctx, tx, act, fee); err != nil {
				return err
			}
			if err := Fees().Add(ctx, tx, act, late); err != nil {
				return err
			}
			open, err := OpenOf(ctx, tx, s.v.Territory.ID)
			if err != nil {
				return err
			}
			rows := []FinanceRow{{Reference: "M1", Currency: "EUR", Gross: 100}, {Reference: "t-1", Currency: "EUR", Gross: 200, Day: "2026-03-03"}}
			return Reconcile(rows, open).Confirm(ctx, tx, s.v, act, "2026-04-04")
		})
		s.read(func(tx *db.Tx) error {
			paid, err := loadFee(ctx, tx, fee.Territory, fee.ID)
			if err != nil {
				return err
			}
			posted, err := loadPosting(ctx, tx, p.Territory, p.ID)
			if err != nil {
				return err
			}
			have := []string{paid.PaidOn, paid.ReconciledOn, posted.ReconciledOn}
			if diff := cmp.Diff([]string{"2026-03-03", "2026-04-04", "2026-04-04"}, have); diff != "" {
				t.Errorf("(-want +have):\n%s", diff)
			}
			open, err := OpenOf(ctx, tx, s.v.Territory.ID)
			if len(open) != 1 || open[0].ID != late.ID {
				t.Errorf("still open: %v", open)
			}
			return err
		})
	})
}
