package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

var undoForm = regexp.MustCompile(`action="(/t/[^"]+/undo/[^"]+)"`)

// TestMergeAndUndo merges two organisations on the page, then takes it back by
// the toast: people follow both ways.
func TestMergeAndUndo(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	person := h.person(h.home, "", h.ours)
	b := h.as(h.users[territory.Officer])
	page := b.get("/t/marseille/merge?kind=organisation&winner=" + h.company + "&loser=" + h.ours)
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "Ours") {
		t.Fatalf("the page: %d\n%s", page.Code, page.Body)
	}
	w := b.post("/t/marseille/merge", url.Values{
		"kind": {"organisation"}, "winner": {h.company}, "loser": {h.ours}, "take.name": {"Ours"},
	})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("merged: %d\n%s", w.Code, w.Body)
	}
	after := b.get(w.Header().Get("Location")).Body.String()
	if !strings.Contains(after, "<h1>Ours</h1>") || !strings.Contains(after, "/people/"+person) {
		t.Error("the winner has neither the name chosen nor the person")
	}
	undo := undoForm.FindStringSubmatch(after)
	if undo == nil {
		t.Fatal("the page offers no undo")
	}
	b.post(undo[1], nil)
	if page := b.get("/t/marseille/organisations/" + h.ours).Body.String(); !strings.Contains(page, "/people/"+person) {
		t.Error("undone, the person is not back")
	}
	if page := b.get("/t/marseille/organisations/" + h.company).Body.String(); !strings.Contains(page, "<h1>Company</h1>") {
		t.Error("undone, the winner keeps the name")
	}
}

// TestMergeOfWhatMustNotBe: another territory's record, and a record with
// itself.
func TestMergeOfWhatMustNotBe(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	for loser, want := range map[string]int{h.foreign: http.StatusNotFound, h.ours: http.StatusUnprocessableEntity} {
		w := b.post("/t/marseille/merge", url.Values{"kind": {"organisation"}, "winner": {h.ours}, "loser": {loser}})
		if w.Code != want {
			t.Errorf("answered %d, not %d", w.Code, want)
		}
	}
}

// TestErasingOnThePage: what is held can be taken away first, then nothing is
// left, and the proof says so.
func TestErasingOnThePage(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	person := h.person(h.home, "", h.ours)
	b := h.as(h.users[territory.Administrator])
	if w := b.get("/t/marseille/people/" + person + "/data?as=json"); !strings.Contains(w.Body.String(), "Doe") {
		t.Errorf("the data: %d %s", w.Code, w.Body)
	}
	if w := b.post("/t/marseille/people/"+person+"/erase", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("erased: %d", w.Code)
	}
	if page := b.get("/t/marseille/people?q=Doe").Body.String(); strings.Contains(page, person) {
		t.Error("the list still has them")
	}
	if page := b.get("/t/marseille/people/" + person + "/history").Body.String(); strings.Contains(page, "Doe") {
		t.Error("the history still has the name")
	}
	if page := b.get("/t/marseille/retention").Body.String(); !strings.Contains(page, person) {
		t.Error("there is no proof")
	}
}
