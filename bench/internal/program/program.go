// Package program writes the choice of meetings as an integer program, has other
// solvers solve it, and reads their answer back as a plan. It shares nothing with
// the planner's search, so that the two can be compared.
//
// The program is indexed by time: a column is one meeting of two participants at
// one start, in one place, by one seat of each, with one interpreter's pool.
package program

import (
	"fmt"

	"github.com/escale-hq/escale/planner"
)

// Program is a choice among columns, each taken or not, that maximises the sum
// of their gains within the rows, plus for each shortage variable its gain (a
// negative one) times the whole number that it stands for.
type Program struct {
	problem *planner.Problem
	Columns []Column
	// Missing are the whole numbers: meetings missing to a minimum.
	Missing []Missing
	Rows    []Row
}

// Column is a meeting that may be held.
type Column struct {
	Meeting planner.Meeting
	Gain    int
	// couple is the number of the pair of participants.
	couple int
	span   planner.Span
	day    int
}

// Missing is a number of meetings, up to Most, each of which costs Loss.
type Missing struct {
	Participant planner.ParticipantID
	Most, Loss  int
}

// Row says that the columns, and the missing number unless it is None, sum to at
// most Most, or to at least Least when Least is not 0.
type Row struct {
	Columns     []int
	Missing     int
	Most, Least int
}

// build is a program being written.
type build struct {
	*Program
	couples map[[2]planner.ParticipantID]int
	drafts  []draft
	// ways are the shortest journeys; nil without any.
	ways [][]int
}

// draft is what two participants wish of their meeting.
type draft struct {
	who     [2]planner.ParticipantID
	points  int
	minutes int
}

// Value is the program of most points, after least shortfall. It refuses a
// problem with requests, precedences or a limit on breaks, and wishes that name
// venues, seats or refusals: the generated missions have none.
func Value(p *planner.Problem) (*Program, error) {
	b, err := newBuild(p)
	if err != nil {
		return nil, err
	}
	total := 1
	for i := range b.drafts {
		b.addColumns(i)
		total += b.drafts[i].points
	}
	for i := range b.Columns {
		b.Columns[i].Gain = b.drafts[b.Columns[i].couple].points
	}
	b.addRows()
	b.addMinimums(total)
	return b.Program, nil
}

// Repair is the program of fewest meetings lost, then fewest moved, of a plan
// whose problem has changed: of the previous meetings as many as can be are
// held, and as many of these as can be where they were. It has nothing to say on
// minimums.
func Repair(p *planner.Problem, previous *planner.Plan) (*Program, error) {
	b, err := newBuild(p)
	if err != nil {
		return nil, err
	}
	keep := len(previous.Meetings) + 2
	for i := range previous.Meetings {
		m := &previous.Meetings[i]
		couple, ok := b.couples[coupleOf(m.Attendees[0].Participant, m.Attendees[1].Participant)]
		if !ok {
			continue
		}
		from := len(b.Columns)
		b.addColumns(couple)
		for k := from; k < len(b.Columns); k++ {
			b.Columns[k].Gain = keep - 1
			if sameSpot(m, &b.Columns[k].Meeting) {
				b.Columns[k].Gain = keep
			}
		}
	}
	b.addRows()
	return b.Program, nil
}

func sameSpot(a, b *planner.Meeting) bool {
	if a.Start != b.Start || a.Place != b.Place {
		return false
	}
	for _, x := range a.Attendees {
		for _, y := range b.Attendees {
			if x.Participant == y.Participant && x.Seat != y.Seat {
				return false
			}
		}
	}
	return true
}

func coupleOf(a, b planner.ParticipantID) [2]planner.ParticipantID {
	return [2]planner.ParticipantID{min(a, b), max(a, b)}
}

func newBuild(p *planner.Problem) (*build, error) {
	if len(p.Requests) > 0 || len(p.Precedences) > 0 || p.BreakSpread >= 0 {
		return nil, fmt.Errorf("program: requests, precedences and limits on breaks cannot be written")
	}
	b := &build{Program: &Program{problem: p}, couples: map[[2]planner.ParticipantID]int{}}
	b.shorten()
	for _, w := range p.Wishes {
		if w.Kind == planner.Never || w.FromSeat+w.ToSeat > 0 || len(w.Venues) > 0 {
			return nil, fmt.Errorf("program: wishes that refuse, or name a seat or a venue, cannot be written")
		}
		key := coupleOf(w.From, w.To)
		i, ok := b.couples[key]
		if !ok {
			i = len(b.drafts)
			b.couples[key] = i
			b.drafts = append(b.drafts, draft{who: key})
		}
		b.drafts[i].points += w.Points()
		b.drafts[i].minutes = max(b.drafts[i].minutes, w.Minutes)
	}
	return b, nil
}
