package app

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// reception is a session to which some guests are invited; it gives their keys
// as well.
func (h *house) reception(guests int) (id string, keys []string) {
	h.t.Helper()
	id = h.session(h.home.ID, h.missions.on)
	h.write(func(tx *db.Tx) error {
		for i := range guests {
			g := &programme.Guest{Name: fmt.Sprintf("Guest %03d", i+1), Organisation: "Port"}
			g.Territory, g.Mission, g.Session = h.home.ID, h.missions.on, id
			if err := programme.Guests().Add(ctx, tx, act, g); err != nil {
				return err
			}
			keys = append(keys, "guest:"+g.ID)
		}
		return nil
	})
	return id, keys
}

// present is who the server knows to be at a session.
func (h *house) present(session string) (there programme.Presence) {
	h.t.Helper()
	err := h.app.db.Read(ctx, func(tx *db.Tx) error {
		s, err := programme.Sessions().Load(ctx, tx, h.home.ID, session)
		if err != nil {
			return err
		}
		there, err = programme.Present(ctx, tx, s)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return there
}

// shows waits until an element of the page says a text.
func shows(selector, text string) chromedp.Action {
	return chromedp.Poll(fmt.Sprintf("document.querySelector(%q).textContent.trim() === %q", selector, text), nil)
}

// arrive notes the arrival of the next guests on the page, as a finger does.
func arrive(n int) chromedp.Action {
	return chromedp.Evaluate(fmt.Sprintf("[...document.querySelectorAll('[data-in]:not([hidden])')].slice(0, %d).forEach(b => b.click())", n), nil)
}

func cut(yes bool) chromedp.Action {
	return network.EmulateNetworkConditions(yes, 0, -1, -1)
}

// TestDoorWithoutNetwork checks in two hundred guests with the network cut in the
// middle, while a colleague notes some of the same: nobody is lost, and nobody
// counts twice.
func TestDoorWithoutNetwork(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	site := h.serve()
	id, keys := h.reception(200)
	at := "/t/marseille/sessions/" + id + "/check-in"
	p := browsertest.Open(t, site+h.link(h.users[territory.Officer]), browsertest.View{})
	p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
	p.See(browsertest.View{Width: 390})
	p.Go(site + at)
	p.Check()
	p.Shot("door-390")
	other := browsertest.OpenApart(t, site+h.link(h.users[territory.Administrator]), browsertest.View{})
	other.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
	other.Go(site + at)

	typed := programme.Code(h.home.ID, keys[150])
	p.Do(
		chromedp.SendKeys("#door-q", typed+kb.Enter, chromedp.ByQuery), shows("[data-count]", "1"),
		chromedp.SendKeys("#door-q", "guest 152"+kb.Enter, chromedp.ByQuery), shows("[data-count]", "2"),
		arrive(78), shows("[data-count]", "80"), shows("[data-net]", "All is saved."),
	)
	other.Do(shows("[data-count]", "80"))

	p.Do(cut(true), arrive(100), shows("[data-count]", "180"))
	p.Do(chromedp.Evaluate("[...document.querySelectorAll('[data-out]:not([hidden])')].slice(100, 105).forEach(b => b.click())", nil), shows("[data-count]", "175"))
	p.Shot("door-390-offline")
	if n := len(h.present(id)); n != 80 {
		t.Fatalf("%d are in, of those sent", n)
	}
	var events []string
	for _, key := range keys[90:100] {
		events = append(events, programme.Scan{ID: db.NewID(), Attendee: key, Entered: true, At: db.At(time.Now())}.Write())
	}
	if w := h.as(h.users[territory.Administrator]).post(at, url.Values{"event": events}); w.Code != 303 {
		t.Fatalf("a colleague notes ten: %d", w.Code)
	}
	p.Do(cut(false), shows("[data-net]", "All is saved."))
	p.Do(arrive(200), shows("[data-count]", "200"), shows("[data-net]", "All is saved."))
	other.Do(shows("[data-count]", "200"))
	there := h.present(id)
	for _, key := range keys {
		if _, in := there[key]; !in {
			t.Errorf("%s is lost", key)
		}
	}
	if len(there) != len(keys) {
		t.Errorf("%d are in, of %d", len(there), len(keys))
	}
}

// fullProgramme is a day with a conflict, speakers, guests, a waiting list, and a
// stand at which somebody was met; it gives the pages to look at.
func (h *house) fullProgramme() (pages map[string]string) {
	h.t.Helper()
	link, seat := h.registering("Étang Bleu")
	_, other := h.registering("Mistral")
	start := db.At(time.Now().Add(24 * time.Hour).Truncate(time.Hour))
	add := func(kind, title string, from, to time.Duration, change func(*programme.Session)) *programme.Session {
		s := &programme.Session{
			Meta: record.Meta{Territory: h.home.ID}, Mission: h.missions.on, Kind: kind, Title: i18n.Text{"fr": title},
			About: i18n.Text{"fr": "Une visite des quais avec la capitainerie, puis un échange."}, Start: start.Add(from), End: start.Add(to),
			Spot: "Suite A", Host: "Port de Miami", Dress: "Chaussures fermées", Languages: []string{"fr", "en"},
		}
		change(s)
		h.write(func(tx *db.Tx) error { return programme.Sessions().Add(ctx, tx, act, s) })
		return s
	}
	visit := add("visit", "Visite du port", 0, 2*time.Hour, func(s *programme.Session) {
		s.SignUp, s.Published, s.Capacity = true, true, programme.Capacity{"delegate": 1, programme.Invited: 4}
		s.TransportAt, s.TransportFrom = s.Start.Add(-30*time.Minute), "Hôtel"
	})
	add("round_table", "Table ronde", time.Hour, 3*time.Hour, func(*programme.Session) {})
	stand := add("stand", "Stand au salon", 26*time.Hour, 30*time.Hour, func(s *programme.Session) { s.Level = programme.Note })
	h.write(func(tx *db.Tx) error {
		for _, id := range []string{seat, other} {
			s, err := mission.Seats().Load(ctx, tx, h.home.ID, id)
			if err == nil {
				_, err = programme.Register(ctx, tx, act, visit, s)
			}
			if err != nil {
				return err
			}
		}
		for i, name := range []string{"Ana Lopez", "Bo Chen"} {
			s, g := &programme.Speaker{Name: name, Position: i + 1, Minutes: 5}, &programme.Guest{Name: name, Organisation: "Port", Companions: i}
			s.Territory, s.Mission, s.Session = h.home.ID, h.missions.on, visit.ID
			g.Territory, g.Mission, g.Session = h.home.ID, h.missions.on, visit.ID
			if err := programme.Speakers().Add(ctx, tx, act, s); err != nil {
				return err
			}
			if err := programme.Guests().Add(ctx, tx, act, g); err != nil {
				return err
			}
		}
		c := &programme.Contact{Device: "a", Name: "Bo Chen", Organisation: "Port", Note: "Rappeler en mai"}
		c.Territory, c.Mission, c.Session = h.home.ID, h.missions.on, stand.ID
		if err := programme.Take(ctx, tx, act, c); err != nil {
			return err
		}
		scan := programme.Scan{ID: "v", Attendee: "visit:v", Entered: true, At: tx.Now}
		return programme.Enter(ctx, tx, stand, "user", []programme.Scan{scan})
	})
	const base = "/t/marseille"
	return map[string]string{
		"programme": base + "/missions/" + h.missions.on + "/programme", "session": base + "/sessions/" + visit.ID,
		"session-new":  base + "/sessions/new?mission=" + h.missions.on,
		"session-edit": base + "/sessions/" + visit.ID + "/edit", "speaker-new": base + "/speakers/new?session=" + visit.ID,
		"guest-new": base + "/guests/new?session=" + visit.ID, "door": base + "/sessions/" + visit.ID + "/check-in",
		"stand": base + "/sessions/" + stand.ID + "/stand", "contacts": base + "/sessions/" + stand.ID + "/contacts", "link": link,
	}
}

// TestProgrammePagesInBrowser opens the pages of a full programme in both
// languages, on a desk by day and on a phone by night.
func TestProgrammePagesInBrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	site, pages := h.serve(), h.fullProgramme()
	for _, lang := range []string{"fr", "en"} {
		p := browsertest.OpenApart(t, site+h.link(h.administrator(lang)), browsertest.View{})
		p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
		for name, path := range pages {
			t.Run(lang+" "+name, func(t *testing.T) {
				p := p.In(t)
				p.See(browsertest.View{})
				p.Go(site + path)
				p.Check()
				p.Shot(name + "-" + lang)
				p.See(browsertest.View{Width: 390, Scheme: "dark"})
				p.Check()
				p.Shot(name + "-" + lang + "-phone")
			})
		}
	}
}
