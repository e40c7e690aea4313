package ident

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseVAT(t *testing.T) {
	for text, want := range map[string]string{
		"fr 83 404 833 048":  "FR83404833048",
		"DE 123.456.789":     "DE123456789",
		"EL 123456789":       "EL123456789",
		"ESX1234567X":        "ESX1234567X",
		"NL123456789B01":     "NL123456789B01",
		"IE 6433435F":        "IE6433435F",
		"FR-AB 404 833 048 ": "FRAB404833048",
	} {
		if got, err := ParseVAT(text); got != want || err != nil {
			t.Errorf("ParseVAT(%q) = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "F", "FR84404833048", "FR83404833049", "GR123456789", "CH123456789", "DE12345678", "123456789"} {
		if got, err := ParseVAT(text); err == nil {
			t.Errorf("ParseVAT(%q) = %q, want an error", text, got)
		}
	}
}

func TestVATOfSIRENIsAVATNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vat := VATOfSIREN(sirens().Draw(t, "siren"))
		if got, err := ParseVAT(vat); got != vat || err != nil {
			t.Fatalf("ParseVAT(%q) = %q, %v", vat, got, err)
		}
	})
}

// TestParseLEI compares with the definition, in whole numbers of any size.
func TestParseLEI(t *testing.T) {
	if got, err := ParseLEI(" 5067 00ge1g29325qx363"); got != "506700GE1G29325QX363" || err != nil {
		t.Errorf("ParseLEI = %q, %v", got, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Z0-9]{18}\d{2}`).Draw(t, "lei")
		var number strings.Builder
		for _, r := range text {
			value, _ := new(big.Int).SetString(string(r), 36)
			number.WriteString(value.String())
		}
		whole, _ := new(big.Int).SetString(number.String(), 10)
		want := new(big.Int).Mod(whole, big.NewInt(97)).Int64() == 1
		if _, err := ParseLEI(text); (err == nil) != want {
			t.Fatalf("ParseLEI(%q): %v, want it taken: %v", text, err, want)
		}
	})
	for _, text := range []string{"", "506700GE1G29325QX36", "506700GE1G29325QX3É3", "506700GE1G29325QX364"} {
		if got, err := ParseLEI(text); err == nil {
			t.Errorf("ParseLEI(%q) = %q, want an error", text, got)
		}
	}
}

func TestParseActivity(t *testing.T) {
	for _, c := range []struct {
		revision   Revision
		text, want string
		section    string
	}{
		{Rev2, "21.20Z", "21.20Z", "C"},
		{Rev2, "2120z", "21.20Z", "C"},
		{Rev2025, "21.20 Y", "21.20Y", "C"},
		{Rev2, "62.01", "62.01", "J"},
		{Rev2025, "62.1", "62.1", "K"},
		{Rev2025, "84", "84", "P"},
		{Rev2, "45.11Z", "45.11Z", "G"},
	} {
		got, err := ParseActivity(c.revision, c.text)
		if got != c.want || err != nil || SectionOf(c.revision, got) != c.section {
			t.Errorf("ParseActivity(%q) = %q, %v, in section %q", c.text, got, err, SectionOf(c.revision, got))
		}
	}
	for _, text := range []string{"", "2", "21.2Z", "21.200", "Z", "04.10Z", "00.00Z", "21.20ZZ"} {
		if got, err := ParseActivity(Rev2, text); err == nil {
			t.Errorf("ParseActivity(%q) = %q, want an error", text, got)
		}
	}
	if _, err := ParseActivity(Rev2025, "45.11Z"); err == nil {
		t.Error("division 45 is gone in the edition of 2025")
	}
	if got := SectionOf(Rev2, "x"); got != "" {
		t.Errorf("the section of nothing is %q", got)
	}
}

// TestDivisions counts those that each edition announces.
func TestDivisions(t *testing.T) {
	for revision, want := range map[Revision]int{Rev2: 88, Rev2025: 87} {
		count := 0
		for _, s := range sections[revision] {
			count += s.last - s.first + 1
		}
		if count != want {
			t.Errorf("%d divisions in edition %d, want %d", count, revision, want)
		}
	}
}
