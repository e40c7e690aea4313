// Package minimis does the arithmetic of de minimis aid: what counts towards a
// ceiling on the day of an award, for all the companies that are one
// undertaking, and what is left. It reads and stores nothing.
//
// The rules are those of Regulation (EU) 2023/2831: a ceiling per single
// undertaking over any period of three years (article 3(2)), counted from the
// day on which the right to the aid is given, whenever it is paid (article
// 3(3)). It informs; what the law is, lawyers say.
package minimis

import (
	"slices"
	"time"
)

// An Aid is one that was awarded, or is about to be.
type Aid struct {
	ID           string
	Organisation string // id of the company
	Label        string // who gave it, or what for
	Regulation   string
	Day          time.Time // of the award
	Cents        int64     // gross grant equivalent, in euro cents
}

// A Ceiling is how much aid one undertaking may have had within a number of
// years.
type Ceiling struct {
	Regulation string
	Cents      int64
	Years      int
	// Counts are the regulations whose aid adds up to it.
	Counts []string
}

// A Verdict is what an award adds up to, in the window in which that is most.
type Verdict struct {
	Ceiling Ceiling
	// On is the last day of the window: that of the award, or of a later one
	// that the award is still counted with.
	On      time.Time
	Counted []Aid // without the award itself, in order
	Used    int64 // what they add up to
	Asked   int64
}

// Left is how much may still be awarded.
func (v Verdict) Left() int64 { return max(v.Ceiling.Cents-v.Used, 0) }

// Over is by how much the award passes the ceiling, or 0.
func (v Verdict) Over() int64 { return max(v.Used+v.Asked-v.Ceiling.Cents, 0) }

// Judge says what an award adds up to with other aids of the undertaking. The
// ceiling holds over any period, so those awarded after it matter too, where it
// is entered late.
func (c Ceiling) Judge(aids []Aid, asked Aid) Verdict {
	others := slices.DeleteFunc(slices.Clone(aids), func(a Aid) bool {
		return !slices.Contains(c.Counts, a.Regulation) || asked.ID != "" && a.ID == asked.ID
	})
	slices.SortStableFunc(others, func(a, b Aid) int { return a.Day.Compare(b.Day) })
	worst := c.on(asked.Day, others, asked)
	for _, later := range others {
		if later.Day.After(asked.Day) && Counts(asked.Day, later.Day, c.Years) {
			if v := c.on(later.Day, others, asked); v.Used > worst.Used {
				worst = v
			}
		}
	}
	return worst
}

func (c Ceiling) on(day time.Time, aids []Aid, asked Aid) Verdict {
	v := Verdict{Ceiling: c, On: day, Asked: asked.Cents}
	for _, a := range aids {
		if Counts(a.Day, day, c.Years) {
			v.Counted = append(v.Counted, a)
			v.Used += a.Cents
		}
	}
	return v
}

// Counts says whether an aid of a day counts in the years before another day.
// The years run from the day after the aid, and end with the day of the same
// date, or with the last of its month where that has none: Regulation (EEC,
// Euratom) 1182/71, article 3(1) and (2)(c).
func Counts(aid, on time.Time, years int) bool {
	return !aid.After(on) && !on.After(yearsAfter(aid, years))
}

func yearsAfter(day time.Time, years int) time.Time {
	after := day.AddDate(years, 0, 0)
	if after.Day() != day.Day() { // the 29th of February became the 1st of March
		after = after.AddDate(0, 0, -after.Day())
	}
	return after
}
