package workbook

import (
	"fmt"
	"testing"
	"time"

	"github.com/escale-hq/escale/planner"
)

// paperNames are counterparts in the scripts that documents carry. All are
// fictional.
var paperNames = []struct{ name, contact, language string }{
	{"Keys Biotech", "Directrice scientifique", "en"},
	{"בית החולים הירושלמי", "רות כהן", "he"},
	{"شركة الموانئ الذكية", "ليلى حداد", "ar"},
	{"南海重工業株式会社", "鈴木花子", "ja"},
	{"上海港口科技有限公司", "李小龙", "zh"},
	{"부산항만기술", "김하늘", "ko"},
	{"Łódź Green Energy", "Zofia Wójcik", "en"},
	{"Compagnie internationale d’hydrogénocryotechnologie appliquée et des télécommunications transatlantiques", "", "fr"},
}

// paperMission makes a planned mission of so many companies over so many days,
// with so many meetings a day: big enough to measure, and fictional.
func paperMission(t testing.TB, language string, companies, days, daily int) *Outcome {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{
		Name: "Mission Miami 2017", Zone: zone, Language: language, Fictional: true, MeetingMinutes: 30,
		Legs: []Leg{{Name: "Miami", Zone: zone}},
		Venues: []Venue{
			{ID: "hub", Name: "Pôle d’accueil", Address: "1 avenue Fictive, Miami"},
			{ID: "port", Name: "Pavillon du port", Address: "Quai 7, Port de Miami"},
		},
		Places:       []Place{{Venue: 0, Tables: 40, First: 1}, {Venue: 1, Tables: 40, First: 1}},
		Interpreters: []Interpreters{{Languages: [2]string{"fr", "en"}, Count: 2}},
		Travel:       [][]int{{0, 12}, {12, 0}},
	}
	for day := range days {
		for k := range daily {
			start := time.Date(2017, 11, 6+day, 9, 0, 0, 0, zone).Add(time.Duration(k) * 30 * time.Minute)
			b.Slots = append(b.Slots, Slot{Start: start, End: start.Add(30 * time.Minute), Day: day, Block: day})
		}
	}
	for i := range companies {
		p := Participant{ID: fmt.Sprintf("F%02d", i+1), Name: fmt.Sprintf("Sémaphore Santé %d", i+1), Side: planner.Delegate, Seats: 1, Languages: []string{"fr"}}
		if i == 0 {
			p.Name, p.Seats, p.People = "Sémaphore Santé", 2, []string{"Anne Roux"}
		}
		b.Participants = append(b.Participants, p)
	}
	for i := range companies {
		n := paperNames[i%len(paperNames)]
		b.Participants = append(b.Participants, Participant{
			ID: fmt.Sprintf("M%02d", i+1), Name: n.name, Contact: n.contact, Side: planner.Counterpart, Seats: 1,
			Languages: []string{n.language},
		})
	}
	o := &Outcome{
		Book: b, Problem: &planner.Problem{Travel: b.Travel}, Result: &planner.Result{Plan: &planner.Plan{}},
		Made: time.Date(2017, 10, 20, 16, 5, 0, 0, time.UTC), Version: 4, Seed: 7,
	}
	paperMeetings(o, companies)
	paperUnmet(o, companies)
	return o
}

// paperMeetings turns the companies around the counterparts, one step a slot.
func paperMeetings(o *Outcome, companies int) {
	b := o.Book
	for k := range b.Slots {
		for i := range companies {
			c := companies + (i+k)%companies
			place := planner.PlaceID(0)
			if k%5 == 3 {
				place = 1
			}
			m := planner.Meeting{
				Attendees: []planner.Attendee{{Participant: planner.ParticipantID(i), Seat: 1}, {Participant: planner.ParticipantID(c), Seat: 1}},
				Start:     planner.SlotID(k), Slots: 1, Place: place, Table: i%40 + 1, Pool: planner.None, Request: planner.None,
			}
			if b.Participants[c].Languages[0] == "en" {
				m.Pool, m.Interpreter = 0, 1
			}
			o.Result.Plan.Meetings = append(o.Result.Plan.Meetings, m)
			if k < companies {
				paperWish(o, i, c, planner.Must, "Cherche un partenaire européen pour ses essais ; vous avez le réseau hospitalier.")
				if k%2 == 0 {
					paperWish(o, c, i, planner.Nice, "")
				}
			}
		}
	}
	for i := range companies {
		o.Result.Score.Served = append(o.Result.Score.Served, planner.Served{
			Participant: planner.ParticipantID(i), Met: 3 + i%7, Best: 10,
		})
	}
}

func paperWish(o *Outcome, from, to int, kind planner.WishKind, note string) {
	o.Book.Wishes = append(o.Book.Wishes, Wish{From: from, To: to, Kind: kind, Note: note})
	o.Problem.Wishes = append(o.Problem.Wishes, planner.Wish{
		From: planner.ParticipantID(from), To: planner.ParticipantID(to), Kind: kind,
	})
}

// paperUnmet adds wishes that the plan leaves out, one for each company.
func paperUnmet(o *Outcome, companies int) {
	for i := range companies {
		paperWish(o, i, (i+1)%companies, planner.Nice, "")
		u := planner.Unmet{
			Wish: planner.WishID(len(o.Book.Wishes) - 1), Reason: planner.ReasonFull, Searched: true,
			Participants: []planner.ParticipantID{planner.ParticipantID((i + 1) % companies)},
		}
		if len(o.Book.Slots) > 0 {
			u.Slots = []planner.SlotID{0}
			u.Change = &planner.Remedy{Kind: planner.FreeSlot, Participant: u.Participants[0], Slot: 0, Slots: 1, Gain: 2}
		}
		o.Unmet = append(o.Unmet, u)
	}
	for _, s := range o.Book.Slots {
		o.Problem.Slots = append(o.Problem.Slots, planner.Slot{
			Span: planner.Span{Start: planner.Minute(s.Start.Unix() / 60), End: planner.Minute(s.End.Unix() / 60)},
			Day:  s.Day, Block: s.Block,
		})
	}
	o.Problem.Venues = make([]planner.Venue, len(o.Book.Venues))
	o.Problem.Places = []planner.Place{{Venue: 0, Tables: 40}, {Venue: 1, Tables: 40}}
	o.Problem.Pools = []planner.Pool{{Languages: [2]string{"fr", "en"}, Count: 2}}
	for _, p := range o.Book.Participants {
		o.Problem.Participants = append(o.Problem.Participants, planner.Participant{Side: p.Side, Seats: p.Seats, Languages: p.Languages})
	}
}
