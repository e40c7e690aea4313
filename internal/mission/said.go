package mission

import (
	"time"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

// spoken are the languages in which people say that they can meet.
var spoken = []string{"fr", "en", "es", "it", "de", "pt", "he", "ar", "zh", "ja", "ko"}

// tongues are those languages, to choose from.
func tongues(w *i18n.Words) []web.Option { return choices(w, "mission.language.", spoken) }

// tongues names some languages.
func (c Cover) tongues(codes []string) string {
	return c.words.List(each(codes, func(code string) string {
		if key := "mission.language." + code; c.words.Has(key) {
			return c.words.T(key)
		}
		return code
	}))
}

// namesOf are the names of some legs, or of all where none is named.
func (w *Whole) namesOf(legs []string) (names []string) {
	for _, l := range w.Legs {
		if belongs(legs, l.ID) {
			names = append(names, l.Name)
		}
	}
	return names
}

// legFacts say where and when a leg is, and in which zone.
func (v legsView) legFacts(l *Leg) string {
	said := []string{v.city(l)}
	if said[0] == l.Name {
		said[0] = ""
	}
	if l.StartsOn != "" {
		said = append(said, days(v.words, l.StartsOn, l.EndsOn))
	}
	return joined(append(said, v.words.T("leg.zone_at", l.Zone, l.offsets(v.words)))...)
}

// offsets says how far the leg's clocks are from UTC, and from which day on
// otherwise, where they change meanwhile.
func (l *Leg) offsets(w *i18n.Words) string {
	zone, err := l.Location()
	if err != nil {
		return ""
	}
	day, err := time.ParseInLocation(time.DateOnly, l.StartsOn, zone)
	if err != nil {
		return ""
	}
	said := w.Offset(day.Add(noon))
	for last := said; day.Format(time.DateOnly) <= l.EndsOn; day = day.AddDate(0, 0, 1) {
		if now := w.Offset(day.Add(noon)); now != last {
			said, last = w.T("leg.then", said, now, w.DateOnly(day)), now
		}
	}
	return said
}

// noon is an hour at which the clocks of a day have changed already.
const noon = 12 * time.Hour

// A gridDay is the hours of a day in which meetings can be held.
type gridDay struct{ name, hours string }

// gridDays are the days of a leg's grid, in its own time.
func (v legsView) gridDays(l *Leg) (all []gridDay) {
	stretches, err := l.Stretches()
	if err != nil {
		return nil
	}
	for _, s := range stretches {
		name, hours := v.words.DayMonth(s.Start), v.words.Span(s.Start, s.End)
		if n := len(all); n > 0 && all[n-1].name == name {
			all[n-1].hours += ", " + hours
		} else {
			all = append(all, gridDay{name, hours})
		}
	}
	return all
}

// interpretersNote says how many interpreters there are, and where.
func (v legsView) interpretersNote(i *Interpreters) string {
	said := v.words.N("interpreters.count", i.Number)
	if len(v.Legs) > 1 {
		return joined(said, v.words.List(v.namesOf(i.Legs)))
	}
	return said
}
