package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
)

// Unreadable says all that keeps a workbook from being read, at once.
type Unreadable struct {
	// Language is that of the remarks.
	Language string
	// Unopened says that no workbook was there to say in which language.
	Unopened bool
	// Remarks are the errors, in the order of the workbook.
	Remarks []Remark
	// Notes are what a readable workbook would say too.
	Notes []Remark
}

// Error lists the remarks, one a line.
func (u *Unreadable) Error() string {
	lines := []string{wordsFor(u.Language).N("read.unreadable", len(u.Remarks))}
	for _, remark := range u.Remarks {
		lines = append(lines, remark.Sentence(u.Language))
	}
	return strings.Join(lines, "\n")
}

// Sentence is the remark with the place that it concerns and what was found.
func (r Remark) Sentence(lang string) string {
	w := wordsFor(lang)
	where := r.where(w)
	switch {
	case where == "":
		return r.Text
	case r.Found == "":
		return w.T("read.where.said", where, r.Text)
	default:
		return w.T("read.where.found", where, strings.Join(strings.Fields(r.Found), " "), r.Text)
	}
}

func (r Remark) where(w *i18n.Words) string {
	row := digits(r.Row)
	switch {
	case r.Sheet == "":
		return ""
	case r.Row > 0 && r.Column != "":
		return w.T("read.where.cell", r.Sheet, row, r.Column)
	case r.Row > 0:
		return w.T("read.where.row", r.Sheet, row)
	case r.Column != "":
		return w.T("read.where.column", r.Sheet, r.Column)
	default:
		return w.T("read.where.sheet", r.Sheet)
	}
}

// remarks gathers remarks while a workbook is read.
type remarks struct {
	words *i18n.Words
	list  []Remark
	// alike are the remarks that stand for several: by where and what.
	alike map[likeness]*pile
}

// likeness is what remarks have in common when one can stand for all.
type likeness struct {
	sheet, column, key string
}

// pile is a remark, by its position, and how many others it stands for.
type pile struct {
	at, more int
	row      int
}

func newRemarks(words *i18n.Words) *remarks {
	return &remarks{words: words, alike: map[likeness]*pile{}}
}

func (r *remarks) add(remark Remark) { r.list = append(r.list, remark) }

// addOnce adds a remark unless one of the same kind about the same column was
// made: that one then says that there are more. A row counts once.
func (r *remarks) addOnce(key string, remark Remark) {
	like := likeness{remark.Sheet, remark.Column, key}
	first, found := r.alike[like]
	switch {
	case !found:
		r.alike[like] = &pile{at: len(r.list), row: remark.Row}
		r.add(remark)
	case first.row != remark.Row:
		first.row = remark.Row
		first.more++
	}
}

// sorted gives the remarks in the order of the sheets and their rows.
func (r *remarks) sorted(sheets []string) []Remark {
	for _, first := range r.alike {
		if first.more > 0 {
			remark := &r.list[first.at]
			remark.Text = r.words.N("read.where.more", first.more, remark.Text)
		}
	}
	r.alike = map[likeness]*pile{}
	slices.SortStableFunc(r.list, func(a, b Remark) int {
		return cmp.Or(
			cmp.Compare(slices.Index(sheets, a.Sheet), slices.Index(sheets, b.Sheet)),
			cmp.Compare(a.Row, b.Row),
		)
	})
	return r.list
}
