package places

import (
	"slices"
	"strings"
	"testing"
)

func TestReadCountry(t *testing.T) {
	for text, want := range map[string]string{
		"France": "FR", "fr": "FR", "FRA": "FR", " Etats-Unis ": "US", "USA": "US", "U.S.A.": "US", "États-Unis d’Amérique": "US",
		"UK": "GB", "Royaume Uni": "GB", "royaume-uni": "GB", "Angleterre": "GB", "Les Pays-Bas": "NL", "The Netherlands": "NL",
		"Hollande": "NL", "Coree du sud": "KR", "COTE D'IVOIRE": "CI", "Deutschland": "DE", "Italia": "IT", "España": "ES",
		"ישראל": "IL", "中国": "CN", "日本": "JP", "المغرب": "MA", "Turquie": "TR", "Türkiye": "TR", "E.A.U.": "AE",
		"République tchèque": "CZ", "Czechia": "CZ", "Macédoine du Nord": "MK", "Kosovo": "XK", "Hong-Kong": "HK", "Viet Nam": "VN",
	} {
		if got, ok := ReadCountry(text); got != want || !ok {
			t.Errorf("ReadCountry(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "Atlantide", "ZZ", "Europe"} {
		if got, ok := ReadCountry(text); ok {
			t.Errorf("ReadCountry(%q) = %q", text, got)
		}
	}
}

func TestCountries(t *testing.T) {
	for lang, want := range map[string]string{"fr": "Allemagne", "en": "Germany"} {
		all := Countries(lang)
		if len(all) != 250 { // ISO 3166-1 has 249
			t.Errorf("%d countries", len(all))
		}
		if !slices.Contains(all, Country{Code: "DE", Name: want}) {
			t.Errorf("no %s", want)
		}
		for _, c := range all {
			if strings.Contains(c.Name, "[") || c.Name == c.Code {
				t.Errorf("%s is called %q in %s", c.Code, c.Name, lang)
			}
			if got, ok := ReadCountry(c.Name); !ok || got != c.Code {
				t.Errorf("%q is read as %q, want %q", c.Name, got, c.Code)
			}
		}
	}
	if fr := Countries("fr"); fr[0].Name != "Afghanistan" || fr[1].Name != "Afrique du Sud" || fr[len(fr)-1].Name != "Zimbabwe" {
		t.Errorf("from %v to %v", fr[:2], fr[len(fr)-1])
	}
	if got := CountryName("??", "fr"); got != "??" {
		t.Errorf("what is no country is called %q", got)
	}
}
