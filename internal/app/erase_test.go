package app

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/territory"
)

// inDatabase gives the columns of the whole database that hold a text.
func (h *house) inDatabase(text string) (places []string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		q := db.Select("t.name, c.name", "pragma_table_list AS t, pragma_table_info(t.name) AS c").
			Where("t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'")
		columns, err := db.Collect(ctx, tx, q, func(scan db.Scan) (at [2]string, err error) { return at, scan(&at[0], &at[1]) })
		for _, at := range columns {
			var n int
			query := `SELECT count(*) FROM "` + at[0] + `" WHERE CAST("` + at[1] + `" AS text) LIKE $1`
			if err := tx.QueryRowContext(ctx, query, "%"+text+"%").Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				places = append(places, at[0]+"."+at[1])
			}
		}
		return err
	})
	slices.Sort(places)
	return places
}

// brings brings a file and gives what its preview says of each row.
func (h *house) brings(lines ...string) (id string) {
	h.t.Helper()
	v := territory.Viewer{Territory: h.home, Role: territory.Administrator, Language: "fr", Actor: act.By}
	id, err := h.app.importer().Bring(ctx, v, "people.csv", []byte(strings.Join(lines, "\n")))
	if err != nil {
		h.t.Fatal(err)
	}
	imp, err := h.app.importer().Load(ctx, h.home.ID, id)
	if err == nil {
		err = h.app.importer().Map(ctx, v, id, imp.Mapping)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// known makes somebody of whom links and a file tell, and gives the ids of
// their record and of the file.
func (h *house) known() (person, file string) {
	h.t.Helper()
	made := &directory.Person{
		Meta: record.Meta{Territory: h.home.ID}, Given: "Quetzal", Family: "Ornithorynque",
		Email: "quetzal@b.example", OtherEmails: []string{"Zygomatic@c.example"},
	}
	h.write(func(tx *db.Tx) error {
		if err := directory.People(h.app.objections).Add(ctx, tx, act, made); err != nil {
			return err
		}
		for _, l := range []auth.Link{
			{Kind: "organisation", RecordID: h.ours, SentTo: "zygomatic@C.example", Name: "Q. Ornithorynque"},
			{Kind: "organisation", RecordID: h.others, Name: "ORNITHORYNQUE Quetzal"},
			{Kind: "person", RecordID: made.ID, Name: "Quetzal's assistant"},
			{Kind: "organisation", RecordID: h.ours, SentTo: "another@b.example", Name: "Quetzal Ornithorynque-Homonyme"},
		} {
			l.TerritoryID, l.ExpiresAt = h.home.ID, tx.Now.Add(time.Hour)
			l, err := h.app.auth.MakeLink(ctx, tx, act.By, answering, l)
			if err != nil {
				return err
			}
			by := auth.Visitor{Link: l}.Actor()
			if _, err := history.Write(ctx, tx, history.Event{Ref: l.Of(), Actor: by, Action: "edit"}); err != nil {
				return err
			}
		}
		return nil
	})
	return made.ID, h.brings(
		"Prénom;Nom;Courriel;Téléphone",
		"Quetzal;Ornithorynque;;+33491111111",
		"Q.;O.;quetzal@b.example;+33492222222",
		"Quetzal;Ornithorynque;homonyme@d.example;+33493333333",
		"Ada;King;;+33494444444",
	)
}

// secrets are words of one person's data, kept those of others.
var (
	secrets = []string{"quetzal@b.example", "zygomatic", "assistant", "33491111111", "33492222222", "Q. Ornithorynque", "ORNITHORYNQUE Quetzal"}
	others  = []string{"another@b.example", "Ornithorynque-Homonyme", "homonyme@d.example", "33493333333", "33494444444"}
)

// TestErasingReachesLinksAndFiles: personal links and files that were brought
// hold people too, and are emptied with them at once.
func TestErasingReachesLinksAndFiles(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	person, file := h.known()
	for _, text := range append(slices.Clone(secrets), others...) {
		if len(h.inDatabase(text)) == 0 {
			t.Errorf("the test proves nothing of %q: it is nowhere", text)
		}
	}
	b := h.as(h.users[territory.Administrator])
	if w := b.post("/t/marseille/people/"+person+"/erase", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("erasing is answered with %d:\n%s", w.Code, w.Body)
	}
	for _, text := range secrets {
		if left := h.inDatabase(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	for _, text := range others {
		if len(h.inDatabase(text)) == 0 {
			t.Errorf("%q is gone, and is another's", text)
		}
	}
	var counts map[string]int
	h.write(func(tx *db.Tx) error {
		proofs, err := directory.Erasures(ctx, tx, h.home.ID, 1)
		if err == nil {
			counts = proofs[0].Counts
		}
		return err
	})
	if diff := cmp.Diff(map[string]int{"person": 1, "link": 3, "import": 2}, counts); diff != "" {
		t.Errorf("the proof counts otherwise: %s", diff)
	}
	if err := h.app.importer().Start(ctx, h.home.ID, act.By, file); err != nil {
		t.Fatal(err)
	}
	if err := h.app.importer().Work(ctx, importer.Work{Territory: h.home.ID, Import: file}); err != nil {
		t.Fatal(err)
	}
	h.write(func(tx *db.Tx) error {
		v := territory.Viewer{Territory: h.home, Role: territory.Administrator}
		people, _, err := directory.ListPeople(ctx, tx, v, directory.PersonFilter{})
		var names []string
		for _, p := range people {
			names = append(names, p.Name())
		}
		slices.Sort(names)
		if diff := cmp.Diff([]string{"Ada King", "Quetzal Ornithorynque"}, names); diff != "" {
			t.Errorf("the import wrote others: %s", diff)
		}
		return err
	})
	h.write(func(tx *db.Tx) error {
		report, err := history.Verify(ctx, tx, h.home.ID)
		if len(report.Problems) > 0 {
			t.Errorf("the history is broken: %+v", report)
		}
		return err
	})
}

// TestPersonalDataTellsOfLinksAndFiles: what may be erased can be asked for.
func TestPersonalDataTellsOfLinksAndFiles(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	person, _ := h.known()
	b := h.as(h.users[territory.Administrator])
	w := b.get("/t/marseille/people/" + person + "/data?as=json")
	var data directory.PersonalData
	if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil {
		t.Fatal(err, w.Code)
	}
	kinds := map[string]int{}
	for _, r := range data.Records {
		kinds[r.Kind]++
	}
	if diff := cmp.Diff(map[string]int{"person": 1, "link": 3, "import": 2}, kinds); diff != "" {
		t.Errorf("the export tells of others: %s", diff)
	}
	for _, text := range others {
		if strings.Contains(w.Body.String(), text) {
			t.Errorf("the export tells of %q", text)
		}
	}
	if w := b.get("/t/marseille/people/" + person + "/data"); w.Code != http.StatusOK {
		t.Errorf("the workbook is answered with %d", w.Code)
	}
}
