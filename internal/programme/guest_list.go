package programme

import (
	"net/http"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/web"
)

// guestList answers GET /t/{territory}/sessions/{id}/guests.xlsx: all who are
// expected, in the order of their names, to be printed too.
func (p *Pages) guestList(w http.ResponseWriter, r *http.Request) error {
	page, f, err := p.open(r, "welcome")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="guests.xlsx"`)
	return sheet.Write(w, []sheet.Sheet{page.guestSheet(f)})
}

func (v sessionView) guestSheet(f web.Frame) sheet.Sheet {
	w, s := v.words, v.session
	lines := []string{
		w.Date(v.local(s, s.Start)) + ", " + v.hours(s) + " (" + v.zoneName(v.local(s, s.Start)) + ")", v.where(s),
	}
	if f.Fictional {
		lines = append(lines, w.T("programme.fictional"))
	}
	list := sheet.Sheet{
		Name: w.T("programme.guest_list"), Title: v.title(s), Lines: slices.DeleteFunc(lines, func(line string) bool { return line == "" }),
		Columns: []sheet.Column{
			{Name: w.T("programme.name"), Width: 32, Style: sheet.Strong},
			{Name: w.T("programme.organisation"), Width: 32},
			{Name: w.T("programme.as"), Width: 16},
			{Name: w.T("programme.code"), Width: 14},
			{Name: w.T("programme.arrived"), Width: 10},
		},
	}
	for _, a := range v.sorted() {
		arrived := ""
		if at, there := v.there[a.Key]; there {
			arrived = w.Clock(v.local(s, at))
		}
		list.Rows = append(list.Rows, sheet.Values(
			a.Name, a.Organisation, w.T("programme.group."+string(a.Group)), Code(s.Territory, a.Key), arrived,
		))
	}
	return list
}

// sorted are all who are expected, by name.
func (v sessionView) sorted() []Attendee {
	all, compare := v.Attendees(v.session, v.words), v.words.Collate()
	slices.SortStableFunc(all, func(a, b Attendee) int {
		if by := compare(a.Name, b.Name); by != 0 {
			return by
		}
		return strings.Compare(a.Organisation, b.Organisation)
	})
	return all
}
