package mission

import (
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Side is that of the mission on which a participant is.
type Side string

// The sides. Pool is that of all at a convention where anyone meets anyone.
const (
	Delegate    Side = "delegate"
	Counterpart Side = "counterpart"
	Official    Side = "official"
	Pool        Side = "pool"
)

// Sides lists the sides.
func Sides() []string {
	return []string{string(Delegate), string(Counterpart), string(Official), string(Pool)}
}

// The states of a participant.
const (
	TakesPart = "takes_part"
	Withdrawn = "withdrawn"
)

// A Participant is an organisation that takes part in a mission.
type Participant struct {
	Part
	Organisation string // id
	// Name is the organisation's: it is read with the participant, never written.
	Name      string
	Code      string // the short name by which workbooks and plans call it
	Side      Side
	State     string
	Contact   string // id of a person, or ""
	Languages []string
	// Legs are those that it takes part in; none: all.
	Legs []string
	// Places are those at which it receives, if it does not go to those of others.
	Places []string
	// Busy holds the spans in which it is not available.
	Busy []string
	// Least is the guaranteed number of meetings, Most what it accepts, MostADay
	// what it accepts a day; 0: no such limit.
	Least, Most, MostADay int
	// Rank is that in the order of protocol, from 1; 0: none.
	Rank int
}

// Subject says who may do what to it.
func (p *Participant) Subject() territory.Subject {
	return territory.Subject{Owner: p.Owner, Organisation: p.Organisation, Mission: p.Mission}
}

// Participants is how participants are kept.
func Participants() record.Noun[Participant] {
	return record.Noun[Participant]{
		Name: "participant",
		Fields: record.Fields[Participant]{
			record.ReferenceField("organisation", "organisation", func(p *Participant) *string { return &p.Organisation }),
			record.TextField("code", func(p *Participant) *string { return &p.Code }),
			record.ChoiceField("side", Sides(), func(p *Participant) *string { return (*string)(&p.Side) }),
			record.ChoiceField("state", []string{TakesPart, Withdrawn}, func(p *Participant) *string { return &p.State }),
			record.ReferenceField("contact", "person", func(p *Participant) *string { return &p.Contact }),
			record.ListField("languages", func(p *Participant) *[]string { return &p.Languages }),
			record.ReferencesField("legs", "leg", func(p *Participant) *[]string { return &p.Legs }),
			record.ReferencesField("places", "place", func(p *Participant) *[]string { return &p.Places }),
			record.ParsedListField("busy", spanText, func(p *Participant) *[]string { return &p.Busy }),
			record.CountField("least", 0, func(p *Participant) *int { return &p.Least }),
			record.CountField("most", 0, func(p *Participant) *int { return &p.Most }),
			record.CountField("most_a_day", 0, func(p *Participant) *int { return &p.MostADay }),
			record.CountField("rank", 0, func(p *Participant) *int { return &p.Rank }),
		},
		Meta: func(p *Participant) *record.Meta { return &p.Meta },
		Load: loadParticipant, Insert: insertParticipant, Update: updateParticipant,
		Settle: (*Participant).settle,
		Found: func(p *Participant) record.Found {
			return record.Found{Title: p.Name, Subject: p.Subject(), On: p.on()}
		},
	}
}

func (p *Participant) settle() error {
	var problems fault.Problems
	if p.Organisation == "" {
		problems.Add("organisation", "mission.organisation_needed")
	}
	if p.Side == "" {
		problems.Add("side", "mission.side_needed")
	}
	if p.State == "" {
		p.State = TakesPart
	}
	if p.Most > 0 && p.Least > p.Most {
		problems.Add("least", "mission.least_above_most", p.Most)
	}
	return problems.Or()
}

// A Seat is a person of a participant, or an unnamed representative.
type Seat struct {
	Part
	Participant string // id
	// Number counts from 1 within the participant.
	Number int
	Person string // id, or ""
}

// Seats is how seats are kept.
func Seats() record.Noun[Seat] {
	return record.Noun[Seat]{
		Name: "seat",
		Fields: record.Fields[Seat]{
			record.ReferenceField("participant", "participant", func(s *Seat) *string { return &s.Participant }),
			record.CountField("number", 1, func(s *Seat) *int { return &s.Number }),
			record.ReferenceField("person", "person", func(s *Seat) *string { return &s.Person }),
		},
		Meta: func(s *Seat) *record.Meta { return &s.Meta },
		Load: loadSeat, Insert: insertSeat, Update: updateSeat,
		Settle: func(*Seat) error { return nil },
		// A seat is found with its participant.
		Found: func(s *Seat) record.Found { return record.Found{Subject: s.subject(), On: s.on()} },
	}
}

// Interpreters are a number of them between two languages.
type Interpreters struct {
	Part
	Languages []string // two
	Number    int
	Legs      []string // those that they serve; none: all
	Busy      []string
}

// InterpreterNoun is how interpreters are kept.
func InterpreterNoun() record.Noun[Interpreters] {
	return record.Noun[Interpreters]{
		Name: "interpreters",
		Fields: record.Fields[Interpreters]{
			record.ListField("languages", func(i *Interpreters) *[]string { return &i.Languages }),
			record.CountField("number", 0, func(i *Interpreters) *int { return &i.Number }),
			record.ReferencesField("legs", "leg", func(i *Interpreters) *[]string { return &i.Legs }),
			record.ParsedListField("busy", spanText, func(i *Interpreters) *[]string { return &i.Busy }),
		},
		Meta: func(i *Interpreters) *record.Meta { return &i.Meta },
		Load: loadInterpreters, Insert: insertInterpreters, Update: updateInterpreters,
		Settle: (*Interpreters).settle,
		Found:  func(i *Interpreters) record.Found { return record.Found{Subject: i.subject(), On: i.on()} },
	}
}

func (i *Interpreters) settle() error {
	var p fault.Problems
	if len(i.Languages) != 2 {
		p.Add("languages", "mission.two_languages")
	}
	return p.Or()
}
