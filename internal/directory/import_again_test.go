package directory_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/record/importer"
)

// export writes the records of a kind, as the format and the language want it.
func (k *desk) export(kind, format, lang string) []byte {
	k.t.Helper()
	content := k.content()
	var ids []string
	for key := range content {
		if of, id, _ := strings.Cut(key, ":"); of == kind {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	part := exporter.Part{Kind: k.kinds[kind], Rows: func(yield func(exporter.Row, error) bool) {
		for _, id := range ids {
			if !yield(exporter.Row{ID: id, Texts: content[kind+":"+id]}, nil) {
				return
			}
		}
	}}
	var out bytes.Buffer
	k.must(k.d.Read(ctx, func(tx *db.Tx) error {
		reader := k.v
		reader.Language = lang
		e := exporter.NewExporter(k.words.For(lang), exporter.Names(ctx, tx, reader, k.kinds))
		if format == "xlsx" {
			return e.XLSX(&out, part)
		}
		return e.CSV(&out, part)
	}))
	return out.Bytes()
}

// anyText is what people may write: with the letters that formulas, CSV files
// and lists mind.
func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		text := rapid.StringOfN(rapid.OneOf(
			rapid.SampledFrom([]rune("=+-@'\"; ,\n\t|éŒ'#&<>0123456789aB")), rapid.RuneFrom(nil, unicode.Letter, unicode.Punct, unicode.Digit),
		), 1, 20, -1).Draw(t, "text")
		if strings.HasPrefix(text, "#") { // a formula's error, maybe
			text = "n" + text
		}
		return text
	})
}

// anyOrganisation gives the texts of an organisation.
func anyOrganisation(cities []string) *rapid.Generator[map[string]string] {
	return rapid.Custom(func(t *rapid.T) map[string]string {
		texts := map[string]string{"name": "N" + anyText().Draw(t, "name")}
		maybe := func(field string, g *rapid.Generator[string]) {
			if rapid.Bool().Draw(t, "has "+field) {
				texts[field] = g.Draw(t, field)
			}
		}
		for _, field := range []string{"legal_name", "other_names", "foreign_id", "street", "postcode", "phone", "description.fr", "needs.en"} {
			maybe(field, anyText())
		}
		maybe("kind", rapid.SampledFrom(directory.OrganisationKinds()))
		maybe("size", rapid.SampledFrom(directory.Sizes()))
		maybe("country", rapid.SampledFrom([]string{"FR", "US", "IL", "CI", "TR"}))
		maybe("city", rapid.SampledFrom(cities))
		maybe("sectors", rapid.SampledFrom([]string{"health", "maritime", "health; maritime"}))
		maybe("siret", rapid.SampledFrom([]string{"73282932000074", "55210055400013"}))
		maybe("founded", rapid.SampledFrom([]string{"1999", "2024"}))
		maybe("email", rapid.SampledFrom([]string{"a@b.example", "c@d.example"}))
		return texts
	})
}

// TestImportOfAnExportChangesNothing, in either format and language, however
// strange the texts and however alike the records: two cities of one name, and
// companies that share everything.
func TestImportOfAnExportChangesNothing(t *testing.T) {
	d := dbtest.Open(t)
	marseille, miami := workspace(t, d)
	twin := &directory.City{Meta: record.Meta{Territory: 1}, Name: "Miami", Country: "CA", Zone: "America/Toronto", Latitude: -1.5, Longitude: 0.25, Placed: true}
	write(t, d, func(tx *db.Tx) error { return directory.Cities().Add(ctx, tx, act, twin) })
	k := newDesk(t, d)
	rapid.Check(t, func(t *rapid.T) {
		for _, texts := range rapid.SliceOfN(anyOrganisation([]string{marseille, miami, twin.ID}), 1, 4).Draw(t, "organisations") {
			k.must(d.Write(ctx, func(tx *db.Tx) error {
				_, err := k.kinds["organisation"].Create(ctx, tx, act, record.Meta{Territory: 1}, texts)
				return err
			}))
		}
		before := k.content()
		for _, kind := range []string{"organisation", "city"} {
			for _, format := range []string{"xlsx", "csv"} {
				for _, lang := range []string{"fr", "en"} {
					_, lines := k.preview("again."+format, k.export(kind, format, lang))
					for _, l := range lines {
						if l.Status != importer.Same {
							t.Errorf("%s, %s, %s: %v of %v", kind, format, lang, told([]importer.Line{l}), before[kind+":"+l.Record])
						}
					}
					if len(lines) == 0 {
						t.Errorf("%s, %s, %s: nothing was read", kind, format, lang)
					}
				}
			}
		}
		write := func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE organisations SET deleted_at = created_at WHERE territory_id = 1")
			return err
		}
		k.must(d.Write(ctx, write))
	})
}

// TestImportOfAnExportElsewhere: in another territory's workspace, an export
// makes the same records anew.
func TestImportOfAnExportElsewhere(t *testing.T) {
	from, to := dbtest.Open(t), dbtest.Open(t)
	marseille, _ := workspace(t, from)
	there, _ := workspace(t, to)
	organisation(t, from, directory.Organisation{
		Name: "=Étang", City: marseille, Country: "FR", Kind: "port", Size: "1000-1999", Founded: "2011", Sectors: []string{"health", "maritime"},
		OtherNames: []string{"A", "B"}, Phone: "+33 4 91 00 00 00",
	})
	sender, reader := newDesk(t, from), newDesk(t, to)
	for _, format := range []string{"xlsx", "csv"} {
		id, _ := reader.preview("there."+format, sender.export("organisation", format, "fr"))
		reader.bringIn(id)
		var want, got map[string]string
		for key, texts := range sender.content() {
			if strings.HasPrefix(key, "organisation:") {
				want = texts
			}
		}
		got = reader.content()["organisation:"+reader.lines(id)[0].Record]
		want["city"] = there
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
		reader.undo(id)
	}
}
