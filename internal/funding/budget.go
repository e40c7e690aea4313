package funding

import (
	"context"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/territory"
)

// A Budget is what a mission is planned to cost and what became of it, in one
// currency: each amount at the exchange rate of its own day.
type Budget struct {
	Currency string
	Lines    []Line
	Total    Sums
	Shares   []Share
	Fees     []*Fee
	// Asked are the fees asked from companies, Received those that were paid.
	Asked, Received int64
	// By are the exchange rates that were used, in order.
	By []Rate
	// Unknown are amounts without an exchange rate: they count as nothing, and
	// the budget is not whole as long as there are any.
	Unknown []*fault.Fault
}

// A Line is an expense with its postings and what they add up to.
type Line struct {
	*Expense
	Postings []*Posting
	Sums     Sums
}

// Sums are amounts in the currency of the budget.
type Sums struct{ Planned, Committed, Invoiced, Paid Amount }

func (s *Sums) add(t Sums) {
	s.Planned, s.Committed = s.Planned.Plus(t.Planned), s.Committed.Plus(t.Committed)
	s.Invoiced, s.Paid = s.Invoiced.Plus(t.Invoiced), s.Paid.Plus(t.Paid)
}

// A Share is what a partner pays of a budget; Partner is "" for the territory.
type Share struct {
	Partner, Name string
	Sums
}

// Rate is the part of the plan that the partner pays, from 0 to 1.
func (s Share) Rate(total Sums) float64 {
	if total.Planned.Gross == 0 {
		return 0
	}
	return float64(s.Planned.Gross) / float64(total.Planned.Gross)
}

// BudgetOf reads the budget of a mission, as far as the viewer may see it, in
// the currency of the territory.
func BudgetOf(ctx context.Context, tx *db.Tx, v territory.Viewer, mission string) (*Budget, error) {
	home := v.Territory.ID
	expenses, err := ExpensesOf(ctx, tx, home, mission)
	if err != nil {
		return nil, err
	}
	postings, err := PostingsOf(ctx, tx, home, mission)
	if err != nil {
		return nil, err
	}
	fees, err := FeesOf(ctx, tx, home, mission)
	if err != nil {
		return nil, err
	}
	expenses = slices.DeleteFunc(expenses, func(e *Expense) bool { return !v.May("expense", "see", e.Subject()) })
	postings = slices.DeleteFunc(postings, func(p *Posting) bool { return !v.May("posting", "see", p.Subject()) })
	fees = slices.DeleteFunc(fees, func(f *Fee) bool { return !v.May("fee", "see", f.Subject()) })
	code := v.Territory.Currency
	rates, err := RatesOf(ctx, tx, home, currenciesOf(code, expenses, postings, fees)...)
	if err != nil {
		return nil, err
	}
	return newBudget(code, rates, expenses, postings, fees), nil
}

// currenciesOf are those of a budget, with that in which it is shown.
func currenciesOf(code string, expenses []*Expense, postings []*Posting, fees []*Fee) []string {
	codes := []string{code}
	for _, e := range expenses {
		codes = append(codes, e.Currency)
	}
	for _, p := range postings {
		codes = append(codes, p.Currency)
	}
	for _, f := range fees {
		codes = append(codes, f.Currency)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// newBudget adds up. What is shown adds up too: totals are sums of the amounts
// that stand above them, each converted by itself.
func newBudget(code string, rates Rates, expenses []*Expense, postings []*Posting, fees []*Fee) *Budget {
	b := &Budget{Currency: code, Fees: fees}
	of := map[string][]*Posting{}
	for _, p := range postings {
		of[p.Expense] = append(of[p.Expense], p)
	}
	shares := map[string]*Share{}
	for _, e := range expenses {
		line := Line{Expense: e, Postings: of[e.ID]}
		line.Sums.Planned = b.convert(rates, e.Planned, e.Currency, e.PlannedOn)
		for _, p := range line.Postings {
			sum := map[string]*Amount{Commitment: &line.Sums.Committed, Invoice: &line.Sums.Invoiced, Payment: &line.Sums.Paid}[p.Kind]
			*sum = sum.Plus(b.convert(rates, p.Amount, p.Currency, p.PostedOn))
		}
		b.Lines = append(b.Lines, line)
		b.Total.add(line.Sums)
		if shares[e.Partner] == nil {
			shares[e.Partner] = &Share{Partner: e.Partner, Name: e.PartnerName}
		}
		shares[e.Partner].add(line.Sums)
	}
	for _, share := range shares {
		b.Shares = append(b.Shares, *share)
	}
	slices.SortFunc(b.Shares, func(x, y Share) int { return slices.Compare([]string{x.Name, x.Partner}, []string{y.Name, y.Partner}) })
	for _, f := range fees {
		b.Asked += b.convert(rates, f.Amount, f.Currency, f.DueOn).Gross
		if f.PaidOn != "" {
			b.Received += b.convert(rates, f.Amount, f.Currency, f.PaidOn).Gross
		}
	}
	return b
}

func (b *Budget) convert(rates Rates, a Amount, from, day string) Amount {
	net, by, err := rates.Convert(a.Net, from, b.Currency, day)
	if err != nil {
		b.Unknown = append(b.Unknown, fault.Of(err))
		return Amount{}
	}
	gross, _, err := rates.Convert(a.Gross, from, b.Currency, day)
	if err != nil {
		b.Unknown = append(b.Unknown, fault.Of(err))
		return Amount{}
	}
	for _, rate := range by {
		if !slices.Contains(b.By, rate) {
			b.By = append(b.By, rate)
		}
	}
	return Amount{net, gross}
}

// Each is what one of many costs, to the nearest minor unit; of none, false.
func Each(minor int64, many int) (int64, bool) {
	if many <= 0 {
		return 0, false
	}
	n := int64(many)
	return (2*minor + n) / (2 * n), true
}
