package missions

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

func generate(t *testing.T, size, regime string, seed int64) *planner.Problem {
	t.Helper()
	p, err := Generate(size, regime, seed)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Validate(); err != nil {
		t.Fatalf("%s %s: %v", size, regime, err)
	}
	return p
}

func TestSizesAreThoseAskedFor(t *testing.T) {
	type figures struct{ Participants, Slots, Couples, Tables int }
	tests := []struct {
		size, regime string
		want         figures
	}{
		{"s", "tables", figures{120, 20, 600, 25}},
		{"m", "tables", figures{450, 20, 4_000, 110}},
		{"l", "tables", figures{2_500, 30, 30_000, 600}},
		{"xl", "tables", figures{10_000, 40, 120_000, 1_800}},
		{"s", "people", figures{120, 20, 1_200, 40}},
		{"m", "people", figures{450, 20, 5_000, 140}},
		{"l", "people", figures{2_500, 30, 45_000, 990}},
		{"xl", "people", figures{10_000, 40, 200_000, 3_900}},
		{"s", "halfday", figures{120, 20, 1_200, 40}},
		{"m", "halfday", figures{450, 20, 5_000, 140}},
	}
	for _, test := range tests {
		p := generate(t, test.size, test.regime, 1)
		couples := map[[2]planner.ParticipantID]bool{}
		for _, w := range p.Wishes {
			couples[[2]planner.ParticipantID{min(w.From, w.To), max(w.From, w.To)}] = true
		}
		got := figures{len(p.Participants), len(p.Slots), len(couples), p.Places[0].Tables}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", test.size, test.regime, diff)
		}
	}
}

// near says whether a share of many draws is what its probability is.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.01 {
		t.Errorf("%s: %.3f, want about %.3f", what, got, want)
	}
}

func TestWishesAreDrawnAsStated(t *testing.T) {
	p := generate(t, "l", "people", 3)
	counts := make([]float64, 6)
	returned := 0.0
	wanted := map[planner.ParticipantID]int{}
	for _, w := range p.Wishes {
		counts[w.Points()]++
		if w.From >= 1_000 {
			returned++
		} else {
			wanted[w.To]++
		}
		if (w.Kind == planner.Must) != (w.Points() == 5) {
			t.Fatalf("a wish of kind %d is worth %d", w.Kind, w.Points())
		}
	}
	all := float64(len(p.Wishes))
	near(t, "worth 5", counts[5]/all, 0.2)
	for points := 1; points <= 4; points++ {
		near(t, "worth 1 to 4", counts[points]/all, 0.2)
	}
	near(t, "returned", returned/(all-returned), 0.3)
	// By Zipf's law with s = 1.2 and v = n/8, the tenth of the counterparts that is
	// wanted most gets about a third of the wishes.
	var list []int
	for _, n := range wanted {
		list = append(list, n)
	}
	slices.Sort(list)
	top := 0
	for _, n := range list[len(list)-150:] {
		top += n
	}
	if share := float64(top) / (all - returned); share < 0.25 || share > 0.45 {
		t.Errorf("the most wanted tenth gets %.2f of the wishes", share)
	}
}

func TestUnavailableSharesAreThoseAskedFor(t *testing.T) {
	for regime, want := range map[string]float64{"tables": 0.10, "people": 0.35, "halfday": 0.5} {
		p := generate(t, "l", regime, 2)
		busy := 0
		for _, q := range p.Participants {
			busy += len(q.Busy)
		}
		near(t, regime, float64(busy)/float64(len(p.Participants)*len(p.Slots)), want)
	}
}

func TestHalfDaysAreWhole(t *testing.T) {
	p := generate(t, "m", "halfday", 1)
	for who, q := range p.Participants {
		there := map[int]bool{}
		for _, s := range p.Slots {
			if !slices.Contains(q.Busy, s.Span) {
				there[s.Block] = true
			}
		}
		if len(there) != 2 || there[0] == there[1] || there[2] == there[3] {
			t.Fatalf("participant %d is there in the half-days %v", who, there)
		}
	}
}

func TestSameSeedSameMission(t *testing.T) {
	for _, regime := range Regimes {
		a, b, c := generate(t, "s", regime, 7), generate(t, "s", regime, 7), generate(t, "s", regime, 8)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: the same seed gives two missions:\n%s", regime, diff)
		}
		if cmp.Equal(a, c) {
			t.Errorf("%s: two seeds give the same mission", regime)
		}
	}
}

func TestCityHasEverything(t *testing.T) {
	for _, size := range []string{"s", "m", "l"} {
		p := generate(t, size, "city", 1)
		has := map[string]bool{}
		for _, q := range p.Participants {
			has["representatives"] = has["representatives"] || q.Seats > 1
			has["premises"] = has["premises"] || len(q.Places) > 0
			has["minimum"] = has["minimum"] || q.Min > 0
			has["maximum"] = has["maximum"] || q.Max > 0
			has["maximum a day"] = has["maximum a day"] || q.MaxDay > 0
		}
		for _, w := range p.Wishes {
			has["long meetings"] = has["long meetings"] || w.Minutes > slotMinutes
		}
		for from := range p.Travel {
			for to := range from {
				has["journeys that differ both ways"] = has["journeys that differ both ways"] || p.Travel[from][to] != p.Travel[to][from]
			}
		}
		last := p.Slots[len(p.Slots)-1]
		has["two or three days"] = last.Day == 1 || last.Day == 2
		has["half-days"] = last.Block == 2*last.Day+1
		has["interpreters"] = len(p.Pools) > 0 && p.Pools[0].Count > 0
		has["sessions"] = len(p.Sessions) > 0 && len(p.Sessions[0].Participants) > 0
		for _, what := range []string{
			"representatives", "premises", "minimum", "maximum", "maximum a day", "long meetings",
			"journeys that differ both ways", "two or three days", "half-days", "interpreters", "sessions",
		} {
			if !has[what] {
				t.Errorf("%s: no %s", size, what)
			}
		}
	}
}

func TestUnknownNamesAreRefused(t *testing.T) {
	if _, err := Generate("xs", "tables", 1); err == nil {
		t.Error("a size that does not exist is not refused")
	}
	if _, err := Generate("s", "moon", 1); err == nil {
		t.Error("a regime that does not exist is not refused")
	}
}
