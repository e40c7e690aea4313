package panel_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

func TestANotesLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		page := "/organisations/" + h.ours + "/notes"
		want(t, h.post(h.officer, page, url.Values{"text": {"Prefers <tea>\r\nto coffee"}}), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, "Prefers &lt;tea&gt;", "<br> to coffee", "Ana")

		id := h.lastOf("note")
		w := h.get(h.other, "/notes/"+id)
		want(t, w, http.StatusSeeOther)
		if to := w.Header().Get("Location"); to != "/t/marseille"+page+"#"+id {
			t.Errorf("the note leads to %s", to)
		}
		want(t, h.get(h.officer, "/notes/"+id+"/edit"), http.StatusOK, "Prefers &lt;tea&gt;", `name="version" value="1"`)
		want(t, h.post(h.officer, "/notes/"+id, url.Values{"text": {"Prefers water"}, "version": {"1"}}), http.StatusSeeOther)
		want(t, h.post(h.officer, "/notes/"+id, url.Values{"text": {"Prefers wine"}, "version": {"1"}}), http.StatusConflict)
		want(t, h.post(h.officer, "/notes/"+id+"/delete", nil), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, "1 item in the trash", "Prefers water")
		want(t, h.post(h.officer, "/notes/"+id+"/restore", nil), http.StatusSeeOther)
		h.undoLast("note", id)
		if w := h.get(h.officer, page); !strings.Contains(w.Body.String(), "1 item in the trash") {
			t.Error("undoing did not put the note into the trash again")
		}
		want := []string{"delete", "restore", "delete", "edit", "create"}
		if diff := cmp.Diff(want, h.actions("note", id)); diff != "" {
			t.Error(diff)
		}
	})
}

// lastOf is the id of the record of a kind that changed last.
func (h *harbour) lastOf(kind string) (id string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		entries, err := history.Latest(ctx, tx, h.home.ID, []string{"note", "file", "task"}, 50)
		for i := len(entries) - 1; i >= 0; i-- {
			if entries[i].Ref.Kind == kind {
				id = entries[i].Ref.ID
			}
		}
		return err
	})
	return id
}

func (h *harbour) entries(kind, id string) (entries []history.Entry) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		entries, err = history.Of(ctx, tx, ref.Ref{Territory: h.home.ID, Kind: kind, ID: id}, 20)
		return err
	})
	return entries
}

func (h *harbour) actions(kind, id string) (actions []string) {
	for _, e := range h.entries(kind, id) {
		actions = append(actions, e.Action)
	}
	return actions
}

// undoLast takes the last change to a record back.
func (h *harbour) undoLast(kind, id string) {
	h.t.Helper()
	last := h.entries(kind, id)[0]
	h.write(func(tx *db.Tx) error {
		undone, err := h.kinds.Undo(ctx, tx, last.Actor, h.home.ID, last.Batch)
		if undone.Done != 1 {
			h.t.Errorf("undone: %+v", undone)
		}
		return err
	})
}

func TestNotesThatAreRefused(t *testing.T) {
	h := open(t, dbtest.Open(t))
	page := "/organisations/" + h.ours + "/notes"
	want(t, h.post(h.officer, page, url.Values{"text": {" \n "}}), http.StatusUnprocessableEntity, "Write the note before you add it")
	long := strings.Repeat("é", 20_001)
	want(t, h.post(h.officer, page, url.Values{"text": {long}}), http.StatusUnprocessableEntity, "20,000 characters at most", "éééé")
	if len(h.found(h.officer, "éééé")) != 0 {
		t.Error("the long note was kept")
	}
}

func TestOnlyTheAuthorChangesANote(t *testing.T) {
	h := open(t, dbtest.Open(t))
	id := h.note(h.officer, h.ours, "Ana wrote this")
	for _, path := range []string{"", "/delete", "/restore"} {
		want(t, h.post(h.other, "/notes/"+id+path, url.Values{"text": {"Bo"}, "version": {"1"}}), http.StatusForbidden, "Ana wrote this note")
	}
	want(t, h.get(h.other, "/notes/"+id+"/edit"), http.StatusForbidden)
	if strings.Contains(h.get(h.other, "/organisations/"+h.ours+"/notes").Body.String(), "/delete") {
		t.Error("Bo is offered to delete the note of Ana")
	}
}

func TestNotesAreFoundWithTheirRecordOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.note(h.officer, h.ours, "A secret handshake")
		h.note(h.partner, h.agencys, "Another handshake")
		for _, c := range []struct {
			who  territory.Viewer
			want []string
		}{
			{h.officer, []string{"A secret handshake", "Another handshake"}},
			{h.partner, []string{"Another handshake"}},
			{h.crew, nil},
			{h.observer, nil},
		} {
			if diff := cmp.Diff(c.want, slices.Sorted(slices.Values(h.found(c.who, "handshake")))); diff != "" {
				t.Errorf("%s: %s", c.who.Name, diff)
			}
		}
		h.write(func(tx *db.Tx) error { return ships().Delete(ctx, tx, act, h.home.ID, h.ours) })
		if diff := cmp.Diff([]string{"Another handshake"}, h.found(h.officer, "handshake")); diff != "" {
			t.Errorf("with the ship in the trash: %s", diff)
		}
	})
}

// TestWhatIsOnARecordFollowsIt: when a record is merged into another, its notes,
// files and tasks are on that one; undoing brings them back.
func TestWhatIsOnARecordFollowsIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		note, file := h.note(h.officer, h.ours, "Ours"), h.file(h.officer, h.ours, "ours.pdf", pdf)
		task := h.task(panel.On(h.card(h.ours)), "Ours", "", "")
		batch := db.NewID()
		from := ref.Ref{Territory: h.home.ID, Kind: "organisation", ID: h.ours}
		h.write(func(tx *db.Tx) error {
			uses, err := h.kinds.Uses(ctx, tx, from)
			if len(uses) != 3 {
				t.Errorf("what points to it: %v", uses)
			}
			for _, use := range uses {
				texts := map[string]string{use.Field: "organisation:" + h.agencys}
				err = errors.Join(err, h.kinds[use.Ref.Kind].Change(ctx, tx, record.Act{By: act.By, Batch: batch}, h.home.ID, use.Ref.ID, texts))
			}
			return err
		})
		for _, v := range []territory.Viewer{h.officer, h.partner} {
			want(t, h.get(v, "/organisations/"+h.agencys+"/notes"), http.StatusOK, note, file)
			want(t, h.get(v, "/organisations/"+h.agencys+"/tasks"), http.StatusOK, task)
			want(t, h.get(v, "/notes/"+note), http.StatusSeeOther)
		}
		h.write(func(tx *db.Tx) error {
			_, err := h.kinds.Undo(ctx, tx, act.By, h.home.ID, batch)
			return err
		})
		want(t, h.get(h.officer, "/organisations/"+h.ours+"/notes"), http.StatusOK, note, file)
		want(t, h.get(h.partner, "/notes/"+note), http.StatusNotFound)
	})
}

// TestErasing: a note is emptied, and a file holds nothing any more.
func TestErasing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.note(h.officer, h.ours, "About Joséphine")
		file := h.file(h.officer, h.ours, "Joséphine.pdf", pdf)
		h.write(func(tx *db.Tx) error {
			counts, err := h.kinds.Erase(ctx, tx, act, ref.Ref{Territory: h.home.ID, Kind: "organisation", ID: h.ours})
			if counts["note"] != 1 || counts["file"] != 1 {
				t.Errorf("erased: %v", counts)
			}
			return err
		})
		if got := h.found(h.officer, "josephine"); len(got) != 0 {
			t.Errorf("still found: %v", got)
		}
		want(t, h.get(h.officer, "/files/"+file+"/contents/1"), http.StatusNotFound)
		page := h.get(h.officer, "/organisations/"+h.ours+"/notes").Body.String()
		if strings.Contains(page, "Joséphine") {
			t.Error("still shown")
		}
	})
}
