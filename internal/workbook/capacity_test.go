package workbook

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

// capacityBook reads a mission of four delegates and four counterparts who all
// wish to meet, in three slots at two tables.
func capacityBook(t *testing.T, delegate string) *Book {
	t.Helper()
	wishes, participants := "from,to,wish\n", "id,name,side,languages,max\n"
	for _, d := range "ABCD" {
		participants += strings.ReplaceAll(delegate, "?", string(d)) + "\n"
		for _, c := range "WXYZ" {
			wishes += string(d) + "," + string(c) + ",must\n" + string(c) + "," + string(d) + ",nice\n"
		}
	}
	for _, c := range "WXYZ" {
		participants += string(c) + ",Counterpart " + string(c) + " (fictional),counterpart,en,\n"
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"Mission":      "key,value\nname,Fictional\ntimezone,Europe/Paris\nlanguage,en\n",
		"Slots":        "date,start,end\n2027-03-01,09:00,10:30\n",
		"Venues":       "id,name,tables\nhub,Hub,2\n",
		"Participants": participants, "Wishes": wishes,
		"Interpreters": "languages,count\nfr-en,3\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+".csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book, err := Read(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func capacityOf(t *testing.T, b *Book) *Capacity {
	t.Helper()
	c, err := MeasureCapacity(t.Context(), b, Assignment{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCapacityOfABook: what binds is found, counted, and priced in meetings.
func TestCapacityOfABook(t *testing.T) {
	for name, c := range map[string]struct {
		delegate string
		held     int
		binds    func(planner.BoundParts) int
		gains    []Gain
	}{
		"tables": {
			"?,Delegate ? (fictional),delegate,en,", 6,
			func(p planner.BoundParts) int { return p.Places },
			[]Gain{{"A day like Mon\u00a01", 6}, {"A table, Hub, Mon\u00a01", 3}, {"An interpreter fr-en", 0}},
		},
		"maximums": {
			"?,Delegate ? (fictional),delegate,en,1", 4,
			func(p planner.BoundParts) int { return p.Maxima },
			[]Gain{
				{"One more meeting, Delegate A (fictional)", 1},
				{"One more meeting, Delegate B (fictional)", 1},
				{"One more meeting, Delegate C (fictional)", 1},
				{"An interpreter fr-en", 0},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := capacityOf(t, capacityBook(t, c.delegate))
			if got.Room.Asked != 16 || got.Held != c.held || got.Bound != c.held {
				t.Errorf("asked %d, held %d, bound %d; want 16 and twice %d", got.Room.Asked, got.Held, got.Bound, c.held)
			}
			if part, scale := c.binds(got.Parts), got.Result.Certificate.Scale; part != got.Result.Quality.Bound*scale {
				t.Errorf("what binds makes %d of the bound: %+v", part, got.Parts)
			}
			if diff := cmp.Diff(c.gains, got.Gains); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCapacityGainsAreAtMost: with one more table, no more meetings can be held
// than its gain says.
func TestCapacityGainsAreAtMost(t *testing.T) {
	b := capacityBook(t, "?,Delegate ? (fictional),delegate,en,2")
	before := capacityOf(t, b)
	gain := 0
	for _, g := range before.Gains {
		if strings.HasPrefix(g.Resource, "A table") {
			gain = g.Meetings
		}
	}
	for range 3 {
		b.Places[0].Tables++
		after := capacityOf(t, b)
		if after.Held > before.Bound+gain*(b.Places[0].Tables-2) {
			t.Errorf("%d tables hold %d meetings; %d and %d a table more were said", b.Places[0].Tables, after.Held, before.Bound, gain)
		}
		if after.Held > after.Bound {
			t.Errorf("%d held, %d at most", after.Held, after.Bound)
		}
	}
}
