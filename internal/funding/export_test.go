package funding

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/wordstest"
)

// A schemaField is one of the table schema "subventions" 2.1.1, as its
// documentation describes it.
type schemaField struct {
	name     string
	required bool
	kind     string // string, date, number or boolean
	pattern  string
	longest  int
	values   []string
	least    float64
	most     float64
}

var schema = []schemaField{
	{name: "nomAttribuant", required: true},
	{name: "idAttribuant", required: true, pattern: `^\d{14}$`},
	{name: "dateConvention", required: true, kind: "date"},
	{name: "referenceDecision"},
	{name: "nomBeneficiaire", required: true},
	{name: "idBeneficiaire", required: true, pattern: `^\d{14}$`},
	{name: "rnaBeneficiaire", pattern: `^W\d{9}$`},
	{name: "objet", required: true, longest: 255},
	{name: "montant", required: true, kind: "number"},
	{name: "nature", required: true, values: []string{
		"aide en numéraire", "aide en nature", "aide en numéraire;aide en nature", "aide en nature;aide en numéraire",
	}},
	{name: "conditionsVersement", required: true, longest: 255},
	{name: "datesPeriodeVersement", required: true, pattern: `^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$`},
	{name: "idRAE", longest: 5},
	{name: "notificationUE", required: true, kind: "boolean", values: []string{"oui", "non"}},
	{name: "pourcentageSubvention", required: true, kind: "number", least: 0.01, most: 1},
	{name: "dispositifAide"},
}

// check says what is wrong with a value, by the schema alone.
func (f schemaField) check(value string) error {
	if value == "" {
		if f.required {
			return fmt.Errorf("%s is missing", f.name)
		}
		return nil
	}
	if f.pattern != "" && !regexp.MustCompile(f.pattern).MatchString(value) {
		return fmt.Errorf("%s: %q is not %s", f.name, value, f.pattern)
	}
	if f.longest > 0 && utf8.RuneCountInString(value) > f.longest {
		return fmt.Errorf("%s is longer than %d", f.name, f.longest)
	}
	if f.values != nil && !slices.Contains(f.values, value) {
		return fmt.Errorf("%s: %q is not allowed", f.name, value)
	}
	switch f.kind {
	case "date":
		_, err := time.Parse(time.DateOnly, value)
		return err
	case "number":
		number, err := strconv.ParseFloat(value, 64)
		if err == nil && f.most > 0 && (number < f.least || number > f.most) {
			err = fmt.Errorf("%s: %v is not between %v and %v", f.name, number, f.least, f.most)
		}
		return err
	}
	return nil
}

// served is what a handler answers to the viewer.
func (s *stage) served(handle web.Handler) string {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/?year=2026", nil)
	w := httptest.NewRecorder()
	if err := handle(w, r.WithContext(territory.With(r.Context(), s.v))); err != nil {
		s.t.Fatal(err)
	}
	if kind := w.Header().Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		s.t.Errorf("served as %s", kind)
	}
	return w.Body.String()
}

func (s *stage) pages(lang string) *Pages {
	words := wordstest.Load(s.t, Words)
	return NewPages(s.d, func(*http.Request) web.Frame { return web.Frame{Words: words.For(lang)} }, s.kinds, Doors{})
}

func readCSV(t *testing.T, file string, comma rune) [][]string {
	t.Helper()
	in := csv.NewReader(strings.NewReader(file))
	in.Comma = comma
	rows, err := in.ReadAll()
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return rows
}

// TestOpenDataKeepsTheSchema reads the open data back, and checks each field with
// the schema, and against what was awarded.
func TestOpenDataKeepsTheSchema(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		vigie, unknown := s.company("Vigie fictive", "80295478500028"), s.company("Sans SIRET", "")
		first, second, exempt := s.award(vigie, 12_345, "2026-03-02"), s.award(vigie, 500, "2026-04-02"), s.award(vigie, 9, "2026-05-02")
		first.Object, first.Amount = strings.Repeat("é", mostObject), 12_345_67
		second.PaysFrom, second.PaysTo, second.Instrument, second.Object = "2026-05-01", "2026-06-01", "both", "=1+1"
		exempt.Regulation, exempt.Conditions, exempt.Instrument, exempt.Scheme = "none", "sur facture; en une fois", "kind", "65d5b6c7"
		for _, g := range []*Grant{first, second, exempt, s.award(unknown, 10, "2026-02-02")} {
			if err := s.add(g); err != nil {
				t.Fatal(err)
			}
		}
		file := s.served(s.pages("fr").openData)
		if !utf8.ValidString(file) || strings.HasPrefix(file, "\ufeff") {
			t.Error("the file is not plain UTF-8")
		}
		rows := readCSV(t, file, ',')
		var names []string
		for _, f := range schema {
			names = append(names, f.name)
		}
		if diff := cmp.Diff(names, rows[0]); diff != "" {
			t.Fatalf("the columns (-schema +file):\n%s", diff)
		}
		for _, row := range rows[1:] {
			for i, f := range schema {
				if err := f.check(row[i]); err != nil {
					t.Error(err)
				}
			}
		}
		want := [][]string{
			{"Région fictive", "23130001500247", "2026-03-02", "2026-12", "Vigie fictive", "80295478500028", "", first.Object, "12345.67", "aide en numéraire", "unique", "2026-03-02", "", "oui", "1.00", ""},
			{"Région fictive", "23130001500247", "2026-04-02", "2026-12", "Vigie fictive", "80295478500028", "", "'=1+1", "500.00", "aide en numéraire;aide en nature", "échelonné", "2026-05-01/2026-06-01", "", "oui", "1.00", ""},
			{"Région fictive", "23130001500247", "2026-05-02", "2026-12", "Vigie fictive", "80295478500028", "", "Mission à Miami", "9.00", "aide en nature", "sur facture; en une fois", "2026-05-02", "", "non", "1.00", "65d5b6c7"},
		}
		if diff := cmp.Diff(want, rows[1:]); diff != "" {
			t.Errorf("(-awarded +file):\n%s", diff)
		}
		s.read(func(tx *db.Tx) error {
			awards, err := Awards(ctx, tx, s.v)
			_, left := SCDL(awards)
			n, failed := countUnpublishable(ctx, tx, s.v.Territory.ID)
			if len(left) != 1 || left[0].Beneficiary.Name != "Sans SIRET" || n != 1 || failed != nil {
				t.Errorf("left out: %d, counted %d (%v)", len(left), n, failed)
			}
			return err
		})
	})
}

// TestRegister: the register's file holds what the regulation asks of each de
// minimis award, and no other grant.
func TestRegister(t *testing.T) {
	s := setStage(t, dbtest.Open(t))
	vigie := s.company("Vigie fictive", "80295478500028")
	g, exempt := s.award(vigie, 1_000, "2026-11-23"), s.award(vigie, 9, "2026-11-23")
	g.Number, g.Funder, exempt.Regulation = "2026-1", vigie.ID, "651/2014"
	before := s.award(vigie, 5, "2025-12-31") // the register began on the day after
	for _, one := range []*Grant{g, exempt, before} {
		if err := s.add(one); err != nil {
			t.Fatal(err)
		}
	}
	file := s.served(s.pages("en").registerFile)
	rows := readCSV(t, strings.TrimPrefix(file, "\ufeff"), ',')
	want := [][]string{
		{"Aid number", "Beneficiary", "SIREN", "SIRET", "Sector (NACE)", "Amount", "Currency", "Day of the award", "Awarding authority", "SIRET of the authority", "Funder", "Instrument", "Regulation", "To enter by", "Entered on", "Number in the register"},
		{"2026-1", "Vigie fictive", "802954785", "80295478500028", "62.01Z", "1000.00", "EUR", "2026-11-23", "Région fictive", "23130001500247", "Vigie fictive", "Money", "2023/2831", "2026-12-21", "", ""},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +file):\n%s", diff)
	}
}

// TestAidStatement: payments of a year that are development aid, in the currency
// of the territory; a year without any says so.
func TestAidStatement(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		w := wordstest.Load(t, Words).For("fr")
		if diff := cmp.Diff([]string{"2026", "", "Néant", "", "", "", "", "0.00", "0.00", "EUR"}, s.statement(w)[1]); diff != "" {
			t.Errorf("a year without (-want +have):\n%s", diff)
		}
		s.write(func(tx *db.Tx) error {
			return PutRate(ctx, tx, s.v, Rate{Currency: "MAD", Day: "2026-01-01", Units: "10"})
		})
		e := s.expense(&Expense{Label: "Formation", Currency: "MAD", PlannedOn: "2026-01-01", AidCountry: "MA"})
		other := s.expense(&Expense{Label: "Vols", Currency: "EUR", PlannedOn: "2026-01-01"})
		for i, p := range []Posting{
			{Expense: e.ID, Kind: Payment, PostedOn: "2026-05-01", Amount: Amount{1000_00, 1200_00}},
			{Expense: e.ID, Kind: Payment, PostedOn: "2027-01-01", Amount: Amount{Gross: 1}},
			{Expense: e.ID, Kind: Invoice, PostedOn: "2026-05-01", Amount: Amount{Gross: 1}},
			{Expense: other.ID, Kind: Payment, PostedOn: "2026-05-01", Amount: Amount{Gross: 1}},
		} {
			p.Reference, p.Currency = fmt.Sprint("M", i), "MAD"
			s.post(&p)
		}
		want := [][]string{{"2026", "MA", "Maroc", "Miami", "Formation", "2026-05-01", "M0", "100.00", "120.00", "EUR"}}
		if diff := cmp.Diff(want, s.statement(w)[1:]); diff != "" {
			t.Errorf("(-want +have):\n%s", diff)
		}
	})
}

func (s *stage) statement(w *i18n.Words) (rows [][]string) {
	s.t.Helper()
	s.read(func(tx *db.Tx) (err error) {
		rows, err = AidStatement(ctx, tx, s.v, w, "2026")
		return err
	})
	return rows
}
