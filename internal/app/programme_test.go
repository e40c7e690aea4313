package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/territory"
)

// ofMissions are targets on each mission, of what is about no organisation.
func (h *house) ofMissions(put func(in int, mission string) string) []target {
	targets := h.onMissions(func(in int, mission, _ string) string { return put(in, mission) })
	for i := range targets {
		targets[i].subject.Organisation = ""
	}
	return targets
}

// session adds one to a mission: a fair, which is open for an hour from now on.
func (h *house) session(in int, of string) (id string) {
	h.t.Helper()
	now := db.At(time.Now())
	made := &programme.Session{
		Meta: record.Meta{Territory: in}, Mission: of, Title: i18n.Text{"fr": "Salon", "en": "Fair"}, Kind: "fair",
		Start: now, End: now.Add(time.Hour), Level: programme.Note,
	}
	h.write(func(tx *db.Tx) error { return programme.Sessions().Add(ctx, tx, act, made) })
	return made.ID
}

// speaker adds one to a session of a mission.
func (h *house) speaker(in int, of string) (id string) {
	h.t.Helper()
	made := &programme.Speaker{Name: "Ana Lopez"}
	made.Territory, made.Mission, made.Session = in, of, h.session(in, of)
	h.write(func(tx *db.Tx) error { return programme.Speakers().Add(ctx, tx, act, made) })
	return made.ID
}

// guests are those of the territory, of the agency and of another one.
func (h *house) guests() (targets []target) {
	h.t.Helper()
	add := func(name string, in int, mission, owner string, absent bool) {
		made := &programme.Guest{Name: "Ana Lopez"}
		made.Territory, made.Owner, made.Mission, made.Session = in, owner, mission, h.session(in, mission)
		h.write(func(tx *db.Tx) error { return programme.Guests().Add(ctx, tx, act, made) })
		targets = append(targets, target{name, made.ID, territory.Subject{Owner: owner, Mission: mission}, absent})
	}
	add("the agency's", h.home.ID, h.missions.on, h.agency, false)
	add("the territory's", h.home.ID, h.missions.on, "", false)
	add("another agency's", h.home.ID, h.missions.on, "another", false)
	add("another territory's", h.away.ID, h.missions.foreign, "", true)
	return targets
}

// registering adds a company with a contact and a seat to the mission that the
// agency is on, and gives the path of its link to register by.
func (h *house) registering(name string) (path, seat string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		o := &directory.Organisation{Meta: record.Meta{Territory: h.home.ID}, Name: name}
		if err := directory.Organisations().Add(ctx, tx, act, o); err != nil {
			return err
		}
		p := &mission.Participant{Part: h.part(h.home.ID, h.missions.on), Organisation: o.ID, Side: mission.Delegate}
		if err := mission.Participants().Add(ctx, tx, act, p); err != nil {
			return err
		}
		s := &mission.Seat{Part: h.part(h.home.ID, h.missions.on), Participant: p.ID, Number: 1}
		if err := mission.Seats().Add(ctx, tx, act, s); err != nil {
			return err
		}
		link, err := h.app.auth.MakeLink(ctx, tx, act.By, programme.Purpose(), auth.Link{
			TerritoryID: h.home.ID, Kind: "participant", RecordID: p.ID, Name: "Ana Lopez", Language: "en", ExpiresAt: tx.Now.Add(time.Hour),
		})
		if err != nil {
			return err
		}
		address, err := url.Parse(h.app.auth.LinkAddress(link))
		path, seat = address.Path, s.ID
		return err
	})
	return path, seat
}

// TestProgrammeByForms: an officer adds a session by the clock of Miami and
// publishes it; two companies register for one place by their links; a partner
// invites a guest whom another does not see.
func TestProgrammeByForms(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	officer := h.as(h.users[territory.Officer])
	on := h.missions.on
	day := time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	w := officer.post("/t/marseille/sessions", url.Values{
		"mission": {on}, "title.en": {"Port visit"}, "kind": {"visit"}, "level": {"forbid"}, "starts_at": {day + "T09:30"},
		"ends_at": {day + "T11:00"}, "sign_up": {"yes"}, "capacity.delegate": {"1"}, "published": {"yes"},
	})
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(at, "/t/marseille/sessions/") {
		t.Fatalf("%d %s\n%s", w.Code, at, w.Body)
	}
	session := at[strings.LastIndexByte(at, '/')+1:]
	says := func(b *browser, path string, want ...string) {
		t.Helper()
		body := b.get(path).Body.String()
		for _, text := range want {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not say %q", path, text)
			}
		}
	}
	says(officer, at, "9:30", "time of New York", "Draft")
	if w := officer.post(at+"/publish", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("publish: %d", w.Code)
	}

	first, firstSeat := h.registering("Étang Bleu")
	second, secondSeat := h.registering("Mistral")
	choose := func(path, seat, do string) int {
		return h.nobody().post(path, url.Values{"session": {session}, "seat": {seat}, "do": {do}}).Code
	}
	if a, b := choose(first, firstSeat, "register"), choose(second, secondSeat, "register"); a != 303 || b != 303 {
		t.Fatalf("register: %d, %d", a, b)
	}
	says(h.nobody(), first, "Registered")
	says(h.nobody(), second, "Waiting list, place 1")
	if code := choose(second, firstSeat, "leave"); code != http.StatusNotFound {
		t.Errorf("leave for another company: %d", code)
	}
	if code := choose(first, firstSeat, "leave"); code != 303 {
		t.Errorf("leave: %d", code)
	}
	says(h.nobody(), second, "Registered")

	partner := h.as(h.users[territory.Partner])
	if w := partner.post("/t/marseille/guests", url.Values{"session": {session}, "name": {"Bo Chen"}, "companions": {"1"}}); w.Code != 303 {
		t.Errorf("a partner invites: %d\n%s", w.Code, w.Body)
	}
	says(partner, at, "Bo Chen", "with 1 companion")
	says(officer, at, "Bo Chen")
	if body := h.as(h.users[territory.Observer]).get(at).Body.String(); strings.Contains(body, "Bo Chen") {
		t.Error("an observer sees a guest")
	}
	if w := officer.get(at + "/badges.pdf"); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF") {
		t.Errorf("badges: %d", w.Code)
	}
	if w := officer.get(at + "/guests.xlsx"); w.Code != 200 {
		t.Errorf("guest list: %d", w.Code)
	} else if tables, err := sheet.ReadXLSX(w.Body.Bytes()); err != nil || len(tables[0].Rows) != 6 {
		t.Errorf("the guest list has %d rows: %v", len(tables[0].Rows), err)
	}
}

// TestContactsBecomePeople: what comes twice from a device is one contact; two
// contacts with one address are one person, and whom the directory knows is
// completed.
func TestContactsBecomePeople(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			h := build(t, address(t))
			officer := h.as(h.users[territory.Officer])
			at := "/t/marseille/sessions/" + h.session(h.home.ID, h.missions.on)
			known := &directory.Person{Meta: record.Meta{Territory: h.home.ID}, Given: "Ana", Family: "Lopez", Email: "ana@example.org"}
			people := directory.People(h.app.objections)
			h.write(func(tx *db.Tx) error { return people.Add(ctx, tx, act, known) })
			take := func(form url.Values) {
				t.Helper()
				if w := officer.post(at+"/stand", form); w.Code != http.StatusSeeOther {
					t.Fatalf("%d\n%s", w.Code, w.Body)
				}
			}
			card := "BEGIN:VCARD\r\nFN:Bo Chen\r\nORG:Port;Quay\r\nEMAIL;TYPE=work:bo@example.org\r\nEND:VCARD"
			for range 2 {
				take(url.Values{"device": {"a"}, "name": {"Ana Lopez"}, "email": {"ana@example.org"}, "phone": {"+1 305 555 0100"}})
			}
			take(url.Values{"device": {"b"}, "card": {card}})
			take(url.Values{"device": {"c"}, "name": {"Bo Chen"}, "organisation": {"Port"}, "email": {"bo@example.org"}})
			page := officer.get(at + "/contacts").Body.String()
			if !strings.Contains(page, "3 contacts are not in the directory yet") || !strings.Contains(page, "The same person: Ana Lopez") {
				t.Errorf("the preview says:\n%s", page)
			}
			form := url.Values{}
			for _, name := range regexp.MustCompile(`name="(contact\.[^"]+)"`).FindAllStringSubmatch(page, -1) {
				form.Set(name[1], "new")
			}
			if w := officer.post(at+"/contacts", form); w.Code != http.StatusSeeOther {
				t.Fatalf("%d\n%s", w.Code, w.Body)
			}
			h.write(func(tx *db.Tx) error {
				for table, want := range map[string]int{
					"SELECT count(*) FROM people WHERE territory_id = 1 AND family_name = 'Lopez'":             1,
					"SELECT count(*) FROM people WHERE territory_id = 1 AND family_name = 'Chen'":              1,
					"SELECT count(*) FROM organisations WHERE territory_id = 1 AND name = 'Port'":              1,
					"SELECT count(*) FROM programme_contacts WHERE territory_id = 1 AND person_id IS NOT NULL": 3,
				} {
					var n int
					if err := tx.QueryRowContext(ctx, table).Scan(&n); err != nil || n != want {
						t.Errorf("%s: %d, not %d: %v", table, n, want, err)
					}
				}
				ana, err := people.Load(ctx, tx, h.home.ID, known.ID)
				if err == nil && len(ana.Phones) != 1 {
					t.Errorf("what is known of Ana: %+v", ana)
				}
				return err
			})
		})
	}
}
