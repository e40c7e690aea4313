package i18n

import (
	"regexp"
	"strings"
)

// The spaces that do not break.
const (
	noBreak       = "\u00a0"
	narrowNoBreak = "\u202f"
)

// locale is how a language writes what is not in its catalogue.
type locale struct {
	weekdays      [7]string // from Sunday, as time.Weekday
	shortWeekdays [7]string
	months        [12]string
	shortMonths   [12]string
	// first is the first day of a month, where it is said otherwise.
	first          string
	thousands      string
	decimal        string
	beforePercent  string
	afterSign      string
	hour, minute   string // minute follows those that follow hours
	at             string
	and, or        string
	singular       func(n int) bool
	typography     func(text string) string
	clockSeparator string
}

var locales = map[string]locale{
	"en": {
		weekdays:       [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		shortWeekdays:  [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		months:         [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		shortMonths:    [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
		first:          "1",
		thousands:      ",",
		decimal:        ".",
		hour:           noBreak + "h",
		minute:         noBreak + "min",
		at:             " at ",
		and:            " and ",
		or:             " or ",
		singular:       func(n int) bool { return n == 1 },
		typography:     curlApostrophes,
		clockSeparator: ":",
	},
	"fr": {
		weekdays:       [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		shortWeekdays:  [7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		months:         [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		shortMonths:    [12]string{"janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		first:          "1er",
		thousands:      narrowNoBreak,
		decimal:        ",",
		beforePercent:  noBreak,
		afterSign:      noBreak,
		hour:           noBreak + "h",
		at:             " à ",
		and:            " et ",
		or:             " ou ",
		singular:       func(n int) bool { return n >= -1 && n <= 1 },
		typography:     setFrench,
		clockSeparator: noBreak + "h" + noBreak,
	},
}

var apostrophe = regexp.MustCompile(`(\pL)'(\pL)`)

// curlApostrophes sets the apostrophe within words, which keyboards lack.
func curlApostrophes(text string) string {
	return apostrophe.ReplaceAllString(text, "${1}’${2}")
}

// frenchSpaces are those that French sets before high punctuation and inside
// its quotation marks. Only a space that is written is set, never one added:
// a colon may well be part of a time or of an address.
var frenchSpaces = strings.NewReplacer(
	" ;", narrowNoBreak+";", " !", narrowNoBreak+"!", " ?", narrowNoBreak+"?",
	" :", noBreak+":", " »", noBreak+"»", "« ", "«"+noBreak, " %", noBreak+"%", " €", noBreak+"€",
)

func setFrench(text string) string {
	return frenchSpaces.Replace(curlApostrophes(text))
}
