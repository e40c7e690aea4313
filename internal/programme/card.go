package programme

import (
	"cmp"
	"strings"
)

// readCard reads what a card says of somebody: a vCard (RFC 6350), as codes and
// programs write it. Of any other text nothing is known.
func readCard(text string) (c Contact) {
	// A line that begins with a blank goes on the one before it.
	text = strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(text)
	family := ""
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		name, _, _ = strings.Cut(name, ";") // without parameters
		if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
			name = name[dot+1:] // without the group
		}
		switch strings.ToUpper(name) {
		case "FN":
			c.Name = cmp.Or(c.Name, plain(value))
		case "N":
			parts := strings.Split(value, ";")
			parts = append(parts, "")
			family = strings.TrimSpace(plain(parts[1]) + " " + plain(parts[0]))
		case "ORG":
			org, _, _ := strings.Cut(value, ";") // without the unit
			c.Organisation = cmp.Or(c.Organisation, plain(org))
		case "TITLE":
			c.Function = cmp.Or(c.Function, plain(value))
		case "EMAIL":
			c.Email = cmp.Or(c.Email, plain(value))
		case "TEL":
			c.Phone = cmp.Or(c.Phone, strings.TrimPrefix(plain(value), "tel:"))
		}
	}
	c.Name = cmp.Or(c.Name, family)
	return c
}

// plain is a value of a card as people read it.
func plain(value string) string {
	return strings.TrimSpace(strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value))
}
