package workbook

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/planner"
)

// agendaLine writes a stop as one would say it, to compare agendas at a glance.
func agendaLine(b *Book, s Stop) string {
	const clock = "15:04"
	where := ""
	if s.Venue != planner.None {
		where = " " + b.Venues[s.Venue].ID
	}
	span := s.Start.Format("Mon 2 15:04-07") + "–" + s.End.Format(clock)
	switch s.Kind {
	case TravelStop:
		return fmt.Sprintf("%s travel %d min to%s", span, s.Minutes, where)
	case SessionStop:
		return fmt.Sprintf("%s session %s%s", span, b.Sessions[s.Session].Name, where)
	default:
		var with []string
		for _, a := range s.With {
			with = append(with, fmt.Sprintf("%s/%d", b.Participants[a.Participant].ID, a.Seat))
		}
		return fmt.Sprintf("%s meets %s%s table %q interpreter %q wishes %v",
			span, strings.Join(with, "+"), where, s.Table, s.Interpreter, s.Why)
	}
}

func TestAgendas(t *testing.T) {
	o := outputOutcome(t)
	got := map[string][]string{}
	for _, a := range Agendas(o) {
		name := fmt.Sprintf("%s %d/%d %s", o.Book.Participants[a.Participant].ID, a.Seat, a.Of, a.Person)
		got[name] = []string{}
		for _, day := range a.Days {
			for _, s := range day.Stops {
				got[name] = append(got[name], agendaLine(o.Book, s))
			}
		}
	}
	want := map[string][]string{
		"F01 1/2 Anne Roux": {
			`Mon 6 09:00-05–10:00 meets F02/1 hub table "3" interpreter "" wishes [5]`,
			`Mon 6 10:40-05–11:00 travel 20 min to port`,
			`Mon 6 11:00-05–12:00 session Smart ports port`,
			`Mon 6 14:45-05–15:00 travel 15 min to studio`,
			`Mon 6 15:00-05–15:30 meets M02/1 studio table "Suite B" interpreter "" wishes [6]`,
		},
		"F01 2/2 Bruno Tissot": {
			`Fri 3 09:00-04–09:30 meets M01/1 hub table "4" interpreter "fr-en 1" wishes [0 1]`,
			`Mon 6 11:00-05–12:00 session Smart ports port`,
		},
		"F02 1/1 ": {
			`Sat 4 18:00-04–20:00 session Arrival`,
			`Mon 6 09:00-05–10:00 meets F01/1 hub table "3" interpreter "" wishes [5]`,
			`Mon 6 10:40-05–11:00 travel 20 min to port`,
			`Mon 6 11:00-05–12:00 session Smart ports port`,
			`Mon 6 13:45-05–14:00 travel 15 min to studio`,
			`Mon 6 14:00-05–14:30 meets M02/1 studio table "Suite B" interpreter "" wishes [2]`,
		},
		"M01 1/1 ": {`Fri 3 09:00-04–09:30 meets F01/2 hub table "4" interpreter "fr-en 1" wishes [1 0]`},
		"M02 1/1 ": {
			`Mon 6 14:00-05–14:30 meets F02/1 studio table "Suite B" interpreter "" wishes [2]`,
			`Mon 6 15:00-05–15:30 meets F01/1 studio table "Suite B" interpreter "" wishes [6]`,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("agendas (-want +got):\n%s", diff)
	}
}

func TestAgendaGoesThroughAThirdVenueWhenQuicker(t *testing.T) {
	o := outputOutcome(t)
	o.Book.Sessions = nil
	mistral := Agendas(o)[2]
	stops := mistral.Days[0].Stops
	if len(stops) != 3 || stops[1].Minutes != 35 {
		t.Errorf("stops = %+v, want a journey of 20 + 15 minutes between two meetings", stops)
	}
}

func TestAgendaKeepsLegsOfOneDateApart(t *testing.T) {
	o := outputOutcome(t)
	denver := outputZone(t, "America/Denver")
	o.Book.Legs = append(o.Book.Legs, Leg{Name: "Denver", Zone: denver})
	o.Book.Slots[5].Leg = 1
	o.Result.Plan.Meetings = o.Result.Plan.Meetings[:3]
	days := Agendas(o)[2].Days
	last := days[len(days)-1]
	if last.Leg != 1 || last.Date.Format("2006-01-02 -07") != "2017-11-06 -07" {
		t.Errorf("last day is %v of leg %d, want 6 November of leg 1 in Denver", last.Date, last.Leg)
	}
	if got := last.Stops[0].Start.Format("15:04"); got != "12:00" {
		t.Errorf("the meeting in Denver starts at %s, want 12:00 by its own clock", got)
	}
}

func TestWishThatNamesAPersonIsMetByThatPersonOnly(t *testing.T) {
	o := outputOutcome(t)
	for seat, want := range map[int][]planner.WishID{1: {1}, 2: {0, 1}} {
		o.Problem.Wishes[0].FromSeat = seat
		if diff := cmp.Diff(want, Agendas(o)[1].Days[0].Stops[0].Why); diff != "" {
			t.Errorf("wish naming person %d (-want +got):\n%s", seat, diff)
		}
	}
}

// TestShortestTravelProperty holds the closure to its definition: never longer
// than a given way, and no detour through any venue is shorter.
func TestShortestTravelProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 7).Draw(t, "venues")
		given := make([][]int, n)
		for i := range given {
			given[i] = rapid.SliceOfN(rapid.IntRange(0, 90), n, n).Draw(t, "row")
			given[i][i] = 0
		}
		short := shortestTravel(given)
		for i := range n {
			for j := range n {
				if short[i][j] > given[i][j] {
					t.Fatalf("%d to %d takes %d, more than the %d given", i, j, short[i][j], given[i][j])
				}
				for k := range n {
					if short[i][k]+short[k][j] < short[i][j] {
						t.Fatalf("%d to %d is shorter through %d", i, j, k)
					}
				}
			}
		}
	})
}

func TestAgendaDayIsMidnightThere(t *testing.T) {
	for _, a := range Agendas(outputOutcome(t)) {
		for _, d := range a.Days {
			if d.Date.Hour() != 0 || d.Stops[0].Start.Sub(d.Date) >= 24*time.Hour {
				t.Errorf("day %v holds a stop at %v", d.Date, d.Stops[0].Start)
			}
		}
	}
}

func TestFixtureKeepsTheRules(t *testing.T) {
	o := outputOutcome(t)
	if err := o.Problem.Validate(); err != nil {
		t.Error(err)
	}
	for _, v := range planner.Check(o.Problem, o.Result.Plan) {
		t.Errorf("%+v", v)
	}
}

func TestFiguresOfAgendasAddUpToTheScore(t *testing.T) {
	o := outputOutcome(t)
	breaks, travel := 0, 0
	for _, a := range Agendas(o) {
		breaks += breaksOf(o, a)
		travel += travelOf(a)
	}
	got, want := [2]int{breaks, travel}, [2]int{o.Result.Score.Breaks, o.Result.Score.Travel}
	if got != want || want != [2]int{1, 70} {
		t.Errorf("breaks and minutes of travel: agendas %v, score %v, want [1 70]", got, want)
	}
}
