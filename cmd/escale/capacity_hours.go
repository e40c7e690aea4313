package main

import (
	"strings"
	"time"
)

// grid is how many slots a day has, cut as `escale plan` cuts the spans of a
// workbook: each as long as a meeting, with the gap between.
func (k *capacityCommand) grid(c *console) (int, error) {
	const day = 24 * 60
	if k.Minutes < 1 || k.Minutes > day {
		return 0, c.misused("cli.capacity.error.minutes", "--minutes", k.Minutes, 1, day)
	}
	if k.Gap < 0 || k.Gap > day {
		return 0, c.misused("cli.capacity.error.minutes", "--gap", k.Gap, 0, day)
	}
	slots, last := 0, -k.Gap
	for _, text := range strings.FieldsFunc(k.Hours, func(r rune) bool { return r == ',' || r == ';' }) {
		start, end, ok := hoursOf(text)
		if !ok || end <= start {
			return 0, c.misused("cli.capacity.error.hours", text)
		}
		// Between closer spans the gap would keep one from meeting at the end
		// of the first and at the start of the next, which is not counted.
		if start-last < k.Gap {
			return 0, c.misused("cli.capacity.error.hours_apart", text, k.Gap)
		}
		slots += (end - start + k.Gap) / (k.Minutes + k.Gap)
		last = end
	}
	if slots == 0 {
		return 0, c.misused("cli.capacity.error.no_slot", k.Hours, k.Minutes)
	}
	return slots, nil
}

// hoursOf reads a span such as 09:00-12:00, in minutes of the day.
func hoursOf(text string) (start, end int, ok bool) {
	from, to, found := strings.Cut(text, "-")
	start, okStart := clockOf(from)
	end, okEnd := clockOf(to)
	return start, end, found && okStart && okEnd
}

// clockOf reads a time of the day such as 9:00; 24:00 ends it.
func clockOf(text string) (minute int, ok bool) {
	text = strings.TrimSpace(text)
	if text == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}
