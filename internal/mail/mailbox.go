package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
)

// A State is what became of a message.
type State string

// The states. What a message says is kept in the first two only.
const (
	Kept    State = "kept"    // there is no server: it stays in the mailbox
	Waiting State = "waiting" // to be sent, or to be tried again
	Sent    State = "sent"    // the server took it
	Refused State = "refused" // the server will never take it
	Expired State = "expired" // the server could not take it for days
)

// An Entry is what is known of a message that was asked for.
type Entry struct {
	ID        string
	Territory int
	To        string
	Subject   string
	State     State
	// Failure is what the server last said against it, for administrators.
	Failure   string
	CreatedAt db.Instant
	EndedAt   db.Instant
}

const columns db.SQL = "id, territory_id, recipient, subject, state, failure, created_at, ended_at"

func entry(scan db.Scan) (e Entry, err error) {
	err = scan(&e.ID, &e.Territory, &e.To, &e.Subject, &e.State, &e.Failure, &e.CreatedAt, &e.EndedAt)
	return e, err
}

// perPage is how many messages a list holds.
const perPage = 50

// List gives the messages of a territory, the newest first; pages count from 1.
func List(ctx context.Context, tx *db.Tx, territory, page int) ([]Entry, error) {
	return db.Collect(ctx, tx, db.Select(columns, "messages").
		Where("territory_id = ?", territory).Order("id DESC").Page(page, perPage), entry)
}

// Mailbox gives the messages that were not sent for want of a server, those of
// all territories, the newest first: for demonstrations and development.
func Mailbox(ctx context.Context, tx *db.Tx, page int) ([]Entry, error) {
	return db.Collect(ctx, tx, db.Select(columns, "messages").
		Where("state = ?", string(Kept)).Order("id DESC").Page(page, perPage), entry)
}

// Open gives a message of the mailbox as its reader would see it. A message
// that is sent is nobody else's to read.
func (m *Mail) Open(ctx context.Context, tx *db.Tx, id string) (Letter, error) {
	content, err := New(tx).keptContent(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Letter{}, fault.New(fault.NotFound, "mail.gone")
	}
	if err != nil {
		return Letter{}, fmt.Errorf("read message %s: %w", id, err)
	}
	message, err := read(content)
	if err != nil {
		return Letter{}, err
	}
	return m.write(ctx, message)
}
