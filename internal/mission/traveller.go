package mission

import (
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// A Traveller is a person who goes on a mission, with what the journey needs. It
// is known to whoever has the duty logistics on the mission and to the person,
// and erased after the return. Never kept: the number or a copy of a passport,
// the reason for a meal.
type Traveller struct {
	Part
	Person string // id
	// Name, Function, Email and Organisation are the person's: they are read with
	// the traveller, never written.
	Name, Function, Email, Organisation string
	// The order of mission, or the mandate that an elected official needs.
	OrderKind, OrderNumber, OrderOn string
	PassportTo                      string
	// The visa or the electronic authorisation, and until when it holds.
	EntryKind, EntryState, EntryTo string
	Insurance                      string
	Flights                        []string // as [Flight] writes them
	Stays                          []string // as [Stay] writes them
	Room, RoomWith                 string
	Transfers                      []string // as [Transfer] writes them
	Meal                           string
	EmergencyName, EmergencyPhone  string
	// ErasedAt is when all this was erased; zero: it was not.
	ErasedAt db.Instant
}

// OrderKinds are what lets somebody travel for a territory.
func OrderKinds() []string { return []string{"order", "mandate"} }

// EntryKinds are what a country can ask for.
func EntryKinds() []string { return []string{"none", "authorisation", "visa"} }

// EntryStates are how far that is.
func EntryStates() []string { return []string{"to-ask", "asked", "given", "refused"} }

// Rooms are the kinds of rooms.
func Rooms() []string { return []string{"single", "double", "twin"} }

// Meals are what people choose among: none tells a reason.
func Meals() []string { return []string{"any", "fish", "vegetarian", "vegan", "call"} }

// Travellers is how travellers are kept.
func Travellers() record.Noun[Traveller] {
	return record.Noun[Traveller]{
		Name: "traveller", Fields: travellerFields(),
		Meta: func(t *Traveller) *record.Meta { return &t.Meta },
		Load: loadTraveller, Insert: insertTraveller, Update: updateTraveller,
		Settle: (*Traveller).settle,
		Found: func(t *Traveller) record.Found {
			return record.Found{Title: t.Name, Subject: t.subject(), On: t.on()}
		},
	}
}

func travellerFields() record.Fields[Traveller] {
	fields := record.Fields[Traveller]{
		record.ChoiceField("order_kind", OrderKinds(), func(t *Traveller) *string { return &t.OrderKind }),
		record.TextField("order_number", func(t *Traveller) *string { return &t.OrderNumber }),
		record.DateField("order_on", func(t *Traveller) *string { return &t.OrderOn }),
		record.DateField("passport_to", func(t *Traveller) *string { return &t.PassportTo }),
		record.ChoiceField("entry_kind", EntryKinds(), func(t *Traveller) *string { return &t.EntryKind }),
		record.ChoiceField("entry_state", EntryStates(), func(t *Traveller) *string { return &t.EntryState }),
		record.DateField("entry_to", func(t *Traveller) *string { return &t.EntryTo }),
		record.TextField("insurance", func(t *Traveller) *string { return &t.Insurance }),
		record.ParsedListField("flights", textOf(readFlight), func(t *Traveller) *[]string { return &t.Flights }),
		record.ParsedListField("stays", textOf(readStay), func(t *Traveller) *[]string { return &t.Stays }),
		record.ChoiceField("room", Rooms(), func(t *Traveller) *string { return &t.Room }),
		record.TextField("room_with", func(t *Traveller) *string { return &t.RoomWith }),
		record.ParsedListField("transfers", textOf(readTransfer), func(t *Traveller) *[]string { return &t.Transfers }),
		record.ChoiceField("meal", Meals(), func(t *Traveller) *string { return &t.Meal }),
		record.TextField("emergency_name", func(t *Traveller) *string { return &t.EmergencyName }),
		record.TextField("emergency_phone", func(t *Traveller) *string { return &t.EmergencyPhone }),
	}
	for i := range fields {
		fields[i].Personal = true
	}
	return append(fields, record.ReferenceField("person", "person", func(t *Traveller) *string { return &t.Person }))
}

func (t *Traveller) settle() error {
	var p fault.Problems
	if t.Person == "" {
		p.Add("person", "traveller.person_needed")
	}
	if t.EntryKind == "none" {
		t.EntryState, t.EntryTo = "", ""
	}
	for _, text := range []struct{ field, value string }{
		{"order_number", t.OrderNumber},
		{"insurance", t.Insurance},
		{"room_with", t.RoomWith},
		{"emergency_name", t.EmergencyName},
		{"emergency_phone", t.EmergencyPhone},
	} {
		if len(text.value) > longestAnswer {
			p.Add(text.field, "traveller.long", longestAnswer)
		}
	}
	return p.Or()
}

// longestAnswer bounds what anybody writes into a field, who holds a link.
const longestAnswer = 300

// kept is how long what travellers confided is kept after the return.
const kept = 30 * 24 * time.Hour
