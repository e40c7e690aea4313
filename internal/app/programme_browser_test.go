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
	"github.com/escale-hq/escale/internal/programme"
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
