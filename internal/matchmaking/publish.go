package matchmaking

import (
	"context"
	"fmt"
	"strings"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// Publish makes a draft what everybody's agenda says: its meetings and the
// published sessions, whole or not at all. A draft that the mission's records no
// longer allow is refused, with the reason.
func Publish(ctx context.Context, tx *db.Tx, act record.Act, plan *Plan) (agenda.Changes, error) {
	var none agenda.Changes
	if !plan.Made() {
		return none, fault.New(fault.Conflict, "plan.not_made")
	}
	file, err := planFile(ctx, tx, plan.Territory, plan.ID)
	if err != nil {
		return none, err
	}
	p, err := read(ctx, tx, plan.Territory, plan.Mission)
	if err != nil {
		return none, err
	}
	judged, err := p.judge(file)
	if err != nil {
		return none, err
	}
	if _, err := programme.Publish(ctx, tx, p.whole); err != nil {
		return none, err
	}
	wanted, err := p.keepMeetings(ctx, tx, act, file, judged)
	if err != nil {
		return none, err
	}
	changes, err := agenda.Publish(ctx, tx, plan.Territory, plan.Mission, "meeting", wanted)
	if err != nil {
		return none, err
	}
	return changes, replace(ctx, tx, act, plan)
}

// judge reads a plan against the mission's records as they are now.
func (p *planning) judge(file *workbook.PlanFile) (*planner.Plan, error) {
	problem := p.book.Problem()
	plan, misfits := workbook.Fit(p.book, problem, file.Meetings)
	if len(misfits) > 0 {
		return nil, fault.New(fault.Conflict, "plan.misfit", len(misfits), workbook.MisfitText(p.book, misfits[0]))
	}
	if violations := planner.Check(problem, plan); len(violations) > 0 {
		return nil, fault.New(fault.Conflict, "plan.broken", len(violations), workbook.ViolationText(p.book, plan, violations[0]))
	}
	return plan, nil
}

// keepMeetings makes the meetings of the mission those of a plan, and gives what
// they engage.
func (p *planning) keepMeetings(ctx context.Context, tx *db.Tx, act record.Act, file *workbook.PlanFile, plan *planner.Plan) ([]agenda.Engagement, error) {
	kept, err := MeetingsOf(ctx, tx, p.whole.Territory, p.whole.ID)
	if err != nil {
		return nil, err
	}
	known := make(map[string]*Meeting, len(kept))
	for _, m := range kept {
		known[m.UID] = m
	}
	var wanted []agenda.Engagement
	for i, line := range file.Meetings {
		m := p.meeting(line, plan.Meetings[i], known[line.ID])
		delete(known, line.ID)
		keep := Meetings().Save
		if m.ID == "" {
			keep = Meetings().Add
		}
		if err := keep(ctx, tx, act, m); err != nil {
			return nil, fmt.Errorf("keep a meeting: %w", err)
		}
		wanted = append(wanted, p.engagement(m, plan.Meetings[i]))
	}
	for _, m := range kept {
		if known[m.UID] == nil || m.State == Cancelled {
			continue
		}
		m.State = Cancelled
		if err := Meetings().Save(ctx, tx, act, m); err != nil {
			return nil, fmt.Errorf("cancel a meeting: %w", err)
		}
	}
	return wanted, nil
}

// meeting is a meeting of a plan as a record: the one that is known by its UID,
// or a new one.
func (p *planning) meeting(line workbook.PlanMeeting, planned planner.Meeting, known *Meeting) *Meeting {
	m := &Meeting{ofMission: ofMission{
		Meta: record.Meta{Territory: p.whole.Territory, Fictional: p.whole.Fictional}, Mission: p.whole.ID,
	}, UID: line.ID}
	if known != nil {
		m.Meta = known.Meta
	}
	m.Start, m.End, m.Locked, m.State = db.At(line.Start), db.At(line.End), line.Locked, Planned
	m.Venue = p.whole.Venues[p.book.Places[planned.Place].Venue].ID
	m.Spot, m.Interpreter = p.book.TableLabel(planned), p.book.InterpreterLabel(planned)
	for _, a := range planned.Attendees {
		m.Seats = append(m.Seats, seatText(p.taking[a.Participant].ID, a.Seat))
	}
	return m
}

// engagement is what a meeting engages.
func (p *planning) engagement(m *Meeting, planned planner.Meeting) agenda.Engagement {
	e := agenda.Engagement{
		Record: m.ID, Start: m.Start, End: m.End, Zone: p.book.LegZone(p.book.Slots[planned.Start].Leg).String(), Venue: m.Venue,
		Spot: m.Spot, Interpreted: m.Interpreter != "", Fictional: m.Fictional,
	}
	for _, a := range planned.Attendees {
		for _, seat := range p.seats[p.taking[a.Participant].ID] {
			if seat.Number == a.Seat {
				e.Things = append(e.Things, agenda.SeatThings(seat.ID, seat.Person)...)
			}
		}
	}
	if planned.Table > 0 {
		place := p.whole.Places[planned.Place].ID
		e.Things = append(e.Things, agenda.Thing{Kind: agenda.Table, ID: place, Number: planned.Table})
	}
	if planned.Pool != planner.None {
		pool := p.whole.Interpreters[planned.Pool].ID
		e.Things = append(e.Things, agenda.Thing{Kind: agenda.Interpreter, ID: pool, Number: planned.Interpreter})
	}
	return e
}

// replace makes a plan the one that is published.
func replace(ctx context.Context, tx *db.Tx, act record.Act, plan *Plan) error {
	plans, err := PlansOf(ctx, tx, plan.Territory, plan.Mission)
	if err != nil {
		return err
	}
	for _, other := range plans {
		if other.State != Published || other.ID == plan.ID {
			continue
		}
		other.State = Replaced
		if err := Plans().Save(ctx, tx, act, other); err != nil {
			return err
		}
	}
	plan.State = Published
	return Plans().Save(ctx, tx, act, plan)
}

// ChangeText sums up what publishing changed.
func changeText(words interface {
	T(key string, args ...any) string
}, c agenda.Changes,
) string {
	parts := []string{words.T("plan.published", c.Added+c.Moved+c.Kept)}
	if c.Moved > 0 || c.Cancelled > 0 {
		parts = append(parts, words.T("plan.changes", c.Moved, c.Added, c.Cancelled))
	}
	return strings.Join(parts, " ")
}
