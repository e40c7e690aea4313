package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestKilometres(t *testing.T) {
	marseille, miami := Point{43.2965, 5.3698}, Point{25.7617, -80.1918}
	for name, test := range map[string]struct {
		a, b Point
		want float64
	}{
		"Marseille to Miami":      {marseille, miami, 7712},
		"a quarter of the globe":  {Point{0, 0}, Point{0, 90}, 10007.6},
		"a pole to the other":     {Point{90, 0}, Point{-90, 0}, 20015.1},
		"across the date line":    {Point{0, 179.5}, Point{0, -179.5}, 111.2},
		"a hundred metres or so":  {Point{25.7617, -80.1918}, Point{25.7626, -80.1918}, 0.1},
		"nowhere":                 {miami, miami, 0},
		"half around the equator": {Point{0, 0}, Point{0, 180}, 20015.1},
	} {
		if got := Kilometres(test.a, test.b); math.Abs(got-test.want) > test.want*0.005+0.001 {
			t.Errorf("%s: %.1f km, want %.1f", name, got, test.want)
		}
	}
}

// TestKilometresByVectors compares with the angle between two vectors.
func TestKilometresByVectors(t *testing.T) {
	vector := func(p Point) [3]float64 {
		latitude, longitude := radians(p.Latitude), radians(p.Longitude)
		return [3]float64{math.Cos(latitude) * math.Cos(longitude), math.Cos(latitude) * math.Sin(longitude), math.Sin(latitude)}
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Point {
			return Point{rapid.Float64Range(-90, 90).Draw(t, name), rapid.Float64Range(-180, 180).Draw(t, name)}
		}
		a, b := draw("a"), draw("b")
		u, v := vector(a), vector(b)
		cosine := u[0]*v[0] + u[1]*v[1] + u[2]*v[2]
		want := earthRadius * math.Acos(max(-1, min(1, cosine)))
		got := Kilometres(a, b)
		if math.Abs(got-want) > 0.5 || got != Kilometres(b, a) {
			t.Fatalf("%v to %v: %f km, %f back, want %f", a, b, got, Kilometres(b, a), want)
		}
	})
}

func TestCityMinutes(t *testing.T) {
	hub, port := Point{25.7617, -80.1918}, Point{25.7742, -80.1700}
	if got := CityMinutes(hub, port); got != 13 {
		t.Errorf("2.6 km take %d minutes, want 13", got)
	}
	if got := CityMinutes(hub, hub); got != DoorMinutes {
		t.Errorf("next door takes %d minutes, want %d", got, DoorMinutes)
	}
}

func TestValid(t *testing.T) {
	if (Point{91, 0}).Valid() || (Point{0, -181}).Valid() || !(Point{-90, 180}).Valid() {
		t.Error("the limits of the Earth are not kept")
	}
}
