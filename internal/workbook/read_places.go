package workbook

import (
	"slices"
	"strconv"
)

// makePlaces makes the places of every venue: the tables that anybody uses, in
// runs of numbers between those that are reserved; each reserved table; and the
// premises of those who receive at a venue that has no tables.
func (r *reader) makePlaces() {
	reserved := r.reservedTables()
	for venue, tables := range r.tablesOf {
		shared := r.sharedPlaces(venue, tables, reserved[venue])
		labels := map[string]int{}
		for _, label := range reserved[venue] {
			labels[fold(label)] = len(r.book.Places)
			r.book.Places = append(r.book.Places, Place{
				Venue: venue, Tables: 1, First: max(tableNumber(label), 1), Label: label, Reserved: true,
			})
		}
		r.receive(venue, tables, shared, labels)
	}
	if len(r.book.Places) == 0 && r.found["venues"] != nil && len(r.book.Venues) > 0 {
		r.errors.add(Remark{
			Sheet: r.sheetName("venues"),
			Text:  r.words.T("read.error.no_tables", heading(r.words, "read.column.tables")),
		})
	}
}

// tableNumber is the number that a label is, or 0.
func tableNumber(label string) int {
	n, err := strconv.Atoi(label)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// reservedTables lists the labels of the reserved tables of each venue. A table
// without a venue is at the only one there is.
func (r *reader) reservedTables() [][]string {
	labels := make([][]string, len(r.book.Venues))
	for i := range r.receptions {
		at := &r.receptions[i]
		if len(at.tables) == 0 {
			continue
		}
		if len(at.venues) == 0 && at.line.field("venue").blank() && len(r.book.Venues) == 1 {
			at.venues = []int{0}
		}
		if len(at.venues) != 1 {
			if at.line.field("venue").blank() || len(at.venues) > 1 {
				at.line.field("table").fail("read.error.table_venue", at.line.column("venue"))
			}
			continue
		}
		venue := at.venues[0]
		for _, label := range at.tables {
			if !slices.ContainsFunc(labels[venue], func(other string) bool { return fold(other) == fold(label) }) {
				labels[venue] = append(labels[venue], label)
			}
		}
	}
	return labels
}

// sharedPlaces makes the places of the tables of a venue that are not reserved,
// and gives their positions.
func (r *reader) sharedPlaces(venue, tables int, reserved []string) []int {
	var shared []int
	add := func(place Place) {
		shared = append(shared, len(r.book.Places))
		r.book.Places = append(r.book.Places, place)
	}
	if tables == unlimited {
		add(Place{Venue: venue, First: 1})
	}
	first := 1
	for number := 1; number <= tables+1; number++ {
		kept := slices.ContainsFunc(reserved, func(label string) bool { return tableNumber(label) == number })
		if !kept && number <= tables {
			continue
		}
		if number > first {
			add(Place{Venue: venue, Tables: number - first, First: first})
		}
		first = number + 1
	}
	return shared
}

// receive gives their places to those who receive at a venue.
func (r *reader) receive(venue, tables int, shared []int, labels map[string]int) {
	received := false
	for _, at := range r.receptions {
		if !slices.Contains(at.venues, venue) {
			continue
		}
		received = true
		places := &r.book.Participants[at.participant].Places
		switch {
		case len(at.tables) > 0:
			for _, label := range at.tables {
				if place, ok := labels[fold(label)]; ok {
					*places = append(*places, place)
				}
			}
		case len(shared) > 0:
			*places = append(*places, shared...)
		default: // its own premises: its seats are the only limit
			*places = append(*places, len(r.book.Places))
			r.book.Places = append(r.book.Places, Place{Venue: venue, First: 1, Reserved: true})
		}
	}
	if tables == unsaid && !received {
		r.notes.add(Remark{
			Sheet: r.sheetName("venues"), Row: r.venueRows[venue].row.Number, Column: r.venueRows[venue].column("tables"),
			Text: r.words.T("read.note.venue_without_tables"),
		})
	}
}
