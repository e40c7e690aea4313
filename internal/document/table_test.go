package document

import (
	"fmt"
	"strings"
	"testing"
)

// TestTable: every row is printed once, whole, and each page has the head and its
// number.
func TestTable(t *testing.T) {
	d := newDocument(t)
	table := Table{Title: "Rooms", Note: "Miami", Columns: []string{"Hotel", "Name"}}
	for i := range 90 {
		table.Rows = append(table.Rows, []string{"Hotel Biscayne", fmt.Sprintf("Person-%d-of-90", i)})
	}
	d.AddTable(table)
	d.Number("Rooms")
	text := extract(t, write(t, d), "-layout")
	pages := strings.Split(strings.TrimRight(text, "\f"), "\f")
	if len(pages) < 2 || len(pages) != len(d.Pages()) {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if number := fmt.Sprintf("%d/%d", i+1, len(pages)); !strings.Contains(page, "Hotel") || !strings.Contains(strings.ReplaceAll(page, " ", ""), number) {
			t.Errorf("page %d lacks its head or its number %q:\n%s", i+1, number, page)
		}
	}
	for _, row := range table.Rows {
		if n := strings.Count(text, row[1]); n != 1 {
			t.Errorf("%s is printed %d times", row[1], n)
		}
	}
}

func TestEmptyTable(t *testing.T) {
	d := newDocument(t)
	d.AddTable(Table{Title: "Rooms", Columns: []string{"Hotel"}, Empty: "Nobody yet."})
	if text := extract(t, write(t, d)); !strings.Contains(text, "Nobody yet.") || strings.Contains(text, "Hotel") {
		t.Errorf("printed: %q", text)
	}
}
