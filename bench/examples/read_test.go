package main

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// shape is what an example must be read as.
type shape struct {
	Language                        string
	Legs, Slots                     int
	Delegates, Counterparts, Others int
	Wishes, Sessions, Meetings      int
	Interpreters                    int
}

// TestExamplesAreRead: the reader understands every cell of every example as it
// is written, and the problem is one that the planner takes.
func TestExamplesAreRead(t *testing.T) {
	for name, want := range map[string]shape{
		"miami-2017": {
			Language: "fr", Legs: 1, Slots: 46, Delegates: 40, Counterparts: 120,
			Wishes: len(miami().wishes), Sessions: 8, Meetings: 3, Interpreters: 3,
		},
		"canada-2019": {
			Language: "en", Legs: 2, Slots: 47, Delegates: 30, Counterparts: 70,
			Wishes: len(canada().wishes), Sessions: 2, Interpreters: 2,
		},
		"convention-450": {
			Language: "fr", Legs: 1, Slots: 18, Others: len(convention().firms),
			Wishes: len(convention().wishes), Sessions: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := workbook.Read(filepath.Join(committed, name), "")
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Notes) > 0 {
				t.Errorf("something was not read as it is written: %+v", b.Notes)
			}
			if !b.Fictional {
				t.Error("the example does not say that it is fictional")
			}
			if diff := cmp.Diff(want, shapeOf(b)); diff != "" {
				t.Errorf("shape (-want +got):\n%s", diff)
			}
			if err := b.Problem().Validate(); err != nil {
				t.Errorf("the planner refuses it: %v", err)
			}
		})
	}
}

func shapeOf(b *workbook.Book) shape {
	s := shape{
		Language: b.Language, Legs: len(b.Legs), Slots: len(b.Slots), Wishes: len(b.Wishes),
		Sessions: len(b.Sessions), Meetings: len(b.Meetings), Interpreters: len(b.Interpreters),
	}
	for _, p := range b.Participants {
		switch p.Side {
		case planner.Delegate:
			s.Delegates++
		case planner.Counterpart:
			s.Counterparts++
		default:
			s.Others++
		}
	}
	return s
}

// TestWhatIsWrittenIsRead compares a few cells with what they became.
func TestWhatIsWrittenIsRead(t *testing.T) {
	m := miami()
	b, err := workbook.Read(filepath.Join(committed, "miami-2017"), "")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range m.firms {
		p := b.Participants[i]
		if p.ID != f.id || p.Name != f.name || p.Min != f.min || p.Max != f.max || p.MaxDay != f.maxDay {
			t.Errorf("%s %s was read as %+v", f.id, f.name, p)
		}
		if diff := cmp.Diff(f.languages, p.Languages); diff != "" {
			t.Errorf("languages of %s (-written +read):\n%s", f.name, diff)
		}
		if seats := max(len(f.people), f.representatives, 1); p.Seats != seats {
			t.Errorf("%s has %d seats, want %d", f.name, p.Seats, seats)
		}
		if len(p.Unavailable) != len(f.unavailable) {
			t.Errorf("%s is away %d times, want %d", f.name, len(p.Unavailable), len(f.unavailable))
		}
	}
	for i, w := range m.wishes {
		got := b.Wishes[i]
		if b.Participants[got.From].ID != w.from.id || b.Participants[got.To].ID != w.to.id || int(got.Kind) != w.kind ||
			got.Weight != w.weight || got.Minutes != w.minutes || got.Note != w.note || (got.ToSeat > 0) != (w.person != "") {
			t.Errorf("wish %d of %s for %s was read as %+v", i, w.from.name, w.to.name, got)
		}
	}
	if _, offset := b.Sessions[0].Start.Zone(); offset != -4*3600 {
		t.Errorf("the reception is at %v, want UTC −4", b.Sessions[0].Start)
	}
	if _, offset := b.Sessions[1].Start.Zone(); offset != -5*3600 {
		t.Errorf("the visit after the change of clocks is at %v, want UTC −5", b.Sessions[1].Start)
	}
}
