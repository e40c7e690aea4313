package names

import "testing"

func TestPerson(t *testing.T) {
	for _, c := range []struct {
		given, family, language string
		want, initials          string
	}{
		{"Jeanne", "Martin", "fr", "Jeanne Martin", "JM"},
		{"Éva", "Szabó", "hu", "Szabó Éva", "SÉ"},
		{"Taro", "Yamada", "ja-JP", "Yamada Taro", "YT"},
		{"太郎", "山田", "ja", "山田太郎", "山"},
		{"민수", "김", "fr", "김민수", "김"},
		{"e\u0301lise", "'t Hart", "nl", "e\u0301lise 't Hart", "ÉT"},
		{"", "Martin", "fr", "Martin", "M"},
		{"דנה", "לוי", "he", "דנה לוי", "דל"},
		{"", "", "fr", "", ""},
	} {
		order := OrderOf(c.language)
		if got := Person(c.given, c.family, order); got != c.want {
			t.Errorf("Person(%q, %q) = %q, want %q", c.given, c.family, got, c.want)
		}
		if got := Initials(c.given, c.family, order); got != c.initials {
			t.Errorf("Initials(%q, %q) = %q, want %q", c.given, c.family, got, c.initials)
		}
	}
}
