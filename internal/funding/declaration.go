package funding

import (
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Declaration is an aid of another funder that a company declares. All public
// funders count towards a ceiling, and the register is not whole: the company's
// own word stays needed (Regulation (EU) 2023/2831, article 7(4)).
type Declaration struct {
	record.Meta
	Organisation string // id
	Name         string // of the organisation: read, never written
	Funder       string // as the company names it
	Regulation   string // one of Regulations
	AwardedOn    string
	Amount       int64 // gross grant equivalent, in euro cents
	DeclaredOn   string
	Source       string // the document that says so
}

// Declarations is how the aids that companies declare are kept.
func Declarations() record.Noun[Declaration] {
	return record.Noun[Declaration]{
		Name: "declaration",
		Fields: record.Fields[Declaration]{
			record.ReferenceField("organisation", "organisation", func(d *Declaration) *string { return &d.Organisation }),
			record.TextField("funder", func(d *Declaration) *string { return &d.Funder }),
			record.ChoiceField("regulation", Regulations(), func(d *Declaration) *string { return &d.Regulation }),
			record.DateField("awarded_on", func(d *Declaration) *string { return &d.AwardedOn }),
			moneyField("amount", func(d *Declaration) *int64 { return &d.Amount }, func(*Declaration) string { return euro }),
			record.DateField("declared_on", func(d *Declaration) *string { return &d.DeclaredOn }),
			record.TextField("source", func(d *Declaration) *string { return &d.Source }),
		},
		Meta: func(d *Declaration) *record.Meta { return &d.Meta },
		Load: loadDeclaration, Insert: insertDeclaration, Update: updateDeclaration,
		Settle: (*Declaration).settle,
		Found: func(d *Declaration) record.Found {
			return record.Found{
				Title: d.Funder, Detail: d.Name, Subject: d.Subject(),
				On: ref.Ref{Territory: d.Territory, Kind: "organisation", ID: d.Organisation},
			}
		},
	}
}

// Subject says who may do what to it.
func (d *Declaration) Subject() territory.Subject {
	return territory.Subject{Owner: d.Owner, Organisation: d.Organisation}
}

func (d *Declaration) settle() error {
	var p fault.Problems
	if d.Organisation == "" {
		p.Add("organisation", "grant.organisation_needed")
	}
	for _, needed := range []struct{ field, value, key string }{
		{"funder", d.Funder, "declaration.funder_needed"},
		{"regulation", d.Regulation, "grant.regulation_needed"},
		{"awarded_on", d.AwardedOn, "grant.day_needed"},
	} {
		if needed.value == "" {
			p.Add(needed.field, needed.key)
		}
	}
	if d.Amount <= 0 {
		p.Add("amount", "money.amount_needed")
	}
	return p.Or()
}
