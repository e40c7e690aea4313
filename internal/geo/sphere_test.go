package geo_test

import (
	"flag"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/geo"
)

// TestMain fixes the seed, so that the tests say the same every time.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.seed", "20261124"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func anyPoint(t *rapid.T, name string) geo.Point {
	return geo.Point{
		Latitude:  rapid.Float64Range(-89, 89).Draw(t, name+" latitude"),
		Longitude: rapid.Float64Range(-180, 180).Draw(t, name+" longitude"),
	}
}

// TestBetweenIsOnTheGreatCircle: a point part of the way is so far from both
// ends, by the haversine formula, which shares no code with it.
func TestBetweenIsOnTheGreatCircle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPoint(t, "a"), anyPoint(t, "b")
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		all := geo.Kilometres(a, b)
		if all < 1 || all > 20000 {
			t.Skip("the same place, or nearly opposite")
		}
		at := geo.Between(a, b, share)
		if math.Abs(geo.Kilometres(a, at)-share*all) > .1 || math.Abs(geo.Kilometres(at, b)-(1-share)*all) > .1 {
			t.Fatalf("%v is not at %f between %v and %v", at, share, a, b)
		}
	})
}

// TestProjectKeepsDistanceFromTheCentre: of a point at an angle from the centre,
// Lambert's radius is twice the sine of half that angle.
func TestProjectKeepsDistanceFromTheCentre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		centre, p := anyPoint(t, "centre"), anyPoint(t, "p")
		angle := geo.Kilometres(centre, p) / 6371.0088
		x, y := geo.Azimuthal{Centre: centre, Horizon: 180}.Project(p)
		if got, want := math.Hypot(x, y), 2*math.Sin(angle/2); math.Abs(got-want) > 1e-6 {
			t.Fatalf("%f from the centre, want %f", got, want)
		}
		x, y = geo.Azimuthal{Centre: centre, Horizon: 60}.Project(p)
		if got := math.Hypot(x, y); got > 1+1e-9 {
			t.Fatalf("%f is beyond the horizon", got)
		}
	})
}

func TestProjectPointsTheRightWay(t *testing.T) {
	m := geo.Azimuthal{Centre: geo.Point{Latitude: 43.3, Longitude: 5.4}, Horizon: 90}
	for name, it := range map[string]struct {
		at          geo.Point
		east, south float64
	}{
		"Miami":     {geo.Point{Latitude: 25.77, Longitude: -80.19}, -1, 0},
		"Oslo":      {geo.Point{Latitude: 59.91, Longitude: 10.75}, 1, -1},
		"Cape Town": {geo.Point{Latitude: -33.9, Longitude: 18.4}, 1, 1},
	} {
		x, y := m.Project(it.at)
		if x*it.east < 0 || y*it.south < 0 {
			t.Errorf("%s is at %f, %f", name, x, y)
		}
	}
	middle := geo.Middle([]geo.Point{{Longitude: 10}, {Longitude: 30}})
	if geo.Kilometres(middle, geo.Point{Longitude: 20}) > 1 {
		t.Errorf("the middle is %v", middle)
	}
}
