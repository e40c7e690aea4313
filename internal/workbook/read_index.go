package workbook

import "strings"

// index finds what an id or a name stands for, as people write them.
type index struct {
	// ids, names and rows are those of each position; names are folded.
	ids, names, rows []string
	// exact, loosely and named go from an id, an id that was loosened, and a
	// folded name, to positions; ambiguous stands where there are several.
	exact, loosely, named map[string]int
}

// ambiguous is the position of what several have.
const ambiguous = -1

func newIndex() index {
	return index{exact: map[string]int{}, loosely: map[string]int{}, named: map[string]int{}}
}

// add enters the next position, with the row that it is in.
func (x *index) add(id, name, row string) {
	at := len(x.ids)
	x.ids, x.names, x.rows = append(x.ids, id), append(x.names, fold(name)), append(x.rows, row)
	x.exact[id] = at
	enter(x.loosely, loose(id), at)
	enter(x.named, fold(name), at)
}

func enter(m map[string]int, key string, at int) {
	if _, taken := m[key]; taken {
		at = ambiguous
	}
	m[key] = at
}

// spelling says how a text was found to stand for an id.
type spelling int

const (
	spelt   spelling = iota // as it is in its own sheet
	respelt                 // with another case, or other spaces or zeros
	byName
)

// find gives the position of what the text stands for.
func (x *index) find(text string) (at int, how spelling, found bool) {
	if at, ok := x.exact[text]; ok {
		return at, spelt, true
	}
	if at, ok := x.loosely[loose(text)]; ok && at != ambiguous && loose(text) != "" {
		return at, respelt, true
	}
	if at, ok := x.named[fold(text)]; ok && at != ambiguous && fold(text) != "" {
		return at, byName, true
	}
	return ambiguous, spelt, false
}

// nearest gives the id that is most like the text, if any is: with a third of
// its letters changed at most.
func (x *index) nearest(text string) (string, bool) {
	best, least := "", len([]rune(text))/3+1
	for at, id := range x.ids {
		if d := distance(strings.ToLower(text), strings.ToLower(id), least-1); d < least {
			best, least = id, d
		}
		if d := distance(fold(text), x.names[at], least-1); d < least && x.names[at] != "" {
			best, least = id, d
		}
	}
	return best, best != ""
}

// distance counts the letters to add, drop or replace to make one text of the
// other; more than most is enough to know.
func distance(a, b string, most int) int {
	from, to := []rune(a), []rune(b)
	if len(from)-len(to) > most || len(to)-len(from) > most {
		return most + 1
	}
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, letter := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, other := range to {
			cost := diagonal
			if letter != other {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(to)]
}

// free reads the cell as a new id: one that no other row has, and that holds
// none of the marks that join ids.
func (f field) free(x *index, marks string) bool {
	id := f.cell.Text
	if at := strings.IndexAny(id, marks); at >= 0 {
		f.fail("read.error.id_mark", id[at:at+1])
		return false
	}
	at, taken := x.exact[id]
	if !taken {
		at, taken = x.loosely[loose(id)]
		taken = taken && at != ambiguous && strings.EqualFold(x.ids[at], id)
	}
	if taken {
		f.fail("read.error.id_twice", x.rows[at])
	}
	return !taken
}

// participant reads a part of the cell as a participant.
func (f field) participant(text string) (int, bool) {
	f = f.part(text)
	at, how, found := f.r.participants.find(text)
	f.said(&f.r.participants, at, how)
	if !found && f.r.found["participants"] != nil {
		f.unknown(&f.r.participants, "read.error.participant", f.r.sheetName("participants"))
	}
	return at, found
}

// venue reads a part of the cell as a venue.
func (f field) venue(text string) (int, bool) {
	f = f.part(text)
	at, how, found := f.r.venues.find(text)
	f.said(&f.r.venues, at, how)
	if !found {
		f.unknown(&f.r.venues, "read.error.venue", f.r.sheetName("venues"))
	}
	return at, found
}

// venueList reads the cell as venues joined by semicolons.
func (f field) venueList() []int {
	var venues []int
	for _, part := range f.list(";\n") {
		if at, found := f.venue(part); found {
			venues = append(venues, at)
		}
	}
	return venues
}

// said notes an id that is spelt in another way.
func (f field) said(x *index, at int, how spelling) {
	switch how {
	case respelt:
		f.noteOnce("read.note.id_case", x.ids[at])
	case byName:
		f.noteOnce("read.note.id_name", x.ids[at])
	}
}

// unknown reports an id that nothing has, with the one that it may stand for.
func (f field) unknown(x *index, key, sheetName string) {
	if near, ok := x.nearest(f.cell.Text); ok {
		f.fail(key+"_near", sheetName, near)
		return
	}
	f.fail(key, sheetName)
}
