package directory

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/territory"
)

// PersonalData is all that is held of a person, as they may ask for it.
type PersonalData struct {
	Name    string          `json:"name"`
	Holder  string          `json:"holder"` // the territory
	At      time.Time       `json:"at"`
	Records []PersonalEntry `json:"records"`
}

// A PersonalEntry is a record that holds something of a person.
type PersonalEntry struct {
	Kind    string            `json:"kind"`
	ID      string            `json:"id"`
	Title   string            `json:"title"`
	Field   string            `json:"points_by,omitempty"` // that leads to the person; "": it is their own record
	Trash   bool              `json:"in_trash,omitempty"`
	Values  map[string]string `json:"values"`
	Changes []PersonalChange  `json:"changes,omitempty"`
}

// A PersonalChange is one change of one field.
type PersonalChange struct {
	At     time.Time `json:"at"`
	Action string    `json:"action"`
	Field  string    `json:"field,omitempty"`
	Before string    `json:"before,omitempty"`
	After  string    `json:"after,omitempty"`
}

// PersonalData collects all that is held of a person.
func (e Eraser) PersonalData(ctx context.Context, tx *db.Tx, home territory.Territory, id string) (PersonalData, error) {
	held, err := e.held(ctx, tx, ref.Ref{Territory: home.ID, Kind: "person", ID: id})
	if err != nil {
		return PersonalData{}, err
	}
	data := PersonalData{Name: held[0].Title, Holder: home.Name, At: home.At(tx.Now)}
	for _, h := range held {
		entry := PersonalEntry{Kind: h.Ref.Kind, ID: h.Ref.ID, Title: h.Title, Field: h.Field, Trash: h.Deleted, Values: h.Texts}
		for _, e := range h.History {
			at := home.At(e.At)
			if len(e.Changes) == 0 {
				entry.Changes = append(entry.Changes, PersonalChange{At: at, Action: e.Action})
			}
			for _, c := range e.Changes {
				entry.Changes = append(entry.Changes, PersonalChange{at, e.Action, c.Field, c.Before, c.After})
			}
		}
		data.Records = append(data.Records, entry)
	}
	return data, nil
}

// WriteJSON writes the data for another program.
func (d PersonalData) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d)
}

// WriteXLSX writes the data for people, in the words of a reader: a sheet of the
// values and one of their changes.
func (d PersonalData) WriteXLSX(out io.Writer, w *i18n.Words) error {
	head := func(keys ...string) []sheet.Column {
		columns := make([]sheet.Column, len(keys))
		for i, key := range keys {
			columns[i] = sheet.Column{Name: w.T("personal_data." + key), Width: 28}
		}
		return columns
	}
	values := sheet.Sheet{
		Name: w.T("personal_data.data"), Title: w.T("personal_data.title", d.Name),
		Lines: []string{d.Holder, w.T("personal_data.said", w.Stamp(d.At))}, Columns: head("record", "field", "value"),
	}
	changes := sheet.Sheet{Name: w.T("personal_data.history"), Columns: head("record", "changed", "field", "before", "value")}
	for _, r := range d.Records {
		name := r.name(w)
		for _, field := range slices.Sorted(maps.Keys(r.Values)) {
			values.Rows = append(values.Rows, sheet.Values(name, w.T(r.Kind+".field."+field), r.Values[field]))
		}
		for _, c := range r.Changes {
			what := w.T("record.action." + c.Action)
			if c.Field != "" {
				what = w.T(r.Kind + ".field." + c.Field)
			}
			changes.Rows = append(changes.Rows, sheet.Values(name, w.Stamp(c.At), what, c.Before, c.After))
		}
	}
	return sheet.Write(out, []sheet.Sheet{values, changes})
}

// name is how a reader knows the record.
func (e PersonalEntry) name(w *i18n.Words) string {
	name := w.T(e.Kind + ".one")
	if e.Title != "" {
		name += " – " + e.Title
	}
	if e.Trash {
		name += " (" + w.T("personal_data.trash") + ")"
	}
	return name
}
