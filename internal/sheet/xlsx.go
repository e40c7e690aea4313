package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ReadXLSX reads every sheet of an XLSX file.
func ReadXLSX(data []byte) ([]Table, error) {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return nil, ErrOldFormat
	}
	if err := checkParts(data); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: MaxUnzippedBytes, UnzipXMLSizeLimit: MaxUnzippedBytes,
	})
	if err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	defer file.Close()
	book := xlsxBook{file: file, shownAs: map[int]shown{}}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		book.from1904 = *props.Date1904
	}
	var tables []Table
	for _, name := range file.GetSheetList() {
		table, err := book.table(name)
		if err != nil {
			return nil, err
		}
		tables = append(tables, table)
	}
	return tables, nil
}

// checkParts looks at what the file would unfold to before a library does:
// the bytes of its parts, and the grid up to its farthest cells.
func checkParts(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ErrNotSheet
	}
	var total uint64
	for _, part := range archive.File {
		if total += part.UncompressedSize64; total > MaxUnzippedBytes {
			return ErrTooLarge
		}
		if strings.HasPrefix(strings.ToLower(part.Name), "xl/worksheets/sheet") {
			if err := checkGrid(part); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkGrid(part *zip.File) error {
	reader, err := part.Open()
	if err != nil {
		return errors.Join(ErrDamaged, err)
	}
	defer reader.Close()
	decoder := xml.NewDecoder(io.LimitReader(reader, MaxUnzippedBytes))
	decoder.Strict = false
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	rows, cells, far := 0, 0, 0
	for {
		token, err := decoder.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errors.Join(ErrDamaged, err)
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "row":
			rows, far = max(rows+1, reference(start, rowOf)), 0
		case start.Name.Local == "c":
			if column := reference(start, columnOf); column > far {
				cells, far = cells+column-far, column
			}
		}
		if rows > excelize.TotalRows || cells+rows > maxGrid {
			return ErrTooLarge
		}
	}
}

// reference reads the attribute r of a row or a cell; 0 when there is none.
func reference(element xml.StartElement, read func(string) int) int {
	for _, attribute := range element.Attr {
		if attribute.Name.Local == "r" {
			return read(attribute.Value)
		}
	}
	return 0
}

func rowOf(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func columnOf(text string) int {
	column, _, err := excelize.CellNameToCoordinates(text)
	if err != nil {
		return 0
	}
	return column
}

// xlsxBook is a file being read.
type xlsxBook struct {
	file     *excelize.File
	from1904 bool
	// shownAs remembers how each style shows numbers.
	shownAs map[int]shown
}

func (b *xlsxBook) table(name string) (Table, error) {
	table := Table{Name: name}
	rows, err := b.file.Rows(name)
	if err != nil {
		return table, nil // a sheet of charts has no cells
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		values, err := rows.Columns()
		if err != nil {
			return table, errors.Join(ErrDamaged, fmt.Errorf("sheet %s, row %d: %w", name, number, err))
		}
		cells := make([]Cell, len(values))
		for i, value := range values {
			cells[i] = b.cell(name, number, i, value)
		}
		cells = trimmed(cells)
		if len(cells) > MaxColumns || len(table.Rows) >= MaxRows {
			return table, ErrTooLarge
		}
		if len(cells) > 0 {
			table.Rows = append(table.Rows, Row{Number: number, Cells: cells})
		}
	}
	if err := rows.Error(); err != nil {
		return table, errors.Join(ErrDamaged, err)
	}
	return table, b.unmerge(&table)
}

// cell makes a cell of its raw value. Its type and style are looked up only
// when they can matter.
func (b *xlsxBook) cell(sheet string, row, column int, value string) Cell {
	cell := textCell(value)
	n, err := strconv.ParseFloat(cell.Text, 64)
	if err != nil && !strings.HasPrefix(cell.Text, "#") {
		return cell
	}
	at := Letter(column) + strconv.Itoa(row)
	kind, _ := b.file.GetCellType(sheet, at)
	switch {
	case kind == excelize.CellTypeError:
		return Cell{Kind: Failure, Text: cell.Text}
	case kind == excelize.CellTypeBool:
		return Cell{Kind: Text, Text: strconv.FormatBool(n != 0)}
	case err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber:
		return cell
	}
	style, _ := b.file.GetCellStyle(sheet, at)
	return b.number(n, style)
}

func (b *xlsxBook) number(n float64, style int) Cell {
	how, known := b.shownAs[style]
	if !known {
		if s, err := b.file.GetStyle(style); err == nil {
			how = shownBy(s)
		}
		b.shownAs[style] = how
	}
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if how.digits > 0 {
		text = fmt.Sprintf("%0*s", how.digits, text)
	}
	cell := Cell{Kind: Number, Text: text, Value: n}
	if how.moment && n >= 0 && n < lastDay*2 {
		epoch := epoch1900
		if b.from1904 {
			epoch = epoch1904
		}
		cell.Kind, cell.Moment = Moment, stampOfDays(n, epoch)
		cell.Text = cell.Moment.String()
	}
	return cell
}

// unmerge copies the value of each merged range into its other cells, in rows
// that hold something of their own.
func (b *xlsxBook) unmerge(table *Table) error {
	ranges, err := b.file.GetMergeCells(table.Name, true)
	if err != nil {
		return errors.Join(ErrDamaged, err)
	}
	byNumber := map[int]*Row{}
	for i := range table.Rows {
		byNumber[table.Rows[i].Number] = &table.Rows[i]
	}
	for _, merged := range ranges {
		left, top, err1 := excelize.CellNameToCoordinates(merged.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(merged.GetEndAxis())
		if err1 != nil || err2 != nil || byNumber[top] == nil {
			continue
		}
		value := byNumber[top].Cell(left - 1)
		value.Merged = true
		last := table.Rows[len(table.Rows)-1].Number
		for number := top; number <= min(bottom, last) && value.Kind != Blank; number++ {
			if row := byNumber[number]; row != nil {
				row.fill(left-1, min(right, MaxColumns)-1, value, number == top)
			}
		}
	}
	return nil
}

// fill sets the cells of a range of columns, but for the first when it is the
// one that the value comes from.
func (r *Row) fill(from, to int, value Cell, first bool) {
	for column := from; column <= to; column++ {
		for len(r.Cells) <= column {
			r.Cells = append(r.Cells, Cell{})
		}
		if !first || column != from {
			r.Cells[column] = value
		}
	}
}
