package workbook

// Numbers of tables that are none.
const (
	unsaid    = -1 // the workbook does not say
	unlimited = -2 // as many as needed
)

// readVenues reads where meetings can be held. Without that sheet there is one
// venue with any number of tables.
func (r *reader) readVenues() {
	s := r.found["venues"]
	if s == nil {
		w := r.words
		id, name := heading(w, "read.word.venue_id"), heading(w, "read.word.venue_name")
		r.addVenue(Venue{ID: id, Name: name}, line{}, unlimited)
		r.notes.add(Remark{Text: w.T("read.note.no_venues")})
		return
	}
	for _, l := range s.lines {
		venue, ok := l.readVenue()
		if !ok {
			continue
		}
		tables := unsaid
		if f := l.field("tables"); !f.blank() {
			tables, _ = f.whole(0, mostCount)
		}
		r.addVenue(venue, l, tables)
	}
}

// addVenue enters a venue; tables wait until it is known which are reserved.
func (r *reader) addVenue(venue Venue, l line, tables int) {
	r.venues.add(venue.ID, venue.Name, l.number())
	r.venueRows = append(r.venueRows, l)
	r.book.Venues = append(r.book.Venues, venue)
	r.tablesOf = append(r.tablesOf, tables)
}

func (l line) readVenue() (Venue, bool) {
	r := l.r
	venue := Venue{ID: l.field("id").cell.Text, Name: l.field("name").cell.Text, Address: l.field("address").cell.Text}
	id := l.field("id")
	switch {
	case venue.ID == "" && venue.Name == "":
		id.fail("read.error.venue_name")
		return venue, false
	case venue.ID == "":
		id, venue.ID = l.field("name"), venue.Name
	case venue.Name == "":
		venue.Name = venue.ID
	}
	if !id.free(&r.venues, ";") {
		return venue, false
	}
	venue.Legs = l.legsOfVenue()
	venue.Closed = l.field("closed").spans(venue.Legs)
	latitude, north := l.field("latitude").degrees(90)
	longitude, east := l.field("longitude").degrees(180)
	switch {
	case north && east:
		venue.Latitude, venue.Longitude, venue.Located = latitude, longitude, true
	case north && l.field("longitude").blank():
		l.field("longitude").fail("read.error.coordinate_half")
	case east && l.field("latitude").blank():
		l.field("latitude").fail("read.error.coordinate_half")
	}
	return venue, true
}

// legsOfVenue reads the legs of a venue, which it must say when there are
// several: it is in one city.
func (l line) legsOfVenue() []int {
	f := l.field("leg")
	if f.blank() && len(l.r.book.Legs) > 1 {
		f.fail("read.error.leg_missing", l.r.legNames())
		return nil
	}
	return f.legList()
}

// degrees reads a coordinate between two opposites.
func (f field) degrees(most int) (float64, bool) {
	if f.blank() {
		return 0, false
	}
	n, ok := f.cell.Float()
	if !ok || n < -float64(most) || n > float64(most) {
		f.fail("read.error.coordinate", most)
		return 0, false
	}
	return n, true
}
