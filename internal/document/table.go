package document

import "fmt"

// A Table is a list to print: its head is repeated on each page, and no row is
// parted.
type Table struct {
	Title, Note string
	Columns     []string
	Rows        [][]string
	// Empty is said where there is no row.
	Empty string
}

// The type of a table, and the space around its texts.
var (
	tableTitle = Style{Face: Serif, Size: 20, Color: Ink}
	tableNote  = Style{Size: 9, Color: Muted}
	tableHead  = Style{Face: Semibold, Size: 9, Color: Muted}
	tableCell  = Style{Size: 9.5, Color: Ink}
)

const (
	gutter = 3.0
	above  = 1.6
	// footHeight is kept free for what [Document.Number] prints.
	footHeight = 8.0
)

// AddTable prints a table, from a page of its own on.
func (d *Document) AddTable(t Table) {
	page := d.AddPage()
	d.Bookmark(t.Title)
	y := Margin
	for _, b := range []*Block{d.Layout(Measure, Span{t.Title, tableTitle}), d.Layout(Measure, Span{t.Note, tableNote})} {
		page.Text(Margin, y, Left, b)
		y += b.Height + above
	}
	if len(t.Rows) == 0 {
		page.Text(Margin, y+above, Left, d.Layout(Measure, Span{t.Empty, tableCell}))
		return
	}
	y = d.head(page, t, y)
	for _, row := range t.Rows {
		blocks, height := d.row(row, tableCell, len(t.Columns))
		if y+height > Height-Margin-footHeight {
			page = d.AddPage()
			y = d.head(page, t, Margin)
		}
		draw(page, blocks, y)
		y += height
		page.Line(Margin, y, Width-Margin, y, 0.15, Hair)
	}
}

// head prints the heads of the columns, and says where the rows begin.
func (d *Document) head(page *Page, t Table, y float64) float64 {
	blocks, height := d.row(t.Columns, tableHead, len(t.Columns))
	draw(page, blocks, y)
	page.Line(Margin, y+height, Width-Margin, y+height, 0.4, Ink)
	return y + height
}

// row sets the texts of a row in columns of one width.
func (d *Document) row(texts []string, style Style, columns int) (blocks []*Block, height float64) {
	width := Measure / float64(columns)
	for _, text := range texts {
		b := d.Layout(width-gutter, Span{text, style})
		blocks = append(blocks, b)
		height = max(height, b.Height)
	}
	return blocks, height + 2*above
}

func draw(page *Page, blocks []*Block, y float64) {
	for i, b := range blocks {
		page.Text(Margin+float64(i)*Measure/float64(len(blocks)), y+above, Left, b)
	}
}

// Number prints a text and the number of the page at the foot of each page.
func (d *Document) Number(text string) {
	for i, page := range d.Pages() {
		y := Height - Margin - footHeight/2
		page.Text(Margin, y, Left, d.Layout(Measure, Span{text, tableNote}))
		page.Text(Width-Margin, y, Right, d.Layout(Measure/4, Span{fmt.Sprintf("%d / %d", i+1, len(d.Pages())), tableNote}))
	}
}
