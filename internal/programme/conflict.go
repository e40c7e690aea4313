package programme

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/mission"
)

// A Clash is what a conflict is about.
type Clash string

// The clashes.
const (
	Twice Clash = "twice" // somebody is in two places at once
	Way   Clash = "way"   // somebody has too little time to get from one to the other
	Spot  Clash = "spot"  // a place is taken twice at once
	Room  Clash = "room"  // more are expected than there is room for
	Order Clash = "order" // a higher rank speaks before a lower one
)

// A Conflict is something about a session that cannot be, or should be looked
// at.
type Conflict struct {
	Clash   Clash
	Level   Level
	Session *Session
	// Other is the session or meeting that it clashes with, where there is one.
	Other *Item
	// Who are the ids of the seats that it concerns; in Order, of the higher rank
	// and the lower one.
	Who []string
	// Minutes are those of the way, Free those that there are for it.
	Minutes, Free int
	// Group is the one that there is too little room for.
	Group Group
}

// An Item is a session or a meeting that seats are at.
type Item struct {
	Session    *Session // nil: a meeting
	Engagement agenda.Engagement
	level      Level
	who        []string // the seats
	things     []string // by which two seats are the same: their person, where known
}

// start and end are those of the time that it takes.
func (i *Item) start() time.Time {
	if i.Session != nil {
		return i.Session.Begins().Time
	}
	return i.Engagement.Start.Time
}

func (i *Item) end() time.Time { return i.Engagement.End.Time }

// Conflicts finds all that is wrong with the sessions, drafts too, among
// themselves and with the meetings that are published, in the order of the
// sessions.
func (p *Programme) Conflicts(meetings []agenda.Engagement) []Conflict {
	var found []Conflict
	items := p.items(meetings)
	for i, a := range items[:len(p.Sessions)] {
		for _, b := range items[i+1:] {
			found = append(found, p.between(a, b)...)
		}
		found = append(found, p.alone(a.Session)...)
	}
	return found
}

// items are the sessions, then the meetings.
func (p *Programme) items(meetings []agenda.Engagement) []*Item {
	var items []*Item
	for _, s := range p.Sessions {
		item := &Item{Session: s, Engagement: p.engagement(s), level: s.Level}
		for _, seat := range p.Attending(s) {
			item.add(seat)
		}
		items = append(items, item)
	}
	for _, e := range meetings {
		if e.Kind == "session" {
			continue
		}
		item := &Item{Engagement: e, level: Forbid}
		for _, thing := range e.Things {
			if seat := p.seats[thing.ID]; thing.Kind == agenda.Seat && seat != nil {
				item.add(seat)
			}
		}
		items = append(items, item)
	}
	return items
}

func (i *Item) add(seat *mission.Seat) {
	i.who = append(i.who, seat.ID)
	i.things = append(i.things, cmp.Or(seat.Person, seat.ID))
}

// between are the conflicts of a session with another item.
func (p *Programme) between(a, b *Item) (found []Conflict) {
	level := milder(a.level, b.level)
	overlap := a.start().Before(b.end()) && b.start().Before(a.end())
	if overlap && b.Session != nil && sameSpot(a.Session, b.Session) {
		found = append(found, Conflict{Clash: Spot, Level: level, Session: a.Session, Other: b})
	}
	first, then := a, b
	if b.start().Before(a.start()) {
		first, then = b, a
	}
	free := int(then.start().Sub(first.end()) / time.Minute)
	way := 0
	if then.Session == nil || then.Session.TransportAt.IsZero() { // else they are fetched where they are told to be
		way = p.minutes(first.Engagement.Venue, then.Engagement.Venue)
	}
	if !overlap && free >= way {
		return found
	}
	who := a.common(b)
	switch {
	case len(who) == 0:
	case overlap:
		found = append(found, Conflict{Clash: Twice, Level: level, Session: a.Session, Other: b, Who: who})
	default:
		found = append(found, Conflict{
			Clash: Way, Level: milder(level, Warn), Session: a.Session, Other: b, Who: who, Minutes: way, Free: free,
		})
	}
	return found
}

// common are the seats of an item whose people are at another too.
func (i *Item) common(other *Item) (who []string) {
	for at, thing := range i.things {
		if slices.Contains(other.things, thing) {
			who = append(who, i.who[at])
		}
	}
	return who
}

// alone are the conflicts of a session by itself.
func (p *Programme) alone(s *Session) (found []Conflict) {
	for _, group := range Groups() {
		if !s.Capacity.fits(group, p.taken(s, group), 0) {
			found = append(found, Conflict{Clash: Room, Level: milder(s.Level, Warn), Session: s, Group: group})
		}
	}
	var before *Speaker // the last one who has a rank
	for _, speaker := range p.Speakers[s.ID] {
		if p.rank(speaker) == 0 {
			continue
		}
		if before != nil && p.rank(before) < p.rank(speaker) {
			found = append(found, Conflict{Clash: Order, Level: Note, Session: s, Who: []string{before.Seat, speaker.Seat}})
		}
		before = speaker
	}
	return found
}

// rank is the place of a speaker in the order of protocol, from 1: the order of
// the mission's officials. Who is none has no rank: 0.
func (p *Programme) rank(s *Speaker) int {
	seat := p.seats[s.Seat]
	if seat == nil || p.group(seat) != Group(mission.Official) {
		return 0
	}
	rank := 0
	for _, participant := range p.Participants {
		if participant.Side == mission.Official {
			rank++
		}
		if participant.ID == seat.Participant {
			break
		}
	}
	return rank
}

// milder is the level of what two do together: it is as serious as the one that
// matters less.
func milder(a, b Level) Level {
	order := levels()
	return Level(order[max(slices.Index(order, string(a)), slices.Index(order, string(b)))])
}

// sameSpot says whether two sessions are at the same place. Two that are in the
// same venue, and say not where, may be.
func sameSpot(a, b *Session) bool {
	return a.Venue == b.Venue && strings.EqualFold(a.Spot, b.Spot) && (a.Venue != "" || a.Spot != "")
}

// minutes is how long the way between two venues takes: as it is known, or
// judged by the distance; 0 where nobody knows.
func (p *Programme) minutes(from, to string) int {
	if from == to {
		return 0
	}
	for _, j := range p.Journeys {
		if j.From == from && j.To == to {
			return j.Minutes
		}
	}
	a, b := p.venue(from), p.venue(to)
	if a == nil || b == nil || !a.Placed || !b.Placed {
		return 0
	}
	return geo.CityMinutes(a.At, b.At)
}

func (p *Programme) venue(id string) *mission.Venue {
	for _, v := range p.Venues {
		if v.ID == id {
			return v
		}
	}
	return nil
}
