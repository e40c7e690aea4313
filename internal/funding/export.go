package funding

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/territory"
)

// An Award is a grant that was awarded, with the organisations that files name.
type Award struct {
	*Grant
	Beneficiary, Authority, Funder *directory.Organisation // the last two may be nil
	Clock
}

// Awards lists those that the viewer may see, in the order in which they were
// decided.
func Awards(ctx context.Context, tx *db.Tx, v territory.Viewer) ([]Award, error) {
	grants, _, err := ListGrants(ctx, tx, v, GrantFilter{States: []string{Awarded}})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(grants, func(a, b *Grant) int {
		return slices.Compare([]string{a.DecidedOn, a.ID}, []string{b.DecidedOn, b.ID})
	})
	ceilings, err := CeilingsOf(ctx, tx, v.Territory.ID)
	if err != nil {
		return nil, err
	}
	known := map[string]*directory.Organisation{"": nil}
	find := func(id string) *directory.Organisation {
		if _, there := known[id]; !there && err == nil {
			known[id], err = directory.Organisations().Load(ctx, tx, v.Territory.ID, id)
		}
		return known[id]
	}
	awards := each(grants, func(g *Grant) Award {
		return Award{g, find(g.Organisation), find(g.Authority), find(g.Funder), clockOf(g, ceilings, today(v, tx))}
	})
	return awards, err
}

// registerColumns are what the national register of aid asks of an award
// (Regulation (EU) 2023/2831, article 6(2)), and what the State adds: a number
// of its own, the funder where it is another, the regulation.
func registerColumns() []string {
	return []string{
		"number", "beneficiary", "siren", "siret", "sector", "amount", "currency", "awarded_on", "authority", "authority_siret",
		"funder", "instrument", "regulation", "due_on", "registered_on", "register_number",
	}
}

// Register makes the file of the awards that go into the national register.
func Register(w *i18n.Words, awards []Award) [][]string {
	rows := [][]string{each(registerColumns(), func(name string) string { return w.T("grant.register." + name) })}
	for _, a := range awards {
		if a.Due == "" {
			continue
		}
		rows = append(rows, []string{
			a.Number, a.Beneficiary.Name, a.Beneficiary.SIREN, a.Beneficiary.SIRET, a.Beneficiary.NAF,
			moneyText(a.Amount, a.Currency), a.Currency, a.DecidedOn, nameOf(a.Authority), siretOf(a.Authority), nameOf(a.Funder),
			w.T("grant.instrument." + a.Instrument), a.Regulation, a.Due, a.RegisteredOn, a.RegisterNumber,
		})
	}
	return rows
}

func nameOf(o *directory.Organisation) string {
	switch {
	case o == nil:
		return ""
	case o.LegalName != "":
		return o.LegalName
	default:
		return o.Name
	}
}

func siretOf(o *directory.Organisation) string {
	if o == nil {
		return ""
	}
	return o.SIRET
}

// registerFile answers GET /t/{territory}/grants/register.
func (p *Pages) registerFile(w http.ResponseWriter, r *http.Request) error {
	words := p.frame(r).Words
	return p.file(w, r, "register.csv", spreadsheet(words), func(ctx context.Context, tx *db.Tx, v territory.Viewer) ([][]string, error) {
		awards, err := Awards(ctx, tx, v)
		return Register(words, awards), err
	})
}

// aidStatement answers GET /t/{territory}/development-aid: what was paid in a
// year that is development aid, by country, for the yearly declaration (CGCT,
// article L1115-6). A year without any says so: nil returns are due too.
func (p *Pages) aidStatement(w http.ResponseWriter, r *http.Request) error {
	words, year := p.frame(r).Words, r.URL.Query().Get("year")
	if _, err := strconv.Atoi(year); err != nil || len(year) != 4 {
		year = strconv.Itoa(p.db.Now().Year())
	}
	return p.file(w, r, "development-aid-"+year+".csv", spreadsheet(words), func(ctx context.Context, tx *db.Tx, v territory.Viewer) ([][]string, error) {
		return AidStatement(ctx, tx, v, words, year)
	})
}

// AidStatement makes the rows of the statement of a year.
func AidStatement(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words, year string) ([][]string, error) {
	rows := [][]string{each([]string{"year", "country", "country_name", "mission", "label", "paid_on", "reference", "net", "gross", "currency"},
		func(name string) string { return w.T("aid.column." + name) })}
	q := db.Select("p.id, p.expense_id", "postings p JOIN expenses e ON e.territory_id = p.territory_id AND e.id = p.expense_id").
		Where("p.territory_id = ? AND p.kind = ? AND p.deleted_at IS NULL AND e.deleted_at IS NULL AND e.aid_country <> ''", v.Territory.ID, Payment).
		Where("p.posted_on >= ? AND p.posted_on <= ?", year+"-01-01", year+"-12-31").Order("e.aid_country", "p.posted_on", "p.id")
	pairs, err := db.Collect(ctx, tx, q, func(scan db.Scan) (pair [2]string, err error) { return pair, scan(&pair[0], &pair[1]) })
	if err != nil {
		return nil, fmt.Errorf("find the development aid of %s: %w", year, err)
	}
	for _, pair := range pairs {
		row, err := aidRow(ctx, tx, v, w, pair[0], pair[1])
		if err != nil {
			return nil, err
		}
		rows = append(rows, append([]string{year}, row...))
	}
	if len(pairs) == 0 {
		rows = append(rows, []string{year, "", w.T("aid.nil"), "", "", "", "", "0.00", "0.00", v.Territory.Currency})
	}
	return rows, nil
}

// aidRow is one payment, in the currency of the territory.
func aidRow(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words, posting, expense string) ([]string, error) {
	p, err := loadPosting(ctx, tx, v.Territory.ID, posting)
	if err != nil {
		return nil, err
	}
	e, err := loadExpense(ctx, tx, v.Territory.ID, expense)
	if err != nil {
		return nil, err
	}
	m, err := mission.Missions().Load(ctx, tx, v.Territory.ID, e.Mission)
	if err != nil {
		return nil, err
	}
	code := v.Territory.Currency
	rates, err := RatesOf(ctx, tx, v.Territory.ID, p.Currency, code)
	if err != nil {
		return nil, err
	}
	net, _, err := rates.Convert(p.Amount.Net, p.Currency, code, p.PostedOn)
	if err != nil {
		return nil, err
	}
	gross, _, err := rates.Convert(p.Amount.Gross, p.Currency, code, p.PostedOn)
	return []string{
		e.AidCountry, places.CountryName(e.AidCountry, w.Lang()), m.Name(w.Lang()), e.Label, p.PostedOn, p.Reference,
		moneyText(net, code), moneyText(gross, code), code,
	}, err
}

// A dialect is how a file is written.
type dialect struct {
	mark  string // before everything
	comma rune
}

// spreadsheet is what the spreadsheets of a reader's language open.
func spreadsheet(w *i18n.Words) dialect {
	if w.Lang() == "fr" {
		return dialect{"\ufeff", ';'}
	}
	return dialect{"\ufeff", ','}
}

// file answers with a CSV file, which is whole before it is sent. A text that a
// spreadsheet would take for a formula is made harmless.
func (p *Pages) file(w http.ResponseWriter, r *http.Request, name string, how dialect,
	rows func(context.Context, *db.Tx, territory.Viewer) ([][]string, error),
) error {
	var table [][]string
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		table, err = rows(r.Context(), tx, territory.ViewerOf(r.Context()))
		return err
	})
	if err != nil {
		return err
	}
	var into bytes.Buffer
	into.WriteString(how.mark)
	out := csv.NewWriter(&into)
	out.Comma, out.UseCRLF = how.comma, true
	for _, row := range table {
		if err := out.Write(each(row, exporter.Harmless)); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	if out.Flush(); out.Error() != nil {
		return fmt.Errorf("write %s: %w", name, out.Error())
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = into.WriteTo(w) // the reader may be gone
	return nil
}
