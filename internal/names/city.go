package names

import "strings"

// City is the folded name of a city without post code, district or "cedex", by
// which two spellings of one address are compared: "13002 Marseille", "MARSEILLE
// CEDEX 02" and "Marseille" give the same, and so do "St" and "Saint".
func City(text string) string {
	folded := Fold(text)
	var kept []string
	for word := range strings.FieldsSeq(folded) {
		switch {
		case word[0] >= '0' && word[0] <= '9', word == "cedex", word == "arrondissement":
			continue
		case word == "st":
			word = "saint"
		case word == "ste":
			word = "sainte"
		}
		kept = append(kept, word)
	}
	if len(kept) == 0 {
		return folded
	}
	return strings.Join(kept, " ")
}
