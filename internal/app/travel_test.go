package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// inCharge lets the officer look after the travellers of the mission.
func (h *house) inCharge() {
	h.t.Helper()
	charge := territory.Charge{Mission: h.missions.on, User: h.users[territory.Officer].ID, Duty: territory.Logistics}
	h.write(func(tx *db.Tx) error { return charge.Give(ctx, tx, h.home.ID) })
}

// seated puts somebody with an address on a seat of the mission, whose return is
// some days away.
func (h *house) seated(name string, days int) *directory.Person {
	h.t.Helper()
	person := &directory.Person{Meta: record.Meta{Territory: h.home.ID}, Given: name, Family: "Bell", Organisation: h.ours, Email: strings.ToLower(name) + "@ours.example"}
	h.write(func(tx *db.Tx) error {
		if err := directory.People(h.app.objections).Add(ctx, tx, act, person); err != nil {
			return err
		}
		day := func(n int) string { return tx.Now.AddDate(0, 0, n).Format(time.DateOnly) }
		texts := map[string]string{"starts_on": day(days - 5), "ends_on": day(days)}
		if err := mission.Missions().Kind().Change(ctx, tx, act, h.home.ID, h.missions.on, texts); err != nil {
			return err
		}
		legs, err := mission.LegsOf(ctx, tx, h.home.ID, h.missions.on)
		if err != nil {
			return err
		}
		if err := mission.Legs().Kind().Change(ctx, tx, act, h.home.ID, legs[0].ID, map[string]string{"city": h.city}); err != nil {
			return err
		}
		p := &mission.Participant{Part: h.part(h.home.ID, h.missions.on), Organisation: h.ours, Name: "Ours", Side: mission.Delegate}
		if err := mission.Participants().Add(ctx, tx, act, p); err != nil {
			return err
		}
		return mission.Seats().Add(ctx, tx, act, &mission.Seat{Part: h.part(h.home.ID, h.missions.on), Participant: p.ID, Number: 1, Person: person.ID})
	})
	return person
}

// traveller1 is the one traveller of the mission.
func (h *house) traveller1() (t *mission.Traveller) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		all, err := mission.TravellersOf(ctx, tx, h.home.ID, h.missions.on)
		if len(all) != 1 {
			h.t.Fatalf("%d travellers: %v", len(all), err)
		}
		t = all[0]
		return err
	})
	return t
}

// TestAJourney: the people of the seats travel, are asked for what is missing,
// confide it by their link with a code, and others see no more than that it is
// there.
func TestAJourney(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.seated("Ana", 60)
	page := "/t/marseille/missions/" + h.missions.on + "/travellers"
	officer, administrator := h.as(h.users[territory.Officer]), h.as(h.users[territory.Administrator])
	if w := officer.post(page, nil); w.Code != http.StatusForbidden {
		t.Errorf("taking people in without the duty is answered with %d", w.Code)
	}
	h.inCharge()
	if w := officer.post(page, nil); w.Code != http.StatusSeeOther {
		t.Fatalf("taking people in is answered with %d:\n%s", w.Code, w.Body)
	}
	officer.post(page, nil) // again: nobody travels twice
	traveller := h.traveller1()
	if w := officer.post(page+"/ask", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("asking is answered with %d", w.Code)
	}
	link := h.travelLink(traveller)
	ana := h.nobody()
	if body := ana.get(link).Body.String(); strings.Contains(body, "passport_to") {
		t.Fatal("the form is shown without a code")
	}
	proof := strings.TrimSuffix(link, "/travel")
	ana.post(proof+"/code", nil)
	ana.post(proof+"/proof", url.Values{"code": {h.codeFor("ana@ours.example")}})
	if body := ana.get(link).Body.String(); !strings.Contains(body, "passport_to") {
		t.Fatalf("the form is not shown after the code:\n%s", body)
	}
	wrong := url.Values{"passport_to": {"soon"}, "emergency_name": {"Zoé Quetzal"}}
	if w := ana.post(link, wrong); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Zoé Quetzal") {
		t.Errorf("what was typed wrongly is answered with %d", w.Code)
	}
	right := url.Values{
		"passport_to": {"2099-01-02"}, "entry_kind": {"none"}, "meal": {"vegan"}, "order_number": {"mine"},
		"emergency_name": {"Zoé Quetzal"}, "emergency_phone": {"+33 6 99"}, "flights.0.number": {"AF84"}, "flights.0.from": {"Paris"},
		"flights.0.leaves": {"2027-01-05T10:35"}, "flights.0.to": {"Miami"}, "flights.0.lands": {"2027-01-05T14:55"},
	}
	if w := ana.post(link, right); w.Code != http.StatusSeeOther {
		t.Fatalf("what was confided is answered with %d:\n%s", w.Code, w.Body)
	}
	saved := h.traveller1()
	if saved.PassportTo != "2099-01-02" || saved.OrderNumber != "" || len(saved.Flights) != 1 {
		t.Errorf("kept: %+v", saved)
	}
	h.toldToTheDuty(t, officer, administrator, saved)
}

// toldToTheDuty looks for what was confided on every page that might tell it.
func (h *house) toldToTheDuty(t *testing.T, officer, administrator *browser, saved *mission.Traveller) {
	t.Helper()
	page, one := "/t/marseille/missions/"+h.missions.on+"/travellers", "/t/marseille/travellers/"+saved.ID
	secret := func(body string) bool {
		return strings.Contains(body, "Quetzal") || strings.Contains(body, "2099") || strings.Contains(body, "AF84")
	}
	if !secret(officer.get(one + "/edit").Body.String()) {
		t.Error("whoever has the duty does not see what was confided")
	}
	for _, path := range []string{page, "/t/marseille", "/t/marseille/missions/" + h.missions.on + "/history", "/t/marseille/search?q=Bell", "/t/marseille/missions/" + h.missions.on} {
		w := administrator.get(path)
		if w.Code != http.StatusOK || secret(w.Body.String()) {
			t.Errorf("%s is answered with %d, and tells an administrator: %v", path, w.Code, secret(w.Body.String()))
		}
	}
	for _, path := range []string{one, one + "/edit", page + "/lists", page + "/lists?list=flights"} {
		if w := administrator.get(path); w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
			t.Errorf("%s tells an administrator: %d", path, w.Code)
		}
	}
	if body := administrator.get(page).Body.String(); !strings.Contains(body, "Ana Bell") || !strings.Contains(body, "insurance") || strings.Contains(body, "choice of meal") {
		t.Errorf("the page does not say what is missing, and no more:\n%s", body)
	}
	if w := officer.get(page + "/lists?list=flights"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "%PDF") {
		t.Errorf("the flight manifest is answered with %d", w.Code)
	}
	if w := officer.get(page + "/lists"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("the lists are answered with %d", w.Code)
	}
	if w := officer.get(page + "/lists?list=passports"); w.Code != http.StatusNotFound {
		t.Errorf("a list that is none is answered with %d", w.Code)
	}
}

// travelLink is the path of the link of a traveller.
func (h *house) travelLink(of *mission.Traveller) (path string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		links, err := auth.LinksOf(ctx, tx, mission.Travellers().Ref(of))
		if len(links) != 1 {
			h.t.Fatalf("%d links: %v", len(links), err)
		}
		address, err := url.Parse(h.app.auth.LinkAddress(links[0]))
		path = address.Path
		return err
	})
	return path
}

// TestJourneysAreErased by the job, from every column of the database.
func TestJourneysAreErased(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.seated("Ana", -31)
	h.inCharge()
	officer := h.as(h.users[territory.Officer])
	officer.post("/t/marseille/missions/"+h.missions.on+"/travellers", nil)
	traveller := h.traveller1()
	w := officer.post("/t/marseille/travellers/"+traveller.ID, url.Values{
		"version": {"1"}, "emergency_name": {"Zoé Quetzal"}, "insurance": {"Zygomatic"}, "passport_to": {"2099-01-02"},
	})
	if w.Code != http.StatusSeeOther || len(h.inDatabase("Quetzal")) == 0 {
		t.Fatalf("nothing to erase: %d", w.Code)
	}
	officer.post("/t/marseille/missions/"+h.missions.on+"/travellers/ask", nil)
	if err := h.app.endJourneys(ctx, eraseTravellers{}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Quetzal", "Zygomatic", "2099-01-02"} {
		if left := h.inDatabase(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	if body := h.as(h.users[territory.Administrator]).get("/t/marseille/retention").Body.String(); !strings.Contains(body, "30 days after the return") {
		t.Errorf("the proofs do not tell of it:\n%s", body)
	}
}
