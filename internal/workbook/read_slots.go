package workbook

import (
	"cmp"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/sheet"
)

// stretch is a row of the sheet of slots: a span to cut.
type stretch struct {
	line       line
	leg        int
	start, end time.Time
}

// readSlots reads the spans in which meetings can be held, and the legs that
// they make.
func (r *reader) readSlots() {
	s := r.found["slots"]
	if s == nil {
		r.zoneOfMission(nil)
		return
	}
	legs := s.readLegs()
	r.zoneOfMission(s)
	var stretches []stretch
	for i, l := range s.lines {
		if legs[i] < 0 {
			continue
		}
		if start, end, ok := l.stretch(r.book.LegZone(legs[i])); ok {
			stretches = append(stretches, stretch{l, legs[i], start, end})
		}
	}
	r.sortLegs(stretches)
	r.cut(r.apart(stretches))
}

// readLegs gives the leg of each line, and the legs their zones. A mission of
// one leg has no need to name it.
func (s *section) readLegs() []int {
	named := slices.ContainsFunc(s.lines, func(l line) bool { return !l.field("leg").blank() })
	legs := make([]int, len(s.lines))
	zoneRows := map[int]line{}
	for i, l := range s.lines {
		name := l.field("leg")
		if named && name.blank() {
			name.fail("read.error.leg_blank")
			legs[i] = -1
			continue
		}
		at, _, known := s.r.legs.find(name.cell.Text)
		if !known {
			at = len(s.r.book.Legs)
			s.r.book.Legs = append(s.r.book.Legs, Leg{Name: name.cell.Text})
			s.r.legs.add(name.cell.Text, name.cell.Text, l.number())
		}
		legs[i] = at
		s.r.zoneOfLeg(l, at, zoneRows)
	}
	return legs
}

// zoneOfLeg reads the zone of a leg, which no other row may contradict.
func (r *reader) zoneOfLeg(l line, leg int, rows map[int]line) {
	f := l.field("timezone")
	if f.blank() {
		return
	}
	zone, ok := f.zone()
	switch earlier, known := rows[leg]; {
	case !ok:
	case known && r.book.Legs[leg].Zone != zone:
		f.fail("read.error.timezone_differs", earlier.number())
	default:
		r.book.Legs[leg].Zone, rows[leg] = zone, l
	}
}

// zoneOfMission makes sure that the mission has a zone: its own, or that of its
// first leg when every leg has one.
func (r *reader) zoneOfMission(slots *section) {
	if r.book.Zone == nil && len(r.book.Legs) > 0 &&
		!slices.ContainsFunc(r.book.Legs, func(l Leg) bool { return l.Zone == nil }) {
		r.book.Zone = r.book.Legs[0].Zone
		r.notes.add(Remark{
			Sheet: slots.sheet,
			Text:  r.words.T("read.note.timezone_of_leg", r.sheetName("mission"), r.book.Zone.String()),
		})
	}
	if r.book.Zone == nil {
		r.book.Zone = time.UTC // so that the rest can be read, for its errors
		r.errors.add(Remark{
			Sheet: r.sheetName("mission"),
			Text:  r.words.T("read.error.timezone_missing", heading(r.words, "read.setting.timezone")),
		})
	}
	for i := range r.book.Legs {
		if r.book.Legs[i].Zone == nil {
			r.book.Legs[i].Zone = r.book.Zone
		}
	}
}

// stretch reads the span of a row. Its day may stand in the date, in the start,
// or in both.
func (l line) stretch(zone *time.Location) (start, end time.Time, ok bool) {
	start, ok = l.instant("start", time.Time{}, zone)
	if !ok {
		return start, end, false
	}
	end, ok = l.instant("end", dateOf(start), zone)
	if ok && !end.After(start) {
		l.field("end").fail("read.error.ends_before", start.Format("2006-01-02 15:04"))
		ok = false
	}
	return start, end, ok
}

// instant reads a cell of time, and finds when it is.
func (l line) instant(name string, day time.Time, zone *time.Location) (time.Time, bool) {
	stamp, ok := l.stamp(name, day)
	if !ok {
		return time.Time{}, false
	}
	return l.field(name).moment(stamp.Date, stamp.Minute, zone)
}

// stamp reads a cell of time, whose day may be in the cell, in that of the
// date, or else is the one given.
func (l line) stamp(name string, day time.Time) (sheet.Stamp, bool) {
	f, date := l.field(name), l.field("date")
	if !date.blank() && day.IsZero() {
		var ok bool
		if day, ok = date.date(); !ok {
			return sheet.Stamp{}, false
		}
	}
	if !f.filled() {
		return sheet.Stamp{}, false
	}
	if stamp, ok := f.cell.Stamp(); ok && !stamp.HasDate() && day.IsZero() && l.has("date") {
		date.fail("read.error.required")
		return sheet.Stamp{}, false
	}
	return f.stampOn(day)
}

// sortLegs puts the legs in the order of their first span, and the spans in
// order of leg and start.
func (r *reader) sortLegs(stretches []stretch) {
	first := make([]time.Time, len(r.book.Legs))
	for _, st := range stretches {
		if first[st.leg].IsZero() || st.start.Before(first[st.leg]) {
			first[st.leg] = st.start
		}
	}
	order := make([]int, len(first))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return first[a].Compare(first[b]) })
	legs, names, position := r.book.Legs, r.legs, make([]int, len(order))
	r.book.Legs, r.legs = nil, newIndex()
	for i, leg := range order {
		r.book.Legs = append(r.book.Legs, legs[leg])
		r.legs.add(legs[leg].Name, legs[leg].Name, names.rows[leg])
		position[leg] = i
	}
	for i := range stretches {
		stretches[i].leg = position[stretches[i].leg]
	}
	slices.SortStableFunc(stretches, func(a, b stretch) int {
		return cmp.Or(cmp.Compare(a.leg, b.leg), a.start.Compare(b.start), cmp.Compare(a.line.row.Number, b.line.row.Number))
	})
}

// apart leaves out the spans that are there twice, and reports those that
// overlap.
func (r *reader) apart(stretches []stretch) []stretch {
	var kept []stretch
	for _, st := range stretches {
		if len(kept) > 0 {
			last := kept[len(kept)-1]
			switch {
			case last.leg != st.leg || !st.start.Before(last.end):
			case st.start.Equal(last.start) && st.end.Equal(last.end):
				st.line.field("start").note("read.note.slot_twice", last.line.number())
				continue
			default:
				st.line.field("start").fail("read.error.slot_overlap", last.line.number())
				continue
			}
		}
		kept = append(kept, st)
	}
	return kept
}

// cut makes slots of the spans, and reports those that hold none, or more than
// their slots.
func (r *reader) cut(stretches []stretch) {
	meeting := time.Duration(r.book.MeetingMinutes) * time.Minute
	var cut []Stretch
	for _, st := range stretches {
		length := st.end.Sub(st.start)
		if length < meeting {
			st.line.field("end").fail("read.error.slot_short", int(length.Minutes()), r.book.MeetingMinutes, r.sheetName("mission"))
			continue
		}
		cut = append(cut, Stretch{st.leg, st.start, st.end})
		if rest := r.book.rest(length); rest > 0 {
			st.line.field("end").noteOnce("read.note.slot_rest", int(rest.Minutes()))
		}
	}
	r.book.CutSlots(cut)
}
