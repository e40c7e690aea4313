package funding

import (
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Grant is financial support to a company, from its request on.
type Grant struct {
	record.Meta
	Organisation string // id of the beneficiary
	Name         string // of the beneficiary: read with the grant, never written
	Mission      string // id, or ""
	// Authority grants it; Funder pays, where that is another: ids of
	// organisations, or "".
	Authority, Funder string
	Number            string // by which the register and the open data know it
	Object            string
	State             string // one of GrantStates
	RequestedOn       string
	Currency          string
	Requested         int64
	Opinion           string // what the instruction found
	Decided
	// RegisterNumber is that which the national register gave, RegisteredOn the
	// day on which it was entered there.
	RegisterNumber, RegisteredOn string
}

// Decided is what was decided of a grant.
type Decided struct {
	// DecidedOn is the day of the award: that on which the legal right is given
	// (Regulation (EU) 2023/2831, article 3(3)).
	DecidedOn string
	// Amount is the gross grant equivalent; services in kind count too.
	Amount     int64
	Instrument string // one of Instruments
	Regulation string // one of Regulations: what makes it lawful under State aid rules
	// Basis is what empowers the authority: a deliberation, a convention with the
	// Region.
	Basis    string
	Decision string // reference of the decision
	Reason   string // why it was refused
	// Conditions are those of payment; PaysFrom and PaysTo its day or period.
	Conditions       string
	PaysFrom, PaysTo string
	Scheme           string // id of the aid scheme in the open data, or ""
}

// The states of a grant.
const (
	Requested = "requested"
	Studied   = "studied"
	Awarded   = "awarded"
	Refused   = "refused"
	Withdrawn = "withdrawn"
)

// GrantStates are the states, in the order in which they come.
func GrantStates() []string { return []string{Requested, Studied, Awarded, Refused, Withdrawn} }

// Instruments are how aid is given: services in kind, such as paid meetings, are
// aid too.
func Instruments() []string { return []string{"money", "kind", "both"} }

// GeneralDeMinimis is the regulation on de minimis aid.
const GeneralDeMinimis = "2023/2831"

// Regulations are what can make aid lawful: those on de minimis aid, the general
// block exemption, another text, or that it is no State aid at all.
func Regulations() []string {
	return append([]string{GeneralDeMinimis, "2023/2832", "1408/2013", "717/2014", "1407/2013", "360/2012"}, uncapped...)
}

// uncapped are the regulations that no ceiling goes with.
var uncapped = []string{"651/2014", "other", "none"}

// mostObject is how many characters the open data take of what a grant is for,
// and of the conditions of its payment.
const mostObject = 255

// Subject says who may do what to it: a company sees its own.
func (g *Grant) Subject() territory.Subject {
	return territory.Subject{Owner: g.Owner, Organisation: g.Organisation, Mission: g.Mission}
}

// Grants is how grants are kept.
func Grants() record.Noun[Grant] {
	return record.Noun[Grant]{
		Name:   "grant",
		Fields: grantFields(),
		Meta:   func(g *Grant) *record.Meta { return &g.Meta },
		Load:   loadGrant, Insert: insertGrant, Update: updateGrant,
		Settle: (*Grant).settle,
		Found: func(g *Grant) record.Found {
			return record.Found{Title: g.Object, Detail: g.Name, Words: []string{g.Object, g.Name, g.Number}, Subject: g.Subject()}
		},
	}
}

// requestFields are those that are filled in before a decision.
func requestFields() record.Fields[Grant] {
	code := func(g *Grant) string { return g.Currency }
	return record.Fields[Grant]{
		record.ReferenceField("organisation", "organisation", func(g *Grant) *string { return &g.Organisation }),
		record.ReferenceField("mission", "mission", func(g *Grant) *string { return &g.Mission }),
		record.TextField("object", func(g *Grant) *string { return &g.Object }),
		record.TextField("number", func(g *Grant) *string { return &g.Number }),
		record.DateField("requested_on", func(g *Grant) *string { return &g.RequestedOn }),
		currencyField(func(g *Grant) *string { return &g.Currency }),
		moneyField("requested", func(g *Grant) *int64 { return &g.Requested }, code),
		record.TextField("opinion", func(g *Grant) *string { return &g.Opinion }),
	}
}

// decisionFields are those that a decision fills in.
func decisionFields() record.Fields[Grant] {
	code := func(g *Grant) string { return g.Currency }
	return record.Fields[Grant]{
		record.ChoiceField("state", GrantStates(), func(g *Grant) *string { return &g.State }),
		record.DateField("decided_on", func(g *Grant) *string { return &g.DecidedOn }),
		moneyField("amount", func(g *Grant) *int64 { return &g.Amount }, code),
		record.ChoiceField("instrument", Instruments(), func(g *Grant) *string { return &g.Instrument }),
		record.ChoiceField("regulation", Regulations(), func(g *Grant) *string { return &g.Regulation }),
		record.TextField("basis", func(g *Grant) *string { return &g.Basis }),
		record.TextField("decision", func(g *Grant) *string { return &g.Decision }),
		record.ReferenceField("authority", "organisation", func(g *Grant) *string { return &g.Authority }),
		record.ReferenceField("funder", "organisation", func(g *Grant) *string { return &g.Funder }),
		record.TextField("reason", func(g *Grant) *string { return &g.Reason }),
		record.TextField("conditions", func(g *Grant) *string { return &g.Conditions }),
		record.DateField("pays_from", func(g *Grant) *string { return &g.PaysFrom }),
		record.DateField("pays_to", func(g *Grant) *string { return &g.PaysTo }),
		record.TextField("scheme", func(g *Grant) *string { return &g.Scheme }),
	}
}

func grantFields() record.Fields[Grant] {
	return append(append(requestFields(), decisionFields()...), registerFields()...)
}

// registerFields are those that are filled in once the national register has the
// award.
func registerFields() record.Fields[Grant] {
	return record.Fields[Grant]{
		record.TextField("register_number", func(g *Grant) *string { return &g.RegisterNumber }),
		record.DateField("registered_on", func(g *Grant) *string { return &g.RegisteredOn }),
	}
}

func (g *Grant) settle() error {
	var p fault.Problems
	if g.State == "" {
		g.State = Requested
	}
	if g.Organisation == "" {
		p.Add("organisation", "grant.organisation_needed")
	}
	switch n := utf8.RuneCountInString(g.Object); {
	case n == 0:
		p.Add("object", "grant.object_needed")
	case n > mostObject:
		p.Add("object", "grant.text_long", mostObject)
	}
	if g.RequestedOn == "" {
		p.Add("requested_on", "grant.requested_needed")
	}
	if !isCurrency(g.Currency) {
		p.Add("currency", "money.currency", g.Currency)
	}
	if g.Requested < 0 {
		p.Add("requested", "money.negative")
	}
	switch g.State {
	case Awarded:
		g.settleAward(&p)
	case Refused:
		if g.Reason == "" {
			p.Add("reason", "grant.reason_needed")
		}
	}
	return p.Or()
}

// settleAward says what an award lacks: what the register and the open data ask
// of it, and what makes it lawful.
func (g *Grant) settleAward(p *fault.Problems) {
	for _, needed := range []struct{ field, value, key string }{
		{"decided_on", g.DecidedOn, "grant.day_needed"},
		{"instrument", g.Instrument, "grant.instrument_needed"},
		{"regulation", g.Regulation, "grant.regulation_needed"},
		{"basis", g.Basis, "grant.basis_needed"},
		{"decision", g.Decision, "grant.decision_needed"},
		{"authority", g.Authority, "grant.authority_needed"},
	} {
		if needed.value == "" {
			p.Add(needed.field, needed.key)
		}
	}
	if g.Amount <= 0 {
		p.Add("amount", "money.amount_needed")
	}
	if utf8.RuneCountInString(g.Conditions) > mostObject {
		p.Add("conditions", "grant.text_long", mostObject)
	}
	if g.PaysTo != "" && g.PaysTo < g.PaysFrom {
		p.Add("pays_to", "grant.period")
	}
}

// A Cost is one that a grant is asked for.
type Cost struct {
	record.Meta
	Grant  string // id
	Label  string
	Amount int64
	// Eligible is "yes", "no", or "" as long as nobody judged it, and Reason why:
	// aid to export itself is no de minimis aid (article 1(1)(d) and (e)).
	Eligible, Reason string
	// Organisation and Currency are those of the grant: read, never written.
	Organisation, Currency string
}

// Subject says who may do what to it.
func (c *Cost) Subject() territory.Subject {
	return territory.Subject{Owner: c.Owner, Organisation: c.Organisation}
}

// Costs is how the costs of grants are kept.
func Costs() record.Noun[Cost] {
	return record.Noun[Cost]{
		Name: "cost",
		Fields: record.Fields[Cost]{
			record.Unlisted(record.ReferenceField("grant", "grant", func(c *Cost) *string { return &c.Grant })),
			record.TextField("label", func(c *Cost) *string { return &c.Label }),
			moneyField("amount", func(c *Cost) *int64 { return &c.Amount }, func(c *Cost) string { return c.Currency }),
			record.ChoiceField("eligible", []string{"yes", "no"}, func(c *Cost) *string { return &c.Eligible }),
			record.TextField("reason", func(c *Cost) *string { return &c.Reason }),
		},
		Meta: func(c *Cost) *record.Meta { return &c.Meta },
		Load: loadCost, Insert: insertCost, Update: updateCost,
		Settle: (*Cost).settle,
		Found: func(c *Cost) record.Found {
			return record.Found{Title: c.Label, Subject: c.Subject(), On: ref.Ref{Territory: c.Territory, Kind: "grant", ID: c.Grant}}
		},
	}
}

func (c *Cost) settle() error {
	var p fault.Problems
	if c.Grant == "" {
		p.Add("label", "cost.grant_needed")
	}
	if c.Label == "" {
		p.Add("label", "expense.label_needed")
	}
	if c.Amount <= 0 {
		p.Add("amount", "money.amount_needed")
	}
	if c.Eligible != "" && c.Reason == "" {
		p.Add("reason", "cost.reason_needed")
	}
	return p.Or()
}

// Eligible adds up the costs that were judged eligible.
func Eligible(costs []*Cost) (sum int64) {
	for _, c := range costs {
		if c.Eligible == "yes" {
			sum += c.Amount
		}
	}
	return sum
}
