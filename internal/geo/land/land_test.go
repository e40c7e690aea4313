package land_test

import (
	"math"
	"testing"

	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/geo/land"
)

// inside counts the coasts that a line to the west of a point crosses. A coast
// that crosses the date line goes on beyond 180 degrees, so that the point is
// looked for there too.
func inside(world []land.Polygon, p geo.Point) (crossed bool) {
	for _, polygon := range world {
		for _, ring := range polygon {
			east := ring[0].Longitude
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				from := east
				east += math.Remainder(b.Longitude-a.Longitude, 360)
				if (a.Latitude > p.Latitude) == (b.Latitude > p.Latitude) {
					continue
				}
				at := from + (p.Latitude-a.Latitude)/(b.Latitude-a.Latitude)*(east-from)
				for _, turn := range []float64{-360, 0, 360} {
					crossed = crossed != (at < p.Longitude+turn)
				}
			}
		}
	}
	return crossed
}

func TestLandIsWhereItIs(t *testing.T) {
	world := land.World()
	for name, it := range map[string]struct {
		at  geo.Point
		dry bool
	}{
		"Paris": {geo.Point{Latitude: 48.9, Longitude: 2.4}, true}, "Chicago": {geo.Point{Latitude: 41.5, Longitude: -89}, true},
		"Pretoria": {geo.Point{Latitude: -25.7, Longitude: 28.2}, true}, "Beijing": {geo.Point{Latitude: 39.9, Longitude: 116}, true},
		"the Atlantic": {geo.Point{Latitude: 35, Longitude: -40}, false}, "the Gulf of Lion": {geo.Point{Latitude: 42, Longitude: 4.5}, false},
		"the Pacific": {geo.Point{Latitude: -10, Longitude: -140}, false}, "the Caspian Sea": {geo.Point{Latitude: 42, Longitude: 50.5}, false},
	} {
		if got := inside(world, it.at); got != it.dry {
			t.Errorf("%s: on land %v", name, got)
		}
	}
	for _, polygon := range world {
		for _, ring := range polygon {
			for _, p := range ring {
				if !p.Valid() {
					t.Fatalf("%v is not on the Earth", p)
				}
			}
		}
	}
}
