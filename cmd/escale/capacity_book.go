package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// fromWorkbook counts what a workbook can hold.
func (k *capacityCommand) fromWorkbook(ctx context.Context, c *console) error {
	for _, f := range k.figures(&question{}) {
		if f.given != nil {
			return c.unreadable(c.misused("cli.capacity.error.both", f.flag), k.JSON)
		}
	}
	if k.OnePool {
		return c.unreadable(c.misused("cli.capacity.error.both", "--one-pool"), k.JSON)
	}
	if k.Time < 0 {
		return c.unreadable(c.misused("cli.usage.time", k.Time), k.JSON)
	}
	book, err := c.read(k.Workbook, k.Lang)
	if err != nil {
		return c.unreadable(err, k.JSON)
	}
	measured, err := k.measure(ctx, c, book)
	if err != nil {
		return err
	}
	if measured.Result.Plan == nil {
		return c.refuse(&workbook.Outcome{Book: book, Result: measured.Result}, k.JSON)
	}
	if k.JSON {
		return c.printJSON(newMeasure(measured))
	}
	tellCapacity(c, measured, book.Fictional)
	return nil
}

func (k *capacityCommand) measure(ctx context.Context, c *console, book *workbook.Book) (*workbook.Capacity, error) {
	shown := newFollower(c.stderr, meetingsGlimpse(c.say()))
	defer shown.end()
	return workbook.MeasureCapacity(ctx, book, workbook.Assignment{Seed: k.Seed, Time: k.Time, Progress: shown.follow})
}

// meetingsGlimpse says how many meetings fit so far, and the bound.
func meetingsGlimpse(w *i18n.Words) glimpser {
	return func(p planner.Progress) string {
		seconds := w.Seconds(p.Elapsed.Truncate(100 * time.Millisecond))
		if p.Bound <= 0 || p.Bound < p.Value {
			return w.T("cli.capacity.progress_unbounded", w.N("cli.capacity.meetings", p.Value), seconds)
		}
		return w.T("cli.capacity.progress", w.N("cli.capacity.meetings", p.Value), p.Bound, seconds)
	}
}

// measure is what --json prints of a workbook's capacity. A resource without a
// limit is not in Room; Limits are the parts of the bound.
type measure struct {
	Asked  int                `json:"asked"`
	Held   int                `json:"held"`
	Bound  int                `json:"bound"`
	Cut    bool               `json:"cut"`
	Limits map[string]float64 `json:"limits"`
	Room   map[string]int     `json:"room"`
	More   []oneMore          `json:"one_more"`
}

// oneMore is what one more of a resource would allow at most.
type oneMore struct {
	Resource string `json:"resource"`
	Meetings int    `json:"meetings"`
}

func newMeasure(m *workbook.Capacity) measure {
	out := measure{
		Asked: m.Room.Asked, Held: m.Held, Bound: m.Bound, Cut: m.Result.Quality.Cut,
		Limits: map[string]float64{}, Room: map[string]int{}, More: []oneMore{},
	}
	for _, share := range sharesOf(m.Parts) {
		out.Limits[share.name] = share.ratio
	}
	for _, room := range roomsOf(m.Room) {
		out.Room[room.name] = room.meetings
	}
	for _, g := range m.Gains {
		out.More = append(out.More, oneMore{g.Resource, g.Meetings})
	}
	return out
}

// share is the part of the bound that one kind of limit makes: its name for
// programs, and the key of its name for people.
type share struct {
	name, key string
	ratio     float64
}

// sharesOf lists what limits, the most first.
func sharesOf(parts planner.BoundParts) []share {
	kinds := []struct {
		name, key string
		part      int
	}{
		{"tables", "cli.capacity.by_tables", parts.Places},
		{"interpreters", "cli.capacity.by_interpreters", parts.Pools},
		{"hours", "cli.capacity.by_hours", parts.Seats},
		{"maximums", "cli.capacity.by_maximums", parts.Maxima},
		{"wishes", "cli.capacity.by_wishes", parts.Meetings},
	}
	sum := 0
	for _, kind := range kinds {
		sum += kind.part
	}
	var list []share
	for _, kind := range kinds {
		if kind.part > 0 {
			list = append(list, share{kind.name, kind.key, float64(kind.part) / float64(sum)})
		}
	}
	slices.SortStableFunc(list, func(a, b share) int { return cmp.Compare(b.ratio, a.ratio) })
	return list
}

// room is how many meetings one kind of resource could hold alone.
type room struct {
	name, key string
	meetings  int
}

// roomsOf lists the resources that have a limit, the scarcest first. All
// participants together say nothing that the two sides do not.
func roomsOf(r planner.Room) []room {
	if r.Delegates != planner.None && r.Counterparts != planner.None {
		r.Everybody = planner.None
	}
	list := []room{
		{"tables", "cli.capacity.room_tables", r.Tables},
		{"delegates", "cli.capacity.room_delegates", r.Delegates},
		{"counterparts", "cli.capacity.room_counterparts", r.Counterparts},
		{"participants", "cli.capacity.room_participants", r.Everybody},
	}
	list = slices.DeleteFunc(list, func(a room) bool { return a.meetings == planner.None })
	slices.SortStableFunc(list, func(a, b room) int { return cmp.Compare(a.meetings, b.meetings) })
	return list
}

func tellCapacity(c *console, m *workbook.Capacity, fictional bool) {
	w := c.say()
	print := func(line string) { fmt.Fprintln(c.stdout, line) }
	if m.Held == m.Bound {
		print(w.N("cli.capacity.book_best", m.Held, m.Room.Asked))
	} else {
		print(w.N("cli.capacity.book", m.Held, m.Room.Asked, m.Bound))
	}
	if shares := sharesOf(m.Parts); len(shares) > 0 {
		print(w.T("cli.capacity.shares", w.List(shareTexts(w, shares))))
	}
	var rooms []string
	for _, r := range roomsOf(m.Room) {
		rooms = append(rooms, w.T(r.key, r.meetings))
	}
	print(w.T("cli.capacity.alone", w.List(rooms)))
	print(w.T("cli.capacity.gains", m.Bound))
	for _, g := range m.Gains {
		print(w.T("cli.capacity.gain", g.Resource, w.Signed(g.Meetings)))
	}
	print(w.T("cli.capacity.alike"))
	if m.Result.Quality.Cut {
		print(w.T("cli.cut"))
	}
	if fictional {
		print(w.T("cli.fictional"))
	}
}

func shareTexts(w *i18n.Words, shares []share) []string {
	texts := make([]string, len(shares))
	for i, s := range shares {
		texts[i] = w.T(s.key, w.Percent(s.ratio, 0))
	}
	return texts
}
