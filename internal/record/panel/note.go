package panel

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Note is what somebody wrote on a record. They alone change it.
type Note struct {
	record.Meta
	Place
	Text string
	// Author is the id of a user; their name is kept as it was.
	Author, AuthorName string
}

// mostText is how many characters a note may have.
const mostText = 20_000

// Notes is how notes are kept.
func Notes() record.Noun[Note] {
	meta := func(n *Note) *record.Meta { return &n.Meta }
	text := record.TextField("text", func(n *Note) *string { return &n.Text })
	text.Personal = true
	return record.Noun[Note]{
		Name:   "note",
		Fields: record.Fields[Note]{text, onField(meta, func(n *Note) *Place { return &n.Place })},
		Meta:   meta,
		Load:   loadNote, Insert: insertNote, Update: updateNote,
		Settle: (*Note).settle,
		Found: func(n *Note) record.Found {
			return record.Found{Title: first(n.Text), Words: []string{n.Text}, Subject: n.Subject, On: n.On}
		},
	}
}

func (n *Note) settle() error {
	n.Text = strings.TrimSpace(strings.ReplaceAll(n.Text, "\r\n", "\n"))
	var p fault.Problems
	switch {
	case n.Text == "":
		p.Add("text", "panel.note_empty")
	case utf8.RuneCountInString(n.Text) > mostText:
		p.Add("text", "panel.note_long", mostText)
	}
	return p.Or()
}

// first is the beginning of a text, to name it by.
func first(text string) string {
	const most = 80
	line, _, _ := strings.Cut(text, "\n")
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return line
}

// by says whether the viewer wrote the note.
func (n *Note) by(v territory.Viewer) bool { return n.Author == v.User }

func loadNote(ctx context.Context, tx *db.Tx, territory int, id string) (*Note, error) {
	row, err := New(tx).note(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "note", id)
	}
	return &Note{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Place: placeOf(row.TerritoryID, row.Kind, row.RecordID, row.OwnerID, row.OrganisationID, row.MissionID),
		Text:  row.Text, Author: row.Author, AuthorName: row.AuthorName,
	}, nil
}

// missing is the fault of a record that is not there, or the error that it is.
func missing(err error, kind, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.none")
	}
	return fmt.Errorf("find the %s %s: %w", kind, id, err)
}

func insertNote(ctx context.Context, tx *db.Tx, n *Note) error {
	return New(tx).addNote(ctx, addNoteParams{
		TerritoryID: n.Territory, ID: n.ID, Kind: n.On.Kind, RecordID: n.On.ID,
		OwnerID: n.Subject.Owner, OrganisationID: n.Subject.Organisation, MissionID: n.Subject.Mission,
		Text: n.Text, Author: n.Author, AuthorName: n.AuthorName, Fictional: n.Fictional, Version: n.Version,
		CreatedAt: n.CreatedAt, UpdatedAt: n.UpdatedAt,
	})
}

func updateNote(ctx context.Context, tx *db.Tx, n *Note) error {
	return New(tx).editNote(ctx, editNoteParams{
		Kind: n.On.Kind, RecordID: n.On.ID, OrganisationID: n.Subject.Organisation,
		Text: n.Text, Version: n.Version, UpdatedAt: n.UpdatedAt, DeletedAt: n.DeletedAt, TerritoryID: n.Territory, ID: n.ID,
	})
}

// NotesOn lists a page of the notes on a record, the newest first, and says how
// many there are: see [db.CollectPage].
func NotesOn(ctx context.Context, tx *db.Tx, v territory.Viewer, place Place, page int) (notes []Note, all int, err error) {
	q := onRecord(db.Select("n.id, n.text, n.author, n.author_name, n.version, n.created_at, n.updated_at", "notes n"), v, "note", place)
	q.Where("n.deleted_at IS NULL").Order("n.id DESC").Page(page, web.PageSize)
	return db.CollectPage(ctx, tx, q, web.Counted, func(scan db.Scan) (n Note, err error) {
		n.Territory, n.Place = place.On.Territory, place
		return n, scan(&n.ID, &n.Text, &n.Author, &n.AuthorName, &n.Version, &n.CreatedAt, &n.UpdatedAt)
	})
}

// pageOfNote is the page of [NotesOn] that shows a note.
func pageOfNote(ctx context.Context, tx *db.Tx, v territory.Viewer, place Place, id string) (int, error) {
	q := onRecord(db.Select("n.id", "notes n"), v, "note", place).Where("n.deleted_at IS NULL AND n.id > ?", id)
	newer, err := q.Count(ctx, tx)
	return newer/web.PageSize + 1, err
}

// onRecord keeps the rows, named n, that are on a record which the viewer may
// see: none, if they may not see its notes.
func onRecord(q *db.Query, v territory.Viewer, noun string, place Place) *db.Query {
	if !v.May(noun, "see", place.Subject) {
		q.Where("1 = 0")
	}
	return q.Where("n.territory_id = ? AND n.kind = ? AND n.record_id = ?", v.Territory.ID, place.On.Kind, place.On.ID)
}
