package land

import (
	"math"

	"github.com/escale-hq/escale/internal/geo"
)

// A Ring is a closed line on a map, in radii of the Earth.
type Ring [][2]float64

// On draws the land on a map, as rings to be filled where an odd number of them
// is around. Land that has the opposite of the centre within it is drawn inside
// out: the horizon around it is added.
func On(m geo.Azimuthal) (rings []Ring) {
	for _, polygon := range World() {
		for i, coast := range polygon {
			ring := make(Ring, len(coast))
			for j, p := range coast {
				ring[j][0], ring[j][1] = m.Project(p)
			}
			// Coasts go clockwise around their land, those of seas within the other way
			// round: one that goes wrongly around the centre goes around its opposite.
			if wrong := -1 + 2*min(i, 1); ring.turns() == wrong {
				rings = append(rings, horizon(m))
			}
			rings = append(rings, ring)
		}
	}
	return rings
}

// turns is how often the ring goes clockwise around the centre.
func (r Ring) turns() int {
	angle := 0.0
	for i, a := range r {
		b := r[(i+1)%len(r)]
		angle += math.Remainder(math.Atan2(b[1], b[0])-math.Atan2(a[1], a[0]), 2*math.Pi)
	}
	return int(math.Round(angle / (2 * math.Pi)))
}

// horizon is the edge of the map.
func horizon(m geo.Azimuthal) Ring {
	const steps = 120
	radius := 2 * math.Sin(m.Horizon*math.Pi/360)
	ring := make(Ring, steps)
	for i := range ring {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / steps)
		ring[i] = [2]float64{radius * cos, radius * sin}
	}
	return ring
}
