// Package agenda keeps who and what is engaged, from when to when: seats,
// people, tables and interpreters, by meetings and sessions that were published.
// Nothing is ever booked twice: the database has one row per engaged thing and
// five minutes, and refuses another.
package agenda

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/ref"
)

// ThingKind is what kind of thing can be engaged.
type ThingKind string

// The kinds of things.
const (
	Seat        ThingKind = "seat"        // by its id
	Person      ThingKind = "person"      // by their id, across missions
	Table       ThingKind = "table"       // by the id of its place, and its number
	Interpreter ThingKind = "interpreter" // by the id of their set, and a number
)

// A Thing can be in one place at a time.
type Thing struct {
	Kind   ThingKind
	ID     string
	Number int
}

func (t Thing) key() string {
	return string(t.Kind) + ":" + t.ID + ":" + strconv.Itoa(t.Number)
}

func (t Thing) compare(u Thing) int {
	return cmp.Or(cmp.Compare(t.Kind, u.Kind), cmp.Compare(t.ID, u.ID), cmp.Compare(t.Number, u.Number))
}

// An Engagement holds its things from Start to End.
type Engagement struct {
	Territory int
	ID        string
	Mission   string
	// Kind and Record are what it comes of: "meeting" or "session", and its id.
	Kind, Record string
	// Title is that of a session. A meeting has none: each reader sees whom they meet.
	Title      i18n.Text
	Start, End db.Instant
	Zone       string // IANA, of the place
	Venue      string // id, or ""
	Spot       string // where in the venue: "Table 7", "Suite B"
	// Interpreted says that an interpreter comes.
	Interpreted bool
	Fictional   bool
	Things      []Thing
	// Loose ones are shown to whoever is engaged, and hold nobody's time.
	Loose bool
	// Cancelled ones hold nothing; calendars are told of them.
	Cancelled bool
	// Sequence counts the changes that calendars have to follow, from 0.
	Sequence int
	// UpdatedAt is when it last changed.
	UpdatedAt db.Instant
}

// Of is the record that it comes of.
func (e Engagement) Of() ref.Ref { return ref.Ref{Territory: e.Territory, Kind: e.Kind, ID: e.Record} }

// Tick is the time for which a thing is held at once: engagements begin and end
// anywhere, and hold every tick that they touch.
const Tick = 5 * time.Minute

// ticks are those that the engagement touches, numbered from the Unix epoch.
func (e Engagement) ticks() (first, last int) {
	seconds := int64(Tick / time.Second)
	return int(e.Start.Unix() / seconds), int((e.End.Unix() - 1) / seconds)
}

// same says that nothing changed that a reader or a calendar would notice.
func (e Engagement) same(f Engagement) bool {
	return e.Start == f.Start && e.End == f.End && e.Zone == f.Zone && e.Venue == f.Venue && e.Spot == f.Spot &&
		e.Interpreted == f.Interpreted && e.Loose == f.Loose && e.Cancelled == f.Cancelled && slices.Equal(e.Things, f.Things) &&
		fmt.Sprint(e.Title) == fmt.Sprint(f.Title)
}

// Validate says what is wrong with an engagement.
func (e Engagement) Validate() error {
	if !e.Start.Before(e.End.Time) {
		return fault.New(fault.Invalid, "agenda.ends_before")
	}
	if _, err := time.LoadLocation(e.Zone); err != nil {
		return fault.New(fault.Invalid, "agenda.zone", e.Zone)
	}
	return nil
}

// Changes are what publishing did to engagements, in numbers.
type Changes struct{ Added, Moved, Cancelled, Kept int }

// Publish makes the engagements of a kind those of a mission from now on. What
// is not among them any more is cancelled; what did not change stays as it is.
// When a thing would be in two places, nothing is done, and the error says
// which, and when.
func Publish(ctx context.Context, tx *db.Tx, territory int, mission, kind string, wanted []Engagement) (Changes, error) {
	var changes Changes
	before, err := all(ctx, tx, territory, mission, kind)
	if err != nil {
		return changes, err
	}
	known := make(map[string]Engagement, len(before))
	for _, e := range before {
		known[e.Record] = e
	}
	p := publication{ctx: ctx, tx: tx}
	var next []Engagement
	for _, e := range wanted {
		e.Territory, e.Mission, e.Kind = territory, mission, kind
		slices.SortFunc(e.Things, Thing.compare)
		old, was := known[e.Record]
		delete(known, e.Record)
		switch {
		case !was:
			e.ID = db.NewID()
			changes.Added++
		case old.same(e):
			changes.Kept++
			continue
		default:
			e.ID, e.Sequence = old.ID, old.Sequence+1
			changes.Moved++
			p.release(old)
			p.part(old)
		}
		next = append(next, e)
	}
	for _, e := range before {
		if _, gone := known[e.Record]; gone && !e.Cancelled {
			p.release(e)
			e.Cancelled, e.Sequence = true, e.Sequence+1
			p.keep(e)
			changes.Cancelled++
		}
	}
	for _, e := range next {
		p.keep(e)
		p.hold(e)
	}
	return changes, p.err
}

// SeatThings are the things that engaging a seat takes: the seat and, when it
// is known, its person, who may have another in another mission.
func SeatThings(seat, person string) []Thing {
	things := []Thing{{Kind: Seat, ID: seat}}
	if person != "" {
		things = append(things, Thing{Kind: Person, ID: person})
	}
	return things
}
