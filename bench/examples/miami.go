package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// miami has the shape of the mission of Marseille to Miami, 4 to 10 November
// 2017: 40 companies, some 200 meetings, three round tables, three visits. The
// companies, the people, their wishes and all times and places are invented.
func miami() *mission {
	r := rand.New(rand.NewPCG(2017, 11))
	m := &mission{
		name: "Mission à Miami, 4 – 10 novembre 2017 (exemple fictif)", zone: "America/New_York", language: "fr",
		minutes: 30,
		slots:   miamiSlots(),
		venues:  miamiVenues(),
		travel:  miamiTravel(),
		pools:   []pool{{languages: "fr-en", count: 1}, {languages: "fr-es", count: 1}, {languages: "en-es", count: 1, unavailable: "2017-11-09"}},
	}
	ours := castOf("delegates", delegateSide, func(n int) string { return fmt.Sprintf("F%02d", n) })
	theirs := castOf("miami", counterpartSide, func(n int) string { return fmt.Sprintf("M%03d", n) })
	for i, f := range ours {
		miamiDelegate(r, f, i)
	}
	for i, f := range theirs {
		miamiCounterpart(r, f, i)
	}
	m.venues = append(m.venues, premises(r, theirs)...)
	m.firms = slices.Concat(ours, theirs)
	w := newWisher(r, "fr", 0.85)
	w.between(ours, theirs, 7, 12)
	m.wishes = w.wishes
	miamiDetails(r, m)
	m.sessions = miamiSessions(m.firms)
	m.meetings = miamiMeetings(m)
	return m
}

// miamiSlots are the working days; on Friday the delegation leaves at noon.
func miamiSlots() []slotRow {
	var rows []slotRow
	for day := 6; day <= 10; day++ {
		date := fmt.Sprintf("2017-11-%02d", day)
		rows = append(rows, slotRow{leg: "Miami", date: date, start: "09:00", end: "12:00"})
		if day < 10 {
			rows = append(rows, slotRow{leg: "Miami", date: date, start: "14:00", end: "16:00"})
		}
	}
	return rows
}

func miamiVenues() []venue {
	return []venue{
		{id: "POLE", name: "Pôle d’accueil", address: "Brickell Avenue, Miami (adresse fictive)", latitude: 25.7617, longitude: -80.1918, tables: 2, closed: "2017-11-09 13:00-18:00"},
		{id: "PORT", name: "Salle des armateurs du port", address: "Port de Miami (adresse fictive)", latitude: 25.7781, longitude: -80.1794, tables: 1, closed: "2017-11-06;2017-11-10"},
		{id: "HOPITAL", name: "Hôpital universitaire", address: "Quartier de la santé, Miami (adresse fictive)", latitude: 25.7906, longitude: -80.2126, tables: 1, closed: "2017-11-10"},
		{id: "WYNWOOD", name: "Quartier de Wynwood", address: "Wynwood, Miami", latitude: 25.8010, longitude: -80.1990},
		{id: "STUDIOS", name: "Studios de cinéma", address: "North Miami (adresse fictive)", latitude: 25.8901, longitude: -80.1867},
		{id: "CENTRE", name: "Centre des opérations d’urgence", address: "Doral (adresse fictive)", latitude: 25.8118, longitude: -80.3448},
	}
}

// miamiTravel are the ways that are longer, or not the same in both directions,
// than coordinates would tell: the bridge of the port is slow to leave.
func miamiTravel() []travel {
	return []travel{{"POLE", "PORT", 15}, {"PORT", "POLE", 25}, {"POLE", "HOPITAL", 20}, {"HOPITAL", "POLE", 20}}
}

func miamiDelegate(r *rand.Rand, f *firm, i int) {
	f.languages = draw(r, [][]string{{"fr"}, {"fr", "en"}, {"fr", "en"}, {"fr", "en"}, {"fr", "en", "es"}, {"fr", "es"}})
	f.contact = f.people[0]
	f.min = 3
	if chance(r, 0.6) {
		f.max = 6 + r.IntN(3) + 3*(len(f.people)-1)
	}
	switch {
	case i%8 == 0:
		f.min = 4
	case i%13 == 1:
		f.min = 5
	}
	if chance(r, 0.4) {
		f.maxDay = 3
	}
	if chance(r, 0.3) {
		f.unavailable = []string{draw(r, []string{
			"2017-11-06 09:00-12:00", "2017-11-07 14:00-16:00", "2017-11-08 09:00-10:30", "2017-11-09 14:00-16:00", "2017-11-10",
		})}
	}
}

func miamiCounterpart(r *rand.Rand, f *firm, i int) {
	f.languages = draw(r, [][]string{{"en"}, {"en"}, {"en"}, {"en", "es"}, {"en", "es"}, {"en", "fr"}})
	if spanish[f.name] {
		f.languages = draw(r, [][]string{{"es"}, {"en", "es"}})
	}
	f.contact = draw(r, functions)
	if chance(r, 0.5) {
		f.max = 3 + r.IntN(2)
	}
	if i%17 == 0 {
		f.representatives, f.max = 2, 6
	}
	if chance(r, 0.8) {
		f.unavailable = away(r)
	}
}

// away leaves a counterpart two or three of the nine half-days, for it has its
// own work.
func away(r *rand.Rand) []string {
	var spans []string
	kept := r.Perm(9)[:2+r.IntN(2)]
	for half := range 9 {
		if slices.Contains(kept, half) {
			continue
		}
		hours := "08:00-13:00"
		if half%2 == 1 {
			hours = "13:00-18:00"
		}
		spans = append(spans, fmt.Sprintf("2017-11-%02d %s", 6+half/2, hours))
	}
	return spans
}

// spanish are the counterparts that may speak Spanish only.
var spanish = map[string]bool{
	"Puerto Garza": true, "Carga Pelícano": true, "Naviera Caracola": true, "Clínica Ceiba": true,
	"Laboratorios Jacaranda": true, "Farmacias Flamboyán": true, "Hoteles Caoba": true, "Viajes Garza Azul": true,
	"Eventos Mariposa": true, "Café Guayacán": true, "Cangrejo Digital": true, "Estudio Ocelote": true,
	"Alas Caimito": true, "Vuelos Tocororo": true, "Energía Sábalo": true, "Sol y Marea": true,
}

// functions stand for the people of the counterparts, who have no names here.
var functions = []string{
	"Directrice des achats", "Directeur des achats", "Directrice générale", "Directeur général", "Directrice de l’innovation",
	"Directeur technique", "Directrice des partenariats", "Responsable de l’exploitation", "Associée", "Chef de projet",
}

// premises gives one counterpart in four an address of its own where it
// receives, and some a table at the port, at the hospital or at the hub.
func premises(r *rand.Rand, firms []*firm) []venue {
	var venues []venue
	for i, f := range firms {
		switch {
		case i%5 == 2:
			f.venue = "L-" + f.id
			venues = append(venues, venue{
				id: f.venue, name: f.name, address: fmt.Sprintf("%d Invented Street, Miami (adresse fictive)", 100+r.IntN(9800)),
				latitude: 25.74 + r.Float64()*0.12, longitude: -80.30 + r.Float64()*0.12, tables: ownSeats,
			})
		case f.sector == "maritime" && i%3 == 0:
			f.venue = "PORT"
		case f.sector == "health" && i%3 == 0:
			f.venue = "HOPITAL"
		case f.sector == "digital" && i%12 == 0:
			f.venue, f.table = "POLE", "Salon "+string(rune('A'+len(venues)%3))
		}
	}
	return venues
}
