package directory_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/wordstest"
)

func eraser() directory.Eraser { return directory.Eraser{Kinds: kinds(), Objections: objections} }

// secrets are words that are in nothing but one person's data.
var secrets = []string{"Quetzal", "Ornithorynque", "quetzal", "Plenipotentiary", "33491000000", "04 91 00 00 00", "Zygomatic", "2011-07-19"}

// known makes a person of whom every record there is tells something: changed,
// appointed, tied, and merged with another.
func known(t *testing.T, d *db.DB) (p *directory.Person) {
	t.Helper()
	before, after := organisation(t, d, directory.Organisation{Name: "Before"}), organisation(t, d, directory.Organisation{Name: "After"})
	p = person(t, d, directory.Person{
		Given: "Quetzal", Family: "Ornithorynque", Organisation: before.ID, Function: "Plenipotentiary", Since: "2011-07-19",
		Email: "quetzal@b.example", Phones: []string{"04 91 00 00 00"}, Country: "FR", Consent: "objected", ConsentSource: "Zygomatic letter",
	})
	twin := person(t, d, directory.Person{Given: "Quetzal", Family: "Ornithorynque-Twin", Email: "twin.quetzal@b.example"})
	write(t, d, func(tx *db.Tx) error {
		if err := directory.Appoint(ctx, tx, people(), act, p, after.ID, "Plenipotentiary again", "2016-01-01"); err != nil {
			return err
		}
		if err := kinds().Merge(ctx, tx, act, people().Ref(p), people().Ref(twin), nil); err != nil {
			return err
		}
		return kinds().Relate(ctx, tx, officer(1), act, &record.Relation{From: people().Ref(p), To: organisationRef(1, before.ID), Role: "founded"})
	})
	return p
}

// inDatabase gives the places of the whole database that hold one of some texts.
func inDatabase(t *testing.T, d *db.DB, texts []string) (places []string) {
	t.Helper()
	columns := `SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`
	if d.Engine() == db.Postgres {
		columns = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'`
	}
	rows, err := d.Handle().QueryContext(ctx, columns)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all [][2]string
	for rows.Next() {
		var at [2]string
		if err := rows.Scan(&at[0], &at[1]); err != nil {
			t.Fatal(err)
		}
		all = append(all, at)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	rows.Close()
	for _, at := range all {
		for _, text := range texts {
			var n int
			query := `SELECT count(*) FROM "` + at[0] + `" WHERE CAST("` + at[1] + `" AS text) LIKE $1`
			if err := d.Handle().QueryRowContext(ctx, query, "%"+text+"%").Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				places = append(places, at[0]+"."+at[1]+": "+text)
			}
		}
	}
	return places
}

// TestErasingLeavesNothing reads the whole database for what was known.
func TestErasingLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		p := known(t, d)
		for _, secret := range secrets {
			if len(inDatabase(t, d, []string{secret})) == 0 {
				t.Errorf("the test proves nothing of %q: it is nowhere", secret)
			}
		}
		var proof directory.Erasure
		write(t, d, func(tx *db.Tx) (err error) {
			proof, err = eraser().Erase(ctx, tx, act, 1, p.ID)
			return err
		})
		if places := inDatabase(t, d, secrets); len(places) > 0 {
			t.Errorf("left behind:\n%s", strings.Join(places, "\n"))
		}
		want := map[string]int{"person": 2, "post": 1}
		if diff := cmp.Diff(want, proof.Counts); diff != "" || proof.Person != p.ID || proof.Ending != directory.Erased {
			t.Errorf("the proof is %+v %s", proof, diff)
		}
		write(t, d, func(tx *db.Tx) error {
			kept, err := directory.Erasures(ctx, tx, 1, 10)
			if diff := cmp.Diff([]directory.Erasure{proof}, kept); diff != "" {
				t.Error(diff)
			}
			return err
		})
		write(t, d, func(tx *db.Tx) error {
			report, err := history.Verify(ctx, tx, 1)
			if len(report.Problems) > 0 {
				t.Errorf("the chain of history is broken: %v", report.Problems)
			}
			return err
		})
	})
}

func TestWhatIsErasedStaysSo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		p := person(t, d, directory.Person{Family: "Ruiz"})
		batch := record.Act{By: act.By, Batch: "edit"}
		write(t, d, func(tx *db.Tx) error {
			return kinds()["person"].Change(ctx, tx, batch, 1, p.ID, map[string]string{"function": "Director"})
		})
		write(t, d, func(tx *db.Tx) error {
			_, err := eraser().Erase(ctx, tx, act, 1, p.ID)
			return err
		})
		err := d.Write(ctx, func(tx *db.Tx) error { return people().Restore(ctx, tx, act, 1, p.ID) })
		if f := fault.Of(err); f == nil || f.Key != "person.erased" {
			t.Errorf("restored: %v", err)
		}
		write(t, d, func(tx *db.Tx) error {
			undone, err := kinds().Undo(ctx, tx, act.By, 1, "edit")
			if undone.Done > 0 || len(undone.Kept) != 1 {
				t.Errorf("undone: %+v", undone)
			}
			got, loadErr := people().Load(ctx, tx, 1, p.ID)
			if loadErr == nil && !got.Erased() {
				t.Errorf("something is back: %+v", got)
			}
			return err
		})
	})
}

func TestAnObjectionOutlivesErasure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		erase := func(p *directory.Person) {
			write(t, d, func(tx *db.Tx) error {
				_, err := eraser().Erase(ctx, tx, act, 1, p.ID)
				return err
			})
		}
		erase(person(t, d, directory.Person{Family: "Ruiz", OtherEmails: []string{"ana@b.example"}, Consent: "objected"}))
		erase(person(t, d, directory.Person{Family: "Abel", Email: "bo@b.example"}))
		for name, c := range map[string]struct {
			p    directory.Person
			want string
		}{
			"the address is back":   {directory.Person{Family: "R", Email: "ana@b.example"}, "objected"},
			"it was asked":          {directory.Person{Family: "R", Email: "ana@b.example", Consent: "asked"}, "objected"},
			"an older agreement":    {directory.Person{Family: "R", Email: "ana@b.example", Consent: "given", ConsentDate: "2017-11-05", ConsentSource: "form"}, "objected"},
			"they agreed since":     {directory.Person{Family: "R", Email: "ana@b.example", Consent: "given", ConsentDate: "2017-11-06", ConsentSource: "form"}, "given"},
			"they did not object":   {directory.Person{Family: "A", Email: "bo@b.example"}, ""},
			"in another territory":  {directory.Person{Meta: record.Meta{Territory: 2}, Family: "R", Email: "ana@b.example"}, ""},
			"nobody knows this one": {directory.Person{Family: "X", Email: "x@b.example"}, ""},
		} {
			if got := person(t, d, c.p); got.Consent != c.want {
				t.Errorf("%s: the consent is %q, want %q", name, got.Consent, c.want)
			}
		}
		later := person(t, d, directory.Person{Family: "R"})
		write(t, d, func(tx *db.Tx) error {
			return kinds()["person"].Change(ctx, tx, act, 1, later.ID, map[string]string{"email": "ana@b.example"})
		})
		write(t, d, func(tx *db.Tx) error {
			got, err := people().Load(ctx, tx, 1, later.ID)
			if got.Consent != "objected" {
				t.Errorf("added to a record: %q", got.Consent)
			}
			return err
		})
	})
}

func TestPersonalDataIsAllThatIsHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		p := known(t, d)
		var data directory.PersonalData
		write(t, d, func(tx *db.Tx) (err error) {
			home, err := territory.BySlug(ctx, tx, "marseille")
			if err != nil {
				return err
			}
			data, err = eraser().PersonalData(ctx, tx, home, p.ID)
			return err
		})
		var held []string
		for _, r := range data.Records {
			held = append(held, r.Kind+" by "+r.Field)
		}
		slices.Sort(held)
		want := []string{"person by ", "person by merged_into", "post by person", "relation by from"}
		if diff := cmp.Diff(want, held); diff != "" {
			t.Error(diff)
		}
		var written bytes.Buffer
		if err := data.WriteJSON(&written); err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if !strings.Contains(written.String(), secret) && secret != "33491000000" { // which is made for search only
				t.Errorf("the export does not say %q", secret)
			}
		}
		var back directory.PersonalData
		if err := json.Unmarshal(written.Bytes(), &back); err != nil || back.Name != data.Name || len(back.Records) != len(data.Records) {
			t.Errorf("read back: %+v, %v", back, err)
		}
		checkWorkbook(t, data)
	})
}

// checkWorkbook reads the export for people back.
func checkWorkbook(t *testing.T, data directory.PersonalData) {
	t.Helper()
	words, err := i18n.Join(wordstest.Load(t, directory.Words), wordstest.Load(t, record.Words))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"fr", "en"} {
		var written bytes.Buffer
		if err := data.WriteXLSX(&written, words.For(lang)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "data.xlsx")
		if err := os.WriteFile(path, written.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		tables, err := sheet.Open(path)
		if err != nil || len(tables) != 2 {
			t.Fatalf("%d sheets, %v", len(tables), err)
		}
		text := ""
		for _, table := range tables {
			for _, row := range table.Rows {
				for _, cell := range row.Cells {
					text += cell.Text + "\n"
				}
			}
		}
		if !strings.Contains(text, "Ornithorynque") || strings.Contains(text, "field.") {
			t.Errorf("%s: %s", lang, text)
		}
	}
}

func TestRetention(t *testing.T) {
	hand := clock.At(dbtest.Now())
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		start := hand.Now()
		defer func() { hand.Advance(start.Sub(hand.Now())) }()
		person(t, d, directory.Person{Family: "Silent"})
		person(t, d, directory.Person{Family: "Long silent", LastContact: "2014-12-01"})
		awake := person(t, d, directory.Person{Family: "Awake", LastContact: "2014-12-01"})
		person(t, d, directory.Person{Meta: record.Meta{Fictional: true}, Family: "Invented", LastContact: "2001-01-01"})
		person(t, d, directory.Person{Family: "In the minutes", Source: "minutes", LastContact: "2001-01-01"})

		if got := retain(t, d); !slices.Equal(got, []string{"Awake", "Long silent"}) {
			t.Errorf("after the first day, notice is given of %v", got)
		}
		if got := retain(t, d); got != nil {
			t.Errorf("notice is given twice of %v", got)
		}
		hand.Advance(29 * 24 * time.Hour)
		retain(t, d)
		if got := living(t, d); len(got) != 5 {
			t.Errorf("before the notice is over, there are %v", got)
		}
		write(t, d, func(tx *db.Tx) error {
			return kinds()["person"].Change(ctx, tx, act, 1, awake.ID, map[string]string{"last_contact": "2017-12-01"})
		})
		hand.Advance(24 * time.Hour)
		retain(t, d)
		if diff := cmp.Diff([]string{"Awake", "In the minutes", "Invented", "Silent"}, living(t, d)); diff != "" {
			t.Errorf("after the notice: %s", diff)
		}
		hand.Advance(3*366*24*time.Hour - 60*24*time.Hour)
		if got := retain(t, d); !slices.Equal(got, []string{"Silent"}) {
			t.Errorf("years later, notice is given of %v", got)
		}
	})
}

// retain applies the rules, and gives the names of those whom notice is given of.
func retain(t *testing.T, d *db.DB) (noticed []string) {
	t.Helper()
	err := eraser().Retain(ctx, d, func(_ context.Context, _ *db.Tx, _ territory.Territory, people []directory.PersonRow) error {
		for _, p := range people {
			noticed = append(noticed, p.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(noticed)
	return noticed
}

func living(t *testing.T, d *db.DB) (names []string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		rows, _, err := directory.ListPeople(ctx, tx, officer(1), directory.PersonFilter{})
		for _, row := range rows {
			names = append(names, row.Name())
		}
		return err
	})
	return names
}

func TestRetentionByAnotherRule(t *testing.T) {
	hand := clock.At(dbtest.Now())
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		rule := directory.Rule{Months: 1, NoticeDays: 1, Ending: directory.Archived}
		write(t, d, func(tx *db.Tx) error { return directory.SetRule(ctx, tx, act.By, 1, rule) })
		write(t, d, func(tx *db.Tx) error {
			got, err := directory.RuleOf(ctx, tx, 1)
			if got != rule {
				t.Errorf("the rule is %+v", got)
			}
			return err
		})
		p := person(t, d, directory.Person{Family: "Ruiz", LastContact: "2017-09-01"})
		retain(t, d)
		hand.Advance(24 * time.Hour)
		defer hand.Advance(-24 * time.Hour)
		for range 2 { // it may be run twice
			retain(t, d)
		}
		write(t, d, func(tx *db.Tx) error {
			got, err := people().Load(ctx, tx, 1, p.ID)
			if err != nil {
				return err
			}
			if !got.Deleted() || got.Family != "Ruiz" {
				t.Errorf("archived: %+v", got)
			}
			proofs, err := directory.Erasures(ctx, tx, 1, 10)
			if len(proofs) != 1 || proofs[0].Ending != directory.Archived || proofs[0].Months != 1 || proofs[0].Actor != history.System().ID {
				t.Errorf("the proofs are %+v", proofs)
			}
			return err
		})
	})
}

func TestRuleRefuses(t *testing.T) {
	for field, rule := range map[string]directory.Rule{
		"months":      {NoticeDays: 1, Ending: directory.Erased},
		"notice_days": {Months: 1, Ending: directory.Erased},
		"ending":      {Months: 1, NoticeDays: 1},
	} {
		if problems, ok := rule.Validate().(fault.Problems); !ok || len(problems) != 1 || problems[0].Field != field {
			t.Errorf("%s: %v", field, problems)
		}
	}
}

// TestImportedRowsAreEmptied as soon as somebody is erased, while their file
// waits and once it was imported.
func TestImportedRowsAreEmptied(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		k := newDesk(t, d)
		file := []byte("Prénom;Nom;Courriel\nQuetzal;Ornithorynque;quetzal@b.example\nAda;King;ada@b.example\n")
		id, _ := k.preview("people.csv", file)
		k.must(k.Start(ctx, 1, act.By, id))
		k.must(k.Work(ctx, importer.Work{Territory: 1, Import: id}))
		waits, lines := k.preview("again.csv", file)
		e := eraser()
		e.Traces = []record.Trace{importer.Trace()}
		var proof directory.Erasure
		write(t, d, func(tx *db.Tx) (err error) {
			proof, err = e.Erase(ctx, tx, act, 1, lines[0].Record)
			return err
		})
		if proof.Counts["import"] != 2 {
			t.Errorf("the proof counts %v", proof.Counts)
		}
		if places := inDatabase(t, d, []string{"uetzal", "rnithorynque"}); len(places) > 0 {
			t.Errorf("left behind:\n%s", strings.Join(places, "\n"))
		}
		for name, state := range map[string]importer.State{id: importer.Added, waits: importer.Skipped} {
			lines := k.lines(name)
			if lines[0].State != state || lines[0].Title != "" || lines[1].Title == "" {
				t.Errorf("the lines are %+v", lines)
			}
		}
	})
}
