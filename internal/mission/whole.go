package mission

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/geo"
)

// A Whole is a mission with all that it is made of, each kind in order.
type Whole struct {
	*Mission
	Legs         []*Leg
	Venues       []*Venue
	Places       []*Place
	Journeys     []Journey
	Participants []*Participant // those that withdrew too
	Seats        []*Seat
	Interpreters []*Interpreters
	// People are those of the seats and the contacts, by id, with their name, their
	// function and their address.
	People map[string]*directory.Person
}

// A Journey is how long it takes from a venue to another.
type Journey struct {
	From, To string
	Minutes  int
}

// Read finds a mission with all that it is made of.
func Read(ctx context.Context, tx *db.Tx, territory int, id string) (w *Whole, err error) {
	w = &Whole{}
	if w.Mission, err = loadMission(ctx, tx, territory, id); err != nil {
		return nil, err
	}
	read := reading{ctx, tx, territory, id, nil}
	w.Legs = list(&read, LegsOf)
	w.Venues = list(&read, VenuesOf)
	w.Places = list(&read, PlacesOf)
	w.Journeys = list(&read, JourneysOf)
	w.Participants = list(&read, ParticipantsOf)
	w.Seats = list(&read, SeatsOf)
	w.Interpreters = list(&read, InterpretersOf)
	people := list(&read, everybody)
	w.People = make(map[string]*directory.Person, len(people))
	for _, p := range people {
		w.People[p.ID] = p
	}
	return w, read.err
}

// reading is the reading of one mission, until something fails.
type reading struct {
	ctx       context.Context
	tx        *db.Tx
	territory int
	mission   string
	err       error
}

func list[T any](r *reading, of func(context.Context, *db.Tx, int, string) ([]T, error)) (found []T) {
	if r.err == nil {
		found, r.err = of(r.ctx, r.tx, r.territory, r.mission)
	}
	return found
}

// JourneysOf lists the journeys between the venues of a mission that are known
// better than by distance.
func JourneysOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]Journey, error) {
	rows, err := New(tx).journeysOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the journeys of the mission %s: %w", mission, err)
	}
	return each(rows, func(row journeysOfRow) Journey { return Journey{row.FromID, row.ToID, row.Minutes} }), nil
}

// Keep notes how long a journey takes.
func (j Journey) Keep(ctx context.Context, tx *db.Tx, territory int) error {
	return New(tx).putJourney(ctx, putJourneyParams{territory, j.From, j.To, j.Minutes})
}

func everybody(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*directory.Person, error) {
	rows, err := New(tx).peopleOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("find the people of the mission %s: %w", mission, err)
	}
	return each(rows, func(row peopleOfRow) *directory.Person {
		p := &directory.Person{
			Given: row.GivenName, Family: row.FamilyName, Order: row.NameOrder, Original: row.OriginalName,
			Languages: row.Languages, Function: row.Function, Email: row.Email,
		}
		p.ID = row.ID
		return p
	}), nil
}

// SeatsOfEach are the seats by participant.
func (w *Whole) SeatsOfEach() map[string][]*Seat {
	seats := make(map[string][]*Seat, len(w.Participants))
	for _, s := range w.Seats {
		seats[s.Participant] = append(seats[s.Participant], s)
	}
	return seats
}

// ZoneOf is the zone of a leg, or of the first where none is named; "UTC" where
// there is none.
func (w *Whole) ZoneOf(leg string) string {
	for _, l := range w.Legs {
		if l.ID == leg || leg == "" {
			return l.Zone
		}
	}
	return "UTC"
}

// SeatsAt are the seats of some participants, or of all where none is named,
// but for those that withdrew.
func (w *Whole) SeatsAt(participants []string) []*Seat {
	here := make(map[string]bool, len(w.Participants))
	for _, p := range w.Participants {
		here[p.ID] = p.State != Withdrawn && (len(participants) == 0 || slices.Contains(participants, p.ID))
	}
	return slices.DeleteFunc(slices.Clone(w.Seats), func(s *Seat) bool { return !here[s.Participant] })
}

// belongs says whether what is for some legs is for one of them: none is all.
func belongs(legs []string, leg string) bool {
	return len(legs) == 0 || slices.Contains(legs, leg)
}

// Minutes is how long it takes from a venue to another: as was noted, else by
// distance where both are placed; 0 where it is the same or nobody knows.
func (w *Whole) Minutes(from, to *Venue) int {
	if from == nil || to == nil || from.ID == to.ID {
		return 0
	}
	for _, j := range w.Journeys {
		if j.From == from.ID && j.To == to.ID {
			return j.Minutes
		}
	}
	if !from.Placed || !to.Placed {
		return 0
	}
	return geo.CityMinutes(from.At, to.At)
}

// LegOn is the leg of a zone that a day, such as "2017-11-06", is spent on; of
// several, or where none says its days, the first; nil where there is none.
func (w *Whole) LegOn(zone, day string) *Leg {
	var first *Leg
	for _, l := range w.Legs {
		switch {
		case l.Zone != zone:
		case l.StartsOn != "" && l.StartsOn <= day && day <= l.EndsOn:
			return l
		case first == nil:
			first = l
		}
	}
	return first
}
