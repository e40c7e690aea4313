package wordstest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
)

// slips are what careful French typography would not let pass, in texts as
// they are shown.
var slips = map[string]*regexp.Regexp{
	"no space before high punctuation":      regexp.MustCompile(`[\pL)}»”][;:!?]`),
	"an ordinary space before punctuation":  regexp.MustCompile(` [;:!?»%€]`),
	"quotation marks without their spaces":  regexp.MustCompile(`«[^\x{a0}]|[^\x{a0}]»`),
	"English quotation marks":               regexp.MustCompile(`[“”"]`),
	"a straight apostrophe":                 regexp.MustCompile(`\pL'`),
	"three dots for an ellipsis":            regexp.MustCompile(`\.\.\.`),
	"a space before a comma or a full stop": regexp.MustCompile(`\s[,.](?:\s|$)`),
	"two spaces":                            regexp.MustCompile(`[\s\x{a0}\x{202f}]{2}`),
	"a capital without its accent":          regexp.MustCompile(`\bA (?:la|l’|un|une|cette|ce)\b|\bEtape|\bEgalit|\bEtat|\bEcart`),
	"a word that is not the glossary's":     regexp.MustCompile(`(?i)\b(?:creux|réunions?|exposants?)\b`),
	"a hyphen for a dash":                   regexp.MustCompile(`\s-\s`),
}

// french says where texts are set carelessly.
func french(w *i18n.Words, exceptions []string) []string {
	var problems []string
	for _, key := range w.Keys() {
		if slices.ContainsFunc(exceptions, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
			continue
		}
		for _, text := range []string{w.N(key, 1), w.N(key, 2)} {
			for slip, found := range slips {
				if bad := found.FindString(text); bad != "" {
					problems = append(problems, fmt.Sprintf("%s: %s (%q) in %q", key, slip, bad, text))
				}
			}
		}
	}
	slices.Sort(problems)
	return slices.Compact(problems)
}
