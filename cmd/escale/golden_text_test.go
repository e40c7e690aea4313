package main

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

func goldenFirst[T any](list []T, n int) []T { return list[:min(n, len(list))] }

var (
	goldenGap   = regexp.MustCompile(` {2,}`)
	goldenBlank = regexp.MustCompile(`\n{3,}`)
)

// goldenPages is the text of the first two documents of a PDF file: an agenda
// or a letter begins on each page that its foot numbers 1.
func goldenPages(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", "-l", "12", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext (of poppler-utils, which make test installs): %v\n%s", err, out)
	}
	var b strings.Builder
	begun := 0
	for page := range strings.SplitSeq(string(out), "\f") {
		if strings.Contains(page, "Page 1 ") {
			begun++
		}
		if begun > 2 {
			break
		}
		for line := range strings.Lines(page) {
			line = goldenGap.ReplaceAllString(strings.TrimRight(line, " \n"), "  ")
			b.WriteString(line + "\n")
		}
		b.WriteString("--------\n")
	}
	return goldenBlank.ReplaceAllString(b.String(), "\n\n")
}

// goldenSheets is what the cells of a workbook show, a row a line. Figures are
// written as the library does; a spreadsheet writes them as its user's country.
func goldenSheets(t *testing.T, path string) string {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var b strings.Builder
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "# %s\n", sheet)
		for _, row := range goldenFirst(rows, 30) {
			b.WriteString(strings.ReplaceAll(strings.Join(row, " | "), "\n", " / ") + "\n")
		}
	}
	return b.String()
}

// goldenReport is the text that the report opens on, a block or a row of a
// table a line; a drawing is what it says of itself to who cannot see it.
func goldenReport(t *testing.T, path string) string {
	t.Helper()
	page, err := html.Parse(strings.NewReader(goldenRead(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	goldenShow(&b, page)
	var lines []string
	for block := range strings.SplitSeq(b.String(), goldenEnd) {
		// FieldsFunc and not Fields, which would take the no-break spaces away.
		words := strings.FieldsFunc(block, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) })
		if line := strings.Trim(strings.Join(words, " "), " |"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// goldenEnd stands for the end of a line, which the page's own are not.
const goldenEnd = "\x00"

// goldenAfter is what follows an element: by itself it would touch the next.
var goldenAfter = map[string]string{
	"a": goldenEnd, "caption": goldenEnd, "dd": goldenEnd, "dt": ": ", "fieldset": goldenEnd, "h1": goldenEnd, "h2": goldenEnd,
	"h3": goldenEnd, "label": " ", "legend": goldenEnd, "li": goldenEnd, "p": goldenEnd, "summary": goldenEnd,
	"td": " | ", "th": " | ", "tr": goldenEnd,
}

// goldenShow writes the text below a node. Of what is folded it writes the
// title, and of the days the first three, with one of meetings.
func goldenShow(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case n.Data == "head", goldenAttr(n, "class") == "day" && goldenAttr(n, "id") > "agenda-3":
		return
	case n.Data == "details":
		goldenShow(b, n.FirstChild)
		return
	case n.Data == "svg" && goldenAttr(n, "aria-label") != "":
		b.WriteString("[" + goldenAttr(n, "aria-label") + "] ")
		return
	case goldenAttr(n, "class") == "badge must", n.Data == "small":
		b.WriteString(" ")
	}
	for child := range n.ChildNodes() {
		goldenShow(b, child)
	}
	b.WriteString(goldenAfter[n.Data])
}

func goldenAttr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
