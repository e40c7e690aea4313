package main

import (
	"strconv"
	"strings"
)

// headings are the words of a workbook in one language.
type headings struct {
	files    map[string]string
	columns  map[string]string
	sides    [3]string
	wishes   [3]string
	yes      string
	everyone map[string]string
}

// The words that stand for groups of participants in a session.
const (
	everybody    = "all"
	delegates    = "delegates"
	counterparts = "counterparts"
)

var english = headings{
	files: map[string]string{
		"mission": "Mission", "slots": "Slots", "venues": "Venues", "participants": "Participants", "wishes": "Wishes",
		"meetings": "Meetings", "sessions": "Sessions", "travel": "Travel", "interpreters": "Interpreters",
	},
	columns:  map[string]string{},
	sides:    [3]string{"", "delegate", "counterpart"},
	wishes:   [3]string{"must", "nice", "never"},
	yes:      "yes",
	everyone: map[string]string{},
}

var french = headings{
	files: map[string]string{
		"mission": "Mission", "slots": "Creneaux", "venues": "Lieux", "participants": "Participants", "wishes": "Souhaits",
		"meetings": "Rendez-vous", "sessions": "Temps forts", "travel": "Trajets", "interpreters": "Interpretes",
	},
	columns: map[string]string{
		"key": "clé", "value": "valeur",
		"name": "nom", "timezone": "fuseau horaire", "language": "langue",
		"meeting minutes": "durée des rendez-vous", "gap minutes": "battement", "fictional": "fictif",
		"leg": "étape", "start": "début", "end": "fin", "address": "adresse", "closed": "fermé",
		"side": "côté", "email": "courriel", "languages": "langues", "people": "personnes",
		"representatives": "représentants", "max per day": "max par jour", "venue": "lieu", "unavailable": "indisponible",
		"sectors": "filières", "offers": "offres", "needs": "besoins",
		"from": "de", "to": "à", "wish": "souhait", "weight": "poids", "person": "personne", "locked": "verrouillé",
		"count": "nombre",
	},
	sides:    [3]string{"", "délégué", "contrepartie"},
	wishes:   [3]string{"indispensable", "souhaité", "jamais"},
	yes:      "oui",
	everyone: map[string]string{everybody: "tous", delegates: "délégués", counterparts: "contreparties"},
}

func (h headings) sheet(file string, columns ...string) sheet {
	s := sheet{file: h.files[file]}
	for _, c := range columns {
		s.head = append(s.head, h.word(c))
	}
	return s
}

func (h headings) word(english string) string {
	if word, ok := h.columns[english]; ok {
		return word
	}
	return english
}

// number writes what is said, and nothing for 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// sheets writes the mission down.
func (m *mission) sheets(h headings) []sheet {
	return []sheet{
		m.missionSheet(h), m.slotSheet(h), m.venueSheet(h), m.participantSheet(h), m.wishSheet(h),
		m.meetingSheet(h), m.sessionSheet(h), m.travelSheet(h), m.interpreterSheet(h),
	}
}

func (m *mission) missionSheet(h headings) sheet {
	s := h.sheet("mission", "key", "value")
	s.rows = [][]string{
		{h.word("name"), m.name},
		{h.word("timezone"), m.zone},
		{h.word("language"), m.language},
		{h.word("meeting minutes"), strconv.Itoa(m.minutes)},
		{h.word("gap minutes"), strconv.Itoa(m.gap)},
		{h.word("fictional"), h.yes},
	}
	return s
}

func (m *mission) slotSheet(h headings) sheet {
	s := h.sheet("slots", "leg", "date", "start", "end")
	for _, r := range m.slots {
		s.rows = append(s.rows, []string{r.leg, r.date, r.start, r.end})
	}
	return s
}

func (m *mission) venueSheet(h headings) sheet {
	s := h.sheet("venues", "leg", "id", "name", "address", "latitude", "longitude", "tables", "closed")
	for _, v := range m.venues {
		tables := strconv.Itoa(v.tables)
		if v.tables == ownSeats {
			tables = ""
		}
		s.rows = append(s.rows, []string{
			v.leg, v.id, v.name, v.address, degrees(v.latitude), degrees(v.longitude), tables, v.closed,
		})
	}
	return s
}

func degrees(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

func (m *mission) participantSheet(h headings) sheet {
	s := h.sheet("participants", "leg", "id", "name", "side", "contact", "email", "languages", "people",
		"representatives", "min", "max", "max per day", "venue", "table", "unavailable", "sectors", "offers", "needs")
	for _, f := range m.firms {
		offers, needs := f.offersAndNeeds(m.language)
		s.rows = append(s.rows, []string{
			f.leg, f.id, f.name, h.sides[f.side], f.contact, f.email, strings.Join(f.languages, ";"), strings.Join(f.people, ";"),
			number(f.representatives), number(f.min), number(f.max), number(f.maxDay), f.venue, f.table,
			strings.Join(f.unavailable, ";"), sectorName(f.sector, m.language), offers, needs,
		})
	}
	return s
}

func (m *mission) wishSheet(h headings) sheet {
	s := h.sheet("wishes", "from", "to", "wish", "weight", "minutes", "venue", "person", "note")
	for _, w := range m.wishes {
		s.rows = append(s.rows, []string{
			w.from.id, w.to.id, h.wishes[w.kind], number(w.weight), number(w.minutes), w.venue, w.person, w.note,
		})
	}
	return s
}

func (m *mission) meetingSheet(h headings) sheet {
	s := h.sheet("meetings", "participants", "start", "venue", "table", "locked")
	for _, x := range m.meetings {
		ids := make([]string, len(x.firms))
		for i, f := range x.firms {
			ids[i] = f.id
		}
		locked := ""
		if x.locked {
			locked = h.yes
		}
		s.rows = append(s.rows, []string{strings.Join(ids, "+"), x.start, x.venue, x.table, locked})
	}
	return s
}

func (m *mission) sessionSheet(h headings) sheet {
	s := h.sheet("sessions", "name", "start", "end", "venue", "participants")
	for _, x := range m.sessions {
		var who []string
		for _, p := range x.participants {
			if word, ok := h.everyone[p]; ok {
				p = word
			}
			who = append(who, p)
		}
		s.rows = append(s.rows, []string{x.name, x.start, x.end, x.venue, strings.Join(who, ";")})
	}
	return s
}

func (m *mission) travelSheet(h headings) sheet {
	s := h.sheet("travel", "from", "to", "minutes")
	for _, t := range m.travel {
		s.rows = append(s.rows, []string{t.from, t.to, strconv.Itoa(t.minutes)})
	}
	return s
}

func (m *mission) interpreterSheet(h headings) sheet {
	s := h.sheet("interpreters", "leg", "languages", "count", "unavailable")
	for _, p := range m.pools {
		s.rows = append(s.rows, []string{p.leg, p.languages, strconv.Itoa(p.count), p.unavailable})
	}
	return s
}
