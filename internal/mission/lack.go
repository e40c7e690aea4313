package mission

import (
	"context"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Lack is something that a mission does not have yet, and needs to get on.
type Lack struct {
	// Key is the text that says what to do, with its arguments.
	Key  string
	Args []any
	// Path is where it is done: below the mission's page, or "" where nowhere in
	// particular.
	Path string
	// For is the status that the mission cannot reach well without it.
	For Status
	// Due is the day until which it is to be done, or "".
	Due string
}

// Lacking says what a mission lacks of what one feature keeps.
type Lacking func(ctx context.Context, tx *db.Tx, v territory.Viewer, w *Whole) ([]Lack, error)

// Lacks are what the mission lacks of itself on a day, the most pressing first.
// One that is over, or given up, lacks nothing here.
func (w *Whole) Lacks(today string, languages []string) []Lack {
	if at := w.Status(today); at == Status(Cancelled) || at.position() >= Done.position() {
		return nil
	}
	return inUrgency(slices.Concat(w.lacksOfItself(languages), w.lacksOfLegs(), w.lacksOfPeople()))
}

// inUrgency sorts what is missing: what holds up an earlier status first.
func inUrgency(lacks []Lack) []Lack {
	slices.SortStableFunc(lacks, func(a, b Lack) int { return a.For.position() - b.For.position() })
	return lacks
}

// position is where the status is on the line of stops; -1: it is not on it.
func (s Status) position() int { return slices.Index(Statuses(), s) }

// Next is the status after this one, or "" after the last.
func (s Status) Next() Status {
	at, all := s.position(), Statuses()
	if at < 0 || at+1 == len(all) {
		return ""
	}
	return all[at+1]
}

func (w *Whole) lacksOfItself(languages []string) (lacks []Lack) {
	add := func(missing bool, key string, before Status, args ...any) {
		if missing {
			lacks = append(lacks, Lack{Key: key, Path: "/edit", For: before, Args: args})
		}
	}
	add(w.Lead == "", "mission.lack.lead", Status(Preparation))
	add(w.StartsOn == "" || w.EndsOn == "", "mission.lack.days", Status(Preparation))
	add(len(w.Sectors) == 0 && w.Mission.Kind != "institutional", "mission.lack.sectors", CallOpen)
	for _, lang := range languages {
		if slices.Contains(record.ContentLanguages(), lang) {
			add(w.Title[lang] == "", "mission.lack.title."+lang, CallOpen)
			add(w.Pitch[lang] == "", "mission.lack.pitch."+lang, CallOpen)
		}
	}
	return lacks
}

func (w *Whole) lacksOfLegs() (lacks []Lack) {
	if len(w.Legs) == 0 {
		return []Lack{{Key: "mission.lack.legs", Path: "/legs", For: Status(Preparation)}}
	}
	placed := map[string]bool{}
	for _, p := range w.Places {
		placed[p.Venue] = true
	}
	for _, l := range w.Legs {
		add := func(missing bool, key string, before Status) {
			if missing {
				lacks = append(lacks, Lack{Key: key, Args: []any{l.Name}, Path: "/legs", For: before})
			}
		}
		add(l.City == "", "mission.lack.city", CallOpen)
		add(l.StartsOn == "", "mission.lack.leg_days", CallOpen)
		outside := l.StartsOn != "" && w.StartsOn != "" && (l.StartsOn < w.StartsOn || w.EndsOn != "" && l.EndsOn > w.EndsOn)
		add(outside, "mission.lack.outside", Status(Preparation))
		if w.Mission.Kind != "institutional" {
			add(len(l.Grid) == 0, "mission.lack.grid", Status(Confirmed))
			received := slices.ContainsFunc(w.Venues, func(v *Venue) bool {
				return placed[v.ID] && (len(v.Legs) == 0 || slices.Contains(v.Legs, l.ID))
			})
			add(!received, "mission.lack.places", Status(Confirmed))
		}
	}
	return lacks
}

func (w *Whole) lacksOfPeople() (lacks []Lack) {
	on := w.Count(Delegate)
	switch {
	case on == 0 && w.Count(Pool) == 0 && w.Mission.Kind != "institutional":
		lacks = append(lacks, Lack{Key: "mission.lack.delegates", Path: "/participants", For: Status(Confirmed)})
	case on < w.Companies:
		lacks = append(lacks, Lack{Key: "mission.lack.companies", Args: []any{on, w.Companies}, Path: "/participants", For: Status(Confirmed)})
	}
	seats := w.SeatsOfEach()
	alone := 0
	for _, p := range w.Participants {
		if p.State == TakesPart && len(seats[p.ID]) == 0 {
			alone++
		}
	}
	if alone > 0 {
		lacks = append(lacks, Lack{Key: "mission.lack.seats", Args: []any{alone}, Path: "/participants", For: UnderWay})
	}
	return lacks
}

// Count is how many participants of a side take part.
func (w *Whole) Count(side Side) (n int) {
	for _, p := range w.Participants {
		if p.Side == side && p.State == TakesPart {
			n++
		}
	}
	return n
}
