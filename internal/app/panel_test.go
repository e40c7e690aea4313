package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// TestReminderLetter: the letter says in the member's language what is due, and
// leads to their tasks.
func TestReminderLetter(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	user := h.users[territory.Officer]
	h.write(func(tx *db.Tx) error {
		return h.app.remind(ctx, tx, panel.Reminder{
			Territory: h.home, Member: territory.Member{User: user.ID}, Tasks: []panel.Task{{Title: "Call"}, {Title: "Write"}},
		})
	})
	page := h.nobody().get("/dev/mail").Body.String()
	if !strings.Contains(page, "marseille: what is to be done") || strings.Contains(page, "task.letter") {
		t.Errorf("the mailbox shows:\n%s", page)
	}
}

// TestSweepFiles: what no file holds goes, in every territory, and nothing else.
func TestSweepFiles(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.put("file", target{id: h.ours}, h.users[territory.Officer])
	for _, in := range []territory.Territory{h.home, h.away} {
		if _, err := h.app.folder().Put(in.ID, strings.NewReader("Broken off")); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-48 * time.Hour)
	stored := func() []string {
		paths, err := filepath.Glob(filepath.Join(h.app.settings.Files, "[0-9]*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return paths
	}
	for _, path := range stored() {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.app.sweep(ctx); err != nil {
		t.Error(err)
	}
	if left := stored(); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// TestUndoReturns: undoing leads back to the page of the workspace from which it
// was asked, and nowhere else.
func TestUndoReturns(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	page := "/t/marseille/organisations/" + h.ours + "/notes"
	site := h.app.settings.PublicURL.String()
	for referrer, want := range map[string]string{
		site + page: page, site + page + "?a=b": page + "?a=b", site + "/t/marseille": "/t/marseille",
		"": "/t/marseille", "https://example.org/t/marseille/x": "/t/marseille", site + "/account": "/t/marseille",
		site + "//example.org/t/marseille/": "/t/marseille", "%zz": "/t/marseille",
	} {
		b.post(page, url.Values{"text": {"A note, to be undone"}})
		undo := undoForm.FindStringSubmatch(b.get(page).Body.String())
		if undo == nil {
			t.Fatal("no way to undo is offered")
		}
		r := httptest.NewRequest(http.MethodPost, site+undo[1], nil)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("Referer", referrer)
		if got := b.send(r).Header().Get("Location"); got != want {
			t.Errorf("undone from %q, led on to %q", referrer, got)
		}
	}
}
