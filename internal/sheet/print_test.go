package sheet

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestMinutesAreNotCutOff reads what the file holds as a spreadsheet does: by
// cutting the fraction of a second off. Only what the precision of a day count
// loses, less than a microsecond, is rounded.
func TestMinutesAreNotCutOff(t *testing.T) {
	day := time.Date(2017, 11, 6, 0, 0, 0, 0, time.UTC)
	var rows [][]Value
	for minute := range 24 * 60 {
		rows = append(rows, Values(day.Add(time.Duration(minute)*time.Minute)))
	}
	var b bytes.Buffer
	if err := Write(&b, []Sheet{{Name: "Times", Columns: []Column{{Name: "Start", Style: Clock}}, Rows: rows}}); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cells, err := file.GetCols("Times", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for minute, text := range cells[0][1:] {
		cell := Cell{Kind: Text, Text: text}
		days, ok := cell.Float()
		if seconds := int((days-43045)*24*60*60 + 1e-6); !ok || seconds/60 != minute {
			t.Errorf("minute %d is written %s, which shows as minute %d", minute, text, seconds/60)
		}
	}
}

func TestWhatIsPrintedOnEveryPage(t *testing.T) {
	for want, s := range map[string]Sheet{
		"'It''s'!$1:$1":             {Name: "It's", Frozen: 2},
		"'Wide'!$A:$B,'Wide'!$1:$1": {Name: "Wide", Frozen: 2, PagesWide: 3},
		"'Days'!$A:$A,'Days'!$3:$4": {Name: "Days", Title: "T", Spans: []Span{{Name: "Mon"}}, Frozen: 1, PagesWide: 2},
	} {
		if diff := cmp.Diff(want, repeated(s.Name, &s, s.headRow())); diff != "" {
			t.Errorf("repeated (-want +got):\n%s", diff)
		}
	}
}
