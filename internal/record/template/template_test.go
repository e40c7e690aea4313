package template_test

import (
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// TestOneTemplateAKindAndLanguage: another takes its place, and what it was can
// be undone.
func TestOneTemplateAKindAndLanguage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			_, err := territory.Add(ctx, tx, act.By, territory.Territory{
				Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
			})
			return err
		})
		put := func(batch, lang, name string) {
			made := &template.Template{Meta: record.Meta{Territory: 1}, Kind: "agreement", Language: lang, Name: name, Hash: "h-" + name}
			write(t, d, func(tx *db.Tx) error {
				return template.Put(ctx, tx, record.Act{By: act.By, Batch: batch}, made)
			})
		}
		names := func() (names []string) {
			write(t, d, func(tx *db.Tx) error {
				all, err := template.TemplatesOf(ctx, tx, 1)
				for _, one := range all {
					names = append(names, one.Language+" "+one.Name+" "+one.Hash)
				}
				return err
			})
			return names
		}
		put("1", "fr", "a.docx")
		put("2", "en", "b.docx")
		put("3", "fr", "c.docx")
		if diff := cmp.Diff([]string{"en b.docx h-b.docx", "fr c.docx h-c.docx"}, names()); diff != "" {
			t.Error(diff)
		}
		kinds := record.NewKinds(template.Kind())
		write(t, d, func(tx *db.Tx) error {
			_, err := kinds.Undo(ctx, tx, act.By, 1, "3")
			return err
		})
		if diff := cmp.Diff([]string{"en b.docx h-b.docx", "fr a.docx h-a.docx"}, names()); diff != "" {
			t.Errorf("undone: %s", diff)
		}
	})
}

// TestSourcesAreJoined: what others add to a source is listed and read with it.
func TestSourcesAreJoined(t *testing.T) {
	of := func(name string) template.Source {
		return template.Source{
			Of: "mission", Makes: []string{name}, Fields: []template.Field{{Name: name}},
			Read: func(context.Context, *db.Tx, ref.Ref, *i18n.Words) (docx.Values, error) {
				return docx.Values{name: "the " + name}, nil
			},
		}
	}
	joined := of("title").With(of("budget"), of("report"))
	values, err := joined.Read(ctx, nil, ref.Ref{}, nil)
	if diff := cmp.Diff(docx.Values{"title": "the title", "budget": "the budget", "report": "the report"}, values); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if diff := cmp.Diff([]template.Field{{Name: "title"}, {Name: "budget"}, {Name: "report"}}, joined.Fields); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"title"}, template.Sources{joined}.Kinds()); diff != "" {
		t.Error(diff)
	}
}
