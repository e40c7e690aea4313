package names

import "testing"

func TestCity(t *testing.T) {
	for text, want := range map[string]string{
		"13002 Marseille":         "marseille",
		"MARSEILLE CEDEX 02":      "marseille",
		"Paris 9e Arrondissement": "paris",
		"St-Maximin":              "saint maximin",
		"Ste Marie":               "sainte marie",
		"13002":                   "13002",
		"青島":                      "青島",
		"":                        "",
	} {
		if got := City(text); got != want {
			t.Errorf("City(%q) = %q, want %q", text, got, want)
		}
	}
}
