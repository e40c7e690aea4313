package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// a calling is an open call of a mission, with the usual form.
type calling struct {
	h     *house
	call  *call.Call
	form  *form.Form
	asked map[form.Type]*form.Question
}

func (h *house) calling() *calling {
	h.t.Helper()
	c := &calling{h: h, asked: map[form.Type]*form.Question{}}
	meta := record.Meta{Territory: h.home.ID}
	h.write(func(tx *db.Tx) (err error) {
		m := &mission.Mission{Meta: meta, Title: i18n.Text{"fr": "Miami", "en": "Miami"}, Stage: mission.Preparation}
		if err := mission.Missions().Add(ctx, tx, act, m); err != nil {
			return err
		}
		if c.form, err = form.Begin(ctx, tx, act, meta, h.app.words, "EUR"); err != nil {
			return err
		}
		questions, err := form.QuestionsOf(ctx, tx, h.home.ID, c.form.ID)
		if err != nil {
			return err
		}
		for _, q := range questions {
			c.asked[q.Type] = q
		}
		c.call = &call.Call{
			Meta: meta, Mission: m.ID, Slug: "miami", Title: i18n.Text{"fr": "Miami", "en": "Miami"}, Form: c.form.ID,
			OpensAt: tx.Now.Add(-time.Hour), ClosesAt: tx.Now.Add(24 * time.Hour), Places: 40,
		}
		return call.Calls().Add(ctx, tx, act, c.call)
	})
	return c
}

// published publishes the call, as an officer does.
func (c *calling) published() *calling {
	c.h.t.Helper()
	w := c.h.as(c.h.users[territory.Officer]).post("/t/marseille/calls/"+c.call.ID+"/publish", nil)
	if w.Code != http.StatusSeeOther {
		c.h.t.Fatalf("the call is published with %d:\n%s", w.Code, w.Body)
	}
	return c
}

var applicationLink = regexp.MustCompile(`/l/[A-Za-z0-9_-]+/application`)

// links are the addresses of applications in the messages that wait to be sent,
// the last last.
func (c *calling) links() (links []string) {
	c.h.t.Helper()
	rows, err := c.h.app.db.Handle().QueryContext(ctx, "SELECT content FROM messages ORDER BY id")
	if err != nil {
		c.h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var content string
		if err := rows.Scan(&content); err != nil {
			c.h.t.Fatal(err)
		}
		links = append(links, applicationLink.FindString(content))
	}
	if err := rows.Err(); err != nil {
		c.h.t.Fatal(err)
	}
	return links
}

// begin asks for a link with an address, and gives its path.
func (c *calling) begin(email string) string {
	c.h.t.Helper()
	before := len(c.links())
	w := c.h.nobody().post("/c/marseille/miami", url.Values{"email": {email}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/c/marseille/miami/sent?lang=en" {
		c.h.t.Fatalf("asking for a link is answered with %d:\n%s", w.Code, w.Body)
	}
	links := c.links()
	if len(links) != before+1 {
		c.h.t.Fatalf("%d links were sent", len(links)-before)
	}
	return links[len(links)-1]
}

// typed is what a company types that is complete.
func (c *calling) typed(name, siret string) url.Values {
	values := url.Values{"name": {name}, "siret": {siret}, "contact": {"Ada King"}, "country": {"FR"}, "by_hand": {"yes"}}
	set := func(t form.Type, end, value string) { values.Set(c.asked[t].Input()+end, value) }
	set(form.Sectors, "", "maritime")
	set(form.Area, "", "Find distributors")
	set(form.Offers, ".offers", "Sails")
	set(form.Yes, "", "no")
	set(form.People, ".1.name", "Ada King")
	set(form.Consent, "", "yes")
	return values
}

// handIn hands an application in.
func (c *calling) handIn(link string, values url.Values) {
	c.h.t.Helper()
	values.Set("do", "submit")
	if w := c.h.nobody().post(link, values); w.Code != http.StatusSeeOther {
		c.h.t.Fatalf("handing in is answered with %d:\n%s", w.Code, w.Body)
	}
}

// applications are those of the call, by address.
func (c *calling) applications() map[string]call.Row {
	c.h.t.Helper()
	byEmail := map[string]call.Row{}
	c.h.write(func(tx *db.Tx) error {
		v := territory.Viewer{Territory: c.h.home, Role: territory.Officer}
		rows, _, err := call.ListApplications(ctx, tx, v, call.Filter{Call: c.call.ID, Page: 1})
		for _, row := range rows {
			byEmail[row.Email] = row
		}
		return err
	})
	return byEmail
}

// withSectors gives the territory two sectors.
func (h *house) withSectors() {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		return directory.SetSectors(ctx, tx, h.home.ID, []directory.Sector{
			{ID: "maritime", Name: i18n.Text{"fr": "Maritime", "en": "Maritime"}, Letter: "M", Shape: "hull"},
			{ID: "health", Name: i18n.Text{"fr": "Santé", "en": "Health"}, Letter: "S", Shape: "disc"},
		})
	})
}

// TestACompanyApplies: from the public page to the officer's list, without a
// script and without an account.
func TestACompanyApplies(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			h := build(t, address(t))
			h.withSectors()
			c := h.calling()
			if w := h.nobody().get("/c/marseille/miami"); w.Code != http.StatusNotFound {
				t.Fatalf("a call that is not published is read: %d", w.Code)
			}
			c.published()
			if w := h.nobody().get("/c/marseille/miami?lang=fr"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Candidater") {
				t.Fatalf("the public page: %d\n%s", w.Code, w.Body)
			}
			link := c.begin("ada@example.org")
			half := url.Values{"by_hand": {"yes"}, "name": {"Voiles & fils"}, "siret": {"12"}, c.asked[form.Amount].Input(): {"a lot"}}
			if w := h.nobody().post(link, half); w.Code != http.StatusSeeOther {
				t.Fatalf("a draft is kept with %d:\n%s", w.Code, w.Body)
			}
			page := h.nobody().get(link).Body.String()
			for _, kept := range []string{"Voiles &amp; fils", `value="a lot"`, `value="12"`} {
				if !strings.Contains(page, kept) {
					t.Errorf("the draft does not show %s", kept)
				}
			}
			half.Set("do", "submit")
			w := h.nobody().post(link, half)
			if w.Code != http.StatusUnprocessableEntity || strings.Count(w.Body.String(), `class="problem"`) < 6 {
				t.Errorf("what is incomplete is answered with %d", w.Code)
			}
			c.handIn(link, c.typed("Voiles & fils", "73282932000074"))
			if w := h.nobody().post(link, half); w.Code != http.StatusConflict {
				t.Errorf("what was handed in is changed: %d", w.Code)
			}
			row := c.applications()["ada@example.org"]
			if row.State != call.Submitted || row.Organisation == "" {
				t.Errorf("the application is %+v", row)
			}
			if links := c.links(); len(links) != 2 || links[1] != link {
				t.Errorf("the receipt: %v", links)
			}
			b := h.as(h.users[territory.Officer])
			page = b.get("/t/marseille/applications/" + row.ID).Body.String()
			for _, shown := range []string{"Find distributors", "Maritime", "Sails", "732829320"} {
				if !strings.Contains(page, shown) {
					t.Errorf("the officer does not see %s", shown)
				}
			}
			if page := b.get("/t/marseille/calls/" + c.call.ID).Body.String(); !strings.Contains(page, "application handed in") {
				t.Errorf("the page of the call counts nothing:\n%s", page)
			}
		})
	}
}
