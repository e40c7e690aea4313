package agenda

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
)

// missing says that there is no such record, or what kept it from being found.
func missing(err error, kind, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.none")
	}
	return fmt.Errorf("find the %s %s: %w", kind, id, err)
}

// publication writes engagements until something fails. What is given up is
// given up first: meetings may change places with each other.
type publication struct {
	ctx context.Context
	tx  *db.Tx
	err error
}

// release gives up the time that an engagement holds. Whose it was stays known:
// their calendars are told of what is cancelled.
func (p *publication) release(e Engagement) {
	if p.err == nil {
		p.err = New(p.tx).dropTicks(p.ctx, e.Territory, e.ID)
	}
}

// part forgets which things an engagement has.
func (p *publication) part(e Engagement) {
	if p.err == nil {
		p.err = New(p.tx).dropEngaged(p.ctx, e.Territory, e.ID)
	}
}

// keep writes the engagement itself.
func (p *publication) keep(e Engagement) {
	if p.err != nil {
		return
	}
	if p.err = e.Validate(); p.err != nil {
		return
	}
	p.err = New(p.tx).putEngagement(p.ctx, putEngagementParams{
		TerritoryID: e.Territory, ID: e.ID, MissionID: e.Mission, Kind: e.Kind, RecordID: e.Record, Title: e.Title,
		StartsAt: e.Start, EndsAt: e.End, Zone: e.Zone, VenueID: db.ID(e.Venue), Spot: e.Spot, Interpreted: e.Interpreted,
		Fictional: e.Fictional, Loose: e.Loose, Cancelled: e.Cancelled, Sequence: e.Sequence, UpdatedAt: p.tx.Now,
	})
}

// hold takes the things of an engagement, and their time.
func (p *publication) hold(e Engagement) {
	first, last := e.ticks()
	for _, thing := range e.Things {
		if p.err == nil {
			p.err = New(p.tx).addEngaged(p.ctx, addEngagedParams{e.Territory, e.ID, string(thing.Kind), thing.ID, thing.Number})
		}
		for tick := first; tick <= last && p.err == nil && !e.Loose; tick++ {
			p.err = New(p.tx).addTick(p.ctx, addTickParams{e.Territory, thing.key(), tick, e.ID})
			if db.IsDuplicate(p.err) {
				p.err = twice(e, thing, tick)
			}
		}
	}
}

// twice says that a thing is engaged already.
func twice(e Engagement, thing Thing, tick int) error {
	at := time.Unix(int64(tick)*int64(Tick/time.Second), 0).UTC()
	if zone, err := time.LoadLocation(e.Zone); err == nil {
		at = at.In(zone)
	}
	return fault.New(fault.Conflict, "agenda.twice."+string(thing.Kind), at.Format("2006-01-02 15:04"))
}

// all lists the engagements of a kind of a mission with their things, those that
// were cancelled too, in the order of their start.
func all(ctx context.Context, tx *db.Tx, territory int, mission, kind string) ([]Engagement, error) {
	rows, err := New(tx).engagementsOf(ctx, territory, mission, kind)
	if err != nil {
		return nil, fmt.Errorf("list the engagements of the mission %s: %w", mission, err)
	}
	things, err := New(tx).engagedOf(ctx, territory, mission, kind)
	if err != nil {
		return nil, fmt.Errorf("list what the mission %s engages: %w", mission, err)
	}
	by := map[string][]Thing{}
	for _, t := range things {
		by[t.EngagementID] = append(by[t.EngagementID], Thing{ThingKind(t.ThingKind), t.ThingID, t.Number})
	}
	list := make([]Engagement, len(rows))
	for i, row := range rows {
		list[i] = engagementOf(row)
		list[i].Things = by[row.ID]
	}
	return list, nil
}

func engagementOf(row engagementRow) Engagement {
	return Engagement{
		Territory: row.TerritoryID, ID: row.ID, Mission: row.MissionID, Kind: row.Kind, Record: row.RecordID, Title: row.Title,
		Start: row.StartsAt, End: row.EndsAt, Zone: row.Zone, Venue: string(row.VenueID), Spot: row.Spot,
		Interpreted: row.Interpreted, Fictional: row.Fictional, Loose: row.Loose, Cancelled: row.Cancelled,
		Sequence: row.Sequence, UpdatedAt: row.UpdatedAt,
	}
}

// Of lists what a mission engages, in the order of its start, without what was
// cancelled.
func Of(ctx context.Context, tx *db.Tx, territory int, mission string) ([]Engagement, error) {
	var held []Engagement
	for _, kind := range []string{"meeting", "session"} {
		list, err := all(ctx, tx, territory, mission, kind)
		if err != nil {
			return nil, err
		}
		held = append(held, list...)
	}
	held = slices.DeleteFunc(held, func(e Engagement) bool { return e.Cancelled })
	slices.SortStableFunc(held, func(a, b Engagement) int { return a.Start.Compare(b.Start.Time) })
	return held, nil
}
