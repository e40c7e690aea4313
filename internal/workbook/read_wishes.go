package workbook

import (
	"strings"

	"github.com/escale-hq/escale/planner"
)

// mostWeight is the most that a must can be worth, mostNice the most of what
// is only nice to have.
const (
	mostWeight = 100
	mostNice   = 4
)

// wishers are the two of a wish, in its direction, with the persons that it
// names.
type wishers struct {
	from, to, fromSeat, toSeat int
}

// readWishes reads who wants to meet whom.
func (r *reader) readWishes() {
	s := r.found["wishes"]
	if s == nil {
		return
	}
	made := map[wishers]int{}
	kinds := map[[2]int]int{} // the first wish of each two, for contradictions
	for _, l := range s.lines {
		wish, ok := l.readWish()
		to := l.field("to")
		targets := to.list(";\n")
		if len(targets) > 1 {
			to.noteOnce("read.note.wish_several")
		}
		for _, target := range targets {
			if at, found := to.participant(target); found && ok {
				wish.To = at
				r.addWish(l, wish, made, kinds)
			}
		}
	}
}

// readWish reads all of a wish but whom it is for.
func (l line) readWish() (Wish, bool) {
	wish := Wish{Kind: planner.Nice, Note: l.field("note").cell.Text, Venues: l.field("venue").venueList()}
	from, to := l.field("from"), l.field("to")
	ok := from.filled()
	if ok {
		wish.From, ok = from.participant(from.cell.Text)
	}
	ok = to.filled() && ok
	wish.Minutes, _ = l.field("minutes").whole(1, mostMinutes)
	kind := l.field("wish")
	if kind.blank() {
		kind.noteOnce("read.note.wish_default", heading(l.r.words, "read.word.nice"))
	} else if wish.Kind, ok = kind.wish(ok); !ok {
		return wish, false
	}
	wish.Weight = l.weight(wish.Kind)
	return wish, ok
}

// wish reads the kind of a wish; ok is what it was, unless there is none.
func (f field) wish(ok bool) (planner.WishKind, bool) {
	word, known := f.r.spellings.find("read.word.", f.cell.Text, "must", "nice", "never")
	switch word {
	case "must":
		return planner.Must, ok
	case "never":
		return planner.Never, ok
	}
	if !known {
		f.fail("read.error.wish")
	}
	return planner.Nice, ok && known
}

func (l line) weight(kind planner.WishKind) int {
	f := l.field("weight")
	if kind == planner.Never {
		if !f.blank() {
			f.noteOnce("read.note.weight_never")
		}
		return 0
	}
	weight, _ := f.whole(1, mostWeight)
	if kind == planner.Nice && weight > mostNice {
		f.fail("read.error.weight")
	}
	return weight
}

// addWish enters a wish, or makes it one with an earlier one for the same.
func (r *reader) addWish(l line, wish Wish, made map[wishers]int, kinds map[[2]int]int) {
	if wish.From == wish.To {
		l.field("to").fail("read.error.self")
		return
	}
	if !l.person(&wish) {
		return
	}
	two := [2]int{wish.From, wish.To}
	first, known := kinds[two]
	if known && (r.book.Wishes[first].Kind == planner.Never) != (wish.Kind == planner.Never) {
		l.field("wish").fail("read.error.wish_contradicts", r.wishRows[first].number())
		return
	}
	who := wishers{wish.From, wish.To, wish.FromSeat, wish.ToSeat}
	if earlier, twice := made[who]; twice {
		l.field("to").note("read.note.wish_twice", r.wishRows[earlier].number())
		strengthen(&r.book.Wishes[earlier], wish)
		return
	}
	made[who] = len(r.book.Wishes)
	if !known {
		kinds[two] = len(r.book.Wishes)
	}
	r.book.Wishes, r.wishRows = append(r.book.Wishes, wish), append(r.wishRows, l)
}

// strengthen makes a wish at least as strong as another for the same two.
func strengthen(wish *Wish, other Wish) {
	if other.points() > wish.points() {
		wish.Kind, wish.Weight = other.Kind, other.Weight
	}
	wish.Minutes = max(wish.Minutes, other.Minutes)
	if len(wish.Venues) == 0 {
		wish.Venues = other.Venues
	}
	if wish.Note == "" {
		wish.Note = other.Note
	} else if other.Note != "" && !strings.Contains(wish.Note, other.Note) {
		wish.Note += "; " + other.Note
	}
}

func (w Wish) points() int { return planner.Wish{Kind: w.Kind, Weight: w.Weight}.Points() }

// person reads the only person whom the wish is for: one of those to meet, or
// else one of those who wish.
func (l line) person(wish *Wish) bool {
	f := l.field("person")
	if f.blank() {
		return true
	}
	to, from := l.r.book.Participants[wish.To], l.r.book.Participants[wish.From]
	if wish.ToSeat = seatOf(to, f.cell.Text); wish.ToSeat > 0 {
		return true
	}
	if wish.FromSeat = seatOf(from, f.cell.Text); wish.FromSeat > 0 {
		return true
	}
	if len(to.People) == 0 {
		f.fail("read.error.person_none", to.Name, l.r.sheetName("participants"), heading(l.r.words, "read.column.people"))
	} else {
		f.fail("read.error.person", to.Name, strings.Join(to.People, ", "))
	}
	return false
}

// seatOf is the seat of the person of that name, or 0.
func seatOf(p Participant, name string) int {
	for i, person := range p.People {
		if fold(person) == fold(name) {
			return i + 1
		}
	}
	return 0
}
