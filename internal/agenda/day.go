package agenda

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mission"
)

// An Agenda is all that a participant is engaged in.
type Agenda struct {
	Mission     *mission.Mission
	Participant *mission.Participant
	Days        []Day
	// Cancelled is what was published once and is not held.
	Cancelled []Entry
}

// A Day is one of the place where it is spent.
type Day struct {
	Date    time.Time // midnight there
	Entries []Entry
}

// An Entry is an engagement as one participant sees it.
type Entry struct {
	Engagement
	// From and To are in the zone of the place.
	From, To time.Time
	// With are the other participants of a meeting, with who comes of them; Who
	// comes of this one.
	With []Party
	Who  []string
	// Place is the venue, or nil where it is not known; Leg the leg that it is of,
	// or nil.
	Place *mission.Venue
	Leg   *mission.Leg
	// Travel is how many minutes it takes from where the entry before it is held, on
	// the same day; 0: none, or nobody knows.
	Travel int
}

// Leave is when to set out.
func (e Entry) Leave() time.Time { return e.From.Add(-time.Duration(e.Travel) * time.Minute) }

// A Party is a participant with those who come of it; nobody by name: one
// representative.
type Party struct {
	Name   string
	People []string
}

// Session says that it is one of the programme's.
func (e Entry) Session() bool { return e.Kind == "session" }

// What names the entry in a language: whom one meets, or the session's title.
func (e Entry) What(lang string) string {
	if title, _ := e.Title.In(lang); title != "" {
		return title
	}
	parties := make([]string, len(e.With))
	for i, p := range e.With {
		parties[i] = p.Name
	}
	return strings.Join(parties, ", ")
}

// OfParticipant gives the agenda of a participant.
func OfParticipant(ctx context.Context, tx *db.Tx, territory int, id string) (*Agenda, error) {
	participant, err := mission.Participants().Load(ctx, tx, territory, id)
	if err != nil {
		return nil, err
	}
	whole, err := mission.Read(ctx, tx, territory, participant.Mission)
	if err != nil {
		return nil, err
	}
	rows, err := New(tx).engagementsOfParticipant(ctx, territory, id)
	if err != nil {
		return nil, fmt.Errorf("list the engagements of the participant %s: %w", id, err)
	}
	seated, err := New(tx).seatedOfParticipant(ctx, territory, id)
	if err != nil {
		return nil, fmt.Errorf("list whom the participant %s meets: %w", id, err)
	}
	seats := map[string][]seatedOfParticipantRow{}
	for _, s := range seated {
		seats[s.EngagementID] = append(seats[s.EngagementID], s)
	}
	a := &Agenda{Mission: whole.Mission, Participant: participant}
	names := partyNames(whole)
	for _, row := range rows {
		entry := names.entry(engagementOf(row), seats[row.ID], id)
		if entry.Cancelled {
			a.Cancelled = append(a.Cancelled, entry)
		} else {
			a.add(whole, entry)
		}
	}
	return a, nil
}

// add puts an entry into its day; entries come in order.
func (a *Agenda) add(whole *mission.Whole, e Entry) {
	year, month, day := e.From.Date()
	date := time.Date(year, month, day, 0, 0, 0, 0, e.From.Location())
	if n := len(a.Days); n == 0 || !a.Days[n-1].Date.Equal(date) {
		a.Days = append(a.Days, Day{Date: date})
	}
	last := &a.Days[len(a.Days)-1]
	if n := len(last.Entries); n > 0 {
		e.Travel = whole.Minutes(last.Entries[n-1].Place, e.Place)
	}
	last.Entries = append(last.Entries, e)
}

// knownNames are those of what a mission is made of, by id.
type knownNames struct {
	whole        *mission.Whole
	participants map[string]string
	venues       map[string]*mission.Venue
}

func partyNames(w *mission.Whole) knownNames {
	n := knownNames{w, map[string]string{}, map[string]*mission.Venue{}}
	for _, p := range w.Participants {
		n.participants[p.ID] = p.Name
	}
	for _, v := range w.Venues {
		n.venues[v.ID] = v
	}
	return n
}

// entry is an engagement as one of those who are seated at it sees it.
func (n knownNames) entry(e Engagement, seated []seatedOfParticipantRow, mine string) Entry {
	entry := Entry{Engagement: e, From: e.Start.Time, To: e.End.Time, Place: n.venues[e.Venue]}
	if zone, err := time.LoadLocation(e.Zone); err == nil {
		entry.From, entry.To = e.Start.In(zone), e.End.In(zone)
	}
	entry.Leg = n.whole.LegOn(e.Zone, entry.From.Format(time.DateOnly))
	for _, s := range seated {
		person := n.whole.People[string(s.PersonID)]
		switch {
		case s.ParticipantID == mine && person != nil:
			entry.Who = append(entry.Who, person.Name())
		case s.ParticipantID == mine || entry.Session():
		default:
			entry.With = meet(entry.With, n.participants[s.ParticipantID])
			if person != nil {
				party := &entry.With[len(entry.With)-1]
				party.People = append(party.People, person.Name())
			}
		}
	}
	return entry
}

// meet adds a party, or goes on with the last one.
func meet(with []Party, name string) []Party {
	if slices.ContainsFunc(with, func(p Party) bool { return p.Name == name }) {
		return with
	}
	return append(with, Party{Name: name})
}
