package workbook

import (
	"slices"

	"github.com/escale-hq/escale/internal/geo"
)

// readTravel reads how long it takes from a venue to another, and estimates
// the rest.
func (r *reader) readTravel() {
	n := len(r.book.Venues)
	r.book.Travel, r.book.Estimated = square[int](n), square[bool](n)
	said := square[string](n)
	if s := r.found["travel"]; s != nil {
		var journeys []journeyRow
		for _, l := range s.lines {
			if j, ok := r.readJourney(l, said); ok {
				journeys = append(journeys, j)
			}
		}
		for _, j := range journeys { // the same time back, where no row says another
			if said[j.to][j.from] == "" {
				r.book.Travel[j.to][j.from], said[j.to][j.from] = r.book.Travel[j.from][j.to], j.line.number()
				j.line.field("minutes").noteOnce("read.note.travel_back")
			}
		}
	}
	for from := range n {
		for to := range n {
			if from != to && said[from][to] == "" {
				r.estimate(from, to, said)
			}
		}
	}
}

func square[T any](n int) [][]T {
	rows := make([][]T, n)
	for i := range rows {
		rows[i] = make([]T, n)
	}
	return rows
}

// journeyRow is a row of the sheet of travel.
type journeyRow struct {
	line     line
	from, to int
}

// readJourney reads how long it takes one way.
func (r *reader) readJourney(l line, said [][]string) (journeyRow, bool) {
	from, to, minutes := l.field("from"), l.field("to"), l.field("minutes")
	if !from.filled() || !to.filled() || !minutes.filled() {
		return journeyRow{}, false
	}
	a, knownA := from.venue(from.cell.Text)
	b, knownB := to.venue(to.cell.Text)
	length, timed := minutes.whole(0, mostMinutes)
	switch {
	case !knownA || !knownB || !timed:
	case a == b:
		to.fail("read.error.travel_same")
	case said[a][b] != "" && r.book.Travel[a][b] != length:
		minutes.fail("read.error.travel_twice", said[a][b])
	default:
		r.book.Travel[a][b], said[a][b] = length, l.number()
		return journeyRow{l, a, b}, true
	}
	return journeyRow{}, false
}

// estimate gives the time of a way that no row gives, between venues of a same
// leg: from their coordinates, or else none, with a note.
func (r *reader) estimate(from, to int, said [][]string) {
	a, b := r.book.Venues[from], r.book.Venues[to]
	switch {
	case !shareLeg(a.Legs, b.Legs):
	case a.Located && b.Located:
		r.book.estimateTravel(from, to)
	case from < to && said[to][from] == "":
		r.notes.addOnce("read.note.travel_unknown", Remark{
			Sheet: r.sheetName("venues"),
			Text:  r.words.T("read.note.travel_unknown", a.Name, b.Name, heading(r.words, "read.sheet.travel")),
		})
	}
}

// estimateTravel gives the time of a way between two venues from their
// coordinates.
func (b *Book) estimateTravel(from, to int) {
	at := func(v Venue) geo.Point { return geo.Point{Latitude: v.Latitude, Longitude: v.Longitude} }
	b.Travel[from][to] = geo.CityMinutes(at(b.Venues[from]), at(b.Venues[to]))
	b.Estimated[from][to] = true
}

// SetTravel gives the book the minutes that are known, by the positions of two
// venues, and estimates the others where coordinates allow it.
func (b *Book) SetTravel(known map[[2]int]int) {
	n := len(b.Venues)
	b.Travel, b.Estimated = square[int](n), square[bool](n)
	for from, a := range b.Venues {
		for to, c := range b.Venues {
			minutes, said := known[[2]int{from, to}]
			switch {
			case said:
				b.Travel[from][to] = minutes
			case from != to && shareLeg(a.Legs, c.Legs) && a.Located && c.Located:
				b.estimateTravel(from, to)
			}
		}
	}
}

// shareLeg says whether two things that are each in some legs, or in all when
// none is said, are ever in the same one.
func shareLeg(a, b []int) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(leg int) bool { return slices.Contains(b, leg) })
}
