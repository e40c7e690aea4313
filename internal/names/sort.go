package names

import (
	"encoding/base32"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortKey is a text that sorts, byte by byte, as the names do for a reader, case
// and accents ignored. It is stored beside a name, because the two databases
// order accents differently. The parts count in turn: family and given name of a
// person, or one name of an organisation. One key serves readers of all
// languages, so the order is the one of Unicode where no language is known.
func SortKey(parts ...string) string {
	var buffer collate.Buffer
	key := collate.New(language.Und, collate.Loose).KeyFromString(&buffer, strings.Join(parts, " "))
	return keyText.EncodeToString(key)
}

// keyText writes bytes as letters and digits in the same order.
var keyText = base32.HexEncoding.WithPadding(base32.NoPadding)
