package web

import "github.com/escale-hq/escale/internal/i18n"

// A Column is the head of a column. Sort is the address that sorts by it, or
// "" where nothing does. Choice is the column of the rows' boxes.
type Column struct {
	Label, Sort string
	Sorted      Order
	// Number aligns at the end; Hidden is said and not shown.
	Number, Hidden, Choice bool
}

// An Order is how a column is sorted, in the words of aria-sort.
type Order string

// The orders.
const (
	Unsorted   Order = "none"
	Ascending  Order = "ascending"
	Descending Order = "descending"
)

func (c Column) class() string {
	switch {
	case c.Number:
		return "number"
	case c.Choice:
		return "choice"
	default:
		return ""
	}
}

func (c Column) order() string {
	if c.Sorted == "" {
		return string(Unsorted)
	}
	return string(c.Sorted)
}

// PageSize is how many rows a list shows at once.
const PageSize = 50

// Counted is the most that a list counts. Beyond, it says that there are more:
// to count them all would take longer than all the rest of its page.
const Counted = 10_000

// HowMany is a number of rows as a list counted them.
func HowMany(w *i18n.Words, n int) string {
	if n > Counted {
		return w.T("web.more_than", Counted)
	}
	return w.Number(n)
}

// A Pager says which rows of how many are shown. Pages are counted from 1; Href
// is the address of one of them. A total of more than [Counted] is the least
// that there can be.
type Pager struct {
	Page, Total int
	Href        func(page int) string
	// Least says that the total is the least that there can be, however small.
	Least bool
	// Name tells the pager from others on the same page, "" where it is alone.
	Name string
}

// counted says whether the total is known.
func (p Pager) counted() bool { return !p.Least && p.Total <= Counted }

func (p Pager) pages() int { return (p.Total + PageSize - 1) / PageSize }

func (p Pager) sentence(w *i18n.Words) string {
	first, last := (p.Page-1)*PageSize+1, min(p.Page*PageSize, p.Total)
	switch {
	case first > last:
		return w.T("web.pager.past")
	case p.Least || last > Counted:
		return w.T("web.pager.beyond", first, last)
	default:
		return w.T("web.pager.rows", first, last, HowMany(w, p.Total))
	}
}

// near are the pages to offer: the first, the last where it is known, and those
// around this one. A 0 stands for those left out.
func (p Pager) near() []int {
	var near []int
	for page := 1; page <= p.pages(); page++ {
		switch {
		case page == 1, page >= p.Page-2 && page <= p.Page+2, page == p.pages() && p.counted():
			near = append(near, page)
		case near[len(near)-1] != 0:
			near = append(near, 0)
		}
	}
	return near
}
