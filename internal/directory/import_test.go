package directory_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/match"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/territory"
)

// allWords are the texts that an import of the directory says things with.
func allWords(t testing.TB) *i18n.Catalogue {
	t.Helper()
	var all []*i18n.Catalogue
	for _, folder := range []fs.FS{directory.Words, record.Words, ident.Words, match.Words, exporter.Words, importer.Words} {
		c, err := i18n.Load(folder, "words")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	joined, err := i18n.Join(all...)
	if err != nil {
		t.Fatal(err)
	}
	return joined
}

// A desk is an officer who imports, and does the jobs at once.
type desk struct {
	*importer.Importer
	t     testing.TB
	d     *db.DB
	words *i18n.Catalogue
	kinds record.Kinds
	v     territory.Viewer
}

func newDesk(t testing.TB, d *db.DB) *desk {
	t.Helper()
	k := &desk{t: t, d: d, words: allWords(t), kinds: record.NewKinds(append(directory.Kinds(), directory.PeopleKinds(directory.Objections{})...)...), v: officer(1)}
	k.v.Actor = history.Actor{ID: "user:1", Name: "Ana"}
	k.Importer = importer.NewImporter(d, k.kinds, k.words, noJob)
	return k
}

// noJob asks for no job: the tests do the work themselves.
func noJob(context.Context, *db.Tx, int, string, job.Args) (int64, error) { return 0, nil }

func (k *desk) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// preview brings a file as it is guessed, and gives what becomes of its rows.
func (k *desk) preview(name string, data []byte) (id string, lines []importer.Line) {
	k.t.Helper()
	id, err := k.Bring(ctx, k.v, name, data)
	k.must(err)
	k.must(k.Map(ctx, k.v, id, k.load(id).Mapping))
	return id, k.lines(id)
}

func (k *desk) load(id string) importer.Import {
	k.t.Helper()
	imp, err := k.Load(ctx, 1, id)
	k.must(err)
	return imp
}

func (k *desk) lines(id string) []importer.Line {
	k.t.Helper()
	lines, err := k.Lines(ctx, 1, id)
	k.must(err)
	return lines
}

// bringIn writes what was chosen.
func (k *desk) bringIn(id string) {
	k.t.Helper()
	k.must(k.Start(ctx, 1, k.v.Actor, id))
	k.must(k.Work(ctx, importer.Work{Territory: 1, Import: id}))
}

// content are the texts of all records that are not in the trash.
func (k *desk) content() map[string]map[string]string {
	k.t.Helper()
	all := map[string]map[string]string{}
	for kind, query := range map[string]string{
		"organisation": "SELECT id FROM organisations WHERE territory_id = 1 AND deleted_at IS NULL",
		"city":         "SELECT id FROM cities WHERE territory_id = 1 AND deleted_at IS NULL",
		"person":       "SELECT id FROM people WHERE territory_id = 1 AND deleted_at IS NULL",
	} {
		k.must(k.d.Read(ctx, func(tx *db.Tx) error {
			rows, err := tx.Query(query)
			if err != nil {
				return err
			}
			var ids []string
			for rows.Next() {
				var id string
				k.must(rows.Scan(&id))
				ids = append(ids, id)
			}
			k.must(rows.Close())
			for _, id := range ids {
				if all[kind+":"+id], err = k.kinds[kind].Texts(ctx, tx, 1, id); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return all
}

// told says lines in short: row, status, choice, title, and what is changed or
// wrong.
func told(lines []importer.Line) []string {
	var said []string
	for _, l := range lines {
		text := fmt.Sprintf("%d %s %s %s", l.Row, l.Status, l.Choice, l.Title)
		for _, c := range l.Changes {
			text += fmt.Sprintf(" [%s: %s > %s]", c.Field, c.Before, c.After)
		}
		for _, trouble := range l.Troubles {
			text += fmt.Sprintf(" {%s %q: %s}", trouble.Field, trouble.Found, trouble.Key)
		}
		said = append(said, text)
	}
	return said
}

const messy = "Export du 24/11/2026;;;;;;;\n" +
	"\n" +
	"Raison sociale ;N° SIRET (14 chiffres);VILLE;Pays;Filières;Effectif;Courriel;Remarque\n" +
	"\"Étang Bleu, SAS\";732 829 320 00074;13002 MARSEILLE CEDEX 02;france;Santé | maritime;20 à 49;Contact@Etang.example;vu\n" +
	"Étang Bleu;73282932000074;Marseille;FR;Santé;20-49;;\n" +
	"Coral Clinic;;Miami;États-Unis;Health;250 to 499;;\n" +
	"Haifa Chips;;Haïfa;Israël;;;;\n" +
	"Haifa Tools;;Haifa;IL;Poésie;;;\n" +
	"Bad Number;73282932000075;Paris;France;;;not-an-address;\n" +
	";;;;;;;\n" +
	"No Country;;Nowhere-on-Sea;Zzz;;;;\n" +
	"Formula;#REF!;;;;;;\n"

func TestImportMessyOrganisations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, miami := workspace(t, d)
		organisation(t, d, directory.Organisation{Name: "Coral Clinic", City: miami, Country: "US", Size: "50-99"})
		k := newDesk(t, d)
		before := k.content()
		id, lines := k.preview(`C:\fichiers\..\..\Été.csv`, windows1252(messy))
		if got := k.load(id); got.FileName != "Été.csv" || got.Mapping[0].Head != 1 {
			t.Errorf("%q, head %d", got.FileName, got.Mapping[0].Head)
		}
		if diff := cmp.Diff([]string{"name", "siret", "city", "country", "sectors", "size", "email", ""}, k.load(id).Mapping[0].Fields); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{
			`4 new add Étang Bleu, SAS`,
			`5 duplicate skip Étang Bleu`,
			`6 duplicate skip Coral Clinic [sectors:  > health] [size: 50-99 > 250-499]`,
			`7 new add Haifa Chips`,
			`8 wrong skip Haifa Tools {sectors "Poésie": import.unknown}`,
			`9 wrong skip Bad Number {siret "73282932000075": ident.siret_check} {email "not-an-address": ident.email}`,
			`11 wrong skip No Country {city "Nowhere-on-Sea": import.unknown} {country "Zzz": directory.country_unknown}`,
			`12 wrong skip Formula {siret "#REF!": import.failure}`,
			`0 new add Haifa`,
		}, told(lines)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(before, k.content()); diff != "" {
			t.Errorf("the preview wrote something: %s", diff)
		}
		k.must(k.Choose(ctx, 1, id, map[int]importer.Choice{2: importer.Update}))
		k.bringIn(id)
		wantStates(t, k.lines(id), "added skipped updated added skipped skipped skipped skipped added")
		if n := len(k.content()) - len(before); n != 3 {
			t.Errorf("%d records were made", n)
		}
		k.undo(id)
		if diff := cmp.Diff(before, k.content()); diff != "" {
			t.Errorf("undone, something is left: %s", diff)
		}
	})
}

func wantStates(t *testing.T, lines []importer.Line, want string) {
	t.Helper()
	var states []string
	for _, l := range lines {
		states = append(states, string(l.State))
	}
	if got := strings.Join(states, " "); got != want {
		t.Errorf("the rows are %s, not %s", got, want)
	}
}

// undo takes an import back.
func (k *desk) undo(id string) {
	k.t.Helper()
	k.must(k.Undo(ctx, 1, k.v.Actor, id))
	k.must(k.TakeBack(ctx, importer.TakeBack{Territory: 1, Import: id, By: k.v.Actor}))
}

// workbook is an XLSX file of sheets, each a head and rows.
func workbook(t testing.TB, sheets ...sheet.Sheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sheet.Write(&out, sheets); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func table(name string, head []string, rows ...[]any) sheet.Sheet {
	s := sheet.Sheet{Name: name}
	for _, h := range head {
		s.Columns = append(s.Columns, sheet.Column{Name: h})
	}
	for _, row := range rows {
		s.Rows = append(s.Rows, sheet.Values(row...))
	}
	return s
}

// TestImportLinkedSheets: people point to companies of another sheet, which
// comes after theirs, and to companies that are there.
func TestImportLinkedSheets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		organisation(t, d, directory.Organisation{Name: "Aérolit"})
		organisation(t, d, directory.Organisation{Name: "Jumelle", SIREN: "552100554"})
		organisation(t, d, directory.Organisation{Name: "Jumelle", SIREN: "732829320"})
		k := newDesk(t, d)
		id, lines := k.preview("mission.xlsx", workbook(
			t,
			table("Contacts", []string{"Prénom", "Nom", "Organisation", "Courriel"},
				[]any{"Ana", "Lopes", "Étang bleu", "ana@etang.example"},
				[]any{"Bo", "Li", "AEROLIT SAS", "bo@aerolit.example"},
				[]any{"Cy", "Roux", "Jumelle", nil},
				[]any{"Di", "Blanc", "552 100 554", nil},
				[]any{"Ed", "Noir", "Inconnue", nil},
				[]any{"Flo", "Vert", "Refusée", nil}),
			table("Entreprises", []string{"Nom", "Pays", "Créée en"},
				[]any{"Étang Bleu", "France", 1999},
				[]any{"Refusée", "Nulle part", 2001}),
			table("Notes", []string{"À faire", "Quand", "Qui"}, []any{"appeler", "demain", "moi"}),
		))
		if diff := cmp.Diff([]string{
			`2 new add Étang Bleu`,
			`3 wrong skip Refusée {country "Nulle part": directory.country_unknown}`,
			`2 new add Ana Lopes`,
			`3 new add Bo Li`,
			`4 wrong skip Cy Roux {organisation "Jumelle": import.ambiguous}`,
			`5 new add Di Blanc`,
			`6 wrong skip Ed Noir {organisation "Inconnue": import.unknown}`,
			`7 wrong skip Flo Vert {organisation "Refusée": import.refers_to_wrong}`,
		}, told(lines)); diff != "" {
			t.Error(diff)
		}
		if k.load(id).Mapping[2].Kind != "" {
			t.Errorf("notes were taken for %q", k.load(id).Mapping[2].Kind)
		}
		k.bringIn(id)
		wantStates(t, k.lines(id), "added skipped added added skipped added skipped skipped")
		done := k.lines(id)
		if got := k.content()["person:"+done[2].Record]["organisation"]; got != done[0].Record {
			t.Errorf("Ana works at %q, not %q", got, done[0].Record)
		}
	})
}

// TestImportGoesOnWhereItStopped: stopped, what is written stays; a job that
// runs again writes nothing twice; undoing takes back what was written.
func TestImportGoesOnWhereItStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		k := newDesk(t, d)
		before := k.content()
		list := table("Entreprises", []string{"Nom", "Pays"})
		for n := range 450 {
			list.Rows = append(list.Rows, sheet.Values(fmt.Sprintf("Société %d x%d", n, n*7919), "France"))
		}
		id, _ := k.preview("a.xlsx", workbook(t, list))
		k.must(k.Start(ctx, 1, k.v.Actor, id))
		breaking, cancel := context.WithCancelCause(ctx)
		k.Importer = importer.NewImporter(d, breakAfter(k.kinds, 250, func() { cancel(nil) }), k.words, nil)
		if err := k.Work(breaking, importer.Work{Territory: 1, Import: id}); err == nil {
			t.Fatal("the job was not broken off")
		}
		if n := len(k.content()) - len(before); n != 200 {
			t.Errorf("%d records are written, not one chunk", n)
		}
		k.Importer = importer.NewImporter(d, k.kinds, k.words, noJob)
		for range 2 {
			k.must(k.Work(ctx, importer.Work{Territory: 1, Import: id}))
		}
		if n := len(k.content()) - len(before); n != 450 {
			t.Errorf("%d records are written", n)
		}
		k.undo(id)
		if diff := cmp.Diff(before, k.content()); diff != "" {
			t.Errorf("undone, something is left: %s", diff)
		}
	})
}

// breakAfter gives kinds that call stop when so many organisations were made.
func breakAfter(kinds record.Kinds, n int, stop func()) record.Kinds {
	broken := record.Kinds{}
	for name, kind := range kinds {
		create := kind.Create
		kind.Create = func(ctx context.Context, tx *db.Tx, act record.Act, meta record.Meta, texts map[string]string) (string, error) {
			if n--; n == 0 {
				stop()
			}
			return create(ctx, tx, act, meta, texts)
		}
		broken[name] = kind
	}
	return broken
}

// TestImportMindsWhatHappensMeanwhile: a record changed since the preview keeps
// its value, and what somebody changed after the import is not undone.
func TestImportMindsWhatHappensMeanwhile(t *testing.T) {
	d := dbtest.Open(t)
	workspace(t, d)
	one := organisation(t, d, directory.Organisation{Name: "Une", SIREN: "732829320", Size: "1-2"})
	organisation(t, d, directory.Organisation{Name: "Deux", SIREN: "552100554", Size: "1-2"})
	k := newDesk(t, d)
	id, lines := k.preview("a.csv", []byte("Nom;SIREN;Effectif\nUne;732829320;3 à 5\nDeux;552100554;3 à 5\nTrois;;3 à 5\n"))
	change := func(id, size string) {
		write(t, d, func(tx *db.Tx) error {
			return k.kinds["organisation"].Change(ctx, tx, act, 1, id, map[string]string{"size": size})
		})
	}
	change(one.ID, "10-19")
	k.bringIn(id)
	wantStates(t, k.lines(id), "failed updated added")
	if trouble := k.lines(id)[0].Troubles; len(trouble) != 1 || trouble[0].Key != "import.changed_since" || trouble[0].Field != "size" {
		t.Errorf("%+v", trouble)
	}
	change(lines[1].Record, "20-49")
	k.undo(id)
	wantStates(t, k.lines(id), "failed kept undone")
}

// TestImportStaysAtHome: of another territory, nothing is seen or changed.
func TestImportStaysAtHome(t *testing.T) {
	d := dbtest.Open(t)
	workspace(t, d)
	k := newDesk(t, d)
	id, _ := k.preview("a.csv", []byte("Nom;Pays\nUne;France\nDeux;France\n"))
	for name, err := range map[string]error{
		"start":   k.Start(ctx, 2, k.v.Actor, id),
		"stop":    k.Stop(ctx, 2, id),
		"undo":    k.Undo(ctx, 2, k.v.Actor, id),
		"choose":  k.Choose(ctx, 2, id, map[int]importer.Choice{0: importer.Skip}),
		"discard": k.Discard(ctx, 2, id),
		"map":     k.Map(ctx, officer(2), id, k.load(id).Mapping),
	} {
		if err == nil {
			t.Errorf("%s: another territory's import was taken", name)
		}
	}
	other := organisation(t, d, directory.Organisation{Meta: record.Meta{Territory: 2}, Name: "Voisine", SIREN: "732829320"})
	_, lines := k.preview("b.csv", []byte("Identifiant Escale;Nom;SIREN\n"+other.ID+";Voisine;732829320\n"))
	if lines[0].Status != importer.Fresh || lines[0].Record != "" {
		t.Errorf("the neighbour's record was found: %+v", lines[0])
	}
}

// windows1252 writes a text as old spreadsheets do.
func windows1252(text string) []byte {
	var out bytes.Buffer
	for _, r := range text {
		out.WriteByte(byte(r))
	}
	return out.Bytes()
}
