package record

import (
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/ref"
)

// Asked is a text by which people point to a record, such as the name of a
// city, and what stands in the field that narrows it, such as the country.
type Asked struct{ Text, Within string }

// A Meaning is a record that a text can mean: one that is there, or one that
// can be made.
type Meaning struct {
	Card Card
	// Make are the texts of a record that is not there yet, but can be made.
	Make map[string]string
}

// A Likeness is a record that may be the one that some texts describe.
type Likeness struct {
	// Ref is the record; where it is zero, Earlier is the position of others among
	// the texts, which come before.
	Ref     ref.Ref
	Earlier int
	// Sure says that an identifier makes it so: otherwise a person decides.
	Sure bool
	// Why are texts of the catalogue.
	Why []fault.Problem
}

// Compare puts what is sure first, and leaves the rest in their order.
func (l Likeness) Compare(other Likeness) int {
	switch {
	case l.Sure == other.Sure:
		return 0
	case l.Sure:
		return -1
	default:
		return 1
	}
}

// Named is what a record is called in a language.
func (c Card) Named(lang string) string {
	if name, _ := c.Names.In(lang); name != "" {
		return name
	}
	return c.Title
}

// A Draft is what a record would be, before anything is written.
type Draft struct {
	Title string
	Texts map[string]string
}

// draft sets some fields of a record that has others, and says what is wrong.
func (n Noun[T]) draft(before, texts map[string]string) (Draft, error) {
	record := new(T)
	if err := n.Fields.Apply(record, before).Or(); err != nil {
		return Draft{}, err
	}
	problems := n.Fields.Apply(record, texts)
	if len(problems) == 0 {
		if err := n.Settle(record); err != nil {
			return Draft{}, err
		}
	}
	return Draft{Title: n.Found(record).Title, Texts: n.Fields.Texts(record)}, problems.Or()
}
