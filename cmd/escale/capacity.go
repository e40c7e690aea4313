package main

import (
	"context"
	"time"

	"github.com/escale-hq/escale/planner"
)

// capacityCommand says what a mission can hold: from a few numbers, before
// anybody has wished, or from a workbook.
type capacityCommand struct {
	Workbook       string        `arg:"" optional:"" help:"${help_capacity_workbook}"`
	Days           *int          `placeholder:"N" help:"${help_capacity_days}"`
	Tables         *int          `placeholder:"N" help:"${help_capacity_tables}"`
	Meetings       *int          `placeholder:"N" help:"${help_capacity_meetings}"`
	Companies      *int          `placeholder:"N" aliases:"participants" help:"${help_capacity_companies}"`
	OnePool        bool          `help:"${help_capacity_one_pool}"`
	Counterparts   *int          `placeholder:"N" help:"${help_capacity_counterparts}"`
	CounterpartMax *int          `placeholder:"N" help:"${help_capacity_counterpart_max}"`
	Hours          string        `default:"09:00-12:00,14:00-17:00" help:"${help_capacity_hours}"`
	Minutes        int           `default:"30" help:"${help_capacity_minutes}"`
	Gap            int           `default:"0" help:"${help_capacity_gap}"`
	Seed           uint64        `default:"1" help:"${help_seed}"`
	Time           time.Duration `help:"${help_time}"`
	Lang           string        `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_lang}"`
	JSON           bool          `help:"${help_json}"`
}

// Run answers.
func (k *capacityCommand) Run(ctx context.Context, c *console) error {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	if k.Workbook != "" {
		return k.fromWorkbook(ctx, c)
	}
	q, err := k.question(c)
	if err != nil {
		return c.unreadable(err, k.JSON)
	}
	answer := q.answer()
	if k.JSON {
		if err := c.printJSON(answer.report()); err != nil {
			return err
		}
	} else {
		answer.tell(c)
	}
	if !answer.fits() {
		return errJudged
	}
	return nil
}

// unknown is the figure that was left out and is asked for.
type unknown int

const (
	nothingAsked unknown = iota
	daysAsked
	tablesAsked
	meetingsAsked
	companiesAsked
)

// question is a mission in numbers of which one may be asked for.
type question struct {
	planner.Capacity
	asked unknown
	// minutes is how long a meeting lasts.
	minutes int
}

// figure is a number of the command line.
type figure struct {
	flag  string
	given *int
	into  *int
	// asked is what is wanted when it is not given.
	asked unknown
}

func (k *capacityCommand) figures(q *question) []figure {
	return []figure{
		{"--days", k.Days, &q.Days, daysAsked},
		{"--tables", k.Tables, &q.Tables, tablesAsked},
		{"--meetings", k.Meetings, &q.Each, meetingsAsked},
		{"--companies", k.Companies, &q.Delegates, companiesAsked},
		{"--counterparts", k.Counterparts, &q.Counterparts, nothingAsked},
		{"--counterpart-max", k.CounterpartMax, &q.CounterpartMax, nothingAsked},
	}
}

// question reads the figures. Of days, tables, meetings and companies, one at
// most may be left out.
func (k *capacityCommand) question(c *console) (question, error) {
	q := question{minutes: k.Minutes}
	q.OnePool = k.OnePool
	var err error
	if q.DaySlots, err = k.grid(c); err != nil {
		return q, err
	}
	left := 0
	for _, f := range k.figures(&q) {
		switch {
		case f.given == nil && f.asked != nothingAsked:
			q.asked = f.asked
			left++
		case f.given == nil:
		case *f.given < 1 || *f.given > mostOfAFigure:
			return q, c.misused("cli.capacity.error.figure", f.flag, *f.given, mostOfAFigure)
		default:
			*f.into = *f.given
		}
	}
	if left > 1 {
		return q, c.misused("cli.capacity.error.asked")
	}
	if k.OnePool && (k.Counterparts != nil || k.CounterpartMax != nil) {
		return q, c.misused("cli.capacity.error.pool")
	}
	return q, nil
}

// mostOfAFigure keeps products of figures countable.
const mostOfAFigure = 1_000_000
