package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-ical"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// partTargets are the records of a noun that missions are made of: seen and
// changed with their mission.
func (h *house) partTargets(noun string) []target {
	targets := h.onMissions(func(in int, of, _ string) string { return h.missionPart(noun, in, of) })
	for i := range targets {
		targets[i].subject.Organisation = ""
	}
	return targets
}

// missionPart adds one to a mission.
func (h *house) missionPart(noun string, in int, of string) (id string) {
	h.t.Helper()
	part := h.part(in, of)
	organisation := h.ours
	if in == h.away.ID {
		organisation = h.foreign
	}
	h.write(func(tx *db.Tx) (err error) {
		switch noun {
		case "leg":
			return added(tx, mission.Legs(), &mission.Leg{Part: part, Name: "Toronto", Zone: "America/Toronto"}, &id)
		case "venue":
			return added(tx, mission.Venues(), &mission.Venue{Part: part, Name: "Hub"}, &id)
		case "interpreters":
			return added(tx, mission.InterpreterNoun(), &mission.Interpreters{Part: part, Languages: []string{"en", "fr"}, Number: 1}, &id)
		case "partner":
			return added(tx, mission.Partners(), &mission.Partner{Part: part, Organisation: organisation, Role: "host"}, &id)
		case "place":
			var venue string
			if err := added(tx, mission.Venues(), &mission.Venue{Part: part, Name: "Port"}, &venue); err != nil {
				return err
			}
			return added(tx, mission.Places(), &mission.Place{Part: part, Venue: venue, Tables: 2}, &id)
		default:
			var participant string
			p := &mission.Participant{Part: part, Organisation: organisation, Side: mission.Counterpart}
			if err := added(tx, mission.Participants(), p, &participant); err != nil {
				return err
			}
			return added(tx, mission.Seats(), &mission.Seat{Part: part, Participant: participant, Number: 1}, &id)
		}
	})
	return id
}

func added[T any](tx *db.Tx, noun record.Noun[T], made *T, id *string) error {
	err := noun.Add(ctx, tx, act, made)
	*id = noun.Meta(made).ID
	return err
}

// TestPartnersComeAndGo: the people of an agency see a mission as long as it is a
// partner of it, and undoing says so too.
func TestPartnersComeAndGo(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	officer, agent := h.as(h.users[territory.Officer]), h.as(h.users[territory.Partner])
	page := "/t/marseille/missions/" + h.missions.off
	sees := func(want bool) {
		t.Helper()
		if got := agent.get(page).Code == http.StatusOK; got != want {
			t.Errorf("the agency sees the mission: %v, want %v", got, want)
		}
	}
	undo := func() {
		t.Helper()
		found := undoForm.FindStringSubmatch(officer.get(page + "/team").Body.String())
		if found == nil {
			t.Fatal("no way to undo is offered")
		}
		officer.post(found[1], nil)
	}
	sees(false)
	form := url.Values{"mission": {h.missions.off}, "organisation": {h.agency}, "role": {"host"}, "share": {"12,5"}}
	if w := officer.post("/t/marseille/partners", form); w.Code != http.StatusSeeOther {
		t.Fatalf("added: %d", w.Code)
	}
	sees(true)
	if body := officer.get(page + "/team").Body.String(); !strings.Contains(body, "12.5") {
		t.Error("the share is not shown")
	}
	officer.post("/t/marseille/partners", form) // twice
	var partners []*mission.Partner
	h.write(func(tx *db.Tx) (err error) {
		partners, err = mission.PartnersOf(ctx, tx, h.home.ID, h.missions.off)
		return err
	})
	if len(partners) != 1 || partners[0].Share != 125 {
		t.Fatalf("partners: %+v", partners)
	}
	officer.post("/t/marseille/partners/"+partners[0].ID+"/delete", nil)
	sees(false)
	undo()
	sees(true)
}

var feedAddress = regexp.MustCompile(`value="https?://[^/"]+(/feeds/[^"]+)"`)

// TestFeeds: a calendar shows what its owner may see at each reading, to whoever
// knows the address, until it is revoked; the page shows the address once.
func TestFeeds(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	agent := h.as(h.users[territory.Partner])
	const feeds = "/t/marseille/calendar/feeds"
	day := h.app.now().AddDate(0, 1, 0).Format("2006-01-02")
	h.write(func(tx *db.Tx) error {
		for _, id := range []string{h.missions.on, h.missions.off} {
			texts := map[string]string{"starts_on": day, "ends_on": day}
			if err := h.app.kinds["mission"].Change(ctx, tx, act, h.home.ID, id, texts); err != nil {
				return err
			}
		}
		return nil
	})
	made := feedAddress.FindStringSubmatch(agent.post(feeds, url.Values{"own": {"no"}}).Body.String())
	if made == nil {
		t.Fatal("no address is shown")
	}
	address := made[1]
	events := func() []ical.Event {
		t.Helper()
		w := h.nobody().get(address)
		if w.Code != http.StatusOK {
			t.Fatalf("read: %d", w.Code)
		}
		c, err := ical.NewDecoder(w.Body).Decode()
		if err != nil {
			t.Fatal(err)
		}
		return c.Events()
	}
	if got := events(); len(got) != 1 || !strings.HasPrefix(got[0].Props.Get("UID").Value, h.missions.on) {
		t.Errorf("the agency reads %v", got)
	}
	h.write(func(tx *db.Tx) error {
		return territory.Charge{Mission: h.missions.on, Organisation: h.agency, Duty: territory.OnMission}.Take(ctx, tx, h.home.ID)
	})
	if w := h.nobody().get(address); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "VEVENT") {
		t.Errorf("without the duty: %d", w.Code)
	}
	if page := agent.get(feeds).Body.String(); strings.Contains(page, address) {
		t.Error("the address is shown again")
	} else if found := regexp.MustCompile(`name="feed" value="([0-9a-f]{64})"`).FindStringSubmatch(page); found == nil {
		t.Error("the calendar is not listed")
	} else {
		h.as(h.users[territory.Officer]).post(feeds+"/revoke", url.Values{"feed": {found[1]}})
		if w := h.nobody().get(address); w.Code != http.StatusOK {
			t.Errorf("revoked by another: %d", w.Code)
		}
		agent.post(feeds+"/revoke", url.Values{"feed": {found[1]}})
	}
	if w := h.nobody().get(address); w.Code != http.StatusNotFound {
		t.Errorf("revoked: %d", w.Code)
	}
}

// TestCopyEdition: a new edition has the legs, venues, places and tasks of the
// earlier one, moved by weeks.
func TestCopyEdition(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	h.missionPart("place", h.home.ID, h.missions.on)
	page := "/t/marseille/missions/" + h.missions.on
	b.post(page+"/board", nil)
	w := b.post(page+"/copy", url.Values{"title.en": {"Miami 2018"}, "week": {"2018-11-08"}, "tasks": {"yes"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("copied: %d", w.Code)
	}
	made := strings.TrimPrefix(w.Header().Get("Location"), "/t/marseille/missions/")
	h.write(func(tx *db.Tx) error {
		got, err := mission.Read(ctx, tx, h.home.ID, made)
		if err != nil {
			return err
		}
		// Sunday 5 November 2017 is in the week of Monday 30 October; Thursday 8
		// November 2018 in that of Monday 5 November.
		if got.StartsOn != "2018-11-11" || got.EditionOf != h.missions.on || got.Stage != mission.Idea {
			t.Errorf("%+v", got.Mission)
		}
		if len(got.Legs) != 1 || got.Legs[0].Grid[0] != "2018-11-12 09:00/12:00" || len(got.Places) != 1 {
			t.Errorf("%d legs, %d places", len(got.Legs), len(got.Places))
		}
		return nil
	})
	if board := b.get("/t/marseille/missions/" + made + "/board").Body.String(); !strings.Contains(board, "12 Nov 2018") && !strings.Contains(board, "Check passports") {
		t.Error("the tasks were not taken over")
	}
	if w := b.post(page+"/copy", url.Values{"title.en": {"M"}, "week": {"soon"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a week that is none: %d", w.Code)
	}
}
