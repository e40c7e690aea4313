// Package land knows the coasts of the world, from afar: Natural Earth's land
// (public domain) at 1:110 million, in the form that world-atlas gives it.
package land

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/escale-hq/escale/internal/geo"
)

// A Polygon is a piece of land: its coast, then the coasts of the seas within.
type Polygon [][]geo.Point

//go:embed land-110m.json.gz
var packed []byte

// World is all the land. The file is part of the program, so one that cannot be
// read is a mistake in the program.
var World = sync.OnceValue(func() []Polygon {
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	var t topology
	if err := json.NewDecoder(unpacked).Decode(&t); err != nil {
		panic(fmt.Errorf("read the land: %w", err))
	}
	return t.polygons()
})

// A topology is what TopoJSON says of it: polygons that share arcs of points,
// each point the difference from the one before, in steps of a grid.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Land struct {
			Geometries []struct{ Arcs [][][]int }
		}
	}
}

func (t topology) polygons() (all []Polygon) {
	for _, geometry := range t.Objects.Land.Geometries {
		for _, rings := range geometry.Arcs {
			polygon := make(Polygon, len(rings))
			for i, arcs := range rings {
				for _, arc := range arcs {
					polygon[i] = append(polygon[i], t.arc(arc)...)
				}
			}
			all = append(all, polygon)
		}
	}
	return all
}

// arc is the arc of a number; one that is negative is another walked backwards.
func (t topology) arc(number int) []geo.Point {
	if number < 0 {
		points := t.arc(^number)
		slices.Reverse(points)
		return points
	}
	var x, y float64
	points := make([]geo.Point, len(t.Arcs[number]))
	for i, step := range t.Arcs[number] {
		x, y = x+step[0], y+step[1]
		points[i] = geo.Point{
			Longitude: x*t.Transform.Scale[0] + t.Transform.Translate[0], Latitude: y*t.Transform.Scale[1] + t.Transform.Translate[1],
		}
	}
	return points
}
