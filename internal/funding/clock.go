package funding

import (
	"time"

	"github.com/escale-hq/escale/internal/funding/workday"
)

// A Clock says until when an award is to be in the national register: within
// twenty working days (Regulation (EU) 2023/2831, article 6(1)), as the ceiling
// of its regulation says. It is empty where nothing is to be entered.
type Clock struct {
	Due    string // the last day
	Done   bool
	Late   bool
	OnTime bool // it was entered by then
}

func clockOf(g *Grant, ceilings []*Ceiling, today string) Clock {
	if g.State != Awarded {
		return Clock{}
	}
	ceiling, err := ceilingOn(ceilings, g.Regulation, g.DecidedOn)
	awarded, failed := time.Parse(time.DateOnly, g.DecidedOn)
	if err != nil || failed != nil || ceiling == nil || ceiling.RegisterFrom == "" || g.DecidedOn < ceiling.RegisterFrom {
		return Clock{}
	}
	due := workday.After(awarded, ceiling.RegisterDays).Format(time.DateOnly)
	c := Clock{Due: due, Done: g.RegisteredOn != ""}
	if c.Done {
		c.OnTime = g.RegisteredOn <= due
	} else {
		c.Late = today > due
	}
	return c
}
