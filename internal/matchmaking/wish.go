// Package matchmaking turns wishes into meetings: it takes in the planner's
// workbook as a mission, keeps wishes and what was asked for as such, has plans
// made by jobs, and publishes one into everybody's agenda, whole or not at all.
package matchmaking

import (
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// ofMission is what all that is kept here has.
type ofMission struct {
	record.Meta
	Mission string
}

func (o ofMission) subject() territory.Subject {
	return territory.Subject{Owner: o.Owner, Mission: o.Mission}
}

func (o ofMission) on() ref.Ref {
	return ref.Ref{Territory: o.Territory, Kind: "mission", ID: o.Mission}
}

// unfound is what search keeps of a record that is found with its mission.
func (o ofMission) unfound() record.Found { return record.Found{Subject: o.subject(), On: o.on()} }

// The kinds of wishes.
const (
	Must  = "must"
	Nice  = "nice"
	Never = "never"
)

// A Wish is what a participant wants of another.
type Wish struct {
	ofMission
	From, To string // ids of participants
	Kind     string // Must, Nice or Never
	// Weight in points, or 0 for what the kind is worth; Minutes the meeting should
	// last, or 0 for the mission's usual time.
	Weight, Minutes int
	Venues          []string // where it may be held; none: anywhere
	// FromSeat and ToSeat name the seat that must attend, from 1; 0: any.
	FromSeat, ToSeat int
	Note             string
}

// Wishes is how wishes are kept.
func Wishes() record.Noun[Wish] {
	return record.Noun[Wish]{
		Name: "wish",
		Fields: record.Fields[Wish]{
			record.ReferenceField("from", "participant", func(w *Wish) *string { return &w.From }),
			record.ReferenceField("to", "participant", func(w *Wish) *string { return &w.To }),
			record.ChoiceField("kind", []string{Must, Nice, Never}, func(w *Wish) *string { return &w.Kind }),
			record.CountField("weight", 0, func(w *Wish) *int { return &w.Weight }),
			record.CountField("minutes", 0, func(w *Wish) *int { return &w.Minutes }),
			record.ReferencesField("venues", "venue", func(w *Wish) *[]string { return &w.Venues }),
			record.CountField("from_seat", 0, func(w *Wish) *int { return &w.FromSeat }),
			record.CountField("to_seat", 0, func(w *Wish) *int { return &w.ToSeat }),
			record.TextField("note", func(w *Wish) *string { return &w.Note }),
		},
		Meta: func(w *Wish) *record.Meta { return &w.Meta },
		Load: loadWish, Insert: insertWish, Update: updateWish,
		Settle: (*Wish).settle,
		Found:  func(w *Wish) record.Found { return w.unfound() },
	}
}

func (w *Wish) settle() error {
	var p fault.Problems
	if w.From == "" || w.To == "" || w.From == w.To {
		p.Add("to", "matchmaking.two_needed")
	}
	if w.Kind == "" {
		w.Kind = Nice
	}
	return p.Or()
}

// A Request is a meeting asked for as such: with these seats, perhaps then and
// there.
type Request struct {
	ofMission
	// Seats are two or more, each a participant's, written "0193...:2"; 0 is any.
	Seats []string
	Start db.Instant // zero: whenever
	Place string     // id, or ""
	Table int        // counted from 1 within the place; 0: any
	// Venues are where it may be held; none: anywhere. A locked request is held as
	// it says, or there is no plan.
	Venues []string
	Locked bool
}

// Requests is how requests are kept.
func Requests() record.Noun[Request] {
	return record.Noun[Request]{
		Name: "request",
		Fields: record.Fields[Request]{
			record.ListField("seats", func(r *Request) *[]string { return &r.Seats }),
			record.InstantField("starts_at", func(r *Request) *db.Instant { return &r.Start }),
			record.ReferenceField("place", "place", func(r *Request) *string { return &r.Place }),
			record.CountField("table", 0, func(r *Request) *int { return &r.Table }),
			record.ReferencesField("venues", "venue", func(r *Request) *[]string { return &r.Venues }),
			record.YesField("locked", func(r *Request) *bool { return &r.Locked }),
		},
		Meta: func(r *Request) *record.Meta { return &r.Meta },
		Load: loadRequest, Insert: insertRequest, Update: updateRequest,
		Settle: (*Request).settle,
		Found:  func(r *Request) record.Found { return r.unfound() },
	}
}

func (r *Request) settle() error {
	var p fault.Problems
	if len(r.Seats) < 2 {
		p.Add("seats", "matchmaking.two_needed")
	}
	if r.Locked && r.Start.IsZero() {
		p.Add("starts_at", "matchmaking.locked_when")
	}
	return p.Or()
}

// seatText writes a seat of a participant, seatOf reads it.
func seatText(participant string, seat int) string { return participant + ":" + strconv.Itoa(seat) }

func seatOf(text string) (participant string, seat int) {
	participant, number, _ := strings.Cut(text, ":")
	seat, _ = strconv.Atoi(number) // written by seatText
	return participant, seat
}
