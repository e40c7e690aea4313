package panel_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

func (h *harbour) views(v territory.Viewer) (views []panel.View) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		views, err = panel.ViewsOf(ctx, tx, v, "organisation")
		return err
	})
	return views
}

func TestAViewsLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		w := h.post(h.officer, "/views", url.Values{"kind": {"organisation"}, "name": {" In  Miami "}, "query": {"page=3&city=miami&q=caf%C3%A9"}})
		want(t, w, http.StatusSeeOther)
		if to := w.Header().Get("Location"); to != "/t/marseille/organisations?city=miami&q=caf%C3%A9" {
			t.Errorf("led on to %s", to)
		}
		kept := h.views(h.officer)
		if len(kept) != 1 || kept[0].Name != "In Miami" || kept[0].Query != "city=miami&q=caf%C3%A9" {
			t.Fatalf("kept: %+v", kept)
		}
		if others := h.views(h.other); len(others) != 0 {
			t.Errorf("somebody else's: %+v", others)
		}
		want(t, h.post(h.other, "/views/"+kept[0].ID+"/delete", url.Values{"kind": {"organisation"}}), http.StatusSeeOther)
		if diff := cmp.Diff(kept, h.views(h.officer)); diff != "" {
			t.Errorf("dropped by somebody else: %s", diff)
		}
		want(t, h.post(h.officer, "/views/"+kept[0].ID+"/delete", url.Values{"kind": {"organisation"}}), http.StatusSeeOther)
		if left := h.views(h.officer); len(left) != 0 {
			t.Errorf("left: %+v", left)
		}
	})
}

func TestViewsThatAreRefused(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for _, form := range []url.Values{
		{"kind": {"organisation"}, "name": {""}, "query": {"q=a"}},
		{"kind": {"organisation"}, "name": {strings.Repeat("a", 61)}, "query": {"q=a"}},
		{"kind": {"organisation"}, "name": {"Odd"}, "query": {"q=%zz"}},
		{"kind": {"organisation"}, "name": {"Long"}, "query": {"q=" + strings.Repeat("a", 2000)}},
		{"kind": {"note"}, "name": {"No list"}, "query": {"q=a"}},
		{"kind": {"nothing"}, "name": {"No kind"}, "query": {"q=a"}},
	} {
		want(t, h.post(h.officer, "/views", form), http.StatusUnprocessableEntity)
	}
	want(t, h.post(h.observer, "/views", url.Values{"kind": {"organisation"}, "name": {"Not theirs"}}), http.StatusUnprocessableEntity)
}

// TestTheShelf: a view is offered to be kept once, and leads to the list only.
func TestTheShelf(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for _, c := range []struct {
		query string
		keep  bool
	}{{"", false}, {"page=2", false}, {"q=b", true}, {"q=a&page=2", false}, {"q=%zz", false}} {
		shelf := panel.Shelf{
			Home: "/t/marseille", Kind: "organisation", List: "/t/marseille/organisations", Query: c.query,
			Views: []panel.View{{ID: "1", Name: "A", Query: "q=a"}, {ID: "2", Name: "Odd", Query: "//example.org"}},
		}
		var page bytes.Buffer
		if err := panel.Views(h.words.For("en"), shelf).Render(ctx, &page); err != nil {
			t.Fatal(err)
		}
		if keep := strings.Contains(page.String(), "Keep this view"); keep != c.keep {
			t.Errorf("with %q, it is offered to keep the view: %t", c.query, keep)
		}
		if !strings.Contains(page.String(), `href="/t/marseille/organisations?//example.org"`) {
			t.Errorf("an odd query leads elsewhere:\n%s", &page)
		}
	}
}
