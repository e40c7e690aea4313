package document

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The library writes the time of day and no outline, and confuses the
// language with the name of the program. Its last objects are known, though:
// 1 is the catalog, 2 what the document says of itself, 3 the list of pages,
// and the table of all objects comes after them. finish writes these again.
const (
	catalogObject = iota + 1
	infoObject
	pagesObject
)

// ending is the part of a PDF that comes after its pages and fonts.
type ending struct {
	bytes.Buffer
	// base is how much comes before; offsets are where each object begins.
	base    int
	offsets []int
}

func (d *Document) finish(w io.Writer, raw []byte) error {
	offsets, table, err := readTable(raw)
	if err != nil {
		return fmt.Errorf("finishing document %q: %w", d.info.Title, err)
	}
	body := raw[:offsets[catalogObject]]
	pages := raw[offsets[pagesObject]:table]
	end := &ending{base: len(body), offsets: offsets}
	end.offsets[pagesObject] = end.base
	end.Write(pages)
	outline := d.writeOutline(end, pageReferences(pages))
	end.write(catalogObject, d.catalog(outline))
	end.write(infoObject, fmt.Sprintf("<</Title%s/Producer%s/CreationDate(%s)>>",
		encode(d.info.Title), encode("Escale"), d.info.Made.UTC().Format("D:20060102150405Z")))
	end.writeTable(sha256.Sum256(body))
	if _, err := w.Write(body); err != nil {
		return err
	}
	_, err = w.Write(end.Bytes())
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

// writeOutline lists the bookmarks in one level, and returns the number of the
// object that holds them, or 0.
func (d *Document) writeOutline(end *ending, pages []string) int {
	n := len(d.bookmarks)
	if n == 0 {
		return 0
	}
	root := len(end.offsets)
	end.write(root, fmt.Sprintf("<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", root+1, root+n, n))
	for i, b := range d.bookmarks {
		dict := fmt.Sprintf("<</Title%s/Parent %d 0 R/Dest[%s/XYZ null null null]", encode(b.title), root, pages[b.page])
		if i > 0 {
			dict += fmt.Sprintf("/Prev %d 0 R", root+i)
		}
		if i < n-1 {
			dict += fmt.Sprintf("/Next %d 0 R", root+i+2)
		}
		end.write(root+1+i, dict+">>")
	}
	return root
}

func (e *ending) write(object int, dict string) {
	if object == len(e.offsets) {
		e.offsets = append(e.offsets, 0)
	}
	e.offsets[object] = e.base + e.Len()
	fmt.Fprintf(e, "%d 0 obj\n%s\nendobj\n", object, dict)
}

func (e *ending) writeTable(id [sha256.Size]byte) {
	at := e.base + e.Len()
	fmt.Fprintf(e, "xref\n0 %d\n0000000000 65535 f \n", len(e.offsets))
	for _, offset := range e.offsets[1:] {
		fmt.Fprintf(e, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(e, "trailer\n<</Root %d 0 R/Info %d 0 R/Size %d/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		catalogObject, infoObject, len(e.offsets), id[:16], id[:16], at)
}

// readTable returns where each object begins, by its number, and where the
// table itself does.
func readTable(raw []byte) (offsets []int, table int, err error) {
	mark := bytes.LastIndex(raw, []byte("startxref\n"))
	if mark < 0 {
		return nil, 0, fmt.Errorf("the library wrote no table of objects")
	}
	fields := bytes.Fields(raw[mark:])
	if table, err = strconv.Atoi(string(fields[1])); err != nil {
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

// pageReferences are the pages in their order, such as "5 0 R".
func pageReferences(pages []byte) []string {
	kids := regexp.MustCompile(`/Kids\[([^]]*)\]`).FindSubmatch(pages)
	return regexp.MustCompile(`\d+ 0 R`).FindAllString(string(kids[1]), -1)
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
