package workbook

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/planner"
)

// ReadPlanFile reads a plan.json, or the one in the folder that path names.
func ReadPlanFile(path string) (*PlanFile, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "plan.json")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := DecodePlanFile(f)
	if err != nil {
		return nil, &PlanError{path, err}
	}
	return file, nil
}

// DecodePlanFile reads a plan.json.
func DecodePlanFile(r io.Reader) (*PlanFile, error) {
	var file PlanFile
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotPlanFile, err)
	}
	if file.Format != planFormat {
		return nil, fmt.Errorf("format %d is not one that this version reads (%d): %w", file.Format, planFormat, ErrPlanFormat)
	}
	return &file, nil
}

// Misfit is a meeting of a plan that names something that the workbook does
// not have.
type Misfit struct {
	// Meeting is its position in what was read, and Line what was read.
	Meeting int
	Line    PlanMeeting
	// Kind says what is wrong, Found what the plan holds.
	Kind  MisfitKind
	Found string
}

// MisfitKind names what a meeting of a plan can name in vain.
type MisfitKind int

// What the workbook may not have.
const (
	// UnknownParticipant: no participant has this identifier.
	UnknownParticipant MisfitKind = iota
	// UnknownStart: no slot of the leg begins then.
	UnknownStart
	// UnknownVenue: no venue has this identifier or name.
	UnknownVenue
	// UnknownTable: the venue has no such table.
	UnknownTable
	// UnknownInterpreter: there are no interpreters of these languages.
	UnknownInterpreter
)

// Fit turns meetings that were read into a plan of the workbook, whose problem
// is p. What does not fit is left out of the plan and listed.
func Fit(b *Book, p *planner.Problem, lines []PlanMeeting) (*planner.Plan, []Misfit) {
	f := newFitting(b)
	plan := &planner.Plan{}
	var misfits []Misfit
	for i, line := range lines {
		m, wrong := f.meeting(line)
		if wrong != nil {
			wrong.Meeting, wrong.Line = i, line
			misfits = append(misfits, *wrong)
			continue
		}
		plan.Meetings = append(plan.Meetings, m)
	}
	holdRequests(p, plan)
	return plan, misfits
}

// holdRequests says of each meeting which request it holds: one of the same
// participants, first one that starts when the request says.
func holdRequests(p *planner.Problem, plan *planner.Plan) {
	ofGroup := map[string][]planner.RequestID{}
	for i, r := range p.Requests {
		group := groupOf(r.Attendees)
		ofGroup[group] = append(ofGroup[group], planner.RequestID(i))
	}
	for _, exact := range []bool{true, false} {
		for i := range plan.Meetings {
			m := &plan.Meetings[i]
			group := groupOf(m.Attendees)
			at := slices.IndexFunc(ofGroup[group], func(r planner.RequestID) bool {
				return !exact || slices.Contains(p.Requests[r].Starts, m.Start)
			})
			if m.Request == planner.None && at >= 0 {
				m.Request = ofGroup[group][at]
				ofGroup[group] = slices.Delete(ofGroup[group], at, at+1)
			}
		}
	}
}

// groupOf names participants, whatever their order and seats.
func groupOf(attendees []planner.Attendee) string {
	ids := make([]int, len(attendees))
	for i, a := range attendees {
		ids[i] = int(a.Participant)
	}
	slices.Sort(ids)
	return fmt.Sprint(ids)
}

// fitting looks up what the lines of a plan name.
type fitting struct {
	book         *Book
	participants map[string]int
	venues       map[string]int
	starts       map[int64][]planner.SlotID
}

func newFitting(b *Book) *fitting {
	f := &fitting{book: b, participants: map[string]int{}, venues: map[string]int{}, starts: map[int64][]planner.SlotID{}}
	for i, p := range b.Participants {
		f.participants[folded(p.ID)] = i
	}
	// An identifier wins over a name that reads the same.
	for i, v := range b.Venues {
		f.venues[folded(v.Name)] = i
	}
	for i, v := range b.Venues {
		f.venues[folded(v.ID)] = i
	}
	for i, s := range b.Slots {
		at := s.Start.Unix()
		f.starts[at] = append(f.starts[at], planner.SlotID(i))
	}
	return f
}

// folded is an identifier without regard to case and outer blanks, as people
// type them.
func folded(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func (f *fitting) meeting(line PlanMeeting) (planner.Meeting, *Misfit) {
	m := planner.Meeting{Pool: planner.None, Request: planner.None, Locked: line.Locked}
	for _, p := range line.Participants {
		i, known := f.participants[folded(p.ID)]
		if !known {
			return m, &Misfit{Kind: UnknownParticipant, Found: p.ID}
		}
		m.Attendees = append(m.Attendees, planner.Attendee{Participant: planner.ParticipantID(i), Seat: max(p.Seat, 1)})
	}
	venue, known := f.venues[folded(line.Venue)]
	if !known {
		return m, &Misfit{Kind: UnknownVenue, Found: line.Venue}
	}
	var found bool
	if m.Start, found = f.start(line, venue); !found {
		return m, &Misfit{Kind: UnknownStart, Found: line.Start.Format("2006-01-02 15:04")}
	}
	m.Slots = f.slots(m.Start, line.End)
	if m.Place, m.Table, found = f.table(venue, text(line.Table), m.Attendees); !found {
		return m, &Misfit{Kind: UnknownTable, Found: text(line.Table)}
	}
	if m.Pool, m.Interpreter, found = f.interpreter(text(line.Interpreter), m.Start); !found {
		return m, &Misfit{Kind: UnknownInterpreter, Found: text(line.Interpreter)}
	}
	return m, nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(*s)
}

// start finds the slot that begins at the meeting's start; when slots of two
// legs do, the named leg or that of the venue decides.
func (f *fitting) start(line PlanMeeting, venue int) (planner.SlotID, bool) {
	var first planner.SlotID = planner.None
	for _, s := range f.starts[line.Start.Unix()] {
		leg := f.book.Slots[s].Leg
		if line.Leg != "" && line.Leg != f.book.legName(leg) {
			continue
		}
		if f.book.venueIn(venue, leg) {
			return s, true
		}
		if first == planner.None {
			first = s
		}
	}
	return first, first != planner.None
}

// venueIn says whether the venue belongs to the leg.
func (b *Book) venueIn(venue, leg int) bool {
	legs := b.Venues[venue].Legs
	return len(legs) == 0 || slices.Contains(legs, leg)
}

// slots counts the slots of the leg from start on that a meeting takes to last
// until end; at least one.
func (f *fitting) slots(start planner.SlotID, end time.Time) int {
	all := f.book.Slots
	n := 1
	for next := int(start) + 1; next < len(all); next++ {
		s := all[next]
		if s.Leg != all[start].Leg || !s.Start.Before(end) {
			break
		}
		n++
	}
	return n
}

// table finds a place of the venue that has the table, as documents name it;
// one where the attendees receive comes first.
func (f *fitting) table(venue int, label string, attendees []planner.Attendee) (planner.PlaceID, int, bool) {
	host := f.hosted(attendees)
	place, table := planner.PlaceID(planner.None), 0
	for i, p := range f.book.Places {
		n, fits := tableOf(p, label)
		if p.Venue != venue || !fits {
			continue
		}
		if place == planner.None || host[i] {
			place, table = planner.PlaceID(i), n
		}
		if host[i] {
			break
		}
	}
	return place, table, place != planner.None
}

// hosted are the places where one of the attendees receives.
func (f *fitting) hosted(attendees []planner.Attendee) map[int]bool {
	host := map[int]bool{}
	for _, a := range attendees {
		for _, place := range f.book.Participants[a.Participant].Places {
			host[place] = true
		}
	}
	return host
}

// tableOf is the number within the place of the table that a document names.
func tableOf(p Place, label string) (int, bool) {
	switch {
	case p.Label != "":
		return min(p.Tables, 1), strings.EqualFold(p.Label, label)
	case p.Tables == 0:
		return 0, label == ""
	}
	written, err := strconv.Atoi(label)
	n := written - max(p.First, 1) + 1
	return n, err == nil && n >= 1 && n <= p.Tables
}

// interpreter reads such as "fr-en 1", either language first. Interpreters of
// the leg come before those of others.
func (f *fitting) interpreter(label string, start planner.SlotID) (planner.PoolID, int, bool) {
	if label == "" {
		return planner.None, 0, true
	}
	languages, number, _ := strings.Cut(label, " ")
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil {
		n = 1
	}
	found := planner.PoolID(planner.None)
	for i, pool := range f.book.Interpreters {
		if !speaks(pool.Languages, folded(languages)) {
			continue
		}
		if slices.Contains(pool.Legs, f.book.Slots[start].Leg) {
			return planner.PoolID(i), n, true
		}
		if found == planner.None {
			found = planner.PoolID(i)
		}
	}
	return found, n, found != planner.None
}

func speaks(pair [2]string, named string) bool {
	return named == pair[0]+"-"+pair[1] || named == pair[1]+"-"+pair[0]
}
