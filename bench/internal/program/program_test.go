package program

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/bench/internal/missions"
	"github.com/escale-hq/escale/planner"
)

func valueOf(t *testing.T, p *planner.Problem) *Program {
	t.Helper()
	q, err := Value(p)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// within says whether the columns keep to the rows.
func (p *Program) within(taken []int) bool {
	chosen := map[int]bool{}
	for _, i := range taken {
		chosen[i] = true
	}
	for _, r := range p.Rows {
		sum := 0
		for _, c := range r.Columns {
			if chosen[c] {
				sum++
			}
		}
		if r.Least == 0 && sum > r.Most {
			return false
		}
	}
	return true
}

// The rows must say exactly what the rules say: a random set of columns keeps to
// them if and only if planner.Check finds nothing wrong with the meetings.
func TestRowsAreTheRules(t *testing.T) {
	for _, regime := range missions.Regimes {
		p, err := missions.Generate("s", regime, 5)
		if err != nil {
			t.Fatal(err)
		}
		q := valueOf(t, p)
		random := rand.New(rand.NewSource(1))
		allowed, refused := 0, 0
		var taken []int
		for range 300 {
			next := append(slices.Clone(taken), random.Intn(len(q.Columns)))
			fits := q.within(next) && !slices.Contains(taken, next[len(taken)])
			violations := planner.Check(p, q.Plan(next))
			if clean := len(violations) == 0; clean != fits {
				t.Fatalf("%s: rows allow: %v, the rules find %+v", regime, fits, violations)
			}
			if fits {
				taken = next
				allowed++
			} else {
				refused++
			}
		}
		if allowed < 20 || refused < 20 {
			t.Errorf("%s: %d sets allowed, %d refused: too few to tell", regime, allowed, refused)
		}
	}
}

// A start that is not among the columns of a couple must break a rule.
func TestEveryWayIsAColumn(t *testing.T) {
	p, err := missions.Generate("s", "city", 2)
	if err != nil {
		t.Fatal(err)
	}
	q := valueOf(t, p)
	seen := map[[3]int]bool{}
	for _, c := range q.Columns {
		seen[[3]int{c.couple, int(c.Meeting.Start), int(c.Meeting.Place)}] = true
	}
	random := rand.New(rand.NewSource(1))
	for tried := 0; tried < 100; {
		c := q.Columns[random.Intn(len(q.Columns))]
		m := c.Meeting
		m.Start, m.Table = planner.SlotID(random.Intn(len(p.Slots))), 1
		if seen[[3]int{c.couple, int(m.Start), int(m.Place)}] {
			continue
		}
		tried++
		if m.Pool != planner.None {
			m.Interpreter = 1
		}
		if len(planner.Check(p, &planner.Plan{Meetings: []planner.Meeting{m}})) == 0 {
			t.Fatalf("the meeting %+v breaks no rule and is no column", m)
		}
	}
}

// tiny is two delegates that want the one counterpart, in one slot each.
func tiny() *planner.Problem {
	return &planner.Problem{
		BreakSpread:  planner.None,
		Slots:        []planner.Slot{{Span: planner.Span{Start: 0, End: 30}}, {Span: planner.Span{Start: 30, End: 60}}},
		Venues:       []planner.Venue{{}},
		Places:       []planner.Place{{Tables: 1}},
		Participants: []planner.Participant{{Side: planner.Delegate, Min: 1}, {Side: planner.Delegate}, {Side: planner.Counterpart}},
		Wishes: []planner.Wish{
			{From: 0, To: 2, Kind: planner.Nice, Weight: 3}, {From: 1, To: 2, Kind: planner.Must}, {From: 2, To: 0, Kind: planner.Nice},
		},
	}
}

func TestWriteLP(t *testing.T) {
	want := `Maximize
 gain: +5 x0 +5 x1 +5 x2 +5 x3 -11 m0
Subject To
 r0: +1 x0 +1 x1 <= 1
 r1: +1 x2 +1 x3 <= 1
 r2: +1 x0 +1 x2 <= 1
 r3: +1 x1 +1 x3 <= 1
 r4: +1 x0 +1 x2 <= 1
 r5: +1 x1 +1 x3 <= 1
 r6: +1 x0 +1 x1 +1 m0 >= 1
Bounds
 0 <= m0 <= 1
Generals
 m0
Binaries
 x0
 x1
 x2
 x3
End
`
	var out strings.Builder
	if err := valueOf(t, tiny()).writeLP(&out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteJSON(t *testing.T) {
	p := tiny()
	p.Wishes = p.Wishes[:1]
	want := `{"variables":[{"domain":[0,1]},{"domain":[0,1]},{"domain":[0,1]}],` +
		`"constraints":[{"linear":{"vars":[0,1],"coeffs":[1,1],"domain":[0,1]}},` +
		`{"linear":{"vars":[0,1,2],"coeffs":[1,1,1],"domain":[1,3]}}],` +
		`"objective":{"vars":[0,1,2],"coeffs":[-3,-3,4],"scalingFactor":-1}}` + "\n"
	var out strings.Builder
	if err := valueOf(t, p).writeJSON(&out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRepairGainsAreOrdered(t *testing.T) {
	p := tiny()
	previous := &planner.Plan{Meetings: []planner.Meeting{
		{Attendees: []planner.Attendee{{Participant: 0, Seat: 1}, {Participant: 2, Seat: 1}}, Start: 1, Slots: 1, Pool: planner.None, Request: planner.None},
	}}
	q, err := Repair(p, previous)
	if err != nil {
		t.Fatal(err)
	}
	var gains []int
	for _, c := range q.Columns {
		gains = append(gains, c.Gain)
	}
	if diff := cmp.Diff([]int{2, 3}, gains); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadCBC(t *testing.T) {
	bound := 7.5
	tests := []struct {
		name, answer, printed string
		want                  Answer
	}{
		{
			"optimal", "Optimal - objective value 10.00000000\n      1 x1                     1                       5\n      4 x4                     1                       5\n      9 m0                     1                     -11\n",
			"Result - Optimal solution found\n",
			Answer{Optimal: true, Taken: []int{1, 4}},
		},
		{
			"stopped", "Stopped on time - objective value 5.00000000\n      2 x2            0.9999999                       5\n      3 x3              1e-07                       5\n",
			"Objective value:                5.00000000\nUpper bound:                    7.500\n",
			Answer{Taken: []int{2}, Bound: &bound},
		},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, readCBC(test.answer, test.printed)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	for name, change := range map[string]func(*planner.Problem){
		"request":  func(p *planner.Problem) { p.Requests = make([]planner.Request, 1) },
		"spread":   func(p *planner.Problem) { p.BreakSpread = 1 },
		"refusal":  func(p *planner.Problem) { p.Wishes[0].Kind = planner.Never },
		"a person": func(p *planner.Problem) { p.Wishes[0].FromSeat = 1 },
	} {
		p := tiny()
		change(p)
		if _, err := Value(p); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFindSaysWhatIsAbsent(t *testing.T) {
	for _, name := range []string{"highs", "cpsat"} {
		s, err := Find(name, t.TempDir())
		if err != nil || s.Absent == "" {
			t.Errorf("%s in an empty folder: %+v, %v", name, s, err)
		}
	}
	if _, err := Find("abacus", ""); err == nil {
		t.Error("an unknown solver is found")
	}
}
