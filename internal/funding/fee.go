package funding

import (
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Fee is what a company is asked to pay for its part in a mission.
type Fee struct {
	record.Meta
	Mission      string
	Organisation string // id
	Name         string // of the organisation: read with the fee, never written
	Label        string
	Currency     string
	Amount       Amount
	DueOn        string
	PaidOn       string // "": not paid
	Reference    string // of the finance system, or "" as long as it has none
	ReconciledOn string
}

// Subject says who may do what to it: a company sees what it is asked for.
func (f *Fee) Subject() territory.Subject {
	return territory.Subject{Owner: f.Owner, Organisation: f.Organisation, Mission: f.Mission}
}

// Late says whether the fee ought to be paid by now.
func (f *Fee) Late(today string) bool { return f.PaidOn == "" && f.DueOn != "" && f.DueOn < today }

// Fees is how fees are kept.
func Fees() record.Noun[Fee] {
	code := func(f *Fee) string { return f.Currency }
	return record.Noun[Fee]{
		Name: "fee",
		Fields: record.Fields[Fee]{
			record.Unlisted(record.ReferenceField("mission", "mission", func(f *Fee) *string { return &f.Mission })),
			record.ReferenceField("organisation", "organisation", func(f *Fee) *string { return &f.Organisation }),
			record.TextField("label", func(f *Fee) *string { return &f.Label }),
			currencyField(func(f *Fee) *string { return &f.Currency }),
			moneyField("net", func(f *Fee) *int64 { return &f.Amount.Net }, code),
			moneyField("gross", func(f *Fee) *int64 { return &f.Amount.Gross }, code),
			record.DateField("due_on", func(f *Fee) *string { return &f.DueOn }),
			record.DateField("paid_on", func(f *Fee) *string { return &f.PaidOn }),
			record.TextField("reference", func(f *Fee) *string { return &f.Reference }),
			record.Unlisted(record.DateField("reconciled_on", func(f *Fee) *string { return &f.ReconciledOn })),
		},
		Meta: func(f *Fee) *record.Meta { return &f.Meta },
		Load: loadFee, Insert: insertFee, Update: updateFee,
		Settle: (*Fee).settle,
		Found: func(f *Fee) record.Found {
			return record.Found{
				Title: f.Name, Detail: f.Label, Words: []string{f.Reference}, Subject: f.Subject(), On: onMission(f.Territory, f.Mission),
			}
		},
	}
}

func (f *Fee) settle() error {
	var p fault.Problems
	if f.Mission == "" {
		p.Add("label", "expense.mission_needed")
	}
	if f.Organisation == "" {
		p.Add("organisation", "fee.organisation_needed")
	}
	if f.DueOn == "" {
		p.Add("due_on", "fee.due_needed")
	}
	if !isCurrency(f.Currency) {
		p.Add("currency", "money.currency", f.Currency)
	}
	settleAmount(&p, &f.Amount.Net, &f.Amount.Gross, "net", "gross", 0)
	if f.Amount.Gross == 0 {
		p.Add("gross", "money.amount_needed")
	}
	return p.Or()
}
