package funding

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/wordstest"
)

// TestWords compares the texts with the source, but for those that the rest of
// the house says by the name of a kind, which must all be there.
func TestWords(t *testing.T) {
	said := map[string]bool{}
	for _, kind := range Kinds() {
		for _, end := range []string{"one", "list", "new", "edit", "added", "saved", "deleted", "restored"} {
			said[kind.Name+"."+end] = true
		}
		for _, field := range kind.Fields {
			said[kind.Name+".field."+field.Name] = true
			if field.Type == record.Choice {
				for _, choice := range field.Choices {
					said[kind.Name+"."+field.Name+"."+choice] = true
				}
			}
		}
	}
	all := wordstest.Load(t, Words)
	for key := range said {
		if !all.For("fr").Has(key) {
			t.Errorf("%s has no text", key)
		}
	}
	source := sourceOf(t)
	wordstest.Check(t, wordstest.Load(t, without(t, func(key string) bool {
		named := strings.Contains(source, `"`+key+`"`) || strings.Contains(source, `"`+key[:strings.LastIndex(key, ".")+1]+`"`)
		return !named && (said[key] || strings.Contains(key, ".help."))
	})))
}

// sourceOf is the source of this folder.
func sourceOf(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		if data, err := os.ReadFile(file); err != nil {
			t.Fatal(err)
		} else if !strings.HasSuffix(file, "_test.go") {
			all.Write(data)
		}
	}
	return all.String()
}

// without are the texts of this folder but for some.
func without(t *testing.T, left func(key string) bool) fstest.MapFS {
	t.Helper()
	kept := fstest.MapFS{}
	files, err := fs.Glob(Words, "words/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		texts := map[string]any{}
		data, err := Words.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(data, &texts)
		}
		if err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(texts, func(key string, _ any) bool { return left(key) })
		if data, err = json.Marshal(texts); err != nil {
			t.Fatal(err)
		}
		kept[path] = &fstest.MapFile{Data: data}
	}
	return kept
}

func TestParseMoney(t *testing.T) {
	for _, c := range []struct {
		text, code string
		want       int64
	}{
		{"118400", "EUR", 118400_00},
		{"118 400,00", "EUR", 118400_00},
		{"118\u202f400,5", "EUR", 118400_50},
		{"118,400.05", "EUR", 118400_05},
		{"118.400,05", "EUR", 118400_05},
		{"1,000", "EUR", 1000_00}, // three digits: thousands
		{"1'000.00", "CHF", 1000_00},
		{"0.07", "USD", 7},
		{"12500", "JPY", 12500},
		{"1.234", "TND", 1234}, // three decimals
		{"-42,10", "EUR", -42_10},
		{"−42,10", "EUR", -42_10},
	} {
		if have, err := parseMoney(c.text, c.code); err != nil || have != c.want {
			t.Errorf("%q in %s is %d (%v), not %d", c.text, c.code, have, err, c.want)
		}
	}
	for _, text := range []string{"", "x", "1.2.", "12,345,6x", "1.50.123456", "9999999999999999", "--1", "1e3"} {
		if have, err := parseMoney(text, "EUR"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is %d (%v)", text, have, err)
		}
	}
	if _, err := parseMoney("1.50", "JPY"); err == nil {
		t.Error("a yen has no cents")
	}
	if _, err := parseMoney("1", "XYZ"); err == nil {
		t.Error("XYZ is a currency")
	}
}

var codes = []string{"EUR", "USD", "JPY", "TND", "CAD", "KRW"}

// TestMoneyIsReadAsWritten: what a field writes, it reads back to the last unit.
func TestMoneyIsReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(t, "minor")
		code := rapid.SampledFrom(codes).Draw(t, "code")
		text := moneyText(minor, code)
		have, err := parseMoney(text, code)
		if err != nil || have != minor {
			t.Fatalf("%d %s is written %q and read %d (%v)", minor, code, text, have, err)
		}
		// The text, as a plain number, times ten to the digits: an oracle that knows no cents.
		value, ok := new(big.Rat).SetString(text)
		if !ok || value.Cmp(new(big.Rat).SetFrac(big.NewInt(minor), power(digitsOf(code)))) != 0 {
			t.Fatalf("%q is not %d minor units of %s", text, minor, code)
		}
	})
}

// TestConversionIsTheNearest: no other whole number of minor units is nearer to
// what was converted, in exact fractions.
func TestConversionIsTheNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(codes).Draw(t, "from"), rapid.SampledFrom(codes).Draw(t, "to")
		minor := rapid.Int64Range(-9_999_999, 9_999_999).Draw(t, "minor")
		rates := Rates{}
		exact := big.NewRat(minor, 1)
		for _, code := range codes[1:] {
			units := big.NewRat(rapid.Int64Range(1, 5_000_000).Draw(t, code), 10_000)
			rates[code] = []Rate{{Currency: code, Day: "2026-01-01", Units: units.FloatString(4)}}
			if code == from {
				exact.Quo(exact, units)
			}
			if code == to {
				exact.Mul(exact, units)
			}
		}
		exact.Mul(exact, new(big.Rat).SetFrac(power(digitsOf(to)), power(digitsOf(from))))
		have, _, err := rates.Convert(minor, from, to, "2026-02-01")
		if err != nil {
			t.Fatal(err)
		}
		off := new(big.Rat).Sub(exact, big.NewRat(have, 1))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%d %s is %d %s, and exactly %s", minor, from, have, to, exact.FloatString(4))
		}
	})
}

func TestRateOfTheDay(t *testing.T) {
	rates := Rates{"USD": {{"USD", "2026-11-20", "1.10", "ECB"}, {"USD", "2026-11-24", "1.20", "ECB"}}}
	for day, want := range map[string]int64{"2026-11-20": 100_00, "2026-11-22": 100_00, "2026-11-24": 91_67} {
		have, by, err := rates.Convert(110_00, "USD", "EUR", day)
		if err != nil || have != want {
			t.Errorf("on %s: %d (%v), not %d", day, have, err, want)
		}
		if len(by) != 1 || by[0].Day > day {
			t.Errorf("on %s by %v", day, by)
		}
	}
	if _, _, err := rates.Convert(1, "USD", "EUR", "2026-11-19"); !fault.Is(err, fault.Invalid) {
		t.Errorf("before the first rate: %v", err)
	}
}

const ecbXML = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
	<Cube>
		<Cube time="2026-11-23"><Cube currency="USD" rate="1.0705"/><Cube currency="JPY" rate="171.94"/></Cube>
		<Cube time="2026-11-20"><Cube currency="USD" rate="1.0698"/></Cube>
	</Cube>
</gesmes:Envelope>`

func TestReadECB(t *testing.T) {
	usd := []Rate{{"USD", "2026-11-23", "1.0705", "ECB"}, {"JPY", "2026-11-23", "171.94", "ECB"}}
	all := append(usd[:2:2], Rate{"USD", "2026-11-20", "1.0698", "ECB"})
	long := "Date,USD,JPY,CYP,\n2026-11-23,1.0705,171.94,N/A,\n2026-11-20,1.0698,N/A,N/A,\n"
	for _, c := range []struct {
		name, file, since string
		want              []Rate
	}{
		{"XML", ecbXML, "", all},
		{"XML of late", ecbXML, "2026-11-21", usd},
		{"CSV of all", long, "", all},
		{"CSV with a mark", "\ufeff" + long, "", all},
		{"CSV of a day", "Date, USD, JPY, \n23 November 2026, 1.0705, 171.94, \n", "", usd},
		{"zipped", zipped(t, "eurofxref-hist.csv", long), "", all},
		{"zipped XML", zipped(t, "eurofxref.xml", ecbXML), "", all},
	} {
		have, err := ReadECB([]byte(c.file), c.since)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, have); diff != "" {
			t.Errorf("%s (-want +have):\n%s", c.name, diff)
		}
	}
	for _, file := range []string{"", "PK\x03\x04", "<html></html>", "Name;Town\nA;B\n", zipped(t, "readme.txt", "hello"), strings.Repeat("\x00", 9)} {
		if _, err := ReadECB([]byte(file), ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is read: %v", file, err)
		}
	}
}

func zipped(t *testing.T, name, content string) string {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	entry, err := archive.Create(name)
	if err == nil {
		_, err = entry.Write([]byte(content))
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.String()
}
