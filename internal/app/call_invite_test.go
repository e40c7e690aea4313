package app

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// invitable adds a company with somebody to write to.
func (h *house) invitable(tx *db.Tx, name, email, consent string) error {
	o := &directory.Organisation{Meta: record.Meta{Territory: h.home.ID}, Name: name, Kind: "company", Country: "FR"}
	if err := directory.Organisations().Add(ctx, tx, act, o); err != nil {
		return err
	}
	p := &directory.Person{Meta: o.Meta, Given: "Ada", Family: "King", Organisation: o.ID, Email: email, Consent: consent, Languages: []string{"fr"}}
	p.Meta.ID = ""
	return directory.People(h.app.objections).Add(ctx, tx, act, p)
}

var invitationLink = regexp.MustCompile(`/l/[A-Za-z0-9_-]+/invitation`)

// TestCompaniesAreInvited: those who objected are not written to, nobody is
// twice, and what each did is seen.
func TestCompaniesAreInvited(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			h := build(t, address(t))
			c := h.calling().published()
			h.write(func(tx *db.Tx) error {
				return errors.Join(h.invitable(tx, "Applies", "a@example.org", ""), h.invitable(tx, "Declines", "d@example.org", ""),
					h.invitable(tx, "Objected", "o@example.org", directory.ConsentObjected), h.invitable(tx, "Silent", "s@example.org", ""))
			})
			b := h.as(h.users[territory.Officer])
			home := "/t/marseille/calls/" + c.call.ID
			page := b.get(home + "/invite").Body.String()
			ids := regexp.MustCompile(`name="company" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
			form := url.Values{"subject.fr": {"Miami"}, "subject.en": {"Miami"}, "body.fr": {"Venez."}, "body.en": {"Come."}}
			for _, id := range ids {
				form.Add("company", id[1])
			}
			form.Set("do", "preview")
			if page := b.post(home+"/invite", form).Body.String(); !strings.Contains(page, "Venez.") || !strings.Contains(page, "Come.") || len(h.invited()) > 0 {
				t.Errorf("the preview sends %d, and shows:\n%s", len(h.invited()), page)
			}
			form.Set("do", "send")
			for range 2 { // the second time, all were invited already
				if w := b.post(home+"/invite", form); w.Code != http.StatusSeeOther {
					t.Fatalf("inviting is answered with %d:\n%s", w.Code, w.Body)
				}
				h.sendInvitations()
			}
			links := h.invited()
			if len(links) != 3 {
				t.Fatalf("letters went to %v", links)
			}
			if w := h.nobody().get(links["d@example.org"]); w.Code != http.StatusOK {
				t.Errorf("the invitation: %d", w.Code)
			}
			h.nobody().post(links["d@example.org"], url.Values{"do": {"object"}})
			w := h.nobody().post(links["a@example.org"], url.Values{"do": {"apply"}})
			if !applicationLink.MatchString(w.Header().Get("Location")) {
				t.Errorf("applying leads to %q", w.Header().Get("Location"))
			}
			page = b.get(home + "/invitations").Body.String()
			for _, want := range []string{"Draft begun", "Declined", "No answer"} {
				if !strings.Contains(page, want) {
					t.Errorf("the list does not say %q", want)
				}
			}
			h.write(func(tx *db.Tx) error {
				against, err := h.app.objections.Against(ctx, tx, h.home.ID, "d@example.org")
				if !against {
					t.Error("the objection is not kept")
				}
				return err
			})
		})
	}
}

// sendInvitations does the job of every mailing, twice each: a job may be.
func (h *house) sendInvitations() {
	h.t.Helper()
	var mailings []string
	h.write(func(tx *db.Tx) (err error) {
		mailings, err = db.Collect(ctx, tx, db.Select("m.id", "call_mailings m").Where("m.territory_id = ?", h.home.ID), db.One)
		return err
	})
	for _, id := range append(mailings, mailings...) {
		if err := h.app.calls().SendAll(ctx, call.SendInvitations{Territory: h.home.ID, Mailing: id, By: act.By}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// invited are the links in the invitations that wait to be sent, by address.
func (h *house) invited() map[string]string {
	h.t.Helper()
	rows, err := h.app.db.Handle().QueryContext(ctx, "SELECT content FROM messages ORDER BY id")
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	links := map[string]string{}
	for rows.Next() {
		var content string
		if err := rows.Scan(&content); err != nil {
			h.t.Fatal(err)
		}
		var message struct{ To struct{ Email string } }
		if err := json.Unmarshal([]byte(content), &message); err != nil {
			h.t.Fatal(err)
		}
		if link := invitationLink.FindString(content); link != "" {
			links[message.To.Email] = link
		}
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return links
}
