package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/fault"
)

// drawn is a picture of a size, red in its first half and blue in the second.
func drawn(width, height int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			m.Set(x, y, color.NRGBA{R: 255, A: 255})
			if x >= width/2 {
				m.Set(x, y, color.NRGBA{B: 255, A: 255})
			}
		}
	}
	return m
}

func written(t *testing.T, write func(into *bytes.Buffer) error) []byte {
	t.Helper()
	var into bytes.Buffer
	if err := write(&into); err != nil {
		t.Fatal(err)
	}
	return into.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	return written(t, func(into *bytes.Buffer) error { return png.Encode(into, m) })
}

func jpegOf(t *testing.T, m image.Image) []byte {
	return written(t, func(into *bytes.Buffer) error { return jpeg.Encode(into, m, nil) })
}

// webp is one pixel.
const webpPixel = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

func TestShrink(t *testing.T) {
	pixel, err := base64.StdEncoding.DecodeString(webpPixel)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content       []byte
		width, height int
	}{
		"PNG":            {pngOf(t, drawn(40, 20)), 40, 20},
		"JPEG":           {jpegOf(t, drawn(40, 20)), 40, 20},
		"WebP":           {pixel, 1, 1},
		"wide":           {pngOf(t, drawn(2048, 1024)), 512, 256},
		"high":           {jpegOf(t, drawn(300, 1200)), 128, 512},
		"a line":         {pngOf(t, drawn(2000, 1)), 512, 1},
		"as it is stays": {pngOf(t, drawn(512, 512)), 512, 512},
	} {
		small, err := Shrink(bytes.NewReader(c.content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m, err := png.Decode(bytes.NewReader(small))
		if err != nil || m.Bounds().Dx() != c.width || m.Bounds().Dy() != c.height {
			t.Errorf("%s: %v, %v", name, m.Bounds(), err)
		}
	}
}

// TestShrinkKeepsThePicture: its halves are where they were, and what followed
// it is gone.
func TestShrinkKeepsThePicture(t *testing.T) {
	small, err := Shrink(bytes.NewReader(append(pngOf(t, drawn(1000, 500)), "<script>alert(1)</script>"...)))
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	red, blue := color.NRGBAModel.Convert(m.At(10, 10)), color.NRGBAModel.Convert(m.At(500, 250))
	if red != (color.NRGBA{R: 255, A: 255}) || blue != (color.NRGBA{B: 255, A: 255}) {
		t.Errorf("the halves are %v and %v", red, blue)
	}
	if bytes.Contains(small, []byte("script")) {
		t.Error("what followed the picture is kept")
	}
}

// bomb is the beginning of a PNG that says it is very large.
func bomb(width, height uint32) []byte {
	head := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(head[4:], width)
	binary.BigEndian.PutUint32(head[8:], height)
	head[12], head[13] = 8, 6
	data := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(head))
}

func TestShrinkRefuses(t *testing.T) {
	whole := pngOf(t, drawn(40, 20))
	for name, c := range map[string]struct {
		content []byte
		key     string
	}{
		"nothing":        {nil, "picture.unread"},
		"a text":         {[]byte("hello"), "picture.unread"},
		"SVG":            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "picture.unread"},
		"a page":         {[]byte("<!DOCTYPE html><script>alert(1)</script>"), "picture.unread"},
		"half a picture": {whole[:len(whole)/2], "picture.unread"},
		"a GIF":          {written(t, func(into *bytes.Buffer) error { return gif.Encode(into, drawn(4, 4), nil) }), "picture.unread"},
		"a bomb":         {bomb(100_000, 100_000), "picture.too_many_pixels"},
		"a long bomb":    {bomb(1<<31-1, 1), "picture.too_many_pixels"},
		"too many bytes": {append(whole, make([]byte, mostBytes)...), "picture.too_large"},
	} {
		_, err := Shrink(bytes.NewReader(c.content))
		if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || f.Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Shrink(strings.NewReader(string(whole))); err != nil {
		t.Errorf("the whole picture: %v", err)
	}
}
