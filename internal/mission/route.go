package mission

import (
	"fmt"
	"math"
	"strings"

	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/geo/land"
)

// A drawing is the way of a mission on the coast, for the end of its masthead: in
// a box of routeWidth by routeHeight.
type drawing struct {
	Land, Way string // paths of SVG
	Stops     []routeStop
}

type routeStop struct {
	X, Y float64
	Name string
	// Before says that the name stands before the stop, and not after it.
	Before bool
}

// A halt is a place of the way.
type halt struct {
	name string
	at   geo.Point
}

// The box of a drawing, and the part of it in which the way is kept: the words
// of the masthead are over the rest.
const (
	routeWidth, routeHeight = 1200.0, 300.0
	routeLeft, routeRight   = 745.0, 1060.0
	routeTop, routeBottom   = 70.0, 235.0
	// closest keeps a short way from filling the box: what a city is near to is
	// what tells it.
	closest = 900.0 // units for a radius of the Earth
)

// draw draws the way from home to the cities of the legs, and back to none.
func draw(halts []halt) (d drawing) {
	if len(halts) < 2 {
		return d
	}
	points := each(halts, func(h halt) geo.Point { return h.at })
	b := board{Azimuthal: geo.Azimuthal{Centre: geo.Middle(points), Horizon: 100}}
	b.fit(points)
	d.Land = b.coasts()
	middle := 0.0
	for i, h := range halts {
		x, y := b.place(h.at)
		middle += x / float64(len(halts))
		d.Stops = append(d.Stops, routeStop{X: x, Y: y, Name: h.name})
		if i > 0 {
			d.Way += b.way(halts[i-1].at, h.at)
		}
	}
	for i := range d.Stops {
		d.Stops[i].Before = d.Stops[i].X < middle
	}
	apart(d.Stops)
	return d
}

// A board is a map with its scale, and where its centre is in the box.
type board struct {
	geo.Azimuthal
	scale, x, y float64
}

// fit makes the points fill the part of the box that is theirs.
func (b *board) fit(points []geo.Point) {
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range points {
		x, y := b.Project(p)
		left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
	}
	b.scale = min((routeRight-routeLeft)/max(right-left, 1e-6), (routeBottom-routeTop)/max(bottom-top, 1e-6), closest)
	b.x = (routeLeft+routeRight)/2 - b.scale*(left+right)/2
	b.y = (routeTop+routeBottom)/2 - b.scale*(top+bottom)/2
}

func (b *board) place(p geo.Point) (x, y float64) {
	x, y = b.Project(p)
	return b.x + b.scale*x, b.y + b.scale*y
}

// coasts is the path of the land that the box shows.
func (b *board) coasts() string {
	var path strings.Builder
	for _, ring := range land.On(b.Azimuthal) {
		b.coast(&path, ring)
	}
	return path.String()
}

// coast adds a ring, if it comes near the box. What is drawn within half a unit
// of the point before is left out.
func (b *board) coast(path *strings.Builder, ring land.Ring) {
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	points := ring[:0:0]
	for _, p := range ring {
		x, y := b.x+b.scale*p[0], b.y+b.scale*p[1]
		left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
		if n := len(points); n == 0 || math.Hypot(x-points[n-1][0], y-points[n-1][1]) > .5 {
			points = append(points, [2]float64{x, y})
		}
	}
	if right < 0 || left > routeWidth || bottom < 0 || top > routeHeight || len(points) < 3 {
		return
	}
	for i, p := range points {
		fmt.Fprintf(path, "%c%.1f %.1f", "ML"[min(i, 1)], p[0], p[1])
	}
	path.WriteByte('Z')
}

// way is the path of the great circle between two points.
func (b *board) way(from, to geo.Point) string {
	const steps = 24
	var path strings.Builder
	for i := range steps + 1 {
		x, y := b.place(geo.Between(from, to, float64(i)/steps))
		fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(i, 1)], x, y)
	}
	return path.String()
}

// apart turns the names of stops that are close away from each other.
func apart(stops []routeStop) {
	const line, name = 20, 200
	for i := range stops {
		for j := range i {
			a, b := &stops[i], &stops[j]
			if math.Abs(a.Y-b.Y) < line && math.Abs(a.X-b.X) < name {
				a.Before, b.Before = a.X < b.X, a.X >= b.X
			}
		}
	}
}
