package programme

import (
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A part is what everything that is of a session has.
type part struct {
	record.Meta
	Mission, Session string // ids
}

func partOf(s *Session) part {
	return part{record.Meta{Territory: s.Territory, Owner: s.Owner, Fictional: s.Fictional}, s.Mission, s.ID}
}

// Subject says who may do what to it.
func (p *part) Subject() territory.Subject {
	return territory.Subject{Owner: p.Owner, Mission: p.Mission}
}

// on says that the part is seen with its session.
func (p *part) on() ref.Ref { return ref.Ref{Territory: p.Territory, Kind: "session", ID: p.Session} }
