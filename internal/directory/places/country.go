package places

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/escale-hq/escale/internal/names"
)

// CountryName is what a country, given by its two letters, is called in a
// language; the letters themselves where it is not known.
func CountryName(code, lang string) string {
	if name := renamed[lang][code]; name != "" {
		return name
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	namer := display.Regions(language.Make(lang))
	if namer == nil {
		return code
	}
	if name := namer.Name(region); name != "" {
		return name
	}
	return code
}

// renamed are the names that are newer than those of our library, or said
// shorter.
var renamed = map[string]map[string]string{
	"fr": {"SZ": "Eswatini", "MK": "Macédoine du Nord", "HK": "Hong Kong", "MO": "Macao", "VA": "Vatican"},
	"en": {"SZ": "Eswatini", "MK": "North Macedonia", "HK": "Hong Kong", "MO": "Macao", "TR": "Türkiye", "CV": "Cabo Verde"},
}

// A Country is one that can be chosen.
type Country struct {
	Code string
	Name string
}

// Countries are all of them, in the order of their names in a language.
func Countries(lang string) []Country {
	var all []Country
	for _, code := range codes {
		all = append(all, Country{Code: code, Name: CountryName(code, lang)})
	}
	slices.SortFunc(all, func(a, b Country) int { return strings.Compare(names.SortKey(a.Name), names.SortKey(b.Name)) })
	return all
}

// codes are the two letters of the countries and territories of ISO 3166-1, and
// of Kosovo.
var codes = strings.Fields(`
	AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
	CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
	FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
	JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
	MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
	PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
	TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
`)

// ReadCountry gives the two letters of a country written in any way: its name in
// one of our languages, two or three letters, a habit ("UK", "Hollande").
func ReadCountry(text string) (code string, ok bool) {
	words := strings.Fields(names.Fold(text))
	if len(words) > 1 && slices.Contains([]string{"the", "le", "la", "les", "l"}, words[0]) {
		words = words[1:]
	}
	code, ok = spellings()[strings.Join(words, "")]
	return code, ok
}

// spellings go from a country's folded name without spaces to its letters.
var spellings = sync.OnceValue(func() map[string]string {
	known := map[string]string{}
	add := func(text, code string) {
		key := strings.ReplaceAll(names.Fold(text), " ", "")
		if _, taken := known[key]; !taken && key != "" {
			known[key] = code
		}
	}
	for _, code := range codes {
		add(code, code)
		add(language.MustParseRegion(code).ISO3(), code)
	}
	for line := range strings.Lines(habits) {
		code, list, _ := strings.Cut(line, ":")
		for habit := range strings.SplitSeq(list, ",") {
			add(habit, strings.TrimSpace(code))
		}
	}
	for _, lang := range []string{"fr", "en", "es", "it", "de", "he", "ar", "zh", "ja", "ko", "pt", "nl"} {
		for _, code := range codes {
			add(CountryName(code, lang), code)
		}
	}
	return known
})

// habits are spellings that no table of names has.
const habits = `
AE: EAU, UAE, Émirats, Emirats arabes, Emirates
BA: Bosnie, Bosnia
CD: RDC, Congo Kinshasa, DRC
CG: Congo Brazzaville
CI: Côte d'Ivoire, Ivory Coast
CN: RPC, PRC, République populaire de Chine, People's Republic of China
CZ: République tchèque, Czech Republic
DE: RFA, République fédérale d'Allemagne
GB: UK, Grande-Bretagne, Great Britain, Britain, Angleterre, England, Écosse, Scotland, Pays de Galles, Wales
IR: Iran
KR: Corée, Korea, Corée du Sud, South Korea, République de Corée, Republic of Korea
LA: Laos
MD: Moldavie, Moldova
MK: Macédoine, Macedonia
MM: Birmanie, Burma, Myanmar
NL: Hollande, Holland, Pays-Bas, Netherlands, The Netherlands
PS: Palestine
RU: Russie, Russia, Fédération de Russie, Russian Federation
SA: Arabie saoudite, KSA
SY: Syrie, Syria
SZ: Swaziland
TR: Turquie, Turkey, Türkiye
TW: Taiwan, Taïwan
TZ: Tanzanie, Tanzania
US: USA, États-Unis d'Amérique, Etats Unis, United States of America, Amérique, America
VA: Vatican
VN: Viêt Nam, Vietnam
`
