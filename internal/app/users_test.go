package app

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// TestErasingAUser leaves what they did, and their name nowhere.
func TestErasingAUser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	user := auth.User{Email: "quetzal@b.example", Name: "Quetzal Ornithorynque", Language: "fr"}
	h.write(func(tx *db.Tx) (err error) {
		if user, err = auth.AddUser(ctx, tx, user); err != nil {
			return err
		}
		for _, home := range []territory.Territory{h.home, h.away} {
			if err := territory.Join(ctx, tx, act.By, home.ID, territory.Member{User: user.ID, Role: territory.Officer}); err != nil {
				return err
			}
		}
		return territory.Leave(ctx, tx, act.By, h.away.ID, user.ID)
	})
	b := h.as(user)
	b.post("/t/marseille/organisations/"+h.ours+"/notes", map[string][]string{"text": {"Kept"}})
	b.post("/t/marseille/views", map[string][]string{"kind": {"organisation"}, "name": {"Mine"}, "query": {"q=a"}})
	by := record.Act{By: user.Actor()}
	on := panel.Place{On: ref.Ref{Territory: h.home.ID, Kind: "organisation", ID: h.ours}, Subject: territory.Subject{Organisation: h.ours}}
	made := &directory.Organisation{Meta: record.Meta{Territory: h.away.ID}, Name: "Made before leaving"}
	h.write(func(tx *db.Tx) error {
		task := &panel.Task{Meta: record.Meta{Territory: h.home.ID}, Place: on, Title: "To do", Member: user.ID}
		if err := panel.Tasks().Add(ctx, tx, by, task); err != nil {
			return err
		}
		return directory.Organisations().Add(ctx, tx, by, made)
	})
	for _, text := range []string{"Quetzal", "quetzal", user.ID} {
		if len(h.inDatabase(text)) == 0 {
			t.Errorf("the test proves nothing of %q: it is nowhere", text)
		}
	}

	if err := h.app.EraseUser(ctx, "Quetzal@B.example"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Quetzal", "quetzal"} {
		if left := h.inDatabase(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	// The id is nobody's now, and says of several changes that they are one's.
	want := []string{"history_entries.actor", "history_entries.record_id", "history_values.after", "notes.author"}
	if diff := cmp.Diff(want, slices.DeleteFunc(h.inDatabase(user.ID), func(at string) bool { return at == "jobs" })); diff != "" {
		t.Errorf("the id is left elsewhere: %s", diff)
	}
	h.write(func(tx *db.Tx) error {
		for _, home := range []territory.Territory{h.home, h.away} {
			report, err := history.Verify(ctx, tx, home.ID)
			if err != nil || len(report.Problems) > 0 {
				t.Errorf("the history of %s is broken: %+v %v", home.Slug, report, err)
			}
		}
		entries, err := history.Of(ctx, tx, ref.Ref{Territory: h.away.ID, Kind: "organisation", ID: made.ID}, 1)
		if err == nil && entries[0].Actor != (history.Actor{ID: user.Actor().ID}) {
			t.Errorf("what they did is told of %+v", entries[0].Actor)
		}
		return err
	})
	h.as(h.users[territory.Officer]).get("/t/marseille/organisations/" + h.ours + "/notes")
}

// TestTheLastAdministratorIsNotErased: somebody must be able to let others in.
func TestTheLastAdministratorIsNotErased(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	last := h.users[territory.Administrator]
	if err := h.app.EraseUser(ctx, last.Email); !fault.Is(err, fault.Invalid) {
		t.Errorf("the last administrator is erased: %v", err)
	}
	if err := h.app.EraseUser(ctx, "nobody@b.example"); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody is erased: %v", err)
	}
	h.as(last)
}
