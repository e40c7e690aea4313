package workbook

import (
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/planner"
)

// readMeetings reads the meetings that are asked for as such.
func (r *reader) readMeetings() {
	s := r.found["meetings"]
	if s == nil {
		return
	}
	rows := map[string]line{}
	for _, l := range s.lines {
		meeting, ok := l.readMeeting()
		if !ok {
			continue
		}
		group := meeting.group()
		if earlier, twice := rows[group]; twice {
			l.field("participants").note("read.note.meeting_twice", earlier.number())
			continue
		}
		rows[group] = l
		r.book.Meetings = append(r.book.Meetings, meeting)
	}
}

// group names what makes two lines the same meeting: who and when.
func (m Meeting) group() string {
	ids := []string{digits(m.Start)}
	for _, attendee := range m.Attendees {
		ids = append(ids, digits(int(attendee.Participant)))
	}
	slices.Sort(ids[1:])
	return strings.Join(ids, "+")
}

func (l line) readMeeting() (Meeting, bool) {
	meeting := Meeting{Start: planner.None, Place: planner.None, Locked: l.field("locked").yes()}
	who := l.field("participants")
	if !who.filled() {
		return meeting, false
	}
	ok := who.attendees(&meeting)
	meeting.Venues = l.field("venue").venueList()
	if l.field("start").blank() {
		if meeting.Locked {
			l.field("start").fail("read.error.meeting_start")
			ok = false
		}
	} else if !l.startOf(&meeting) {
		ok = false
	}
	if len(meeting.Venues) == 1 {
		l.placeOf(&meeting)
	} else if table := l.field("table"); !table.blank() {
		table.fail("read.error.table_venue", l.column("venue"))
	}
	if ok && meeting.Locked {
		ok = l.allowed(meeting)
	}
	return meeting, ok
}

// attendees reads the participants of a meeting, joined by +.
func (f field) attendees(meeting *Meeting) bool {
	parts := f.list("+;,&\n")
	ok := len(parts) > 1
	if !ok {
		f.fail("read.error.meeting_few")
	}
	for _, part := range parts {
		at, found := f.participant(part)
		same := func(a planner.Attendee) bool { return int(a.Participant) == at }
		switch {
		case !found:
			ok = false
		case slices.ContainsFunc(meeting.Attendees, same):
			f.fail("read.error.participant_twice", part)
			ok = false
		default:
			meeting.Attendees = append(meeting.Attendees, planner.Attendee{Participant: planner.ParticipantID(at)})
		}
	}
	return ok
}

// startOf reads which slot a meeting starts in.
func (l line) startOf(meeting *Meeting) bool {
	stamp, ok := l.stamp("start", time.Time{})
	if !ok {
		return false
	}
	var sameDay []string
	for i, slot := range l.r.book.Slots {
		if !dateOf(slot.Start).Equal(stamp.Date) {
			continue
		}
		if slot.Start.Hour()*60+slot.Start.Minute() == stamp.Minute && l.r.servesLeg(*meeting, slot.Leg) {
			meeting.Start = i
			return true
		}
		sameDay = append(sameDay, slot.Start.Format("15:04"))
	}
	f := l.field("start")
	if len(sameDay) == 0 {
		f.fail("read.error.meeting_slot_day", l.r.sheetName("slots"))
	} else {
		slices.Sort(sameDay)
		f.fail("read.error.meeting_slot", strings.Join(slices.Compact(sameDay), ", "))
	}
	return false
}

// servesLeg says whether the meeting can be in a leg, as far as its attendees
// and its venues say.
func (r *reader) servesLeg(meeting Meeting, leg int) bool {
	for _, attendee := range meeting.Attendees {
		if !shareLeg(r.book.Participants[attendee.Participant].Legs, []int{leg}) {
			return false
		}
	}
	return len(meeting.Venues) == 0 || slices.ContainsFunc(meeting.Venues, func(venue int) bool {
		return shareLeg(r.book.Venues[venue].Legs, []int{leg})
	})
}

// placeOf reads at which table of its venue a meeting is.
func (l line) placeOf(meeting *Meeting) {
	venue := meeting.Venues[0]
	table := l.field("table")
	if table.blank() {
		return
	}
	for i, place := range l.r.book.Places {
		if place.Venue != venue {
			continue
		}
		number := tableNumber(table.cell.Text)
		switch {
		case place.Label != "":
			if fold(place.Label) == fold(table.cell.Text) {
				meeting.Place, meeting.Table = i, 1
				return
			}
		case place.Tables == 0 && !place.Reserved:
			meeting.Place = i
			return
		case number >= place.First && number < place.First+place.Tables:
			meeting.Place, meeting.Table = i, number-place.First+1
			return
		}
	}
	table.fail("read.error.table")
}

// allowed reports a locked meeting of two whom a wish keeps apart.
func (l line) allowed(meeting Meeting) bool {
	for i, wish := range l.r.book.Wishes {
		if wish.Kind != planner.Never {
			continue
		}
		attends := func(participant int) bool {
			return slices.ContainsFunc(meeting.Attendees, func(a planner.Attendee) bool { return int(a.Participant) == participant })
		}
		if attends(wish.From) && attends(wish.To) {
			l.field("locked").fail("read.error.meeting_refused", l.r.wishRows[i].number(), l.r.sheetName("wishes"))
			return false
		}
	}
	return true
}

// readSessions reads the items of the programme.
func (r *reader) readSessions() {
	s := r.found["sessions"]
	if s == nil {
		return
	}
	for _, l := range s.lines {
		if session, ok := l.readSession(); ok {
			r.book.Sessions = append(r.book.Sessions, session)
		}
	}
}

func (l line) readSession() (Session, bool) {
	session := Session{Name: l.field("name").cell.Text, Venue: planner.None}
	ok := l.field("name").filled()
	var legs []int
	if venue := l.field("venue"); !venue.blank() {
		at, found := venue.venue(venue.cell.Text)
		if ok = ok && found; found {
			session.Venue, legs = at, l.r.book.Venues[at].Legs
		}
	}
	start, timed := l.stamp("start", time.Time{})
	if !timed {
		return session, false
	}
	zone, sure := l.field("start").zoneOn(start.Date, legs)
	end, timed := l.stamp("end", start.Date)
	if !timed || !sure {
		return session, false
	}
	var okStart, okEnd bool
	session.Start, okStart = l.field("start").moment(start.Date, start.Minute, zone)
	session.End, okEnd = l.field("end").moment(end.Date, end.Minute, zone)
	if okStart && okEnd && !session.End.After(session.Start) {
		l.field("end").fail("read.error.ends_before", start.String())
		okEnd = false
	}
	session.Participants = l.field("participants").group(l.r.legsOn(session.Start, legs))
	return session, ok && okStart && okEnd
}

// legsOn narrows legs, empty for all, to those that have slots on the day, when
// there are any.
func (r *reader) legsOn(t time.Time, legs []int) []int {
	var on []int
	for _, slot := range r.book.Slots {
		within := len(legs) == 0 || slices.Contains(legs, slot.Leg)
		if within && dateOf(slot.Start).Equal(dateOf(t)) && !slices.Contains(on, slot.Leg) {
			on = append(on, slot.Leg)
		}
	}
	if len(on) == 0 {
		return legs
	}
	return on
}

// group reads participants: ids, or words for many, who are those of the legs.
func (f field) group(legs []int) []int {
	if f.blank() {
		f.noteOnce("read.note.session_all")
		f.cell.Text = heading(f.r.words, "read.word.all")
	}
	var group []int
	for _, part := range f.list("+;,\n") {
		word, many := f.r.spellings.find("read.word.", part, "all", "delegates", "counterparts")
		if _, _, known := f.r.participants.find(part); many && !known {
			group = append(group, f.r.many(word, legs)...)
		} else if at, found := f.participant(part); found {
			group = append(group, at)
		}
	}
	slices.Sort(group)
	return slices.Compact(group)
}

// many lists the participants of a side, or all, in any of the legs.
func (r *reader) many(word string, legs []int) []int {
	sides := map[string]planner.Side{"delegates": planner.Delegate, "counterparts": planner.Counterpart}
	var group []int
	for i, p := range r.book.Participants {
		if (word == "all" || p.Side == sides[word]) && shareLeg(p.Legs, legs) {
			group = append(group, i)
		}
	}
	return group
}
