// Package geo measures the Earth: where a point is, how far from another.
package geo

import "math"

// Point is a place on the Earth, in degrees.
type Point struct {
	Latitude, Longitude float64
}

// Valid says whether there is such a place.
func (p Point) Valid() bool {
	return math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180
}

// earthRadius is the mean radius, in kilometres.
const earthRadius = 6371.0088

// Kilometres is the distance along the great circle, by the haversine formula,
// which stays exact for points close to each other.
func Kilometres(a, b Point) float64 {
	fromLatitude, toLatitude := radians(a.Latitude), radians(b.Latitude)
	north := math.Sin((toLatitude - fromLatitude) / 2)
	east := math.Sin(radians(b.Longitude-a.Longitude) / 2)
	chord := north*north + math.Cos(fromLatitude)*math.Cos(toLatitude)*east*east
	return 2 * earthRadius * math.Asin(math.Sqrt(min(chord, 1)))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// How long a journey through a city is thought to take when nobody says: the
// straight line at a speed that allows for detours, lights and traffic, and the
// time to leave one building and enter the other.
const (
	CitySpeed   = 20 // kilometres an hour
	DoorMinutes = 5
)

// CityMinutes estimates the minutes from a point of a city to another, rounded
// up.
func CityMinutes(a, b Point) int {
	return int(math.Ceil(Kilometres(a, b)/CitySpeed*60)) + DoorMinutes
}
