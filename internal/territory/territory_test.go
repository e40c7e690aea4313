package territory_test

import (
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

var (
	ctx       = context.Background()
	by        = history.System()
	marseille = territory.Territory{
		Slug: "marseille", Name: "Ville de Marseille", Country: "FR", Languages: []string{"fr", "en"},
		Zone: "Europe/Paris", Currency: "EUR",
	}
)

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func attempt(d *db.DB, do func(tx *db.Tx) error) error { return d.Write(ctx, do) }

func added(t *testing.T, d *db.DB) (made territory.Territory) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		made, err = territory.Add(ctx, tx, by, marseille)
		return err
	})
	return made
}

// user adds somebody who can be made a member.
func user(t *testing.T, d *db.DB, id string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO users (id, email, email_key, name, language, theme, created_at)
			VALUES ($1, $2, $2, $1, 'fr', '', '2017-01-01T00:00:00.000Z')`, id, id+"@example.org")
		return err
	})
}

func TestAddedTerritoryComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		made := added(t, d)
		write(t, d, func(tx *db.Tx) error {
			got, err := territory.BySlug(ctx, tx, "marseille")
			if diff := cmp.Diff(made, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if made.ID != 1 || made.Version != 1 {
			t.Errorf("made %+v", made)
		}
	})
}

func TestAddRefuses(t *testing.T) {
	d := dbtest.Open(t)
	added(t, d)
	for _, c := range []struct {
		field string
		spoil func(*territory.Territory)
	}{
		{"slug", func(*territory.Territory) {}}, // taken
		{"slug", func(x *territory.Territory) { x.Slug = "a/b" }},
		{"name", func(x *territory.Territory) { x.Name = " " }},
		{"country", func(x *territory.Territory) { x.Country = "ZZ" }},
		{"languages", func(x *territory.Territory) { x.Languages = nil }},
		{"zone", func(x *territory.Territory) { x.Zone = "Europe/Marseille" }},
		{"sea", func(x *territory.Territory) { x.Sea = "blue" }},
		{"sea", func(x *territory.Territory) { x.Sea = "#FFEEAA" }},
		{"deep", func(x *territory.Territory) { x.Deep = "#88AACC" }},
		{"currency", func(x *territory.Territory) { x.Currency = "FRANC" }},
	} {
		x := marseille
		c.spoil(&x)
		err := attempt(d, func(tx *db.Tx) error { _, err := territory.Add(ctx, tx, by, x); return err })
		if problems, ok := err.(fault.Problems); !ok || len(problems) != 1 || problems[0].Field != c.field {
			t.Errorf("%s: %v", c.field, err)
		}
	}
}

func TestEditOfAnOldVersionIsAConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		read := added(t, d)
		read.Name = "Marseille"
		write(t, d, func(tx *db.Tx) error { return territory.Edit(ctx, tx, by, read) })
		err := attempt(d, func(tx *db.Tx) error { return territory.Edit(ctx, tx, by, read) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the second edit: %v", err)
		}
	})
}

func TestMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home := added(t, d)
		user(t, d, "ana")
		user(t, d, "bo")
		write(t, d, func(tx *db.Tx) error {
			return territory.Join(ctx, tx, by, home.ID, territory.Member{User: "ana", Role: territory.Administrator})
		})
		write(t, d, func(tx *db.Tx) error {
			return territory.Join(ctx, tx, by, home.ID, territory.Member{User: "bo", Role: territory.Partner, Organisation: "port"})
		})
		write(t, d, func(tx *db.Tx) error {
			members, err := territory.Members(ctx, tx, home.ID)
			want := []territory.Member{
				{User: "ana", Name: "ana", Email: "ana@example.org", Role: territory.Administrator, Since: tx.Now},
				{User: "bo", Name: "bo", Email: "bo@example.org", Role: territory.Partner, Organisation: "port", Since: tx.Now},
			}
			if diff := cmp.Diff(want, members); diff != "" {
				t.Error(diff)
			}
			return err
		})
		err := attempt(d, func(tx *db.Tx) error {
			return territory.Join(ctx, tx, by, home.ID, territory.Member{User: "bo", Role: territory.Officer})
		})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("joining twice: %v", err)
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home := added(t, d)
		for _, id := range []string{"ana", "bo"} {
			user(t, d, id)
			write(t, d, func(tx *db.Tx) error {
				return territory.Join(ctx, tx, by, home.ID, territory.Member{User: id, Role: territory.Administrator})
			})
		}
		write(t, d, func(tx *db.Tx) error { return territory.Leave(ctx, tx, by, home.ID, "bo") })
		for name, do := range map[string]func(tx *db.Tx) error{
			"leaves": func(tx *db.Tx) error { return territory.Leave(ctx, tx, by, home.ID, "ana") },
			"changes": func(tx *db.Tx) error {
				return territory.Change(ctx, tx, by, home.ID, territory.Member{User: "ana", Role: territory.Officer})
			},
		} {
			if err := attempt(d, do); !fault.Is(err, fault.Invalid) {
				t.Errorf("the last administrator %s: %v", name, err)
			}
		}
	})
}

func TestMay(t *testing.T) {
	viewer := func(role territory.Role, organisation string) territory.Viewer {
		return territory.Viewer{Role: role, Organisation: organisation}
	}
	theirs := territory.Subject{Owner: "agency", Organisation: "firm"}
	for _, c := range []struct {
		who          territory.Viewer
		noun, action string
		to           territory.Subject
		want         error
	}{
		{viewer(territory.Officer, ""), "organisation", "edit", theirs, nil},
		{viewer(territory.Partner, "agency"), "organisation", "edit", theirs, nil},
		{viewer(territory.Partner, "agency"), "organisation", "edit", territory.Subject{Organisation: "agency"}, nil},
		{viewer(territory.Partner, "other"), "organisation", "see", theirs, fault.New(fault.NotFound, "")},
		{viewer(territory.Partner, ""), "organisation", "see", territory.Subject{}, fault.New(fault.NotFound, "")},
		{viewer(territory.Company, "firm"), "organisation", "edit", theirs, nil},
		{viewer(territory.Company, "firm"), "organisation", "add", theirs, fault.New(fault.Forbidden, "")},
		{viewer(territory.Company, "agency"), "organisation", "see", theirs, fault.New(fault.NotFound, "")},
		{viewer(territory.Finance, ""), "organisation", "edit", theirs, fault.New(fault.Forbidden, "")},
		{viewer(territory.Observer, ""), "organisation", "see", theirs, fault.New(fault.NotFound, "")},
		{viewer(territory.Administrator, ""), "nothing", "see", theirs, fault.New(fault.NotFound, "")},
		{viewer("stranger", ""), "organisation", "see", theirs, fault.New(fault.NotFound, "")},
	} {
		got := c.who.Check(c.noun, c.action, c.to)
		if (got == nil) != (c.want == nil) || got != nil && fault.KindOf(got) != fault.KindOf(c.want) {
			t.Errorf("%s of %q, %s %s: %v", c.who.Role, c.who.Organisation, c.action, c.noun, got)
		}
	}
}
