package programme

import (
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/web"
)

// title names a session in the reader's language.
func (v view) title(s *Session) string {
	title, _ := s.Title.In(v.words.Lang())
	return title
}

// local is an instant by the clock of a session's leg.
func (v view) local(s *Session, at db.Instant) time.Time {
	zone, err := time.LoadLocation(v.ZoneOf(s.Leg))
	if err != nil {
		return at.Time
	}
	return at.In(zone)
}

func (v view) hours(s *Session) string {
	return v.words.Span(v.local(s, s.Start), v.local(s, s.End))
}

// A day is one of the programme, by the clock of its place.
type day struct {
	date     time.Time
	zone     string
	sessions []*Session
}

// days are the sessions by day; those of another zone on the same day are a day
// of their own.
func (v view) days() (days []day) {
	for _, s := range v.Sessions {
		start := v.local(s, s.Start)
		zone := start.Location().String()
		if n := len(days); n == 0 || days[n-1].zone != zone || days[n-1].date.Format(time.DateOnly) != start.Format(time.DateOnly) {
			days = append(days, day{date: start, zone: zone})
		}
		last := &days[len(days)-1]
		last.sessions = append(last.sessions, s)
	}
	return days
}

// zoneName says whose clock a time is read by.
func (v view) zoneName(at time.Time) string {
	name := at.Location().String()
	city := strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
	return v.words.T("programme.time_of", city, v.words.Offset(at))
}

// where is the venue, the place in it and the address.
func (v view) where(s *Session) string {
	var parts []string
	if venue := v.venue(s.Venue); venue != nil {
		parts = append(parts, venue.Name)
	}
	if s.Spot != "" {
		parts = append(parts, s.Spot)
	}
	return strings.Join(parts, ", ")
}

// stop is a session on the line of its day.
func (v view) stop(s *Session) web.Stop {
	moment := web.Ahead
	switch {
	case !v.now.Before(s.End.Time):
		moment = web.Past
	case !v.now.Before(s.Start.Time):
		moment = web.Now
	}
	note := v.where(s)
	if s.Kind != "" {
		note = strings.Trim(v.words.T("session.kind."+s.Kind)+" · "+note, " ·")
	}
	return web.Stop{Moment: moment, When: v.hours(s), Title: v.title(s), Href: href(v.viewer, s.ID), Note: note, Session: true}
}

// drafts is how many sessions are not published.
func (v view) drafts() (n int) {
	for _, s := range v.Sessions {
		if !s.Published {
			n++
		}
	}
	return n
}

// of are the conflicts that a session has a part in.
func (v view) of(s *Session) (conflicts []Conflict) {
	for _, c := range v.conflicts {
		if c.Session.ID == s.ID || c.Other != nil && c.Other.Session != nil && c.Other.Session.ID == s.ID {
			conflicts = append(conflicts, c)
		}
	}
	return conflicts
}

// mostNames is how many people a conflict names.
const mostNames = 3

// people names who a conflict concerns.
func (v view) people(seats []string) string {
	var names []string
	for _, id := range seats[:min(len(seats), mostNames)] {
		seat := v.seat(id)
		name := v.nameOf(seat, v.words)
		if v.People[seat.Person] == nil {
			name = v.sides[seat.Participant].Name + ", " + name
		}
		names = append(names, name)
	}
	if more := len(seats) - mostNames; more > 0 {
		names = append(names, v.words.N("programme.others", more))
	}
	return v.words.List(names)
}

// said says a conflict: what is wrong, and what to do about it.
func (v view) said(c Conflict) (wrong, remedy string) {
	w, key := v.words, "programme.clash."+string(c.Clash)
	title := v.title(c.Session)
	switch c.Clash {
	case Order:
		wrong = w.T(key, title, v.people(c.Who[:1]), v.people(c.Who[1:]))
	case Room:
		wrong = w.T(key, title, v.taken(c.Session, c.Group), w.T("programme.group."+string(c.Group)), c.Session.Capacity[c.Group])
	case Spot:
		wrong = w.T(key, title, v.other(c.Other), v.where(c.Session))
	case Way:
		wrong = w.T(key, v.people(c.Who), title, v.other(c.Other), w.Minutes(c.Minutes), w.Minutes(c.Free))
	default:
		wrong = w.T(key, v.people(c.Who), title, v.other(c.Other))
	}
	return wrong, w.T(key + ".remedy")
}

// other names what a session clashes with.
func (v view) other(i *Item) string {
	if i.Session != nil {
		return v.words.T("programme.other_session", v.title(i.Session), v.hours(i.Session))
	}
	from, to := i.Engagement.Start.Time, i.Engagement.End.Time
	if zone, err := time.LoadLocation(i.Engagement.Zone); err == nil {
		from, to = from.In(zone), to.In(zone)
	}
	return v.words.T("programme.other_meeting", v.words.Span(from, to))
}

// levelState is how a level looks.
func levelState(l Level) web.State {
	switch l {
	case Forbid:
		return web.Refused
	case Warn:
		return web.ToDecide
	default:
		return web.Changed
	}
}

// facts are what is said of a session.
func (v sessionView) facts() []web.Fact {
	s, w := v.session, v.words
	var facts []web.Fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, web.Fact{Label: w.T(label), Value: value})
		}
	}
	add("programme.day", w.Date(v.local(s, s.Start)))
	add("programme.hours", v.hours(s))
	add("programme.zone", v.zoneName(v.local(s, s.Start)))
	add("session.field.venue", v.where(s))
	if venue := v.venue(s.Venue); venue != nil {
		add("programme.address", venue.Address)
	}
	add("session.field.host", s.Host)
	add("session.field.dress", s.Dress)
	add("session.field.languages", w.List(s.Languages))
	if len(s.Interpreters) > 0 {
		add("session.field.interpreters", v.interpreters())
	}
	if !s.TransportAt.IsZero() {
		add("programme.transport", strings.Trim(w.Clock(v.local(s, s.TransportAt))+" · "+s.TransportFrom, " ·"))
	}
	add("session.field.level", w.T("session.level."+string(s.Level)))
	return facts
}

func (v sessionView) interpreters() string {
	var sets []string
	for _, set := range v.Interpreters {
		for _, id := range v.session.Interpreters {
			if set.ID == id {
				sets = append(sets, interpretersName(set))
			}
		}
	}
	return v.words.List(sets)
}

func interpretersName(i *mission.Interpreters) string { return strings.Join(i.Languages, " – ") }

// speaks names who speaks.
func (v view) speaks(s *Speaker) (name, works string) {
	seat := v.seat(s.Seat)
	if seat == nil {
		return s.Name, ""
	}
	return v.nameOf(seat, v.words), v.sides[seat.Participant].Name
}

// rooms are how full a session is, by group.
func (v sessionView) rooms() (rooms []room) {
	for _, group := range Groups() {
		most, limited := v.session.Capacity[group]
		taken := v.taken(v.session, group)
		if limited || taken > 0 {
			rooms = append(rooms, room{v.words.T("programme.group." + string(group)), taken, most})
		}
	}
	return rooms
}

// A room is how many places a group takes, of how many; 0: no limit.
type room struct {
	group       string
	taken, most int
}

// waiting are the registrations that wait, in order.
func (v sessionView) waiting() (waiting []*Registration) {
	for _, r := range v.Registrations[v.session.ID] {
		if r.Waiting {
			waiting = append(waiting, r)
		}
	}
	return waiting
}

// trail leads to a page of a session, or of what is of one.
func (v view) trail(title string) []web.Link {
	home := v.viewer.Territory.Home() + "/missions"
	return []web.Link{
		{Label: v.words.T("mission.list"), Href: home},
		{Label: v.Mission.Name(v.words.Lang()), Href: home + "/" + v.ID},
		{Label: v.words.T("programme.title"), Href: home + "/" + v.ID + MissionPage().Path},
		{Label: title, Current: true},
	}
}

// anyOpen says whether there is anything to register for.
func (v view) anyOpen() bool {
	for _, s := range v.Sessions {
		if s.IsOpen(db.At(v.now)) {
			return true
		}
	}
	return false
}

func (v sessionView) speakerNote(s *Speaker, works string) string {
	parts := []string{v.words.T("speaker.role." + s.Role)}
	if works != "" {
		parts = append(parts, works)
	}
	if s.Minutes > 0 {
		parts = append(parts, v.words.Minutes(s.Minutes))
	}
	return strings.Join(parts, " · ")
}

func (v sessionView) guestNote(g *Guest) string {
	parts := []string{g.Organisation}
	if g.Companions > 0 {
		parts = append(parts, v.words.N("programme.companions_n", g.Companions))
	}
	return strings.Trim(strings.Join(parts, " · "), " ·")
}
