package funding

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// An Expense is a line of the budget of a mission.
type Expense struct {
	record.Meta
	Mission  string
	Label    string
	Category string // one of Categories
	// Partner is the organisation of the task force that pays, or "" for the
	// territory; PartnerName is read with it, never written.
	Partner, PartnerName string
	Currency             string
	Planned              Amount
	// PlannedOn is the day whose exchange rate the plan goes by.
	PlannedOn string
	// AidCountry is the country to which it is development aid, or "".
	AidCountry string
}

// Categories are what money is spent on.
func Categories() []string {
	return []string{"travel", "lodging", "catering", "venue", "interpreting", "advice", "stand", "communication", "meetings", "staff", "other"}
}

// Subject says who may do what to it: a partner sees the lines that it pays.
func (e *Expense) Subject() territory.Subject {
	return territory.Subject{Owner: e.Owner, Organisation: e.Partner, Mission: e.Mission}
}

// Expenses is how the lines of budgets are kept.
func Expenses() record.Noun[Expense] {
	code := func(e *Expense) string { return e.Currency }
	return record.Noun[Expense]{
		Name: "expense",
		Fields: record.Fields[Expense]{
			record.Unlisted(record.ReferenceField("mission", "mission", func(e *Expense) *string { return &e.Mission })),
			record.TextField("label", func(e *Expense) *string { return &e.Label }),
			record.ChoiceField("category", Categories(), func(e *Expense) *string { return &e.Category }),
			record.ReferenceField("partner", "organisation", func(e *Expense) *string { return &e.Partner }),
			currencyField(func(e *Expense) *string { return &e.Currency }),
			moneyField("planned_net", func(e *Expense) *int64 { return &e.Planned.Net }, code),
			moneyField("planned_gross", func(e *Expense) *int64 { return &e.Planned.Gross }, code),
			record.DateField("planned_on", func(e *Expense) *string { return &e.PlannedOn }),
			record.ParsedField("aid_country", country, func(e *Expense) *string { return &e.AidCountry }),
		},
		Meta: func(e *Expense) *record.Meta { return &e.Meta },
		Load: loadExpense, Insert: insertExpense, Update: updateExpense,
		Settle: (*Expense).settle,
		Found: func(e *Expense) record.Found {
			return record.Found{Title: e.Label, Subject: e.Subject(), On: onMission(e.Territory, e.Mission)}
		},
	}
}

// country is the code of a country, in two letters.
func country(text string) (string, error) {
	code := strings.ToUpper(text)
	if !slices.ContainsFunc(places.Countries("en"), func(c places.Country) bool { return c.Code == code }) {
		return "", fault.New(fault.Invalid, "expense.country", text)
	}
	return code, nil
}

func (e *Expense) settle() error {
	var p fault.Problems
	if e.Mission == "" {
		p.Add("label", "expense.mission_needed")
	}
	if e.Label == "" {
		p.Add("label", "expense.label_needed")
	}
	if e.Category == "" {
		e.Category = "other"
	}
	if !isCurrency(e.Currency) {
		p.Add("currency", "money.currency", e.Currency)
	}
	if e.PlannedOn == "" {
		p.Add("planned_on", "expense.day_needed")
	}
	settleAmount(&p, &e.Planned.Net, &e.Planned.Gross, "planned_net", "planned_gross", 0)
	return p.Or()
}

// A Posting is a commitment, an invoice or a payment, as the finance system
// knows it by its reference: of a line of a budget, or of a grant.
type Posting struct {
	record.Meta
	Expense, Grant string // one of them is ""
	// Mission and Organisation are those of the line or the grant: they are read
	// with the posting, never written.
	Mission, Organisation string
	Kind                  string // one of PostingKinds
	Label                 string
	PostedOn              string
	Reference             string
	Currency              string
	Amount                Amount
	// ReconciledOn is the day on which the finance system's file said the same, or
	// "".
	ReconciledOn string
}

// The kinds of postings, in the order in which they come.
const (
	Commitment = "commitment"
	Invoice    = "invoice"
	Payment    = "payment"
)

// PostingKinds are what a posting can be.
func PostingKinds() []string { return []string{Commitment, Invoice, Payment} }

// Subject says who may do what to it.
func (p *Posting) Subject() territory.Subject {
	return territory.Subject{Owner: p.Owner, Organisation: p.Organisation, Mission: p.Mission}
}

// Postings is how postings are kept.
func Postings() record.Noun[Posting] {
	code := func(p *Posting) string { return p.Currency }
	return record.Noun[Posting]{
		Name: "posting",
		Fields: record.Fields[Posting]{
			record.Unlisted(record.ReferenceField("expense", "expense", func(p *Posting) *string { return &p.Expense })),
			record.Unlisted(record.ReferenceField("grant", "grant", func(p *Posting) *string { return &p.Grant })),
			record.ChoiceField("kind", PostingKinds(), func(p *Posting) *string { return &p.Kind }),
			record.TextField("label", func(p *Posting) *string { return &p.Label }),
			record.DateField("posted_on", func(p *Posting) *string { return &p.PostedOn }),
			record.TextField("reference", func(p *Posting) *string { return &p.Reference }),
			currencyField(func(p *Posting) *string { return &p.Currency }),
			moneyField("net", func(p *Posting) *int64 { return &p.Amount.Net }, code),
			moneyField("gross", func(p *Posting) *int64 { return &p.Amount.Gross }, code),
			record.Unlisted(record.DateField("reconciled_on", func(p *Posting) *string { return &p.ReconciledOn })),
		},
		Meta: func(p *Posting) *record.Meta { return &p.Meta },
		Load: loadPosting, Insert: insertPosting, Update: updatePosting,
		Settle: (*Posting).settle,
		Found: func(p *Posting) record.Found {
			found := record.Found{Title: p.Label, Detail: p.Reference, Words: []string{p.Reference}, Subject: p.Subject()}
			found.On.Territory = p.Territory
			if found.On.Kind, found.On.ID = "expense", p.Expense; p.Grant != "" {
				found.On.Kind, found.On.ID = "grant", p.Grant
			}
			return found
		},
	}
}

func (p *Posting) settle() error {
	var problems fault.Problems
	if (p.Expense == "") == (p.Grant == "") {
		problems.Add("label", "posting.of_needed")
	}
	if p.Label == "" {
		p.Label = p.Reference
	}
	if !slices.Contains(PostingKinds(), p.Kind) {
		problems.Add("kind", "posting.kind_needed")
	}
	if p.PostedOn == "" {
		problems.Add("posted_on", "posting.day_needed")
	}
	if p.Reference == "" {
		problems.Add("reference", "posting.reference_needed")
	}
	if !isCurrency(p.Currency) {
		problems.Add("currency", "money.currency", p.Currency)
	}
	// A credit note is a posting of less than nothing.
	settleAmount(&problems, &p.Amount.Net, &p.Amount.Gross, "net", "gross", -1<<62)
	if p.Amount.Gross == 0 {
		problems.Add("gross", "money.amount_needed")
	}
	return problems.Or()
}
