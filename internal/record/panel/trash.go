package panel

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/territory"
)

// A Trashed is a note, a file or a task that was deleted and can be put back.
type Trashed struct {
	Noun, ID, Title string
	DeletedAt       db.Instant
}

// TrashOn lists what was deleted of a record's notes and files, and can be put
// back by the viewer: a note by whoever wrote it.
func TrashOn(ctx context.Context, tx *db.Tx, v territory.Viewer, place Place) ([]Trashed, error) {
	notes, err := trashed(ctx, tx, v, "note", place,
		db.Select("n.id, n.text, n.deleted_at", "notes n").Where("n.author = ?", v.User))
	if err != nil {
		return nil, err
	}
	files, err := trashed(ctx, tx, v, "file", place, db.Select("n.id, n.name, n.deleted_at", "files n"))
	return append(notes, files...), err
}

// TasksTrash lists the deleted tasks of a record.
func TasksTrash(ctx context.Context, tx *db.Tx, v territory.Viewer, place Place) ([]Trashed, error) {
	return trashed(ctx, tx, v, "task", place, db.Select("n.id, n.title, n.deleted_at", "tasks n"))
}

func trashed(ctx context.Context, tx *db.Tx, v territory.Viewer, noun string, place Place, q *db.Query) ([]Trashed, error) {
	const most = 200 // so far back does nobody look
	onRecord(q, v, noun, place).Where("n.deleted_at IS NOT NULL")
	return db.Collect(ctx, tx, q.Order("n.deleted_at DESC", "n.id").Page(1, most), func(scan db.Scan) (t Trashed, err error) {
		t.Noun = noun
		err = scan(&t.ID, &t.Title, &t.DeletedAt)
		t.Title = first(t.Title)
		return t, err
	})
}
