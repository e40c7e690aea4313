package mission

import (
	"strconv"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/record"
)

// A Venue is an address with places.
type Venue struct {
	Part
	// Code is the short name by which workbooks and plans call it.
	Code          string
	Name, Address string
	At            geo.Point
	Placed        bool // At is known
	// Legs are the ids of those that it belongs to; none: all.
	Legs []string
	// Closed holds the spans in which no meeting is held there.
	Closed []string
}

// Venues is how venues are kept.
func Venues() record.Noun[Venue] {
	return record.Noun[Venue]{
		Name: "venue",
		Fields: record.Fields[Venue]{
			record.TextField("code", func(v *Venue) *string { return &v.Code }),
			record.TextField("name", func(v *Venue) *string { return &v.Name }),
			record.TextField("address", func(v *Venue) *string { return &v.Address }),
			degrees("latitude", 90, func(v *Venue) *float64 { return &v.At.Latitude }),
			degrees("longitude", 180, func(v *Venue) *float64 { return &v.At.Longitude }),
			record.ReferencesField("legs", "leg", func(v *Venue) *[]string { return &v.Legs }),
			record.ParsedListField("closed", spanText, func(v *Venue) *[]string { return &v.Closed }),
		},
		Meta: func(v *Venue) *record.Meta { return &v.Meta },
		Load: loadVenue, Insert: insertVenue, Update: updateVenue,
		Settle: (*Venue).settle,
		Found: func(v *Venue) record.Found {
			return record.Found{Title: v.Name, Detail: v.Address, Subject: v.subject(), On: v.on()}
		},
	}
}

func (v *Venue) settle() error {
	var p fault.Problems
	if v.Name == "" {
		p.Add("name", "mission.venue_name_needed")
	}
	if v.Code == "" {
		v.Code = v.Name
	}
	return p.Or()
}

// degrees is a coordinate; one that is empty is not known.
func degrees(name string, most float64, at func(*Venue) *float64) record.Field[Venue] {
	return record.Field[Venue]{
		Info: record.Info{Name: name, Type: record.Number},
		Get: func(v *Venue) string {
			if !v.Placed {
				return ""
			}
			return strconv.FormatFloat(*at(v), 'f', -1, 64)
		},
		Set: func(v *Venue, text string) error {
			if text == "" {
				v.Placed = false
				return nil
			}
			x, err := strconv.ParseFloat(text, 64)
			if err != nil || x < -most || x > most {
				return fault.New(fault.Invalid, "mission.degrees", text, most)
			}
			*at(v), v.Placed = x, true
			return nil
		},
	}
}

// A Place is a set of like tables of a venue, or a single one with a name of its
// own.
type Place struct {
	Part
	Venue string // id
	// Tables is how many meetings it takes at a time; 0: any number. First is the
	// number of the first on documents.
	Tables, First int
	Label         string
	// Reserved keeps it for the participants that receive there.
	Reserved bool
	Closed   []string
}

// Places is how places are kept.
func Places() record.Noun[Place] {
	return record.Noun[Place]{
		Name: "place",
		Fields: record.Fields[Place]{
			record.ReferenceField("venue", "venue", func(p *Place) *string { return &p.Venue }),
			record.CountField("tables", 0, func(p *Place) *int { return &p.Tables }),
			record.CountField("first", 0, func(p *Place) *int { return &p.First }),
			record.TextField("label", func(p *Place) *string { return &p.Label }),
			record.YesField("reserved", func(p *Place) *bool { return &p.Reserved }),
			record.ParsedListField("closed", spanText, func(p *Place) *[]string { return &p.Closed }),
		},
		Meta: func(p *Place) *record.Meta { return &p.Meta },
		Load: loadPlace, Insert: insertPlace, Update: updatePlace,
		Settle: func(*Place) error { return nil },
		// A place is found with its venue.
		Found: func(p *Place) record.Found { return record.Found{Subject: p.subject(), On: p.on()} },
	}
}
