package agenda

import (
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// agendaView is what the page of an agenda shows.
type agendaView struct {
	*Agenda
	words    *i18n.Words
	home     territory.Territory
	now      time.Time
	calendar string
	trail    []web.Link
	// alone says that the reader came by a link; atHome that they want the hours of
	// home beside.
	alone, atHome bool
	// notices are the messages to the reader, the last first; reading says that they
	// came by the code on paper, and only look.
	notices []noticesForRow
	reading bool
}

// noticeText is what a message says in the reader's language.
func (v agendaView) noticeText(n noticesForRow) string {
	text, _ := n.Text.In(v.words.Lang())
	return text
}

// next is what comes next, from now on, or nil.
func (v agendaView) next() *Entry {
	for _, day := range v.Days {
		for i := range day.Entries {
			if v.now.Before(day.Entries[i].To) {
				return &day.Entries[i]
			}
		}
	}
	return nil
}

func (v agendaView) moment(e Entry) web.Moment {
	next := v.next()
	switch {
	case next != nil && next.ID == e.ID:
		return web.Now
	case !v.now.Before(e.To):
		return web.Past
	default:
		return web.Ahead
	}
}

// hours are when an entry is held, in local time and, for who wants them, in the
// time of home.
func (v agendaView) hours(e Entry) string {
	span := v.words.Span(e.From, e.To)
	if zone, err := time.LoadLocation(v.home.Zone); err == nil && v.atHome {
		return v.words.T("agenda.hours_home", span, v.words.Span(e.From.In(zone), e.To.In(zone)), v.home.Name)
	}
	return span
}

// zone names the time of a day: that of its leg, or of its zone's city.
func (v agendaView) zone(d Day) string {
	first := d.Entries[0]
	name := d.Date.Location().String()
	place := strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
	if first.Leg != nil {
		place = first.Leg.Name
	}
	return v.words.T("agenda.time_of", place, v.words.Offset(first.From))
}

func (v agendaView) stop(e Entry) web.Stop {
	return web.Stop{Moment: v.moment(e), When: v.hours(e), Title: e.What(v.words.Lang()), Note: e.note(v.words), Session: e.Session()}
}

// stops are those of a day, dotted where one travels to the next.
func (v agendaView) stops(d Day) []web.Stop {
	stops := make([]web.Stop, len(d.Entries))
	for i, e := range d.Entries {
		stops[i] = v.stop(e)
		if e.Travel > 0 {
			stops[i-1].Travel = true
		}
	}
	return stops
}

// note says where an entry is held and with whom.
func (e Entry) note(w *i18n.Words) string {
	var parts []string
	for _, text := range []string{e.where(w), e.people(w)} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if e.Travel > 0 {
		parts = append(parts, w.T("agenda.leave", w.Clock(e.Leave()), w.Minutes(e.Travel)))
	}
	if e.Interpreted {
		parts = append(parts, w.T("agenda.interpreted"))
	}
	return strings.Join(parts, " · ")
}

// where is the venue, the table and the address.
func (e Entry) where(w *i18n.Words) string {
	var parts []string
	if e.Place != nil {
		parts = append(parts, e.Place.Name)
	}
	if e.Spot != "" {
		parts = append(parts, w.T("agenda.table", e.Spot))
	}
	if e.Place != nil && e.Place.Address != "" {
		parts = append(parts, e.Place.Address)
	}
	return strings.Join(parts, ", ")
}

// people are those who are met, by name.
func (e Entry) people(w *i18n.Words) string {
	var all []string
	for _, party := range e.With {
		all = append(all, party.People...)
	}
	if len(all) == 0 {
		return ""
	}
	return w.T("agenda.with", w.List(all))
}

// anchor is where a day is on the page.
func (d Day) anchor() string { return "day-" + d.Date.Format(time.DateOnly) }
