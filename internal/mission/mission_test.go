package mission_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// miami is a mission with one of each thing that missions are made of.
type miami struct {
	city         *directory.City
	organisation *directory.Organisation
	person       *directory.Person
	mission      *mission.Mission
	leg          *mission.Leg
	venue        *mission.Venue
	place        *mission.Place
	participant  *mission.Participant
	seat         *mission.Seat
	interpreters *mission.Interpreters
	partner      *mission.Partner
}

func prepared(t *testing.T, d *db.DB) *miami {
	t.Helper()
	m := &miami{}
	objections := directory.NewObjections(make([]byte, 32))
	at := record.Meta{Territory: 1}
	write(t, d, func(tx *db.Tx) error {
		if _, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
		}); err != nil {
			return err
		}
		m.city = &directory.City{Meta: at, Name: "Miami", Country: "US", Zone: "America/New_York"}
		m.organisation = &directory.Organisation{Meta: at, Name: "Calanque Santé"}
		m.person = &directory.Person{Meta: at, Given: "Ana", Family: "Bell"}
		m.mission = &mission.Mission{Meta: at, Title: i18n.Text{"fr": "Miami 2017", "en": "Miami 2017"}}
		if err := directory.Cities().Add(ctx, tx, act, m.city); err != nil {
			return err
		}
		if err := directory.Organisations().Add(ctx, tx, act, m.organisation); err != nil {
			return err
		}
		if err := directory.People(objections).Add(ctx, tx, act, m.person); err != nil {
			return err
		}
		if err := mission.Missions().Add(ctx, tx, act, m.mission); err != nil {
			return err
		}
		return m.addParts(tx)
	})
	return m
}

func (m *miami) addParts(tx *db.Tx) error {
	part := mission.Part{Meta: record.Meta{Territory: 1}, Mission: m.mission.ID}
	m.leg = &mission.Leg{Part: part, Name: "Miami", Zone: "America/New_York"}
	if err := mission.Legs().Add(ctx, tx, act, m.leg); err != nil {
		return err
	}
	m.venue = &mission.Venue{Part: part, Name: "Hub"}
	if err := mission.Venues().Add(ctx, tx, act, m.venue); err != nil {
		return err
	}
	m.place = &mission.Place{Part: part, Venue: m.venue.ID, Tables: 12, First: 1}
	if err := mission.Places().Add(ctx, tx, act, m.place); err != nil {
		return err
	}
	m.participant = &mission.Participant{Part: part, Organisation: m.organisation.ID, Side: mission.Delegate}
	if err := mission.Participants().Add(ctx, tx, act, m.participant); err != nil {
		return err
	}
	m.seat = &mission.Seat{Part: part, Participant: m.participant.ID, Number: 1}
	if err := mission.Seats().Add(ctx, tx, act, m.seat); err != nil {
		return err
	}
	m.partner = &mission.Partner{Part: part, Organisation: m.organisation.ID, Role: "co-funder"}
	if err := mission.Partners().Add(ctx, tx, act, m.partner); err != nil {
		return err
	}
	m.interpreters = &mission.Interpreters{Part: part, Languages: []string{"en", "fr"}, Number: 1}
	return mission.InterpreterNoun().Add(ctx, tx, act, m.interpreters)
}

// TestEveryFieldIsKept sets each field of each noun by its text, and reads it
// back from the database: a field that the store forgets is found.
func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := prepared(t, d)
		earlier := &mission.Mission{Meta: record.Meta{Territory: 1}, Title: i18n.Text{"en": "Miami 2015"}}
		write(t, d, func(tx *db.Tx) error { return mission.Missions().Add(ctx, tx, act, earlier) })
		const span = "2017-11-06T14:00Z/2017-11-06T17:30Z"
		given := map[string]struct {
			id    string
			texts map[string]string
		}{
			"mission": {m.mission.ID, map[string]string{
				"title.fr": "T", "title.en": "U", "pitch.fr": "P", "pitch.en": "Q", "kind": "fair", "origin": "yearly",
				"sectors": "health; maritime", "stage": "confirmed", "starts_on": "2017-11-05", "ends_on": "2017-11-10",
				"call_from": "2017-05-01", "call_to": "2017-06-30", "companies": "40", "meetings": "200", "round_tables": "3",
				"language": "en", "meeting_minutes": "25", "gap_minutes": "5", "lead": "u1", "edition_of": earlier.ID, "source": "doc",
			}},
			"leg": {m.leg.ID, map[string]string{
				"name": "M", "city": m.city.ID, "zone": "America/Chicago", "starts_on": "2017-11-05", "ends_on": "2017-11-07",
				"grid": "2017-11-06 09:00/12:30; 2017-11-06 14:00/18:00", "position": "2",
			}},
			"venue": {m.venue.ID, map[string]string{
				"code": "H", "name": "Hub", "address": "1 Main St", "latitude": "25.5", "longitude": "-80.25", "legs": m.leg.ID, "closed": span,
			}},
			"place": {m.place.ID, map[string]string{
				"venue": m.venue.ID, "tables": "3", "first": "4", "label": "Suite B", "reserved": "yes", "closed": span,
			}},
			"participant": {m.participant.ID, map[string]string{
				"organisation": m.organisation.ID, "code": "D1", "side": "counterpart", "state": "withdrawn", "contact": m.person.ID,
				"languages": "en; fr", "legs": m.leg.ID, "places": m.place.ID, "busy": span, "least": "2", "most": "9", "most_a_day": "4", "rank": "3",
			}},
			"partner": {m.partner.ID, map[string]string{"organisation": m.organisation.ID, "role": "host", "share": "250", "position": "1"}},
			"seat":    {m.seat.ID, map[string]string{"participant": m.participant.ID, "number": "2", "person": m.person.ID}},
			"interpreters": {m.interpreters.ID, map[string]string{
				"languages": "he; fr", "number": "2", "legs": m.leg.ID, "busy": span,
			}},
		}
		for _, kind := range mission.Kinds() {
			want := given[kind.Name]
			for _, field := range kind.Fields {
				if want.texts[field.Name] == "" {
					t.Errorf("%s: the test gives no %s", kind.Name, field.Name)
				}
			}
			write(t, d, func(tx *db.Tx) error {
				if err := kind.Change(ctx, tx, act, 1, want.id, want.texts); err != nil {
					return err
				}
				got, err := kind.Texts(ctx, tx, 1, want.id)
				if diff := cmp.Diff(want.texts, got); diff != "" {
					t.Errorf("%s: %s", kind.Name, diff)
				}
				return err
			})
		}
	})
}

func TestReadGivesTheWholeMission(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := prepared(t, d)
		write(t, d, func(tx *db.Tx) error {
			second := &mission.Venue{Part: mission.Part{Meta: record.Meta{Territory: 1}, Mission: m.mission.ID, Position: 1}, Name: "Port"}
			if err := mission.Venues().Add(ctx, tx, act, second); err != nil {
				return err
			}
			m.seat.Person = m.person.ID
			if err := mission.Seats().Save(ctx, tx, act, m.seat); err != nil {
				return err
			}
			return mission.Journey{From: m.venue.ID, To: second.ID, Minutes: 12}.Keep(ctx, tx, 1)
		})
		write(t, d, func(tx *db.Tx) error {
			w, err := mission.Read(ctx, tx, 1, m.mission.ID)
			if err != nil {
				return err
			}
			counts := []int{len(w.Legs), len(w.Venues), len(w.Places), len(w.Participants), len(w.Seats), len(w.Interpreters), len(w.People)}
			if diff := cmp.Diff([]int{1, 2, 1, 1, 1, 1, 1}, counts); diff != "" {
				t.Error(diff)
			}
			if w.Participants[0].Name != "Calanque Santé" || w.People[m.person.ID].Name() != "Ana Bell" {
				t.Errorf("%q, %q", w.Participants[0].Name, w.People[m.person.ID].Name())
			}
			if w.Journeys[0].Minutes != 12 || w.Journeys[0].From != m.venue.ID {
				t.Errorf("%+v", w.Journeys)
			}
			_, err = mission.Read(ctx, tx, 1, m.leg.ID)
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("no mission: %v", err)
			}
			return nil
		})
	})
}

func TestStatusFollowsDays(t *testing.T) {
	m := mission.Mission{
		Stage: mission.Preparation, CallFrom: "2017-05-01", CallTo: "2017-06-30", StartsOn: "2017-11-05", EndsOn: "2017-11-10",
	}
	for _, it := range []struct {
		today string
		stage mission.Stage
		want  mission.Status
	}{
		{"2017-04-30", mission.Idea, "idea"},
		{"2017-11-06", mission.Idea, "idea"},
		{"2017-04-30", mission.Preparation, "preparation"},
		{"2017-05-01", mission.Preparation, mission.CallOpen},
		{"2017-06-30", mission.Preparation, mission.CallOpen},
		{"2017-07-01", mission.Preparation, mission.Selection},
		{"2017-07-01", mission.Confirmed, "confirmed"},
		{"2017-11-04", mission.Confirmed, "confirmed"},
		{"2017-11-05", mission.Confirmed, mission.UnderWay},
		{"2017-11-10", mission.Confirmed, mission.UnderWay},
		{"2017-11-11", mission.Confirmed, mission.Done},
		{"2018-01-01", mission.Followed, "followed"},
		{"2017-05-15", mission.Cancelled, "cancelled"},
	} {
		m.Stage = it.stage
		if got := m.Status(it.today); got != it.want {
			t.Errorf("%s on %s: %s, want %s", it.stage, it.today, got, it.want)
		}
	}
}

func TestMissionRefuses(t *testing.T) {
	d := dbtest.Open(t)
	m := prepared(t, d)
	for _, it := range []struct{ kind, id, field, text string }{
		{"mission", m.mission.ID, "ends_on", "2017-11-01"},
		{"mission", m.mission.ID, "meeting_minutes", "3"},
		{"mission", m.mission.ID, "meeting_minutes", "500"},
		{"mission", m.mission.ID, "kind", "cruise"},
		{"mission", m.mission.ID, "edition_of", m.mission.ID},
		{"leg", m.leg.ID, "zone", "Florida"},
		{"leg", m.leg.ID, "name", ""},
		{"leg", m.leg.ID, "grid", "2017-11-06 14:00/12:00"},
		{"leg", m.leg.ID, "grid", "tomorrow"},
		{"venue", m.venue.ID, "latitude", "91"},
		{"participant", m.participant.ID, "busy", "2017-11-06T14:00Z/2017-11-06T14:00Z"},
		{"participant", m.participant.ID, "side", ""},
		{"interpreters", m.interpreters.ID, "languages", "fr"},
	} {
		kinds := record.NewKinds(mission.Kinds()...)
		err := d.Write(ctx, func(tx *db.Tx) error {
			return kinds[it.kind].Change(ctx, tx, act, 1, it.id, map[string]string{it.field: it.text})
		})
		if err == nil {
			t.Errorf("%s: %s %q is taken", it.kind, it.field, it.text)
		}
	}
}
