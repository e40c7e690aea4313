package web

// A Sector is told by three things at once: a silhouette with its colour, a
// letter, a name.
type Sector struct {
	Name, Letter string
	Shape        Shape
}

// A Shape is the silhouette of a sector.
type Shape string

// The shapes: six with a colour each, and three for a territory's own sectors,
// which share one.
const (
	Hull     Shape = "hull"
	Disc     Shape = "disc"
	Arch     Shape = "arch"
	Pixel    Shape = "pixel"
	Wing     Shape = "wing"
	Cell     Shape = "cell"
	Pentagon Shape = "pentagon"
	Drop     Shape = "drop"
	Shield   Shape = "shield"
)

// outlines are drawn in a box of 20 by 20.
var outlines = map[Shape]string{
	Hull:     "M2 3h16v6.5a8 8 0 0 1-16 0z",
	Disc:     "M10 .8a9.2 9.2 0 1 1 0 18.4 9.2 9.2 0 0 1 0-18.4z",
	Arch:     "M2 17.5V9.8a8 8 0 0 1 16 0v7.7z",
	Pixel:    "M3 1.8h14a1.2 1.2 0 0 1 1.2 1.2v14a1.2 1.2 0 0 1-1.2 1.2H3A1.2 1.2 0 0 1 1.8 17V3A1.2 1.2 0 0 1 3 1.8z",
	Wing:     "M5.6 2.6H20.4L14.4 17.4H-.4z",
	Cell:     "M5.2 1.4h9.6L19.6 10l-4.8 8.6H5.2L.4 10z",
	Pentagon: "M10 .8 19.4 7.6 15.8 18.6H4.2L.6 7.6z",
	Drop:     "M10 .6c4 4.4 7 7.6 7 11.4a7 7 0 0 1-14 0C3 8.2 6 5 10 .6z",
	Shield:   "M2 2.5h16V10c0 4.5-3.5 7.8-8 9.3C5.5 17.8 2 14.5 2 10z",
}
