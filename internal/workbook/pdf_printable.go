package workbook

import (
	"slices"
	"strings"
)

// What a cell of a workbook may hold is longer than what a row of a page can.
const (
	printedName = 140
	printedNote = 280
)

// printable is the book with its texts cut to what fits a row, so that no row
// is taller than a page.
func printable(b *Book) *Book {
	c := *b
	c.Participants = slices.Clone(b.Participants)
	for i := range c.Participants {
		p := &c.Participants[i]
		p.Name, p.Contact, p.Email = shorten(p.Name, printedName), shorten(p.Contact, printedName), shorten(p.Email, printedName)
		p.People = slices.Clone(p.People)
		for j, person := range p.People {
			p.People[j] = shorten(person, printedName)
		}
	}
	c.Venues = slices.Clone(b.Venues)
	for i := range c.Venues {
		v := &c.Venues[i]
		v.Name, v.Address = shorten(v.Name, printedName), shorten(v.Address, printedName)
	}
	c.Places = slices.Clone(b.Places)
	for i := range c.Places {
		c.Places[i].Label = shorten(c.Places[i].Label, printedName)
	}
	c.Sessions = slices.Clone(b.Sessions)
	for i := range c.Sessions {
		c.Sessions[i].Name = shorten(c.Sessions[i].Name, printedName)
	}
	c.Wishes = slices.Clone(b.Wishes)
	for i := range c.Wishes {
		c.Wishes[i].Note = shorten(c.Wishes[i].Note, printedNote)
	}
	return &c
}

// shorten cuts a text that is longer than the limit, at a word if it can, and
// sets it as one paragraph.
func shorten(text string, limit int) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\v\f", r) }), " ")
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	cut := string(runes[:limit-1])
	if space := strings.LastIndex(cut, " "); space > len(cut)*2/3 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:·-") + "…"
}
