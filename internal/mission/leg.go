package mission

import (
	"time"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Part is what everything that a mission is made of has.
type Part struct {
	record.Meta
	Mission string
	// Position orders the parts of a kind within the mission, from 0.
	Position int
}

func (p Part) subject() territory.Subject {
	return territory.Subject{Owner: p.Owner, Mission: p.Mission}
}

// on says that the part is seen with its mission.
func (p Part) on() ref.Ref { return ref.Ref{Territory: p.Territory, Kind: "mission", ID: p.Mission} }

// positionField is where a part stands among its like.
func positionField[T any](part func(*T) *Part) record.Field[T] {
	return record.Unlisted(record.CountField("position", 0, func(it *T) *int { return &part(it).Position }))
}

// A Leg is one city of a mission.
type Leg struct {
	Part
	Name             string
	City             string // id, or ""
	Zone             string // IANA
	StartsOn, EndsOn string
	// Grid holds the stretches in which meetings can be held, in the leg's zone:
	// "2017-11-06 09:00/12:30".
	Grid []string
}

// Legs is how legs are kept.
func Legs() record.Noun[Leg] {
	return record.Noun[Leg]{
		Name: "leg",
		Fields: record.Fields[Leg]{
			record.TextField("name", func(l *Leg) *string { return &l.Name }),
			record.ReferenceField("city", "city", func(l *Leg) *string { return &l.City }),
			record.ParsedField("zone", zone, func(l *Leg) *string { return &l.Zone }),
			record.DateField("starts_on", func(l *Leg) *string { return &l.StartsOn }),
			record.DateField("ends_on", func(l *Leg) *string { return &l.EndsOn }),
			record.ParsedListField("grid", stretchText, func(l *Leg) *[]string { return &l.Grid }),
			positionField(func(l *Leg) *Part { return &l.Part }),
		},
		Meta: func(l *Leg) *record.Meta { return &l.Meta },
		Load: loadLeg, Insert: insertLeg, Update: updateLeg,
		Settle: (*Leg).settle,
		Found: func(l *Leg) record.Found {
			return record.Found{Title: l.Name, Detail: l.StartsOn, Subject: l.subject(), On: l.on()}
		},
	}
}

func zone(text string) (string, error) {
	if _, err := time.LoadLocation(text); err != nil {
		return "", fault.New(fault.Invalid, "mission.zone", text)
	}
	return text, nil
}

func (l *Leg) settle() error {
	var p fault.Problems
	if l.Name == "" {
		p.Add("name", "mission.leg_name_needed")
	}
	if l.Zone == "" {
		p.Add("zone", "mission.zone_needed")
	}
	inOrder(&p, "ends_on", l.StartsOn, l.EndsOn)
	return p.Or()
}

// Location is the leg's zone.
func (l *Leg) Location() (*time.Location, error) { return time.LoadLocation(l.Zone) }

// Stretches are those of the grid, in order.
func (l *Leg) Stretches() ([]Stretch, error) {
	zone, err := l.Location()
	if err != nil {
		return nil, err
	}
	stretches := make([]Stretch, len(l.Grid))
	for i, text := range l.Grid {
		if stretches[i], err = stretchIn(text, zone); err != nil {
			return nil, err
		}
	}
	return stretches, nil
}
