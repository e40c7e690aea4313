package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// panes keeps the head and the first columns in sight.
func panes(columns, head int) *excelize.Panes {
	pane := "bottomLeft"
	if columns > 0 {
		pane = "bottomRight"
	}
	return &excelize.Panes{Freeze: true, XSplit: columns, YSplit: head, TopLeftCell: at(columns, head+1), ActivePane: pane}
}

// paperA4 is the number of the paper in the file format.
const paperA4 = 9

// layPage sets a sheet up for printing: A4, as wide as the page, head repeated.
func (w *writer) layPage(name string, s *Sheet, head int) error {
	paper, orientation, wide, high := paperA4, "portrait", max(s.PagesWide, 1), 0
	if s.Landscape {
		orientation = "landscape"
	}
	fit, grid := true, false
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := w.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	if err := w.file.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	}); err != nil {
		return err
	}
	// An ampersand is what begins a code in these texts.
	foot := "&L" + strings.ReplaceAll(s.Foot, "&", "&&") + "&R&P / &N"
	if err := w.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: foot}); err != nil {
		return err
	}
	return w.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name, RefersTo: repeated(name, s, head),
	})
}

// repeated names what is printed on every page: the head and, where the columns
// take several pages, the first columns.
func repeated(name string, s *Sheet, head int) string {
	quoted := "'" + strings.ReplaceAll(name, "'", "''") + "'"
	first := head
	if len(s.Spans) > 0 {
		first--
	}
	rows := fmt.Sprintf("%s!$%d:$%d", quoted, first, head)
	if s.PagesWide < 2 || s.Frozen == 0 {
		return rows
	}
	return fmt.Sprintf("%s!$A:$%s,%s", quoted, Letter(s.Frozen-1), rows)
}

// offered is how many rows under the head offer choices and help.
const offered = 1000

// offer adds the choices and the help of columns.
func (w *writer) offer(name string, s *Sheet, head int) error {
	for i, column := range s.Columns {
		if len(column.Choices) == 0 && column.Help == "" {
			continue
		}
		offer := excelize.NewDataValidation(true)
		offer.Sqref = at(i, head+1) + ":" + at(i, head+offered)
		if len(column.Choices) > 0 {
			if err := offer.SetDropList(column.Choices); err != nil {
				return err
			}
		}
		offer.ShowErrorMessage = false
		if column.Help != "" {
			offer.SetInput(shorten(column.Name, 32), shorten(column.Help, 255))
		}
		if err := w.file.AddDataValidation(name, offer); err != nil {
			return err
		}
	}
	return nil
}

// freeName makes a name that spreadsheets accept and no other sheet has.
func (w *writer) freeName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, name)
	clean = strings.Trim(strings.TrimSpace(clean), "'")
	if clean == "" {
		clean = "-"
	}
	free := shorten(clean, excelize.MaxSheetNameLength)
	for n := 2; w.names[strings.ToLower(free)]; n++ {
		suffix := " " + strconv.Itoa(n)
		free = shorten(clean, excelize.MaxSheetNameLength-len(suffix)) + suffix
	}
	w.names[strings.ToLower(free)] = true
	return free
}

// shorten keeps the first letters of a text, and says by … that there are more.
func shorten(text string, letters int) string {
	runes := []rune(text)
	if len(runes) <= letters {
		return text
	}
	return string(runes[:letters-1]) + "…"
}
