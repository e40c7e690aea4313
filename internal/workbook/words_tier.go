package workbook

import (
	"strings"

	"github.com/escale-hq/escale/planner"
)

// StatusText says in a language what is known of a tier.
func StatusText(lang string, s planner.Status) string {
	return wordsFor(lang).T("words.status." + statusCode(s))
}

// TierText names a tier of the objective in a language.
func TierText(lang string, t planner.Tier) string {
	return wordsFor(lang).T("words.tier." + strings.ReplaceAll(t.String(), " ", "_"))
}

// WishText names a kind of wish in a language.
func WishText(lang string, k planner.WishKind) string {
	return wordsFor(lang).T("words.wish." + wishCodes[k])
}
