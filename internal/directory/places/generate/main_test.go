package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// row is a line of GeoNames' file, of an invented city.
func row(name, others, kind, population string) string {
	return strings.Join([]string{
		"1", name, name, others, "43.29695", "5.38107", "P", kind, "FR", "", "", "", "", "", population, "", "", "Europe/Paris", "2026-01-01",
	}, "\t")
}

func TestWhatIsKept(t *testing.T) {
	source := strings.Join([]string{
		row("Petiteville", "", "PPL", "14999"),
		row("Villeneuve-Fictive", "Newtown", "PPL", "15000"),
		row("Capitale", "Kapitala", "PPLC", "900"),
		row("Grand-Port", "GPT,Grand port,Großhafen,gu lan bo,Гранд-Пор,גרנד פור,กร็องปอร์,Grosshafen", "PPLA", "100000"),
		row("Grand-Port 02", "", "PPL", "50000"),
		row("Vieux Quartier", "", "PPLX", "50000"),
	}, "\n")
	cities, err := read(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if err := write(&packed, cities); err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(&packed)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Grand-Port\tFR\t43.30\t5.38\tEurope/Paris\t100\tgrosshafen|гранд пор|גרנד פור\n" +
		"Villeneuve-Fictive\tFR\t43.30\t5.38\tEurope/Paris\t15\t\n" +
		"Capitale\tFR\t43.30\t5.38\tEurope/Paris\t0\tkapitala\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	for _, source := range []string{"1\tVille", row("Ville", "", "PPL", "beaucoup")} {
		if _, err := read(strings.NewReader(source)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", source, err)
		}
	}
}
