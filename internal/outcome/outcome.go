// Package outcome keeps what came of missions: contracts, partnerships, offices,
// hirings, lessons. A company declares one by a personal link, an officer
// confirms it, and a figure counts confirmed and declared apart, never together.
package outcome

import (
	"embed"
	"strconv"
	"strings"

	"github.com/bojanz/currency"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// The states of an outcome.
const (
	Declared  = "declared"
	Confirmed = "confirmed"
	Refused   = "refused"
)

// An Outcome is what came of a mission for an organisation.
type Outcome struct {
	record.Meta
	Mission      string
	Organisation string
	// Name is the organisation's: it is read with the outcome, never written.
	Name                 string
	Participant, Meeting string // ids, or ""
	Kind, State          string
	Text                 string
	HappenedOn           string
	// Amount is in minor units of Currency; 0: none.
	Amount   int64
	Currency string
	// Publishable says that the company lets it be told by name.
	Publishable bool
	DeclaredBy  string // the name of who did
}

// OutcomeKinds are what an outcome can be.
func OutcomeKinds() []string {
	return []string{"contract", "partnership", "office", "revenue", "hiring", "funding", "lesson"}
}

// Outcomes is how outcomes are kept.
func Outcomes() record.Noun[Outcome] {
	states := []string{Declared, Confirmed, Refused}
	return record.Noun[Outcome]{
		Name: "outcome",
		Fields: record.Fields[Outcome]{
			record.ReferenceField("organisation", "organisation", func(o *Outcome) *string { return &o.Organisation }),
			record.ChoiceField("kind", OutcomeKinds(), func(o *Outcome) *string { return &o.Kind }),
			record.ChoiceField("state", states, func(o *Outcome) *string { return &o.State }),
			record.TextField("text", func(o *Outcome) *string { return &o.Text }),
			record.DateField("happened_on", func(o *Outcome) *string { return &o.HappenedOn }),
			amountField(),
			record.ReferenceField("meeting", "meeting", func(o *Outcome) *string { return &o.Meeting }),
			record.YesField("publishable", func(o *Outcome) *bool { return &o.Publishable }),
		},
		Meta: func(o *Outcome) *record.Meta { return &o.Meta },
		Load: loadOutcome, Insert: insertOutcome, Update: updateOutcome,
		Settle: (*Outcome).settle,
		Found: func(o *Outcome) record.Found {
			return record.Found{Title: o.Name, Detail: o.Text, Words: []string{o.Text}, Subject: o.Subject(), On: o.on()}
		},
	}
}

// Subject says who may do what to it.
func (o *Outcome) Subject() territory.Subject {
	return territory.Subject{Owner: o.Owner, Organisation: o.Organisation, Mission: o.Mission}
}

func (o *Outcome) on() ref.Ref {
	return ref.Ref{Territory: o.Territory, Kind: "mission", ID: o.Mission}
}

// longestText is how many characters what came of a mission may take.
const longestText = 2000

func (o *Outcome) settle() error {
	var p fault.Problems
	if o.Kind == "" {
		p.Add("kind", "outcome.kind_needed")
	}
	if o.State == "" {
		o.State = Declared
	}
	if o.Text = strings.TrimSpace(o.Text); o.Text == "" {
		p.Add("text", "outcome.text_needed")
	} else if len([]rune(o.Text)) > longestText {
		p.Add("text", "outcome.text_long", longestText)
	}
	return p.Or()
}

// amountField is an amount with its currency: "118400.00 EUR".
func amountField() record.Field[Outcome] {
	return record.Field[Outcome]{
		Info: record.Info{Name: "amount"},
		Get: func(o *Outcome) string {
			if o.Amount == 0 {
				return ""
			}
			amount, err := currency.NewAmountFromInt64(o.Amount, o.Currency)
			if err != nil {
				return strconv.FormatInt(o.Amount, 10) + " " + o.Currency
			}
			return amount.String()
		},
		Set: func(o *Outcome, text string) error {
			fields := strings.Fields(text)
			if len(fields) == 0 {
				o.Amount = 0
				return nil
			}
			code := fields[len(fields)-1]
			number := strings.Join(fields[:len(fields)-1], "")
			if len(fields) == 1 {
				code, number = o.Currency, fields[0]
			}
			amount, err := currency.NewAmount(strings.ReplaceAll(number, ",", "."), code)
			if err != nil {
				return fault.Because(err, fault.Invalid, "outcome.amount", text)
			}
			minor, err := amount.Int64()
			if err != nil || minor < 0 || !amount.Equal(amount.Round()) {
				return fault.New(fault.Invalid, "outcome.amount", text)
			}
			o.Amount, o.Currency = minor, code
			return nil
		},
	}
}

// Kinds are outcomes as the rest of the house knows them.
func Kinds() []record.Kind {
	outcome := Outcomes().Kind()
	outcome.Attached = true
	outcome.Points = []record.Point{{Field: "organisation", Table: "outcomes", Column: "organisation_id", To: "organisation"}}
	outcome.Address = func(id string) string { return "/outcomes/" + id }
	return []record.Kind{outcome}
}

// Counts are the outcomes of a mission in numbers: what is confirmed and what is
// only declared are never added.
type Counts struct{ Confirmed, Declared int }

// Count counts outcomes; those that were refused count for nothing.
func Count(outcomes []*Outcome) (c Counts) {
	for _, o := range outcomes {
		switch o.State {
		case Confirmed:
			c.Confirmed++
		case Declared:
			c.Declared++
		}
	}
	return c
}
