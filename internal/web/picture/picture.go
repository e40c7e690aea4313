// Package picture takes the pictures that people bring, such as logos: from a
// file or from an address. Nobody's bytes are passed on: a picture is decoded,
// made small and written again, so that what is served can be nothing else.
package picture

import (
	"bytes"
	"embed"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"github.com/escale-hq/escale/internal/fault"
)

// Words are the texts of this package's faults and forms.
//
//go:embed words/*.json
var Words embed.FS

const (
	// mostBytes is how large a picture may be as it comes.
	mostBytes = 2 << 20
	// mostPixels bounds what decoding takes: a few bytes can say that they are a
	// picture of any size.
	mostPixels = 8_000_000
	// side is how wide and high a picture is kept, at most.
	side = 512
)

// A format is how the pictures of a type are read: how large they say they are,
// and whole.
type format struct {
	size func(io.Reader) (image.Config, error)
	read func(io.Reader) (image.Image, error)
}

// formats are those that are read, by what their first bytes look like. Others
// that a library of this program may know are not asked.
var formats = map[string]format{
	"image/png":  {png.DecodeConfig, png.Decode},
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode},
	"image/webp": {webp.DecodeConfig, webp.Decode},
}

// accepted are the endings of files that hold pictures which are read.
const accepted = ".png,.jpg,.jpeg,.webp"

// Shrink reads a PNG, a JPEG or a WebP, whatever it is called, and gives it as
// a PNG of at most 512 pixels a side, without what else the file said: where a
// photograph was taken, by whom.
func Shrink(content io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(content, mostBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read a picture: %w", err)
	case len(data) > mostBytes:
		return nil, fault.New(fault.Invalid, "picture.too_large", mostBytes>>20)
	}
	whole, err := read(data)
	if err != nil {
		return nil, err
	}
	var small bytes.Buffer
	if err := png.Encode(&small, fitted(whole)); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return small.Bytes(), nil
}

// read decodes a picture, if it is not larger than it may be.
func read(data []byte) (image.Image, error) {
	format, known := formats[http.DetectContentType(data)]
	if !known {
		return nil, fault.New(fault.Invalid, "picture.unread")
	}
	size, err := format.size(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, fault.Because(err, fault.Invalid, "picture.unread")
	case size.Width <= 0 || size.Height <= 0 || size.Width > mostPixels/size.Height:
		return nil, fault.New(fault.Invalid, "picture.too_many_pixels", mostPixels/1_000_000)
	}
	whole, err := format.read(bytes.NewReader(data))
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "picture.unread")
	}
	return whole, nil
}

// fitted is the picture, no larger than it may be kept.
func fitted(whole image.Image) image.Image {
	width, height := whole.Bounds().Dx(), whole.Bounds().Dy()
	longest := max(width, height)
	if longest > side {
		width, height = max(width*side/longest, 1), max(height*side/longest, 1)
	}
	small := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Bounds(), whole, whole.Bounds(), draw.Src, nil)
	return small
}
