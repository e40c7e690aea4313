package document

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func newDocument(t *testing.T) *Document {
	t.Helper()
	d, err := New(Info{
		Title: "Agendas : Łódź", Language: "fr",
		Made: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t *testing.T, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// extract returns the words of a PDF as a reader finds them, without the marks
// that only direct the text, and with Arabic letters whatever their position:
// the yeh of Persian and that of Arabic share a drawing inside a word.
func extract(t *testing.T, pdf []byte, options ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", append(options, file, "-")...).CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext (of poppler-utils, which make test installs): %v\n%s", err, out)
	}
	directions := strings.NewReplacer("\u202A", "", "\u202B", "", "\u202C", "", "\u200E", "", "\u200F", "")
	positions := strings.NewReplacer("ی", "ي")
	return positions.Replace(norm.NFKC.String(directions.Replace(string(out))))
}

func TestTextIsFound(t *testing.T) {
	for _, text := range []string{
		"Sémaphore Santé, l’été « à la une »",
		"office fluide, efficacité",
		"בית החולים הירושלמי",
		"شركة الموانئ الذكية",
		"پارس گچ کالا",
		"三菱重工業株式会社",
		"東京のハイテク会社",
		"上海港口集团有限公司",
		"臺灣國際港務",
		"부산항만공사",
		"Αθήνα, Київ, Đặng Văn, Łódź",
		"Հայաստան, საქართველო",
	} {
		for _, face := range []Face{Regular, Semibold, Bold, Serif} {
			d := newDocument(t)
			d.AddPage().Text(Margin, Margin, Left, d.Layout(Measure, Span{text, Style{Face: face, Size: 12}}))
			if got := strings.TrimSpace(extract(t, write(t, d))); got != norm.NFKC.String(text) {
				t.Errorf("face %d: %q is read as %q", face, text, got)
			}
			if missing := d.Missing(); len(missing) > 0 {
				t.Errorf("face %d: no font has %q of %q", face, missing, text)
			}
		}
	}
}

// TestPointsStayOverLetters looks for both the outlines of vowelled text,
// which put each point in its place, and the words under them.
func TestPointsStayOverLetters(t *testing.T) {
	d := newDocument(t)
	d.AddPage().Text(Margin, Margin, Left, d.Layout(Measure, Span{"שָׁלוֹם", Style{Size: 20}}))
	got := extract(t, write(t, d))
	for _, letter := range "שלום" {
		if !strings.ContainsRune(norm.NFKD.String(got), letter) {
			t.Errorf("%q lacks %q", got, letter)
		}
	}
}

func TestMissingCharactersAreToldAndReplaced(t *testing.T) {
	d := newDocument(t)
	d.AddPage().Text(Margin, Margin, Left, d.Layout(Measure, Span{"Bob 😀 & ဗမာ 😀", Style{Size: 12}}))
	if diff := cmp.Diff([]rune("ဗမာ😀"), d.Missing()); diff != "" {
		t.Errorf("missing characters (-want +got):\n%s", diff)
	}
	if got := strings.TrimSpace(extract(t, write(t, d))); got != "Bob ? & ??? ?" {
		t.Errorf("drawn as %q", got)
	}
}

func TestBytesDependOnTheContentAlone(t *testing.T) {
	draw := func() []byte {
		d := newDocument(t)
		for i := range 3 {
			p := d.AddPage()
			d.Bookmark(fmt.Sprint("Page ", i))
			p.Text(Margin, Margin, Left, d.Layout(Measure, Span{"שלום 東京 Łódź", Style{Face: Bold, Size: 12, Color: Sea}}))
			p.Dots(Margin, 50, Width-Margin, 50, 0.3, Muted)
			p.Box(Margin, 60, 30, 10, 2, Paint{Stroke: &Terra, Width: 0.4})
		}
		return write(t, d)
	}
	first := draw()
	t.Setenv("TZ", "Asia/Tokyo")
	if !bytes.Equal(first, draw()) {
		t.Error("the same document was written in two ways")
	}
}

// TestTableOfObjects follows the table by hand, as a reader does, since the
// end of the file is our own.
func TestTableOfObjects(t *testing.T) {
	d := newDocument(t)
	for _, name := range []string{"Łódź", "東京"} {
		d.AddPage().Text(Margin, Margin, Left, d.Layout(Measure, Span{name, Style{Size: 12}}))
		d.Bookmark(name)
	}
	pdf := write(t, d)
	var table int
	if _, err := fmt.Sscanf(string(pdf[bytes.LastIndex(pdf, []byte("startxref")):]), "startxref\n%d", &table); err != nil {
		t.Fatal(err)
	}
	var size int
	if _, err := fmt.Sscanf(string(pdf[table:]), "xref\n0 %d", &size); err != nil {
		t.Fatal(err)
	}
	entries := strings.Split(string(pdf[table:]), "\n")[3:]
	for object := 1; object < size; object++ {
		var offset int
		if _, err := fmt.Sscanf(entries[object-1], "%010d 00000 n", &offset); err != nil {
			t.Fatalf("entry %d, %q: %v", object, entries[object-1], err)
		}
		if want := fmt.Sprintf("%d 0 obj\n", object); !bytes.HasPrefix(pdf[offset:], []byte(want)) {
			t.Errorf("at the offset of object %d: %q", object, pdf[offset:offset+12])
		}
	}
	titles := regexp.MustCompile(`/Title<FEFF(\w+)>`).FindAllSubmatch(pdf, -1)
	var got []string
	for _, title := range titles {
		got = append(got, string(title[1]))
	}
	want := []string{"004100670065006E0064006100730020003A0020014100F30064017A", "014100F30064017A", "67714EAC"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("titles of the document and of its outline (-want +got):\n%s", diff)
	}
	if !bytes.Contains(pdf, []byte("/Lang<FEFF00660072>")) {
		t.Error("the catalog does not name the language")
	}
}

// TestFontsCarryTheDocumentsDate reads the embedded fonts as the format
// describes them: the sum of a whole font is a constant, the date that of the
// document.
func TestFontsCarryTheDocumentsDate(t *testing.T) {
	d := newDocument(t)
	d.AddPage().Text(Margin, Margin, Left, d.Layout(Measure, Span{"Łódź, 東京, שלום", Style{Size: 12}}))
	o, err := readObjects(write(t, d))
	if err != nil {
		t.Fatal(err)
	}
	fonts := 0
	for _, object := range o.byNumber {
		if !bytes.Contains(object, []byte("/Length1 ")) {
			continue
		}
		fonts++
		data, err := inflate(object)
		if err != nil {
			t.Fatal(err)
		}
		if sum := fontSum(data); sum != 0xB1B0AFBA {
			t.Errorf("the sum of a font is %#x", sum)
		}
		record := data[bytes.Index(data, []byte("head")):]
		modified := binary.BigEndian.Uint64(data[binary.BigEndian.Uint32(record[8:])+28:])
		epoch := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		if want := uint64(d.info.Made.Unix() - epoch.Unix()); modified != want {
			t.Errorf("a font is dated %d seconds from 1904, want %d", modified, want)
		}
	}
	if fonts != 3 {
		t.Errorf("%d fonts were embedded for three scripts", fonts)
	}
}

func TestDocumentNeedsAPage(t *testing.T) {
	err := newDocument(t).Write(&bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "has no page") {
		t.Errorf("got %v", err)
	}
}

// TestEveryFontFileIsLicensed holds the folder together: each file loads, is
// one of those that text can call for, and has its licence beside it.
func TestEveryFontFileIsLicensed(t *testing.T) {
	f, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	files, err := fontFiles.ReadDir("fonts")
	if err != nil {
		t.Fatal(err)
	}
	licence, err := os.ReadFile("fonts/LICENSE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), ".woff")
		if _, err := f.load(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if family := name[:strings.LastIndex(name, "-")]; !strings.Contains(string(licence), "`"+family+"`") {
			t.Errorf("LICENSE.md does not name %s", family)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	d, err := New(Info{Title: "Bench"})
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("Cherche un partenaire européen pour ses essais ; vous avez le réseau hospitalier. ", 10)
	for b.Loop() {
		d.Layout(80, Span{text, Style{Size: 9}})
	}
}
