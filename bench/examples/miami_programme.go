package main

import (
	"math/rand/v2"
	"slices"
)

// miamiDetails makes a few wishes special: long ones, ones for a person or a
// venue, and refusals.
func miamiDetails(r *rand.Rand, m *mission) {
	long, named := 0, 0
	for i := range m.wishes {
		w := &m.wishes[i]
		switch {
		case long < 6 && w.kind == must && i%9 == 0:
			w.minutes = 60
			long++
		case named < 6 && len(w.to.people) == 2 && i%2 == 0:
			w.person = w.to.people[1]
			named++
		}
	}
	counterparts := m.side(counterpartSide)
	for _, f := range []int{3, 11, 24, 36} {
		for _, other := range counterparts {
			if !m.wished(m.firms[f], other) && m.firms[f].sector == other.sector {
				m.wishes = append(m.wishes, wish{from: m.firms[f], to: other, kind: never, note: "Concurrent direct."})
				break
			}
		}
	}
	r.Shuffle(len(m.wishes), func(i, j int) { m.wishes[i], m.wishes[j] = m.wishes[j], m.wishes[i] })
}

func (m *mission) wished(a, b *firm) bool {
	return slices.ContainsFunc(m.wishes, func(w wish) bool {
		return w.from == a && w.to == b || w.from == b && w.to == a
	})
}

func (m *mission) side(side int) []*firm {
	return slices.DeleteFunc(slices.Clone(m.firms), func(f *firm) bool { return f.side != side })
}

// miamiSessions are the recorded items of the programme, at invented times. The
// reception comes before the clocks change in the night to 5 November, the
// first visit after.
func miamiSessions(firms []*firm) []session {
	return []session{
		{"Réception d’accueil", "2017-11-04 18:30", "2017-11-04 20:30", "POLE", []string{delegates}},
		{"Visite du quartier de Wynwood", "2017-11-05 10:00", "2017-11-05 12:30", "WYNWOOD", []string{delegates}},
		{"Signature de l’accord de coopération avec le comté", "2017-11-06 17:00", "2017-11-06 18:00", "POLE", []string{everybody}},
		{"Table ronde « Port intelligent »", "2017-11-07 14:00", "2017-11-07 16:00", "PORT", miamiPanel(firms, "maritime", 8)},
		{"Table ronde « Santé »", "2017-11-08 14:00", "2017-11-08 16:00", "HOPITAL", miamiPanel(firms, "health", 7)},
		{"Table ronde « Numérique »", "2017-11-09 14:00", "2017-11-09 16:00", "POLE", miamiPanel(firms, "digital", 7)},
		{"Visite de studios de cinéma", "2017-11-08 10:00", "2017-11-08 11:30", "STUDIOS", miamiPanel(firms, "digital", 0)},
		{"Visite du centre des opérations d’urgence", "2017-11-10 09:00", "2017-11-10 10:30", "CENTRE", miamiPanel(firms, "energy", 0)},
	}
}

// miamiPanel are the delegates of a sector and the first so many counterparts.
func miamiPanel(firms []*firm, sector string, guests int) []string {
	var ids []string
	for _, f := range firms {
		switch {
		case f.sector != sector:
		case f.side == delegateSide:
			ids = append(ids, f.id)
		case guests > 0 && f.unavailable == nil:
			ids = append(ids, f.id)
			guests--
		}
	}
	return ids
}

// miamiMeetings are two meetings that were promised and stay where they are,
// and one of three that has yet to find its time.
func miamiMeetings(m *mission) []meeting {
	return []meeting{
		{firms: m.promised("maritime", "PORT"), start: "2017-11-07 09:30", venue: "PORT", locked: true},
		{firms: m.promised("health", "HOPITAL"), start: "2017-11-08 09:00", venue: "HOPITAL", locked: true},
		{firms: m.trio("digital")},
	}
}

// promised are a delegate and a counterpart who receives at the venue, with a
// language in common; having promised, they are never away.
func (m *mission) promised(sector, venue string) []*firm {
	for _, w := range m.wishes {
		receives := w.from.side == delegateSide && w.from.sector == sector && w.to.venue == venue
		if receives && w.kind != never && speakTogether(w.from, w.to) {
			w.from.unavailable, w.to.unavailable = nil, nil
			return []*firm{w.from, w.to}
		}
	}
	panic("no meeting to promise in sector " + sector)
}

func speakTogether(a, b *firm) bool {
	return slices.ContainsFunc(a.languages, func(l string) bool { return slices.Contains(b.languages, l) })
}

// trio are a delegate and two counterparts that it wishes to meet, who come to
// it and speak English.
func (m *mission) trio(sector string) []*firm {
	for _, f := range m.side(delegateSide) {
		if f.sector != sector || !slices.Contains(f.languages, "en") {
			continue
		}
		trio := []*firm{f}
		for _, w := range m.wishes {
			if w.from == f && w.to.venue == "" && slices.Contains(w.to.languages, "en") {
				trio = append(trio, w.to)
			}
			if len(trio) == 3 {
				return trio
			}
		}
	}
	panic("no trio in sector " + sector)
}
