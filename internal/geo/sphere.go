package geo

import "math"

// vector is a point on the unit sphere.
type vector [3]float64

func (p Point) vector() vector {
	latitude, longitude := radians(p.Latitude), radians(p.Longitude)
	return vector{math.Cos(latitude) * math.Cos(longitude), math.Cos(latitude) * math.Sin(longitude), math.Sin(latitude)}
}

func (v vector) point() Point {
	return Point{Latitude: degrees(math.Atan2(v[2], math.Hypot(v[0], v[1]))), Longitude: degrees(math.Atan2(v[1], v[0]))}
}

func (v vector) times(k float64) vector { return vector{v[0] * k, v[1] * k, v[2] * k} }

func (v vector) plus(w vector) vector { return vector{v[0] + w[0], v[1] + w[1], v[2] + w[2]} }

func degrees(radians float64) float64 { return radians * 180 / math.Pi }

// Between is the point at a share of the great circle from a to b: 0 is a, 1 is b.
func Between(a, b Point, share float64) Point {
	angle := Kilometres(a, b) / earthRadius
	if angle < 1e-9 || math.Pi-angle < 1e-9 {
		return a // the same place, or its opposite, to which every way is as short
	}
	from := a.vector().times(math.Sin((1-share)*angle) / math.Sin(angle))
	return from.plus(b.vector().times(math.Sin(share*angle) / math.Sin(angle))).point()
}

// Middle is the point around which several lie.
func Middle(points []Point) Point {
	var sum vector
	for _, p := range points {
		sum = sum.plus(p.vector())
	}
	return sum.point()
}

// An Azimuthal is a map of the Earth around a centre, on which areas keep their
// size (Lambert's projection) and great circles through the centre are straight.
type Azimuthal struct {
	Centre Point
	// Horizon is the angle from the centre, in degrees, beyond which points are
	// drawn on the edge.
	Horizon float64
}

// Project gives where a point is on the map, in radii of the Earth: east, then
// south of the centre.
func (m Azimuthal) Project(p Point) (x, y float64) {
	latitude, centre := radians(p.Latitude), radians(m.Centre.Latitude)
	east := radians(p.Longitude - m.Centre.Longitude)
	x = math.Cos(latitude) * math.Sin(east)
	y = math.Cos(centre)*math.Sin(latitude) - math.Sin(centre)*math.Cos(latitude)*math.Cos(east)
	angle := math.Atan2(math.Hypot(x, y), math.Sin(centre)*math.Sin(latitude)+math.Cos(centre)*math.Cos(latitude)*math.Cos(east))
	from := math.Hypot(x, y)
	if from < 1e-12 {
		return 0, 0
	}
	radius := 2 * math.Sin(min(angle, radians(m.Horizon))/2)
	return x / from * radius, -y / from * radius
}
