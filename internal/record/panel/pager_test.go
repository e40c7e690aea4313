package panel_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/web"
)

// shows compares which of n numbered things a page names: those from first to
// last.
func shows(t *testing.T, page, name string, n, first, last int) {
	t.Helper()
	for i := 1; i <= n; i++ {
		if got := strings.Contains(page, fmt.Sprintf("%s %03d", name, i)); got != (first <= i && i <= last) {
			t.Errorf("%s %03d is shown: %v", name, i, got)
		}
	}
}

// TestListsHavePages: what is on a record is reached to its end, each list by
// itself, and the address of a note leads to the page that it is on.
func TestListsHavePages(t *testing.T) {
	h := open(t, dbtest.Open(t))
	const n = web.PageSize + 5
	notes := make([]string, n)
	for i := range n {
		notes[i] = h.note(h.officer, h.ours, fmt.Sprintf("Note %03d", n-i)) // the newest is 001
		h.file(h.officer, h.ours, fmt.Sprintf("File %03d.txt", i+1), fmt.Sprint(i))
		h.task(panel.On(h.card(h.ours)), fmt.Sprintf("Task %03d", i+1), "", fmt.Sprintf("2027-01-%02d", min(i/2+1, 31)))
	}
	record := "/organisations/" + h.ours
	for address, rows := range map[string][2][2]int{
		"/notes":                {{1, web.PageSize}, {1, web.PageSize}},
		"/notes?page=2":         {{web.PageSize + 1, n}, {1, web.PageSize}},
		"/notes?page=2&files=2": {{web.PageSize + 1, n}, {web.PageSize + 1, n}},
		"/notes?page=none":      {{1, web.PageSize}, {1, web.PageSize}},
	} {
		page := h.get(h.officer, record+address)
		want(t, page, http.StatusOK)
		shows(t, page.Body.String(), "Note", n, rows[0][0], rows[0][1])
		shows(t, page.Body.String(), "File", n, rows[1][0], rows[1][1])
	}
	first := h.get(h.officer, record+"/notes?files=2").Body.String()
	if next := "/notes?files=2&amp;page=2"; !strings.Contains(first, next) {
		t.Errorf("the pager of the notes does not lead to %s", next)
	}
	for note, to := range map[string]string{notes[n-1]: "/notes#" + notes[n-1], notes[0]: "/notes?page=2#" + notes[0]} {
		if got := h.get(h.officer, "/notes/"+note).Header().Get("Location"); got != "/t/marseille"+record+to {
			t.Errorf("a note is found at %s, not at %s", got, to)
		}
	}
	for address, rows := range map[string][2]int{
		record + "/tasks": {1, web.PageSize}, record + "/tasks?page=2": {web.PageSize + 1, n},
		"/tasks?show=all": {1, web.PageSize}, "/tasks?show=all&page=2": {web.PageSize + 1, n},
	} {
		page := h.get(h.officer, address)
		want(t, page, http.StatusOK)
		shows(t, page.Body.String(), "Task", n, rows[0], rows[1])
	}
}

var pagerSays = regexp.MustCompile(`<nav class="pager"[^>]*><p class="muted">([^<]*)`)

// TestPagesCountNoHiddenTasks: how many tasks there are is said on the record
// that they are about, and not where some may be about what the reader does not
// see.
func TestPagesCountNoHiddenTasks(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for i := range 2*web.PageSize + 1 {
		h.task(panel.On(h.card(h.ours)), fmt.Sprintf("Task %03d", i), "", "")
	}
	for address, says := range map[string]string{
		"/organisations/" + h.ours + "/tasks": "1 to 50 of 101",
		"/tasks?show=all":                     "1 to 50",
	} {
		found := pagerSays.FindStringSubmatch(h.get(h.officer, address).Body.String())
		if found == nil || found[1] != says {
			t.Errorf("%s says %q, not %q", address, found, says)
		}
	}
}
