package document

import "image/color"

// Color is opaque: paper knows no transparency.
type Color struct{ R, G, B uint8 }

// The colours of print: darker than on screen, since ink on paper is paler.
var (
	Ink    = Color{0x1D, 0x2A, 0x35}
	Muted  = Color{0x4B, 0x56, 0x60}
	Sea    = Color{0x08, 0x4B, 0x64}
	Terra  = Color{0x97, 0x38, 0x1E}
	Hair   = Color{0xCF, 0xC6, 0xB6}
	Thread = Color{0xC9, 0xBE, 0xAC}
	Sunken = Color{0xF3, 0xEE, 0xE4}
	Bar    = Color{0x9C, 0xC3, 0xD1}
	White  = Color{0xFF, 0xFF, 0xFF}
)

func (c Color) rgba() color.RGBA { return color.RGBA{c.R, c.G, c.B, 0xFF} }
