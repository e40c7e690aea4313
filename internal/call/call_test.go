package call_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/wordstest"
)

var (
	ctx  = context.Background()
	act  = record.Act{By: history.System()}
	meta = record.Meta{Territory: 1}
)

func TestWords(t *testing.T) {
	if err := wordstest.Load(t, call.Words).Check(); err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// calling is a mission with a call, and an application to it.
type calling struct {
	mission      *mission.Mission
	organisation *directory.Organisation
	call         *call.Call
	application  *call.Application
}

func prepared(t *testing.T, d *db.DB) *calling {
	t.Helper()
	c := &calling{
		mission:      &mission.Mission{Meta: meta, Title: i18n.Text{"fr": "Miami"}, Stage: mission.Preparation},
		organisation: &directory.Organisation{Meta: meta, Name: "Calanque Santé"},
		call:         &call.Call{Meta: meta, Slug: "miami-2027", Title: i18n.Text{"fr": "Miami 2027"}},
		application:  &call.Application{Meta: meta, State: call.Draft, Email: "ada@example.org", Language: "fr"},
	}
	write(t, d, func(tx *db.Tx) error {
		_, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
		})
		if err != nil {
			return err
		}
		if err := mission.Missions().Add(ctx, tx, act, c.mission); err != nil {
			return err
		}
		if err := directory.Organisations().Add(ctx, tx, act, c.organisation); err != nil {
			return err
		}
		asked, err := form.Begin(ctx, tx, act, meta, wordstest.Load(t, form.Words), "EUR")
		if err != nil {
			return err
		}
		if c.call.FormNumber, err = form.Fix(ctx, tx, 1, asked.ID); err != nil {
			return err
		}
		c.call.Mission, c.call.Form = c.mission.ID, asked.ID
		if err := call.Calls().Add(ctx, tx, act, c.call); err != nil {
			return err
		}
		c.application.Call, c.application.Mission = c.call.ID, c.mission.ID
		c.application.Form, c.application.FormNumber = c.call.Form, c.call.FormNumber
		return call.Applications().Add(ctx, tx, act, c.application)
	})
	return c
}

// TestEveryFieldIsKept sets each field of each noun by its text, and reads it
// back from the database: a field that the store forgets is found.
func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := prepared(t, d)
		given := map[string]struct {
			id    string
			texts map[string]string
		}{
			"call": {c.call.ID, map[string]string{
				"title.fr": "T", "title.en": "U", "intro.fr": "I", "intro.en": "J", "criteria.fr": "C", "criteria.en": "D", "costs.fr": "K",
				"costs.en": "L", "slug": "miami", "opens_at": "2027-01-04T08:00Z", "closes_at": "2027-02-04T17:00Z", "places": "40",
				"published": "yes", "form_number": "1",
			}},
			"application": {c.application.ID, map[string]string{
				"name": "N", "siret": "73282932000074", "state": "waiting", "contact": "Ada", "function": "CEO", "phone": "04 91",
				"email": "b@example.org", "organisation": c.organisation.ID, "submitted_at": "2027-01-05T08:00Z",
				"late_until": "2027-03-01T08:00Z", "double_of": c.application.ID,
			}},
		}
		for _, kind := range call.Kinds() {
			is, has := given[kind.Name]
			if !has {
				continue // an invitation is written by the job that sends it
			}
			write(t, d, func(tx *db.Tx) error { return kind.Change(ctx, tx, act, 1, is.id, is.texts) })
			write(t, d, func(tx *db.Tx) error {
				texts, err := kind.Texts(ctx, tx, 1, is.id)
				for name, text := range is.texts {
					if texts[name] != text {
						t.Errorf("the %s of the %s is %q, and was set to %q", name, kind.Name, texts[name], text)
					}
				}
				return err
			})
		}
	})
}

// TestTheMissionKnowsTheDaysOfItsCall, on the territory's calendar, as long as the
// call is published.
func TestTheMissionKnowsTheDaysOfItsCall(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := prepared(t, d)
		days := func() (days [2]string) {
			write(t, d, func(tx *db.Tx) error {
				m, err := mission.Missions().Load(ctx, tx, 1, c.mission.ID)
				if err == nil {
					days = [2]string{m.CallFrom, m.CallTo}
				}
				return err
			})
			return days
		}
		save := func(published bool) {
			write(t, d, func(tx *db.Tx) error {
				c.call.Published = published
				return call.Calls().Save(ctx, tx, act, c.call)
			})
		}
		c.call.OpensAt = db.At(time.Date(2027, 3, 1, 23, 30, 0, 0, time.UTC)) // the next day in Marseille
		c.call.ClosesAt = db.At(time.Date(2027, 3, 31, 21, 59, 0, 0, time.UTC))
		save(true)
		if diff := cmp.Diff([2]string{"2027-03-02", "2027-03-31"}, days()); diff != "" {
			t.Error(diff)
		}
		save(false)
		if got := days(); got != [2]string{} {
			t.Errorf("once withdrawn, the call is from %q to %q", got[0], got[1])
		}
		save(true)
		write(t, d, func(tx *db.Tx) error { return call.Calls().Delete(ctx, tx, act, 1, c.call.ID) })
		if got := days(); got != [2]string{} {
			t.Errorf("once deleted, the call is from %q to %q", got[0], got[1])
		}
	})
}

func TestPhases(t *testing.T) {
	open, closed := time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC), time.Date(2027, 3, 31, 16, 0, 0, 0, time.UTC)
	c := &call.Call{OpensAt: db.At(open), ClosesAt: db.At(closed)}
	if got := c.Phase(db.At(open)); got != call.Prepared {
		t.Errorf("a call that is not published is %s", got)
	}
	c.Published = true
	for at, want := range map[time.Time]call.Phase{
		open.Add(-time.Nanosecond): call.Announced, open: call.Open, closed.Add(-time.Nanosecond): call.Open, closed: call.Closed,
	} {
		if got := c.Phase(db.At(at)); got != want {
			t.Errorf("at %s the call is %s, not %s", at, got, want)
		}
	}
}

// TestCallsThatAreRefused: what a call cannot be, published or not.
func TestCallsThatAreRefused(t *testing.T) {
	title, early, late := i18n.Text{"fr": "Miami"}, db.At(time.Unix(1, 0)), db.At(time.Unix(2, 0))
	for field, c := range map[string]call.Call{
		"title.fr": {}, "slug": {Title: title, Slug: "À vous"}, "closes_at": {Title: title, OpensAt: late, ClosesAt: early},
		"opens_at": {Title: title, Published: true, ClosesAt: late, Form: "f"}, "form": {Title: title, Published: true, OpensAt: early, ClosesAt: late},
	} {
		if c.Slug == "" {
			c.Slug = "miami"
		}
		err := call.Calls().Settle(&c)
		problems, _ := err.(fault.Problems)
		if _, found := problems.On(field); !found || len(problems) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestErasing: of an application whose people are erased nothing is left that
// tells of them.
func TestErasing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := prepared(t, d)
		c.application.Contact = "Ada King"
		c.application.Answers = form.Answers{"q": {People: []form.Traveller{{Name: "Ada King"}}}}
		c.application.Typed = url.Values{"contact": {"Ada King"}}
		write(t, d, func(tx *db.Tx) error { return call.Applications().Save(ctx, tx, act, c.application) })
		write(t, d, func(tx *db.Tx) error {
			for _, kind := range call.Kinds() {
				if kind.Name == "application" {
					return kind.Erase(ctx, tx, act, 1, c.application.ID)
				}
			}
			return nil
		})
		write(t, d, func(tx *db.Tx) error {
			a, err := call.Applications().Load(ctx, tx, 1, c.application.ID)
			if err == nil && (a.Email != "" || a.Contact != "" || len(a.Answers) > 0 || len(a.Typed) > 0) {
				t.Errorf("what is left is %+v", a)
			}
			return err
		})
	})
}

// TestTraces: what an application holds of somebody is given and erased by their
// address.
func TestTraces(t *testing.T) {
	d := dbtest.Open(t)
	c := prepared(t, d)
	c.application.Contact, c.application.Answers = "Ada King", form.Answers{"q": {Text: "secret"}}
	write(t, d, func(tx *db.Tx) error { return call.Applications().Save(ctx, tx, act, c.application) })
	write(t, d, func(tx *db.Tx) error {
		for email, want := range map[string]int{"eve@example.org": 0, "ada@example.org": 1} {
			who := record.Human{Territory: 1, Emails: []string{email}}
			held, err := call.Trace().Held(ctx, tx, who)
			if err != nil || len(held) != want {
				t.Errorf("of %s %d are held, %v", email, len(held), err)
			}
			if want > 0 && held[0].Texts["answers"] != `{"q":{"Text":"secret"}}` {
				t.Errorf("the answers held are %q", held[0].Texts["answers"])
			}
			if n, err := call.Trace().Erase(ctx, tx, act, who); n != want || err != nil {
				t.Errorf("of %s %d are erased, %v", email, n, err)
			}
			if again, err := call.Trace().Held(ctx, tx, who); len(again) != 0 || err != nil {
				t.Errorf("after that %d are held, %v", len(again), err)
			}
		}
		return nil
	})
}
