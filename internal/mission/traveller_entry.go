package mission

import (
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// An EntryRule says for how many months after the return a country wants a
// passport to be valid. Countries change their mind: rules have a source and the
// day on which somebody looked, and a territory corrects them.
type EntryRule struct {
	record.Meta
	Country   string // two letters
	Months    int    // 0: until the return is enough
	Source    string
	CheckedOn string
}

// EntryRules is how the rules that a territory sets itself are kept.
func EntryRules() record.Noun[EntryRule] {
	return record.Noun[EntryRule]{
		Name: "entry_rule",
		Fields: record.Fields[EntryRule]{
			record.ParsedField("country", countryCode, func(e *EntryRule) *string { return &e.Country }),
			record.CountField("months", 0, func(e *EntryRule) *int { return &e.Months }),
			record.TextField("source", func(e *EntryRule) *string { return &e.Source }),
			record.DateField("checked_on", func(e *EntryRule) *string { return &e.CheckedOn }),
		},
		Meta: func(e *EntryRule) *record.Meta { return &e.Meta },
		Load: loadEntryRule, Insert: insertEntryRule, Update: updateEntryRule,
		Settle: (*EntryRule).settle,
		Found: func(e *EntryRule) record.Found {
			return record.Found{Title: e.Country, Detail: e.Source, Subject: territory.Subject{Owner: e.Owner}}
		},
	}
}

func countryCode(text string) (string, error) {
	code, known := places.ReadCountry(text)
	if !known {
		return "", fault.New(fault.Invalid, "entry_rule.country", text)
	}
	return code, nil
}

func (e *EntryRule) settle() error {
	var p fault.Problems
	if e.Country == "" {
		p.Add("country", "entry_rule.country_needed")
	}
	if e.Months > mostMonths {
		p.Add("months", "entry_rule.months", mostMonths)
	}
	if e.Source == "" {
		p.Add("source", "entry_rule.source_needed")
	}
	if e.CheckedOn == "" {
		p.Add("checked_on", "entry_rule.checked_needed")
	}
	return p.Or()
}

// mostMonths is more than any country asks for.
const mostMonths = 24

// usualMonths is enough everywhere: what is asked for where nobody knows.
const usualMonths = 6

//go:embed traveller_entry.csv
var knownRules string

// broughtRules are those that the program brings along.
func broughtRules() (rules []*EntryRule, err error) {
	rows, err := csv.NewReader(strings.NewReader(knownRules)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the rules of entry: %w", err)
	}
	for _, row := range rows[1:] {
		e := &EntryRule{Country: row[0], Source: row[2], CheckedOn: row[3]}
		if e.Months, err = strconv.Atoi(row[1]); err != nil {
			return nil, fmt.Errorf("read the rule of entry of %s: %w", e.Country, err)
		}
		rules = append(rules, e)
	}
	return rules, nil
}

// EntryRulesOf are the rules that hold in a territory, its own first: they come
// before those that the program brings along.
func EntryRulesOf(ctx context.Context, tx *db.Tx, territory int) ([]*EntryRule, error) {
	rows, err := New(tx).entryRules(ctx, territory)
	if err != nil {
		return nil, fmt.Errorf("list the rules of entry: %w", err)
	}
	brought, err := broughtRules()
	return append(each(rows, entryRuleOf), brought...), err
}

// A Passport is what the countries of a mission ask of one: that it be valid to a
// day, which one country asks for.
type Passport struct {
	Until   string // a day, or "" as long as that of the return is not known
	Country string
	Rule    *EntryRule // nil: nobody knows, and Until is enough everywhere
}

// passportFor is what the countries of the legs ask for, the most demanding of
// them. Home asks for nothing.
func passportFor(w *Whole, home string, countries []string, rules []*EntryRule) (p Passport) {
	back, err := time.Parse(time.DateOnly, w.EndsOn)
	if err != nil {
		return p
	}
	for _, country := range countries {
		if country == home || country == "" {
			continue
		}
		at := slices.IndexFunc(rules, func(e *EntryRule) bool { return e.Country == country })
		asked, rule := usualMonths, (*EntryRule)(nil)
		if at >= 0 {
			asked, rule = rules[at].Months, rules[at]
		}
		if until := monthsLater(back, asked); until > p.Until {
			p = Passport{until, country, rule}
		}
	}
	return p
}

// monthsLater is the same day some months later, or the last of that month.
func monthsLater(day time.Time, months int) string {
	later := day.AddDate(0, months, 0)
	if later.Day() != day.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later.Format(time.DateOnly)
}

// enough says whether a passport that is valid to a day is what is asked for.
func (p Passport) enough(to string) bool { return to != "" && to >= p.Until }

func loadEntryRule(ctx context.Context, tx *db.Tx, territory int, id string) (*EntryRule, error) {
	row, err := New(tx).entryRule(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "entry rule", id)
	}
	return entryRuleOf(row), nil
}

func entryRuleOf(row entryRuleRow) *EntryRule {
	return &EntryRule{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Version: row.Version, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt,
			DeletedAt: row.DeletedAt,
		},
		Country: row.Country, Months: row.Months, Source: row.Source, CheckedOn: row.CheckedOn,
	}
}

func insertEntryRule(ctx context.Context, tx *db.Tx, e *EntryRule) error {
	return New(tx).addEntryRule(ctx, addEntryRuleParams{
		e.Territory, e.ID, e.Country, e.Months, e.Source, e.CheckedOn, e.Version, e.CreatedAt, e.UpdatedAt,
	})
}

func updateEntryRule(ctx context.Context, tx *db.Tx, e *EntryRule) error {
	return New(tx).editEntryRule(ctx, editEntryRuleParams{
		e.Country, e.Months, e.Source, e.CheckedOn, e.Version, e.UpdatedAt, e.DeletedAt, e.Territory, e.ID,
	})
}
