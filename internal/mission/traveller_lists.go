package mission

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/web"
)

// listNames are those of the lists that others work with: hotel, airline,
// drivers, embassy.
func listNames() []string { return []string{"rooms", "flights", "transfers", "embassy"} }

// A travelList is one of them: a table of texts.
type travelList struct {
	name    string
	columns []string
	rows    [][]string
}

// listOf makes a list. Each says no more than its reader needs.
func (t travel) listOf(w *i18n.Words, name string) (travelList, error) {
	made := map[string]struct {
		columns []string
		rows    func(*i18n.Words, *Traveller) [][]string
	}{
		"rooms":     {[]string{"hotel", "from", "to", "name", "room", "room_with"}, roomRows},
		"flights":   {[]string{"number", "leaves", "lands", "name"}, flightRows},
		"transfers": {[]string{"leaves", "to", "by", "name"}, transferRows},
		"embassy":   {[]string{"name", "function", "organisation", "hotel", "emergency"}, embassyRows},
	}[name]
	if made.rows == nil {
		return travelList{}, fault.New(fault.NotFound, "traveller.no_list", name)
	}
	list := travelList{name: name, columns: each(made.columns, func(c string) string { return w.T("traveller.column." + c) })}
	for _, traveller := range t.travellers {
		list.rows = append(list.rows, made.rows(w, traveller)...)
	}
	// The first cell of a row is the key to sort by, and is not shown.
	slices.SortStableFunc(list.rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	for i := range list.rows {
		list.rows[i] = list.rows[i][1:]
	}
	return list, nil
}

func roomRows(w *i18n.Words, t *Traveller) (rows [][]string) {
	room := ""
	if t.Room != "" {
		room = w.T("traveller.room." + t.Room)
	}
	for _, s := range t.StaysOf() {
		rows = append(rows, []string{s.Hotel + s.From, s.Hotel, dayText(w, s.From), dayText(w, s.To), t.Name, room, t.RoomWith})
	}
	return rows
}

func flightRows(w *i18n.Words, t *Traveller) (rows [][]string) {
	for _, f := range t.FlightsOf() {
		key := f.From.At.UTC().Format(stamp) + f.Number
		rows = append(rows, []string{key, f.Number, stopSaid(w, f.From), stopSaid(w, f.To), t.Name})
	}
	return rows
}

func transferRows(w *i18n.Words, t *Traveller) (rows [][]string) {
	for _, tr := range t.TransfersOf() {
		key := tr.From.At.UTC().Format(stamp) + tr.To
		rows = append(rows, []string{key, stopSaid(w, tr.From), tr.To, tr.By, t.Name})
	}
	return rows
}

func embassyRows(_ *i18n.Words, t *Traveller) [][]string {
	var hotels []string
	for _, s := range t.StaysOf() {
		hotels = append(hotels, s.Hotel)
	}
	contact := joined(t.EmergencyName, t.EmergencyPhone)
	return [][]string{{"", t.Name, t.Function, t.Organisation, strings.Join(slices.Compact(hotels), ", "), contact}}
}

// lists answers GET /t/{territory}/missions/{record}/travellers/lists: all of
// them as a workbook, or the one that the address names as a PDF.
func (p *TravelPages) lists(w http.ResponseWriter, r *http.Request) error {
	v, words := viewerOf(r), p.frame(r).Words
	var trip travel
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		m, err := on(r.Context(), tx, r, "traveller", "see")
		if err != nil {
			return err
		}
		trip, err = readTravel(r.Context(), tx, v.Territory, m.ID)
		return err
	})
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if name := r.URL.Query().Get("list"); name != "" {
		if err := trip.pdf(&file, words, name, p.db.Now()); err != nil {
			return err
		}
		sendPDF(w, &file, "escale-"+name)
		return nil
	}
	if err := trip.workbook(&file, words); err != nil {
		return err
	}
	web.SendFile(w, &file, "escale-travellers", "")
	return nil
}

// workbook writes all lists, a sheet each.
func (t travel) workbook(to *bytes.Buffer, w *i18n.Words) error {
	var sheets []sheet.Sheet
	for _, name := range listNames() {
		list, err := t.listOf(w, name)
		if err != nil {
			return err
		}
		s := sheet.Sheet{
			Name: w.T("traveller.list." + name), Title: w.T("traveller.list." + name), Landscape: true,
			Lines: []string{joined(t.Name(w.Lang()), when(w, *t.Mission)), w.T("traveller.list_note")},
		}
		for _, c := range list.columns {
			s.Columns = append(s.Columns, sheet.Column{Name: c, Width: 28, Style: sheet.Wrapped})
		}
		for _, row := range list.rows {
			s.Rows = append(s.Rows, sheet.Values(each(row, func(text string) any { return text })...))
		}
		sheets = append(sheets, s)
	}
	return sheet.Write(to, sheets)
}

// pdf writes one list.
func (t travel) pdf(to *bytes.Buffer, w *i18n.Words, name string, now db.Instant) error {
	list, err := t.listOf(w, name)
	if err != nil {
		return err
	}
	title := w.T("traveller.list." + name)
	d, err := document.New(document.Info{Title: title, Language: w.Lang(), Made: now.Time})
	if err != nil {
		return err
	}
	d.AddTable(document.Table{
		Title: title, Note: joined(t.Name(w.Lang()), when(w, *t.Mission), w.T("traveller.list_note")),
		Columns: list.columns, Rows: list.rows, Empty: w.T("traveller.list_empty"),
	})
	d.Number(title)
	return d.Write(to)
}

func sendPDF(w http.ResponseWriter, file *bytes.Buffer, name string) {
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.pdf"`)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = file.WriteTo(w) // the reader may be gone: there is nobody left to tell
}
