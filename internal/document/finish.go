package document

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The library writes the time of day, in the document and in its fonts, no
// outline, and the name of the program in place of the language. Its objects
// are known, though: 1 is the catalog, 2 what the document says of itself, 3
// the list of pages. finish dates the fonts and writes the first two again.
const (
	catalogObject = iota + 1
	infoObject
	pagesObject
)

// objects are those of a PDF file, each from "1 0 obj" to "endobj".
type objects struct {
	header []byte
	// byNumber begins with an empty one, since objects count from 1; order is
	// the numbers as they stand in the file.
	byNumber [][]byte
	order    []int
}

func (d *Document) finish(w io.Writer, raw []byte) error {
	o, err := readObjects(raw)
	if err == nil {
		err = o.dateFonts(d.info.Made)
	}
	if err != nil {
		return fmt.Errorf("finishing document %q: %w", d.info.Title, err)
	}
	outline := d.addOutline(o)
	o.set(catalogObject, d.catalog(outline))
	o.set(infoObject, fmt.Sprintf("<</Title%s/Producer%s/CreationDate(%s)>>",
		encode(d.info.Title), encode("Escale"), d.info.Made.UTC().Format("D:20060102150405Z")))
	_, err = w.Write(o.bytes())
	return err
}

func (d *Document) catalog(outline int) string {
	dict := fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Lang%s/ViewerPreferences<</DisplayDocTitle true>>",
		pagesObject, encode(d.info.Language))
	if outline > 0 {
		dict += fmt.Sprintf("/Outlines %d 0 R/PageMode/UseOutlines", outline)
	}
	return dict + ">>"
}

// addOutline lists the bookmarks in one level, and returns the number of the
// object that holds them, or 0.
func (d *Document) addOutline(o *objects) int {
	n := len(d.bookmarks)
	if n == 0 {
		return 0
	}
	pages := pageReferences(o.byNumber[pagesObject])
	root := len(o.byNumber)
	o.set(root, fmt.Sprintf("<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", root+1, root+n, n))
	for i, b := range d.bookmarks {
		dict := fmt.Sprintf("<</Title%s/Parent %d 0 R/Dest[%s/XYZ null null null]", encode(b.title), root, pages[b.page])
		if i > 0 {
			dict += fmt.Sprintf("/Prev %d 0 R", root+i)
		}
		if i < n-1 {
			dict += fmt.Sprintf("/Next %d 0 R", root+i+2)
		}
		o.set(root+1+i, dict+">>")
	}
	return root
}

// set replaces an object, or adds the next one.
func (o *objects) set(number int, content string) {
	if number == len(o.byNumber) {
		o.byNumber = append(o.byNumber, nil)
		o.order = append(o.order, number)
	}
	o.byNumber[number] = fmt.Appendf(nil, "%d 0 obj\n%s\nendobj\n", number, content)
}

// bytes is the file, with the table of where its objects are.
func (o *objects) bytes() []byte {
	var file bytes.Buffer
	file.Write(o.header)
	offsets := make([]int, len(o.byNumber))
	for _, number := range o.order {
		offsets[number] = file.Len()
		file.Write(o.byNumber[number])
	}
	id, table := sha256.Sum256(file.Bytes()), file.Len()
	fmt.Fprintf(&file, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, offset := range offsets[1:] {
		fmt.Fprintf(&file, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&file, "trailer\n<</Root %d 0 R/Info %d 0 R/Size %d/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		catalogObject, infoObject, len(offsets), id[:16], id[:16], table)
	return file.Bytes()
}

// readObjects cuts a file at the places that its table gives.
func readObjects(raw []byte) (*objects, error) {
	offsets, table, err := readTable(raw)
	if err != nil {
		return nil, err
	}
	o := &objects{byNumber: make([][]byte, len(offsets))}
	for number := 1; number < len(offsets); number++ {
		o.order = append(o.order, number)
	}
	slices.SortFunc(o.order, func(a, b int) int { return offsets[a] - offsets[b] })
	o.header = raw[:offsets[o.order[0]]]
	for i, number := range o.order {
		end := table
		if i+1 < len(o.order) {
			end = offsets[o.order[i+1]]
		}
		o.byNumber[number] = raw[offsets[number]:end]
	}
	return o, nil
}

// readTable returns where each object begins, by its number, and where the
// table itself does.
func readTable(raw []byte) (offsets []int, table int, err error) {
	mark := bytes.LastIndex(raw, []byte("startxref\n"))
	if mark < 0 {
		return nil, 0, fmt.Errorf("the library wrote no table of objects")
	}
	if table, err = strconv.Atoi(string(bytes.Fields(raw[mark:])[1])); err != nil {
		return nil, 0, err
	}
	lines := strings.Split(string(raw[table:mark]), "\n")
	for _, line := range lines[2:] {
		entry := strings.Fields(line)
		if len(entry) != 3 {
			break
		}
		offset, err := strconv.Atoi(entry[0])
		if err != nil {
			return nil, 0, err
		}
		offsets = append(offsets, offset)
	}
	if len(offsets) <= pagesObject {
		return nil, 0, fmt.Errorf("the library's table of objects has %d lines", len(offsets))
	}
	return offsets, table, nil
}

var (
	kidsPattern      = regexp.MustCompile(`/Kids\[([^]]*)\]`)
	referencePattern = regexp.MustCompile(`\d+ 0 R`)
)

// pageReferences are the pages in their order, such as "5 0 R".
func pageReferences(pages []byte) []string {
	return referencePattern.FindAllString(string(kidsPattern.FindSubmatch(pages)[1]), -1)
}

// encode writes a text as UTF-16 in hexadecimal, which needs no escapes.
func encode(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}
