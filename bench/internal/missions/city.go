package missions

import (
	"math"

	"github.com/escale-hq/escale/planner"
)

// The city: a hub, a port and a hospital with tables, and office buildings in
// which counterparts receive.
const (
	hub = iota
	port
	hospital
	halls
)

// pause is the gap between two meetings, and what two slots leave.
const pause = 10

// city makes a mission with all that a real one has: two or three days in
// half-days, venues with journeys that differ both ways, counterparts that
// receive at their own premises, participants with two representatives,
// guaranteed minimums, maximums for the mission and for a day, interpreters,
// meetings of two slots, and sessions of the programme.
func (m *mission) city() {
	days := 2
	if m.size.slots > 20 {
		days = 3
	}
	m.grid(2*days, pause)
	m.problem.Gap = pause
	m.venues()
	m.participants(m.cityParticipant)
	m.premises()
	m.interpreters()
	m.sessions(days)
	m.wishes(m.size.peopleWishes)
	for i := range m.problem.Wishes {
		if m.random.Float64() < 0.1 {
			m.problem.Wishes[i].Minutes = 2 * slotMinutes
		}
	}
}

// venues stand at random in a city ten kilometres wide. Half of the tables that
// the regime "tables" has are at the hub, fewer at the port and the hospital.
func (m *mission) venues() {
	count := halls + min(24, m.size.counterparts/8)
	places := make([][2]float64, count)
	for v := range places {
		places[v] = [2]float64{10 * m.random.Float64(), 10 * m.random.Float64()}
	}
	m.problem.Venues = make([]planner.Venue, count)
	for from := range places {
		row := make([]int, count)
		for to := range row {
			if to != from {
				row[to] = m.journey(places[from], places[to])
			}
		}
		m.problem.Travel = append(m.problem.Travel, row)
	}
	for v, part := range [halls]int{hub: 2, port: 6, hospital: 8} {
		m.problem.Places = append(m.problem.Places, planner.Place{Venue: planner.VenueID(v), Tables: m.size.tables / part})
	}
}

// journey is at 20 km/h, with up to five minutes more for traffic.
func (m *mission) journey(a, b [2]float64) int {
	kilometres := math.Hypot(a[0]-b[0], a[1]-b[1])
	return int(math.Ceil(3*kilometres)) + m.random.Intn(6)
}

func (m *mission) cityParticipant(p *planner.Participant) {
	m.missSlots(p, 0.05)
	if m.random.Float64() < 0.3 {
		m.missBlock(p, m.random.Intn(m.problem.Slots[len(m.problem.Slots)-1].Block+1))
	}
	delegate := p.Side == planner.Delegate
	if m.random.Float64() < 0.2 {
		p.Seats = 2
	}
	p.Languages = m.languages(delegate)
	switch draw := m.random.Float64(); {
	case delegate && draw < 0.3:
		p.MaxDay = 6
	case !delegate && draw < 0.4:
		p.Max = 4 + m.random.Intn(5)
	}
	if delegate {
		p.Min = 3
	}
}

// languages: delegates speak French and most of them English; counterparts
// speak English, some French or Spanish too, and one in ten Spanish only.
func (m *mission) languages(delegate bool) []string {
	draw := m.random.Float64()
	switch {
	case delegate && draw < 0.3:
		return []string{"fr"}
	case delegate, draw < 0.15:
		return []string{"fr", "en"}
	case draw < 0.25:
		return []string{"es"}
	case draw < 0.5:
		return []string{"en", "es"}
	default:
		return []string{"en"}
	}
}

// premises gives one counterpart in four an office of its own, where it takes
// as many meetings as it has representatives.
func (m *mission) premises() {
	buildings := len(m.problem.Venues) - halls
	for i := range m.problem.Participants {
		p := &m.problem.Participants[i]
		if p.Side != planner.Counterpart || m.random.Float64() >= 0.25 {
			continue
		}
		p.Places = []planner.PlaceID{planner.PlaceID(len(m.problem.Places))}
		m.problem.Places = append(m.problem.Places, planner.Place{
			Venue: planner.VenueID(halls + m.random.Intn(buildings)), Tables: max(1, p.Seats), Reserved: true,
		})
	}
}

func (m *mission) interpreters() {
	m.problem.Pools = []planner.Pool{
		{Languages: [2]string{"fr", "en"}, Count: max(2, m.size.delegates/10)},
		{Languages: [2]string{"fr", "es"}, Count: max(1, m.size.delegates/20)},
	}
}

// sessions are a round table at the hub each morning and a visit of the port on
// the first afternoon, an hour each, for some of the participants.
func (m *mission) sessions(days int) {
	at := func(block int, venue planner.VenueID, share float64) {
		s := planner.Session{Venue: venue}
		for _, slot := range m.problem.Slots {
			if slot.Block == block {
				s.Span = planner.Span{Start: slot.Start, End: slot.Start + 60}
				break
			}
		}
		for p := range m.problem.Participants {
			if m.random.Float64() < share {
				s.Participants = append(s.Participants, planner.ParticipantID(p))
			}
		}
		m.problem.Sessions = append(m.problem.Sessions, s)
	}
	for day := range days {
		at(2*day, hub, 0.2)
	}
	at(1, port, 0.1)
}
