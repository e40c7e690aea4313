package document

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"
)

var fontFilePattern = regexp.MustCompile(`/FontFile2 (\d+) 0 R`)

// dateFonts gives every font of the file the date of the document, in place of
// the time at which the library made it.
func (o *objects) dateFonts(made time.Time) error {
	for _, object := range o.byNumber {
		for _, found := range fontFilePattern.FindAllSubmatch(object, -1) {
			number, err := strconv.Atoi(string(found[1]))
			if err != nil || number >= len(o.byNumber) {
				return fmt.Errorf("no object %s for a font", found[1])
			}
			font, err := inflate(o.byNumber[number])
			if err != nil {
				return fmt.Errorf("font of object %d: %w", number, err)
			}
			if err := dateFont(font, made); err != nil {
				return fmt.Errorf("font of object %d: %w", number, err)
			}
			packed := deflate(font)
			o.set(number, fmt.Sprintf("<</Filter/FlateDecode/Length %d/Length1 %d>>stream\n%s\nendstream",
				len(packed), len(font), packed))
		}
	}
	return nil
}

func inflate(object []byte) ([]byte, error) {
	_, stream, found := bytes.Cut(object, []byte("stream\n"))
	if !found {
		return nil, fmt.Errorf("it has no stream")
	}
	reader, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

// deflate never fails: it writes to memory.
func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

// The places in a TrueType file (OpenType 1.9, "Organization of an OpenType
// font" and "head"): the directory, and two fields of the table named head.
const (
	fontHeader      = 12
	fontRecord      = 16
	headAdjustment  = 8
	headModified    = 28
	fontMagic       = 0xB1B0AFBA
	fontEpochToUnix = 2_082_844_800 // seconds from 1904 to 1970
)

// dateFont sets the date of a font, and the sums that depend on it.
func dateFont(font []byte, made time.Time) error {
	if len(font) < fontHeader {
		return io.ErrUnexpectedEOF
	}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		record := font[fontHeader+i*fontRecord:]
		if string(record[:4]) != "head" {
			continue
		}
		offset, length := binary.BigEndian.Uint32(record[8:]), binary.BigEndian.Uint32(record[12:])
		head := font[offset:][:(length+3)&^3]
		binary.BigEndian.PutUint64(head[headModified:], uint64(made.Unix()+fontEpochToUnix))
		binary.BigEndian.PutUint32(head[headAdjustment:], 0)
		binary.BigEndian.PutUint32(record[4:], fontSum(head))
		binary.BigEndian.PutUint32(head[headAdjustment:], fontMagic-fontSum(font))
		return nil
	}
	return fmt.Errorf("it has no table head")
}

// fontSum adds up the words of four bytes.
func fontSum(data []byte) uint32 {
	sum := uint32(0)
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	return sum
}
