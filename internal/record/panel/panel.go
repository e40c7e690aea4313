// Package panel is what the page of any record has beside the record itself:
// notes, files, tasks and the history of its changes; and what any list has:
// saved views. A kind that has a list gets all of it from [Pages], without a
// line of its own.
//
// Notes, files and tasks are records in their turn, so that search, history,
// undo and the trash hold for them. Who may not see the record that they are
// on does not see them either: see [record.Kinds.See].
package panel

import (
	"embed"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Kinds are notes, files and tasks as the rest of the house knows them.
func Kinds() []record.Kind {
	return []record.Kind{
		attached(Notes().Kind(), "/notes/", "notes"),
		attached(Files().Kind(), "/files/", "files"),
		attached(Tasks().Kind(), "/tasks/", "tasks"),
	}
}

// attached completes a kind of records that are on others. Their address leads
// to where they are shown.
func attached(kind record.Kind, path string, table db.SQL) record.Kind {
	kind.Attached = true
	kind.Address = func(id string) string { return path + id }
	kind.Points = []record.Point{{Field: "on", Table: table, Column: "record_id", KindColumn: "kind"}}
	return kind
}

// A Place is where a note, a file or a task is: on a record, with what decided
// who may see that when it was put there. Search goes by it first, and then by
// the record as it is. A task may be on none.
type Place struct {
	On      ref.Ref
	Subject territory.Subject
}

// On is the place that a record offers.
func On(card record.Card) Place { return Place{card.Ref, card.Subject} }

func placeOf(at int, kind, id, owner, organisation, mission string) Place {
	p := Place{Subject: territory.Subject{Owner: owner, Organisation: organisation, Mission: mission}}
	if kind != "" {
		p.On = ref.Ref{Territory: at, Kind: kind, ID: id}
	}
	return p
}

// move puts what is at the place onto another record: that into which its own
// was merged.
func (p *Place) move(to ref.Ref) {
	if p.Subject.Organisation == p.On.ID {
		p.Subject.Organisation = to.ID
	}
	p.On = to
}

// onField is the record that something is on, as a reference.
func onField[T any](meta func(*T) *record.Meta, at func(*T) *Place) record.Field[T] {
	return record.Field[T]{
		Info: record.Info{Name: "on", Type: record.Reference, Unlisted: true},
		Get: func(it *T) string {
			if at(it).On.IsZero() {
				return ""
			}
			return at(it).On.String()
		},
		Set: func(it *T, text string) error {
			to, err := ref.Parse(meta(it).Territory, text)
			if err != nil {
				return fault.Because(err, fault.Invalid, "record.end")
			}
			at(it).move(to)
			return nil
		},
	}
}

// metaFor begins the meta of what a viewer puts at a place.
func metaFor(v territory.Viewer, p Place) record.Meta {
	return record.Meta{Territory: v.Territory.ID, Owner: p.Subject.Owner, Fictional: v.Territory.Fictional}
}
