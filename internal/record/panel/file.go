package panel

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A File is a document on a record. Another of the same name becomes its next
// content; undoing that brings the former one back.
type File struct {
	record.Meta
	Place
	Name   string
	Number int // of the present content
	// Content is the present one: lists fill it in.
	Content Content
}

// A Content is what a file holds or held.
type Content struct {
	Number             int
	Hash               string
	Size               int
	Type               string
	Author, AuthorName string
	CreatedAt          db.Instant
}

// Files is how files are kept.
func Files() record.Noun[File] {
	meta := func(f *File) *record.Meta { return &f.Meta }
	name := record.TextField("name", func(f *File) *string { return &f.Name })
	name.Key, name.Personal = true, true
	return record.Noun[File]{
		Name:   "file",
		Fields: record.Fields[File]{name, numberField(), onField(meta, func(f *File) *Place { return &f.Place })},
		Meta:   meta,
		Load:   loadFile, Insert: insertFile, Update: updateFile,
		Settle: func(*File) error { return nil },
		Found: func(f *File) record.Found {
			return record.Found{Title: f.Name, Subject: f.Subject, On: f.On}
		},
	}
}

// numberField is which content is the present one, as history tells it.
func numberField() record.Field[File] {
	return record.Field[File]{
		Info: record.Info{Name: "number", Type: record.Number, Unlisted: true},
		Get:  func(f *File) string { return strconv.Itoa(f.Number) },
		Set: func(f *File, text string) (err error) {
			f.Number, err = strconv.Atoi(text)
			return err
		},
	}
}

func loadFile(ctx context.Context, tx *db.Tx, territory int, id string) (*File, error) {
	row, err := New(tx).file(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "file", id)
	}
	return &File{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Place: placeOf(row.TerritoryID, row.Kind, row.RecordID, row.OwnerID, row.OrganisationID, row.MissionID),
		Name:  row.Name, Number: row.Number,
	}, nil
}

func insertFile(ctx context.Context, tx *db.Tx, f *File) error {
	return New(tx).addFile(ctx, addFileParams{
		TerritoryID: f.Territory, ID: f.ID, Kind: f.On.Kind, RecordID: f.On.ID,
		OwnerID: f.Subject.Owner, OrganisationID: f.Subject.Organisation, MissionID: f.Subject.Mission,
		Name: f.Name, Number: f.Number, Fictional: f.Fictional, Version: f.Version, CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt,
	})
}

// updateFile writes a file. One whose name was erased loses what it held, which
// the folder sweeps away.
func updateFile(ctx context.Context, tx *db.Tx, f *File) error {
	q := New(tx)
	if f.Name == "" {
		if err := q.dropContents(ctx, f.Territory, f.ID); err != nil {
			return fmt.Errorf("drop what the file held: %w", err)
		}
	}
	return q.editFile(ctx, editFileParams{
		Kind: f.On.Kind, RecordID: f.On.ID, OrganisationID: f.Subject.Organisation, Name: f.Name,
		Number: f.Number, Version: f.Version, UpdatedAt: f.UpdatedAt, DeletedAt: f.DeletedAt, TerritoryID: f.Territory, ID: f.ID,
	})
}

// An Upload is a content that is stored, and the name and type that it goes
// under.
type Upload struct {
	Stored
	Name, Type string
}

// sniffed is how many first bytes tell the type of a file.
const sniffed = 512

// Receive stores a file that somebody sends, if it is of a kind that is taken
// and is what its name says.
func (f Folder) Receive(territory int, name string, content io.Reader) (u Upload, err error) {
	if u.Name, err = cleanName(name); err != nil {
		return u, err
	}
	whole := bufio.NewReaderSize(content, sniffed)
	head, err := whole.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return u, fmt.Errorf("receive a file: %w", err)
	}
	if len(head) == 0 {
		return u, fault.New(fault.Invalid, "panel.file_empty", u.Name)
	}
	if u.Type, err = mediaOf(u.Name, head); err != nil {
		return u, err
	}
	u.Stored, err = f.Put(territory, whole)
	return u, err
}

// Attach puts an upload on a record: as a new file, or as the next content of
// the file of that name. What that file holds already changes nothing.
func Attach(ctx context.Context, tx *db.Tx, act record.Act, v territory.Viewer, place Place, u Upload) (*File, error) {
	id, err := New(tx).fileNamed(ctx, fileNamedParams{place.On.Territory, place.On.Kind, place.On.ID, u.Name})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		f := &File{Meta: metaFor(v, place), Place: place, Name: u.Name, Number: 1}
		if err := Files().Add(ctx, tx, act, f); err != nil {
			return nil, err
		}
		return f, u.keep(ctx, tx, v, f)
	case err != nil:
		return nil, fmt.Errorf("find the file %q: %w", u.Name, err)
	}
	return again(ctx, tx, act, v, id, u)
}

// again makes an upload the next content of a file.
func again(ctx context.Context, tx *db.Tx, act record.Act, v territory.Viewer, id string, u Upload) (*File, error) {
	f, err := loadFile(ctx, tx, v.Territory.ID, id)
	if err != nil {
		return nil, err
	}
	contents, err := ContentsOf(ctx, tx, f)
	if err != nil {
		return nil, err
	}
	for _, c := range contents {
		if c.Number == f.Number && c.Hash == u.Hash {
			return f, nil
		}
	}
	f.Number = contents[0].Number + 1
	if err := Files().Save(ctx, tx, act, f); err != nil {
		return nil, err
	}
	return f, u.keep(ctx, tx, v, f)
}

func (u Upload) keep(ctx context.Context, tx *db.Tx, v territory.Viewer, f *File) error {
	err := New(tx).addContent(ctx, addContentParams{
		TerritoryID: f.Territory, FileID: f.ID, Number: f.Number, Hash: u.Hash, Size: u.Size, Type: u.Type,
		Author: v.User, AuthorName: v.Name, CreatedAt: tx.Now,
	})
	if err != nil {
		return fmt.Errorf("add a content to the file %s: %w", f.ID, err)
	}
	return nil
}

// ContentsOf lists what a file holds and held, the newest first: nothing,
// once it was erased.
func ContentsOf(ctx context.Context, tx *db.Tx, f *File) ([]Content, error) {
	rows, err := New(tx).contents(ctx, f.Territory, f.ID)
	if err != nil {
		return nil, fmt.Errorf("list the contents of the file %s: %w", f.ID, err)
	}
	contents := make([]Content, len(rows))
	for i, row := range rows {
		contents[i] = Content(row)
	}
	return contents, nil
}

// FilesOn lists a page of the files on a record, by name, each with its present
// content, and says how many there are: see [db.CollectPage].
func FilesOn(ctx context.Context, tx *db.Tx, v territory.Viewer, place Place, page int) (files []File, all int, err error) {
	q := onRecord(db.Select("n.id, n.name, n.number, c.size, c.type, c.author, c.author_name, c.created_at",
		"files n JOIN file_contents c ON c.territory_id = n.territory_id AND c.file_id = n.id AND c.number = n.number"), v, "file", place)
	q.Where("n.deleted_at IS NULL").Order("n.name", "n.id").Page(page, web.PageSize)
	return db.CollectPage(ctx, tx, q, web.Counted, func(scan db.Scan) (f File, err error) {
		c := &f.Content
		f.Territory, f.Place = place.On.Territory, place
		err = scan(&f.ID, &f.Name, &f.Number, &c.Size, &c.Type, &c.Author, &c.AuthorName, &c.CreatedAt)
		c.Number = f.Number
		return f, err
	})
}
