package land_test

import (
	"flag"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/geo/land"
)

// TestMain fixes the seed, so that the tests say the same every time.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.seed", "20261124"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// within counts the rings around a point of the map.
func within(rings []land.Ring, x, y float64) (odd bool) {
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a[1] > y) != (b[1] > y) && a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]) < x {
				odd = !odd
			}
		}
	}
	return odd
}

// TestMapsShowLandAsLand: wherever a map is centred, a point of the Earth is on
// land there if it is on the sphere. Near the coast and the edge, lines are
// straight that are not, so that such points say nothing.
func TestMapsShowLandAsLand(t *testing.T) {
	world := land.World()
	rapid.Check(t, func(t *rapid.T) {
		m := geo.Azimuthal{Horizon: 100, Centre: geo.Point{
			Latitude: rapid.Float64Range(-60, 75).Draw(t, "latitude"), Longitude: rapid.Float64Range(-180, 180).Draw(t, "longitude"),
		}}
		rings := land.On(m)
		for range 8 {
			p := geo.Point{
				Latitude: rapid.Float64Range(-60, 80).Draw(t, "point's latitude"), Longitude: rapid.Float64Range(-175, 175).Draw(t, "point's longitude"),
			}
			clear := true
			for _, step := range []geo.Point{{Latitude: 2}, {Latitude: -2}, {Longitude: 3}, {Longitude: -3}} {
				near := geo.Point{Latitude: p.Latitude + step.Latitude, Longitude: p.Longitude + step.Longitude}
				clear = clear && inside(world, near) == inside(world, p)
			}
			if !clear || geo.Kilometres(m.Centre, p) > 85*111 {
				continue
			}
			x, y := m.Project(p)
			if got, want := within(rings, x, y), inside(world, p); got != want {
				t.Fatalf("%v at %.2f, %.2f: on land %v, want %v", p, x, y, got, want)
			}
			if math.IsNaN(x + y) {
				t.Fatalf("%v has no place", p)
			}
		}
	})
}
