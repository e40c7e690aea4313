package mission

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/geo"
)

func halts(t testing.TB, names ...string) (all []halt) {
	t.Helper()
	for _, name := range names {
		city, found := places.Find(name, "")
		if !found {
			t.Fatalf("no %s", name)
		}
		all = append(all, halt{city.Name, city.At})
	}
	return all
}

// TestDrawingsFit: wherever the cities are, all stops are in the part of the box
// that is theirs, in their order from west to east as the map shows it, and there
// is land.
func TestDrawingsFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []halt
		for range rapid.IntRange(2, 5).Draw(t, "halts") {
			all = append(all, halt{"X", geo.Point{
				Latitude: rapid.Float64Range(-55, 70).Draw(t, "latitude"), Longitude: rapid.Float64Range(-180, 180).Draw(t, "longitude"),
			}})
		}
		d := draw(all)
		for _, s := range d.Stops {
			if math.IsNaN(s.X+s.Y) || s.X < routeLeft-1 || s.X > routeRight+1 || s.Y < routeTop-1 || s.Y > routeBottom+1 {
				t.Fatalf("a stop is at %f, %f", s.X, s.Y)
			}
		}
	})
}

func TestRoutes(t *testing.T) {
	d := draw(halts(t, "Marseille", "Montréal", "Toronto"))
	if len(d.Stops) != 3 || strings.Count(d.Way, "M") != 2 || !strings.Contains(d.Land, "Z") {
		t.Fatalf("%d stops, way %.40s", len(d.Stops), d.Way)
	}
	home, montreal, toronto := d.Stops[0], d.Stops[1], d.Stops[2]
	if !(toronto.X < montreal.X && montreal.X < home.X) {
		t.Errorf("Toronto %f, Montréal %f, Marseille %f", toronto.X, montreal.X, home.X)
	}
	if !toronto.Before || montreal.Before || home.Before {
		t.Errorf("names before their stops: %v, %v, %v", toronto.Before, montreal.Before, home.Before)
	}
	if len(d.Land) > 60_000 {
		t.Errorf("the land takes %d bytes", len(d.Land))
	}
	if d := draw(halts(t, "Marseille")); d.Land != "" || d.Way != "" {
		t.Error("a way of one place is drawn")
	}
}
