// Package exporter writes records of any kind into workbooks that people read:
// headings, choices and references in their words, numbers and dates as such.
// The importer reads them back without a change.
//
// Whose rights they are is the business of the list that is exported: it gives
// the rows. What a row points to is named only if the reader may see it.
package exporter

import (
	"context"
	"embed"
	"iter"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// A Row is a record to write.
type Row struct {
	ID        string
	Fictional bool
	Texts     map[string]string
}

// A Part is the records of one kind: a sheet of a workbook.
type Part struct {
	Kind record.Kind
	Rows iter.Seq2[Row, error]
	// Fictional says that some are: a note above them says it too.
	Fictional bool
}

// A Namer gives what a record is called, or "" where the reader may not know.
type Namer func(kind, id string) (string, error)

// Names asks each record's kind once. It lasts as long as the transaction.
func Names(ctx context.Context, tx *db.Tx, v territory.Viewer, kinds record.Kinds) Namer {
	known := map[ref.Ref]record.Card{}
	return func(kind, id string) (string, error) {
		of := ref.Ref{Territory: v.Territory.ID, Kind: kind, ID: id}
		card, asked := known[of]
		if !asked {
			var err error
			if card, err = kinds.Card(ctx, tx, of); err != nil && !fault.Is(err, fault.NotFound) {
				return "", err
			}
			if territory.Known(kind, "see") && !v.May(kind, "see", card.Subject) {
				card = record.Card{}
			}
			known[of] = card
		}
		return card.Named(v.Language), nil
	}
}

// The columns beside those of the fields: what tells a record from all others,
// and whether it is invented.
const (
	ID        = "id"
	Fictional = "fictional"
)

// An Exporter writes in the words of a reader.
type Exporter struct {
	words *i18n.Words
	name  Namer
}

// NewExporter makes one.
func NewExporter(words *i18n.Words, name Namer) Exporter { return Exporter{words, name} }

// Listed are the fields of a kind that have a column.
func Listed(kind record.Kind) []record.Info {
	var listed []record.Info
	for _, info := range kind.Fields {
		if !info.Unlisted {
			listed = append(listed, info)
		}
	}
	return listed
}

// headings are those of all columns.
func (e Exporter) headings(kind record.Kind) []string {
	var headings []string
	for _, info := range Listed(kind) {
		headings = append(headings, e.heading(kind, info))
	}
	return append(headings, e.words.T("export.fictional"), e.words.T("export.id"))
}

// heading is the text of a field, or of one that people made, such as a question
// of a form, what they call it.
func (e Exporter) heading(kind record.Kind, info record.Info) string {
	key := kind.Name + ".field." + info.Name
	if !e.words.Has(key) && len(info.Headings) > 0 {
		return info.Headings[0]
	}
	return e.words.T(key)
}

// Say is the text of a field as the reader knows it.
func (e Exporter) Say(kind record.Kind, info record.Info, text string) (string, error) {
	switch {
	case text == "":
		return "", nil
	case info.Type == record.Choice:
		return e.words.T(kind.Name + "." + info.Name + "." + text), nil
	case info.Type == record.Reference:
		return e.name(info.To, text)
	case info.Type == record.References:
		var names []string
		for _, id := range record.Split(text) {
			name, err := e.name(info.To, id)
			if err != nil {
				return "", err
			}
			names = append(names, name)
		}
		return strings.Join(record.Split(strings.Join(names, "; ")), "; "), nil
	case info.Say != nil:
		return info.Say(text, e.words.Lang()), nil
	default:
		return strings.ReplaceAll(text, "\r\n", "\n"), nil
	}
}

// saysFictional is the cell that marks an invented record.
func (e Exporter) saysFictional(row Row) string {
	if row.Fictional {
		return e.words.T("export.yes")
	}
	return ""
}
