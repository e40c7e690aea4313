package workbook

import (
	"slices"

	"github.com/escale-hq/escale/planner"
)

// reception is where a participant receives, as its row says.
type reception struct {
	participant int
	line        line
	venues      []int
	tables      []string
}

// readParticipants reads who takes part.
func (r *reader) readParticipants() {
	s := r.found["participants"]
	if s == nil {
		return
	}
	sided := slices.ContainsFunc(s.lines, func(l line) bool { return !l.field("side").blank() })
	for _, l := range s.lines {
		id := l.field("id")
		if !id.filled() || !id.free(&r.participants, "+;") {
			continue
		}
		p := l.readParticipant(sided)
		r.participants.add(p.ID, p.Name, l.number())
		r.book.Participants = append(r.book.Participants, p)
		r.receptions = append(r.receptions, reception{
			participant: len(r.book.Participants) - 1, line: l,
			venues: l.field("venue").venueList(), tables: l.field("table").list(";,\n"),
		})
	}
}

func (l line) readParticipant(sided bool) Participant {
	p := Participant{
		ID:        l.field("id").cell.Text,
		Name:      l.field("name").cell.Text,
		Contact:   l.field("contact").cell.Text,
		Email:     l.field("email").cell.Text,
		Languages: l.field("languages").languages(),
		Min:       l.field("min").count(),
		Max:       l.field("max").count(),
		MaxDay:    l.field("max_day").count(),
		Legs:      l.field("leg").legList(),
		Sectors:   l.field("sectors").list(";\n"),
		Offers:    l.field("offers").list(";\n"),
		Needs:     l.field("needs").list(";\n"),
	}
	if !l.field("name").filled() {
		p.Name = p.ID
	}
	if p.Max > 0 && p.Min > p.Max {
		l.field("min").fail("read.error.min_max", p.Max)
	}
	p.Unavailable = l.field("unavailable").spans(p.Legs)
	p.People, p.Seats = l.seats()
	if sided {
		p.Side = l.side()
	}
	return p
}

// side reads on which side a participant is, where some have one.
func (l line) side() planner.Side {
	f := l.field("side")
	if f.blank() {
		f.fail("read.error.side_missing")
		return planner.OnePool
	}
	word, _ := l.r.spellings.find("read.word.", f.cell.Text, "delegate", "counterpart")
	switch word {
	case "delegate":
		return planner.Delegate
	case "counterpart":
		return planner.Counterpart
	default:
		f.fail("read.error.side")
		return planner.OnePool
	}
}

// seats reads the people who come, and how many seats they make with those who
// are not named.
func (l line) seats() (people []string, seats int) {
	f := l.field("people")
	for _, name := range f.list(";\n") {
		if slices.ContainsFunc(people, func(other string) bool { return fold(other) == fold(name) }) {
			f.fail("read.error.person_twice", name)
			continue
		}
		people = append(people, name)
	}
	representatives := l.field("representatives")
	n, said := representatives.whole(1, mostCount)
	switch {
	case !said:
		return people, max(1, len(people))
	case n < len(people):
		representatives.fail("read.error.representatives", len(people), l.column("people"))
	}
	return people, n
}

// readInterpreters reads how many interpreters there are.
func (r *reader) readInterpreters() {
	s := r.found["interpreters"]
	if s == nil {
		return
	}
	for _, l := range s.lines {
		languages, count := l.field("languages"), l.field("count")
		if !languages.filled() {
			continue
		}
		pair := languages.languagePair()
		if len(pair) != 2 {
			languages.fail("read.error.pair")
			continue
		}
		pool := Interpreters{Languages: [2]string{pair[0], pair[1]}, Count: 1, Legs: l.field("leg").legList()}
		if n, said := count.whole(0, mostCount); said {
			pool.Count = n
		} else if count.blank() {
			count.noteOnce("read.note.count_one")
		}
		pool.Unavailable = l.field("unavailable").spans(pool.Legs)
		r.book.Interpreters = append(r.book.Interpreters, pool)
	}
}

// languagePair reads the two languages of interpreters, however joined.
func (f field) languagePair() []string {
	var pair []string
	for _, part := range f.list(";,/-–—<>↔+\n") {
		if code := f.spokenLanguage(part); code != "" && !slices.Contains(pair, code) {
			pair = append(pair, code)
		}
	}
	return pair
}
