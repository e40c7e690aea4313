package workbook

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/charmap"

	"github.com/escale-hq/escale/internal/sheet"
)

var readUpdate = flag.Bool("update-read", false, "write what is read into testdata/read")

// readTestTables makes tables of the CSV files of an archive.
func readTestTables(t testing.TB, archive *txtar.Archive) []sheet.Table {
	t.Helper()
	var tables []sheet.Table
	for _, file := range archive.Files {
		data := file.Data
		if strings.HasSuffix(file.Name, ".windows-1252.csv") {
			var err error
			if data, err = charmap.Windows1252.NewEncoder().Bytes(data); err != nil {
				t.Fatal(err)
			}
		}
		if strings.HasSuffix(file.Name, ".csv") {
			name, _, _ := strings.Cut(file.Name, ".")
			table, err := sheet.ReadCSV(name, data)
			if err != nil {
				t.Fatal(err)
			}
			tables = append(tables, table)
		}
	}
	return tables
}

// readTestBook reads a workbook written as an archive of CSV files.
func readTestBook(t testing.TB, lang, archive string) (*Book, error) {
	t.Helper()
	return readTables(readTestTables(t, txtar.Parse([]byte(archive))), lang)
}

// readTestSaid lists what the reader said, errors first.
func readTestSaid(t testing.TB, lang string, book *Book, err error) []string {
	t.Helper()
	var said []string
	var notes []Remark
	var unreadable *Unreadable
	switch {
	case errors.As(err, &unreadable):
		for _, remark := range unreadable.Remarks {
			said = append(said, "error "+remark.Sentence(lang))
		}
		notes = unreadable.Notes
	case err != nil:
		t.Fatal(err)
	default:
		notes = book.Notes
	}
	for _, remark := range notes {
		said = append(said, "note "+remark.Sentence(lang))
	}
	return said
}

// TestReadGolden reads each archive of testdata/read in both languages and
// compares what is said with the files en and fr of the archive.
func TestReadGolden(t *testing.T) {
	for _, path := range readTestArchives(t) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, file := range archive.Files {
			if file.Name != "en" && file.Name != "fr" {
				continue
			}
			book, err := readTables(readTestTables(t, archive), file.Name)
			got := strings.Join(readTestSaid(t, file.Name, book, err), "\n") + "\n"
			archive.Files[i].Data = []byte(got)
			if diff := cmp.Diff(string(file.Data), got); diff != "" && !*readUpdate {
				t.Errorf("%s, %s (-want +got):\n%s", path, file.Name, diff)
			}
		}
		if *readUpdate {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func readTestArchives(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("archives %v, error %v", paths, err)
	}
	return paths
}

// TestReadGoldenSaysEverything: whatever the reader can say of a cell is said
// of one in the archives.
func TestReadGoldenSaysEverything(t *testing.T) {
	var said strings.Builder
	for _, path := range readTestArchives(t) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			if file.Name == "en" {
				said.Write(file.Data)
			}
		}
	}
	placeholder := regexp.MustCompile(`\\\{\d\\\}`)
	w := wordsFor("en")
	for _, key := range w.Keys() {
		if !strings.HasPrefix(key, "read.error.") && !strings.HasPrefix(key, "read.note.") {
			continue
		}
		pattern := placeholder.ReplaceAllString(regexp.QuoteMeta(w.T(key)), `.*`)
		if !regexp.MustCompile(pattern).MatchString(said.String()) {
			t.Errorf("no archive makes the reader say %s: %s", key, w.T(key))
		}
	}
}
