package matchmaking

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/workbook"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

const examples = "../../examples/"

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// brought makes a mission of a workbook in a new territory.
func brought(t *testing.T, d *db.DB, book *workbook.Book) (id string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		home, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
		})
		if err != nil {
			return err
		}
		people := directory.People(directory.NewObjections(make([]byte, 32)))
		in := Intake{Territory: home.ID, Book: book, Source: "book.xlsx", People: people}
		id, err = in.Bring(ctx, tx, act)
		return err
	})
	return id
}

// TestAMissionPlansAsItsWorkbook: what the planner is told of a mission is what
// it would be told of the workbook that the mission was made of.
func TestAMissionPlansAsItsWorkbook(t *testing.T) {
	for _, name := range []string{"miami-2017", "canada-2019", "convention-450"} {
		t.Run(name, func(t *testing.T) {
			book, err := workbook.Read(examples+name, "")
			if err != nil {
				t.Fatal(err)
			}
			// A programme is in the order of time, whatever that of its sheet.
			slices.SortStableFunc(book.Sessions, func(a, b workbook.Session) int { return a.Start.Compare(b.Start) })
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				id := brought(t, d, book)
				write(t, d, func(tx *db.Tx) error {
					p, err := read(ctx, tx, 1, id)
					if err != nil {
						return err
					}
					if diff := cmp.Diff(book.Problem(), p.book.Problem(), cmpopts.EquateEmpty()); diff != "" {
						t.Error("another problem: " + diff)
					}
					if diff := cmp.Diff(book, p.book, cmpopts.EquateEmpty(), sameBook()); diff != "" {
						t.Error("another book: " + diff)
					}
					return nil
				})
			})
		})
	}
}

// sameBook compares instants and zones by what they mean. Sectors, offers and
// needs are the organisation's, and no part of planning.
func sameBook() cmp.Option {
	return cmp.Options{
		cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
		cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
		cmpopts.IgnoreFields(workbook.Participant{}, "Sectors", "Offers", "Needs"),
		cmpopts.IgnoreFields(workbook.Book{}, "Notes"),
	}
}
