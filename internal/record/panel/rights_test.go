package panel_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// TestNobodyGetsThrough walks every route on what a viewer may not see: another
// agency's, a company on its own, an observer, and another territory.
func TestNobodyGetsThrough(t *testing.T) {
	h := open(t, dbtest.Open(t))
	note, file := h.note(h.officer, h.ours, "Private"), h.file(h.officer, h.ours, "private.pdf", pdf)
	task := h.task(panel.On(h.card(h.ours)), "Private", h.officer.User, "")
	stranger := h.officer
	stranger.Territory.ID++
	outsider := h.partner
	outsider.Organisation = "another agency"
	for name, c := range map[string]struct {
		who  territory.Viewer
		want int
	}{
		"a partner":                 {h.partner, http.StatusNotFound},
		"another partner":           {outsider, http.StatusNotFound},
		"a partner without agency":  {territory.Viewer{Territory: h.home, Role: territory.Partner}, http.StatusNotFound},
		"a company":                 {h.crew, http.StatusForbidden},
		"an observer":               {h.observer, http.StatusForbidden},
		"an officer from elsewhere": {stranger, http.StatusNotFound},
	} {
		for _, route := range h.pages.Routes() {
			method, path, _ := strings.Cut(route.Pattern, " ")
			id := map[string]string{"note": note, "file": file, "task": task}[route.Noun]
			path = strings.NewReplacer("/t/{territory}", "", "{record}", h.ours, "{id}", id, "{number}", "1").Replace(path)
			if path == "/tasks" || strings.HasPrefix(path, "/views") {
				continue // of no record: what they show is tested elsewhere
			}
			want := c.want
			if route.Noun == "organisation" && c.who.Role == territory.Company {
				want = http.StatusNotFound // it may see its own, and this is none
			}
			var got int
			if method == http.MethodGet {
				got = h.get(c.who, path).Code
			} else {
				got = h.post(c.who, path, url.Values{"text": {"x"}, "title": {"x"}, "version": {"1"}}).Code
			}
			if got != want {
				t.Errorf("%s: %s answers %d, not %d", name, route.Pattern, got, want)
			}
		}
		if strings.Contains(h.get(c.who, "/tasks?show=all").Body.String(), "Private") {
			t.Errorf("%s sees the task in the list", name)
		}
	}
	if len(h.actions("note", note)) != 1 || len(h.actions("file", file)) != 1 || len(h.actions("task", task)) != 1 {
		t.Error("something was changed")
	}
}

// TestTheirOwn: a partner works on its agency's records as officers do.
func TestTheirOwn(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for _, who := range []territory.Viewer{h.officer, h.partner} {
		page := "/organisations/" + h.agencys
		want(t, h.post(who, page+"/notes", url.Values{"text": {"By " + who.Name}}), http.StatusSeeOther)
		want(t, h.upload(who, page+"/files", who.Name+".pdf", pdf, plenty), http.StatusSeeOther)
		want(t, h.post(who, page+"/tasks", url.Values{"title": {"For " + who.Name}}), http.StatusSeeOther)
		want(t, h.get(who, page+"/history"), http.StatusOK, "Record made")
	}
	want(t, h.get(h.partner, "/organisations/"+h.agencys+"/notes"), http.StatusOK, "By Ana", "By Pia", "Ana.pdf")
}
