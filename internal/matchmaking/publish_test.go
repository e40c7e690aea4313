package matchmaking

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// smallBook is a mission of two delegates, two counterparts and a morning.
func smallBook(t *testing.T) *workbook.Book {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	person := func(id, name string, side planner.Side) workbook.Participant {
		return workbook.Participant{ID: id, Name: "Firm " + id, Contact: name, Email: id + "@firm.example", Side: side, People: []string{name}, Seats: 1}
	}
	b := &workbook.Book{
		Name: "Small", Zone: zone, Language: "en", Fictional: true, MeetingMinutes: 30,
		Legs:   []workbook.Leg{{Name: "Miami", Zone: zone}},
		Venues: []workbook.Venue{{ID: "HUB", Name: "Hub"}},
		Places: []workbook.Place{{Venue: 0, Tables: 2, First: 1}},
		Participants: []workbook.Participant{
			person("F1", "Ana Bell", planner.Delegate), person("F2", "Léo Marin", planner.Delegate),
			person("M1", "Bo Key", planner.Counterpart), person("M2", "Ida Ray", planner.Counterpart),
		},
		Wishes: []workbook.Wish{{From: 0, To: 2}, {From: 0, To: 3, Kind: planner.Nice}, {From: 1, To: 2, Kind: planner.Nice}},
		Travel: [][]int{{0}}, Estimated: [][]bool{{false}},
	}
	b.CutSlots([]workbook.Stretch{{Start: time.Date(2017, 11, 6, 9, 0, 0, 0, zone), End: time.Date(2017, 11, 6, 11, 0, 0, 0, zone)}})
	return b
}

// planned has a plan of a mission made, as its job would.
func planned(t *testing.T, d *db.DB, mission, previous string) (plan *Plan) {
	t.Helper()
	p := NewPlanner(d, func(context.Context, *db.Tx, string, Making) (int64, error) { return 1, nil })
	plan = NewPlan(record.Meta{Territory: 1}, mission)
	plan.Previous = previous
	write(t, d, func(tx *db.Tx) error { return p.Ask(ctx, tx, act, plan) })
	making := Making{Territory: 1, Plan: plan.ID}
	for range 2 { // a job may be run twice
		if err := p.Work(ctx, making); err != nil {
			t.Fatal(err)
		}
	}
	return reload(t, d, plan.ID)
}

func reload(t *testing.T, d *db.DB, id string) (plan *Plan) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		plan, err = loadPlan(ctx, tx, 1, id)
		return err
	})
	return plan
}

func published(d *db.DB, plan *Plan) (changes agenda.Changes, err error) {
	err = d.Write(ctx, func(tx *db.Tx) error {
		changes, err = Publish(ctx, tx, act, plan)
		return err
	})
	return changes, err
}

func TestAPlanIsMadeAndPublished(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		id := brought(t, d, smallBook(t))
		first := planned(t, d, id, "")
		got := []any{first.State, first.Number, first.Meetings, first.Unmet, first.Value, first.Bound, first.Proven}
		if diff := cmp.Diff([]any{Drafted, 1, 3, 0, 9, 9, true}, got); diff != "" {
			t.Fatal(diff)
		}
		if changes, err := published(d, first); err != nil || changes != (agenda.Changes{Added: 3}) {
			t.Fatalf("%+v, %v", changes, err)
		}
		if changes, err := published(d, reload(t, d, first.ID)); err != nil || changes != (agenda.Changes{Kept: 3}) {
			t.Errorf("published again: %+v, %v", changes, err)
		}
		seen := agendaOf(t, d, id, "F1")
		if len(seen.Days) != 1 || len(seen.Days[0].Entries) != 2 || seen.Days[0].Date.Location().String() != "America/New_York" {
			t.Fatalf("the agenda of F1: %+v", seen.Days)
		}
		met := map[string]bool{}
		for _, e := range seen.Days[0].Entries {
			met[e.What("en")] = true
		}
		if diff := cmp.Diff(map[string]bool{"Firm M1": true, "Firm M2": true}, met); diff != "" {
			t.Error(diff)
		}
	})
}

// TestALegIsInItsCity: the workbook names it, the gazetteer knows it.
func TestALegIsInItsCity(t *testing.T) {
	d := dbtest.Open(t)
	id := brought(t, d, smallBook(t))
	write(t, d, func(tx *db.Tx) error {
		whole, err := mission.Read(ctx, tx, 1, id)
		if err != nil {
			return err
		}
		city, err := directory.Cities().Load(ctx, tx, 1, whole.Legs[0].City)
		if err != nil {
			return err
		}
		if city.Name != "Miami" || city.Country != "US" || !city.Placed {
			t.Errorf("the leg is in %+v", city)
		}
		return nil
	})
}

// agendaOf is the agenda of the participant that a workbook calls by a code.
func agendaOf(t *testing.T, d *db.DB, id, code string) (seen *agenda.Agenda) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		participants, err := mission.ParticipantsOf(ctx, tx, 1, id)
		if err != nil {
			return err
		}
		for _, p := range participants {
			if p.Code == code {
				seen, err = agenda.OfParticipant(ctx, tx, 1, p.ID)
			}
		}
		return err
	})
	return seen
}

// TestAPlanFollowsWhatChanges: a plan that the records no longer allow is
// refused, and one made from it keeps what still fits.
func TestAPlanFollowsWhatChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		id := brought(t, d, smallBook(t))
		first := planned(t, d, id, "")
		if _, err := published(d, first); err != nil {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			whole, err := mission.Read(ctx, tx, 1, id)
			if err != nil {
				return err
			}
			for _, p := range whole.Participants {
				if p.Code == "M2" {
					p.State = mission.Withdrawn
					return mission.Participants().Save(ctx, tx, act, p)
				}
			}
			return nil
		})
		if _, err := published(d, reload(t, d, first.ID)); !fault.Is(err, fault.Conflict) {
			t.Fatalf("a plan with somebody who withdrew: %v", err)
		}
		if n := len(agendaOf(t, d, id, "F1").Days[0].Entries); n != 2 {
			t.Errorf("what was refused left %d meetings", n)
		}
		second := planned(t, d, id, first.ID)
		changes, err := published(d, second)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(agenda.Changes{Kept: 2, Cancelled: 1}, changes); diff != "" {
			t.Error(diff)
		}
		if state := reload(t, d, first.ID).State; state != Replaced {
			t.Errorf("the first plan is %s", state)
		}
		if n := len(agendaOf(t, d, id, "F1").Cancelled); n != 1 {
			t.Errorf("calendars are told of %d cancelled meetings", n)
		}
	})
}

// TestWhatCannotBePlannedSaysWhy: two meetings that are locked at once with one
// participant.
func TestWhatCannotBePlannedSaysWhy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		book := smallBook(t)
		for _, with := range []planner.ParticipantID{2, 3} {
			book.Meetings = append(book.Meetings, workbook.Meeting{
				Attendees: []planner.Attendee{{Participant: 0}, {Participant: with}}, Start: 0, Place: planner.None, Locked: true,
			})
		}
		plan := planned(t, d, brought(t, d, book), "")
		if plan.State != Failed || len(plan.Causes) == 0 {
			t.Errorf("%s, %q", plan.State, plan.Causes)
		}
		if _, err := published(d, plan); !fault.Is(err, fault.Conflict) {
			t.Errorf("it is published: %v", err)
		}
	})
}

func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		id := brought(t, d, smallBook(t))
		plan := planned(t, d, id, "")
		if _, err := published(d, plan); err != nil {
			t.Fatal(err)
		}
		var whole *mission.Whole
		var wish *Wish
		var meeting *Meeting
		request := &Request{ofMission: ofMission{Meta: record.Meta{Territory: 1}, Mission: id}}
		write(t, d, func(tx *db.Tx) (err error) {
			if whole, err = mission.Read(ctx, tx, 1, id); err != nil {
				return err
			}
			wishes, err := WishesOf(ctx, tx, 1, id)
			if err != nil {
				return err
			}
			meetings, err := MeetingsOf(ctx, tx, 1, id)
			if err != nil {
				return err
			}
			wish, meeting = wishes[0], meetings[0]
			request.Seats = []string{seatText(whole.Participants[0].ID, 0), seatText(whole.Participants[2].ID, 1)}
			return Requests().Add(ctx, tx, act, request)
		})
		venue, seats := whole.Venues[0].ID, "a:1; b:2"
		given := map[string]struct {
			id    string
			texts map[string]string
		}{
			"wish": {wish.ID, map[string]string{
				"from": wish.From, "to": wish.To, "kind": "never", "weight": "3", "minutes": "45", "venues": venue, "from_seat": "1",
				"to_seat": "2", "note": "N",
			}},
			"request": {request.ID, map[string]string{
				"seats": seats, "starts_at": "2017-11-06T14:00Z", "place": whole.Places[0].ID, "table": "2", "venues": venue, "locked": "yes",
			}},
			"plan": {plan.ID, map[string]string{
				"state": "replaced", "meetings": "1", "unmet": "2", "value": "3", "bound": "4", "proven": "yes", "causes": "A; B",
			}},
			"meeting": {meeting.ID, map[string]string{
				"starts_at": "2017-11-06T15:00Z", "ends_at": "2017-11-06T16:00Z", "seats": seats, "venue": venue, "spot": "7",
				"interpreter": "fr-en 1", "locked": "yes", "state": "cancelled",
			}},
		}
		for _, kind := range Kinds() {
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
