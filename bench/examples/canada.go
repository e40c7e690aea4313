package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// The legs of the mission to Canada.
const (
	toronto  = "Toronto"
	montreal = "Montréal"
)

// canada has the shape of the mission to Toronto and Montréal, 8 to 12 July
// 2019, with 30 companies of two sectors: two legs of one zone, each with a
// grid of its own. Everything but that is invented.
func canada() *mission {
	r := rand.New(rand.NewPCG(2019, 7))
	m := &mission{
		name: "Mission to Canada, 8 – 12 July 2019 (fictional example)", zone: "America/Toronto", language: "en",
		minutes: 30, gap: 0,
		slots:  canadaSlots(),
		venues: canadaVenues(),
		pools:  []pool{{leg: toronto, languages: "fr-en", count: 2}, {leg: montreal, languages: "fr-en", count: 1, unavailable: "2019-07-12"}},
	}
	ours := castOf("canada_delegates", delegateSide, func(n int) string { return fmt.Sprintf("F%02d", n) })
	theirs := castOf("canada", counterpartSide, func(n int) string { return fmt.Sprintf("C%02d", n) })
	for i, f := range ours {
		canadaDelegate(r, f, i)
	}
	for _, f := range theirs {
		canadaCounterpart(r, f)
	}
	m.firms = slices.Concat(ours, theirs)
	w := newWisher(r, "en", 0.5)
	w.between(ours, theirs, 9, 15)
	m.wishes = w.wishes
	m.sessions = canadaSessions(ours)
	return m
}

// canadaSlots are two days in Toronto, then 72 hours in Montréal, where the
// afternoon of the second day belongs to the festival.
func canadaSlots() []slotRow {
	return []slotRow{
		{toronto, "2019-07-08", "09:00", "12:00"},
		{toronto, "2019-07-08", "13:30", "17:00"},
		{toronto, "2019-07-09", "09:00", "12:00"},
		{toronto, "2019-07-09", "13:30", "16:00"},
		{montreal, "2019-07-10", "10:15", "12:45"},
		{montreal, "2019-07-10", "14:15", "17:15"},
		{montreal, "2019-07-11", "08:45", "12:15"},
		{montreal, "2019-07-12", "08:45", "11:15"},
	}
}

func canadaVenues() []venue {
	return []venue{
		{leg: toronto, id: "T-HUB", name: "Toronto hub", address: "King Street West, Toronto (invented address)", latitude: 43.6473, longitude: -79.3853, tables: 6},
		{leg: toronto, id: "T-PORT", name: "Harbour house", address: "Queens Quay, Toronto (invented address)", latitude: 43.6408, longitude: -79.3778, tables: 2},
		{leg: montreal, id: "M-HUB", name: "Pavillon du festival", address: "Vieux-Port, Montréal (invented address)", latitude: 45.5046, longitude: -73.5496, tables: 6},
		{leg: montreal, id: "M-QUAI", name: "Maison du port", address: "Cité du Havre, Montréal (invented address)", latitude: 45.4966, longitude: -73.5444, tables: 2, closed: "2019-07-12"},
	}
}

func canadaDelegate(r *rand.Rand, f *firm, i int) {
	f.leg = toronto + ";" + montreal
	switch {
	case i%10 == 4:
		f.leg = toronto
	case i%10 == 8:
		f.leg = montreal
	}
	f.languages = draw(r, [][]string{{"fr"}, {"fr", "en"}, {"fr", "en"}})
	f.contact = f.people[0]
	f.min, f.max, f.maxDay = 3, 8+r.IntN(3)+3*(len(f.people)-1), 4
}

func canadaCounterpart(r *rand.Rand, f *firm) {
	f.languages = []string{"en"}
	f.contact = draw(r, []string{"Head of purchasing", "Managing director", "Head of innovation", "Partner", "Operations manager"})
	if f.leg == montreal {
		f.languages = draw(r, [][]string{{"fr"}, {"fr", "en"}, {"en"}})
	}
	f.max = 3 + r.IntN(3)
	if f.sector == "maritime" && chance(r, 0.5) {
		f.venue = map[string]string{toronto: "T-PORT", montreal: "M-QUAI"}[f.leg]
	}
	if chance(r, 0.5) {
		f.unavailable = []string{map[string]string{toronto: "2019-07-08 09:00-12:00", montreal: "2019-07-10"}[f.leg]}
	}
}

func canadaSessions(ours []*firm) []session {
	var startups []string
	for _, f := range ours {
		if f.sector == "digital" && f.leg != toronto {
			startups = append(startups, f.id)
		}
	}
	return []session{
		{"Visit of the harbour", "2019-07-09 16:15", "2019-07-09 17:30", "T-PORT", []string{"F01", "F02", "F03", "F04"}},
		{"Startup Fest: the Provençal delegation on stage", "2019-07-11 14:00", "2019-07-11 15:30", "M-HUB", startups},
	}
}
