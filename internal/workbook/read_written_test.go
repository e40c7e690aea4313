package workbook

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/planner"
)

// readWriter writes a book as a workbook in one language: the oracle of the
// reader, which shares nothing with it but the headings.
type readWriter struct {
	b    *Book
	lang string
}

// page makes a sheet of rows of texts and numbers under its headings.
func (w readWriter) page(name, columns string, rows [][]any) sheet.Sheet {
	words := wordsFor(w.lang)
	s := sheet.Sheet{Name: heading(words, "read.sheet."+name)}
	for column := range strings.FieldsSeq(columns) {
		s.Columns = append(s.Columns, sheet.Column{Name: heading(words, "read.column."+column)})
	}
	for _, row := range rows {
		s.Rows = append(s.Rows, sheet.Values(row...))
	}
	return s
}

func (w readWriter) word(key string) string { return heading(wordsFor(w.lang), "read.word."+key) }

func (w readWriter) sheets() []sheet.Sheet {
	setting := func(key string, value any) []any { return []any{heading(wordsFor(w.lang), "read.setting."+key), value} }
	var slots, venues, people, wishes, travel [][]any
	for start := 0; start < len(w.b.Slots); {
		end := start
		for end+1 < len(w.b.Slots) && w.b.Slots[end+1].Block == w.b.Slots[start].Block {
			end++
		}
		first, last := w.b.Slots[start], w.b.Slots[end]
		leg := w.b.Legs[first.Leg]
		slots = append(slots, []any{
			leg.Name, first.Start.Format(time.DateOnly), first.Start.Format("15:04"), last.End.Format("15:04"), leg.Zone.String(),
		})
		start = end + 1
	}
	for i, v := range w.b.Venues {
		venues = append(venues, []any{v.ID, v.Name, w.b.Places[i].Tables, w.legs(v.Legs), w.spans(v.Closed)})
		for j := range w.b.Venues {
			if i != j && shareLeg(v.Legs, w.b.Venues[j].Legs) {
				travel = append(travel, []any{v.ID, w.b.Venues[j].ID, w.b.Travel[i][j]})
			}
		}
	}
	for _, p := range w.b.Participants {
		venue := ""
		if len(p.Places) > 0 {
			venue = w.b.Venues[w.b.Places[p.Places[0]].Venue].ID
		}
		side := [...]string{"", w.word("delegate"), w.word("counterpart")}[p.Side]
		people = append(people, []any{
			p.ID, p.Name, side, strings.Join(p.Languages, ";"), strings.Join(p.People, ";"), p.Seats, p.Min, p.Max, p.MaxDay,
			venue, w.spans(p.Unavailable), w.legs(p.Legs),
		})
	}
	for _, x := range w.b.Wishes {
		kind := [...]string{w.word("must"), w.word("nice"), w.word("never")}[x.Kind]
		weight, minutes, person := any(nil), any(nil), ""
		if x.Weight > 0 {
			weight = x.Weight
		}
		if x.Minutes > 0 {
			minutes = x.Minutes
		}
		if x.ToSeat > 0 {
			person = w.b.Participants[x.To].People[x.ToSeat-1]
		}
		wishes = append(wishes, []any{w.b.Participants[x.From].ID, w.b.Participants[x.To].ID, kind, weight, minutes, person, x.Note})
	}
	return []sheet.Sheet{
		w.page("mission", "key value", [][]any{
			setting("name", w.b.Name), setting("timezone", w.b.Zone.String()), setting("meeting_minutes", w.b.MeetingMinutes),
			setting("gap_minutes", w.b.GapMinutes),
		}),
		w.page("slots", "leg date start end timezone", slots),
		w.page("venues", "id name tables leg closed", venues),
		w.page("participants", "id name side languages people representatives min max max_day venue unavailable leg", people),
		w.page("wishes", "from to wish weight minutes person note", wishes),
		w.page("travel", "from to minutes", travel),
	}
}

func (w readWriter) legs(legs []int) string {
	var names []string
	for _, leg := range legs {
		names = append(names, w.b.Legs[leg].Name)
	}
	return strings.Join(names, ";")
}

func (w readWriter) spans(spans []Span) string {
	var texts []string
	for _, s := range spans {
		texts = append(texts, s.Start.Format("2006-01-02 15:04")+"-"+s.End.Format("15:04"))
	}
	return strings.Join(texts, ";")
}

// readDrawBook draws a book that a workbook can say in one way.
func readDrawBook(t *rapid.T) *Book {
	lang := rapid.SampledFrom([]string{"en", "fr"}).Draw(t, "lang")
	b := &Book{
		Name: "Fictional mission", Language: lang,
		MeetingMinutes: rapid.SampledFrom([]int{15, 30, 45}).Draw(t, "meeting"),
		GapMinutes:     rapid.SampledFrom([]int{0, 5, 10}).Draw(t, "gap"),
	}
	var err error
	if b.Zone, err = time.LoadLocation("Europe/Paris"); err != nil {
		t.Fatal(err)
	}
	readDrawSlots(t, b)
	two := len(b.Legs) > 1
	for i := range rapid.IntRange(1, 3).Draw(t, "venues") {
		v := Venue{ID: fmt.Sprintf("v%d", i+1), Name: fmt.Sprintf("Venue no. %d", i+1)}
		if two {
			v.Legs = []int{rapid.IntRange(0, 1).Draw(t, "leg of venue")}
		}
		v.Closed = readDrawSpans(t, b, v.Legs)
		b.Venues = append(b.Venues, v)
		b.Places = append(b.Places, Place{Venue: i, Tables: rapid.IntRange(1, 9).Draw(t, "tables"), First: 1})
	}
	b.Travel, b.Estimated = square[int](len(b.Venues)), square[bool](len(b.Venues))
	for i := range b.Venues {
		for j := range b.Venues {
			if i != j && shareLeg(b.Venues[i].Legs, b.Venues[j].Legs) {
				b.Travel[i][j] = rapid.IntRange(0, 90).Draw(t, "travel")
			}
		}
	}
	readDrawPeople(t, b)
	readDrawWishes(t, b)
	return b
}

func readDrawSlots(t *rapid.T, b *Book) {
	names := []string{"America/New_York", "America/Denver"}
	for leg := range rapid.IntRange(1, 2).Draw(t, "legs") {
		zone, err := time.LoadLocation(names[leg])
		if err != nil {
			t.Fatal(err)
		}
		b.Legs = append(b.Legs, Leg{Name: []string{"Miami", "Denver"}[leg], Zone: zone})
		for day := range rapid.IntRange(1, 2).Draw(t, "days") {
			for half := range rapid.IntRange(1, 2).Draw(t, "halves") {
				start := time.Date(2017, 11, 4+3*leg+day, 9+5*half, 0, 0, 0, zone)
				for range rapid.IntRange(1, 4).Draw(t, "slots") {
					end := start.Add(time.Duration(b.MeetingMinutes) * time.Minute)
					slot := Slot{Start: start, End: end, Leg: leg}
					if n := len(b.Slots); n > 0 {
						last := b.Slots[n-1]
						slot.Day, slot.Block = last.Day, last.Block
						if last.Start.YearDay() != start.YearDay() {
							slot.Day++
						}
						if last.Leg != leg || start.Sub(last.End) > time.Duration(b.GapMinutes)*time.Minute {
							slot.Block++
						}
					}
					b.Slots = append(b.Slots, slot)
					start = end.Add(time.Duration(b.GapMinutes) * time.Minute)
				}
			}
		}
	}
}

// readDrawSpans draws spans within the hours of slots of the legs.
func readDrawSpans(t *rapid.T, b *Book, legs []int) []Span {
	var spans []Span
	for range rapid.IntRange(0, 2).Draw(t, "spans") {
		slot := rapid.SampledFrom(b.Slots).Draw(t, "slot")
		if len(legs) == 0 || slices.Contains(legs, slot.Leg) {
			spans = append(spans, Span{slot.Start.Add(-10 * time.Minute), slot.End})
		}
	}
	return spans
}

func readDrawPeople(t *rapid.T, b *Book) {
	sided := rapid.Bool().Draw(t, "sides")
	for i := range rapid.IntRange(2, 6).Draw(t, "participants") {
		p := Participant{
			ID: fmt.Sprintf("P%02d", i+1), Name: fmt.Sprintf("=Fictional company %d", i+1),
			Languages: rapid.SampledFrom([][]string{nil, {"fr"}, {"en", "es"}}).Draw(t, "languages"),
			People:    rapid.SampledFrom([][]string{nil, {"Anne"}, {"Bob", "Zoé"}}).Draw(t, "people"),
			Min:       rapid.IntRange(0, 3).Draw(t, "min"), Max: rapid.IntRange(3, 9).Draw(t, "max"), MaxDay: rapid.IntRange(0, 4).Draw(t, "day"),
		}
		p.Seats = max(1, len(p.People)) + rapid.IntRange(0, 2).Draw(t, "more seats")
		if sided {
			p.Side = rapid.SampledFrom([]planner.Side{planner.Delegate, planner.Counterpart}).Draw(t, "side")
		}
		if len(b.Legs) > 1 {
			p.Legs = rapid.SampledFrom([][]int{{0}, {1}, {0, 1}}).Draw(t, "legs")
		}
		p.Unavailable = readDrawSpans(t, b, p.Legs)
		if rapid.Bool().Draw(t, "receives") {
			p.Places = []int{rapid.IntRange(0, len(b.Places)-1).Draw(t, "place")}
		}
		b.Participants = append(b.Participants, p)
	}
}

func readDrawWishes(t *rapid.T, b *Book) {
	for from := range b.Participants {
		for to, p := range b.Participants {
			if from == to || from+to > 0 && !rapid.Bool().Draw(t, "wishes") && len(b.Wishes) > 0 {
				continue
			}
			w := Wish{From: from, To: to, Kind: planner.WishKind(rapid.IntRange(0, 2).Draw(t, "kind")), Note: rapid.SampledFrom([]string{"", "why, \"so\""}).Draw(t, "note")}
			if w.Kind != planner.Never {
				w.Weight = rapid.IntRange(0, 4).Draw(t, "weight")
				w.Minutes = rapid.SampledFrom([]int{0, 60}).Draw(t, "minutes")
			}
			if len(p.People) > 0 {
				w.ToSeat = rapid.IntRange(0, len(p.People)).Draw(t, "seat")
			}
			b.Wishes = append(b.Wishes, w)
		}
	}
}

// TestReadWhatIsWritten: a book that is written is read as it was, with nothing
// to say.
func TestReadWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := readDrawBook(t)
		var b bytes.Buffer
		if err := sheet.Write(&b, readWriter{want, want.Language}.sheets()); err != nil {
			t.Fatal(err)
		}
		tables, err := sheet.ReadXLSX(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		got, err := readTables(tables, want.Language)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, readTestEqual); diff != "" {
			t.Fatalf("book (-want +got):\n%s", diff)
		}
		if err := got.Problem().Validate(); err != nil {
			t.Fatalf("the problem is not valid: %v", err)
		}
	})
}
