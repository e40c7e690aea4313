package importer

import (
	"archive/zip"
	"bytes"
	"embed"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/sheet"
)

//go:embed testdata/words/*.json
var shipWords embed.FS

func xlsx(t *testing.T, sheets ...sheet.Sheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sheet.Write(&out, sheets); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadFiles(t *testing.T) {
	want := []Table{{Name: "x", Rows: []Row{{1, []string{"Nom", "Âge"}}, {3, []string{"=a", "2"}}}}}
	decoded := []Table{want[0]}
	decoded[0].Decoded = "Windows-1252"
	for name, c := range map[string]struct {
		file string
		data []byte
		want []Table
	}{
		"CSV with a mark": {"x.csv", []byte("\ufeffNom;Âge\n\n'=a;2\n"), want},
		"Windows-1252":    {"x.csv", []byte("Nom,\xc2ge\r\n\r\n'=a,2\r\n"), decoded},
		"a path":          {`..\..\etc\x.csv`, []byte("Nom\tÂge\n\n'=a\t2\n"), want},
	} {
		got, err := Read(c.file, c.data)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v, %s", name, err, diff)
		}
	}
	book := xlsx(t, sheet.Sheet{Name: "a", Columns: []sheet.Column{{Name: "Nom"}}, Rows: [][]sheet.Value{sheet.Values("'=a")}}, sheet.Sheet{Name: "empty"})
	got, err := Read("x.xlsx", book)
	if diff := cmp.Diff([]Table{{Name: "a", Rows: []Row{{1, []string{"Nom"}}, {2, []string{"'=a"}}}}}, got); diff != "" || err != nil {
		t.Errorf("XLSX: %v, %s", err, diff)
	}
}

// bomb is a small archive of a part that unfolds to a hundred megabytes.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	part, err := archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 100 {
		if _, err := part.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadRefuses(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for name, c := range map[string]struct {
		data []byte
		kind fault.Kind
		key  string
	}{
		"nothing":         {nil, fault.Invalid, "import.nothing"},
		"empty lines":     {[]byte("\n;;\n"), fault.Invalid, "import.nothing"},
		"a PDF":           {[]byte("%PDF-1.7"), fault.Invalid, "import.not_sheet"},
		"an archive":      {[]byte("PK\x03\x04 and nothing else"), fault.Invalid, "import.not_sheet"},
		"an old workbook": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), fault.Invalid, "import.old_format"},
		"an open quote":   {[]byte("Nom\n\"a\n"), fault.Invalid, "import.quote"},
		"a bomb":          {bomb(t), fault.TooLarge, "import.too_large"},
		"many rows":       {[]byte(strings.Repeat("a\n", maxRows+1)), fault.TooLarge, "import.too_large"},
		"many columns":    {[]byte(strings.Repeat("a;", 300)), fault.TooLarge, "import.too_large"},
		"long texts":      {[]byte(strings.Repeat(long+"\n", 25)), fault.TooLarge, "import.too_large"},
	} {
		_, err := Read("x", c.data)
		if f := fault.Of(err); f == nil || f.Kind != c.kind || f.Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"a.csv": "a.csv", "/etc/passwd": "passwd", `C:\a\b.xlsx`: "b.xlsx", "../../x": "x", "a\r\nb": "ab", "": ".",
		strings.Repeat("é", 500): strings.Repeat("é", maxName),
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q becomes %q", name, got)
		}
	}
}
