package mail

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// A Delivery is the work of sending one message after the transaction that
// asked for it.
type Delivery struct {
	ID        string
	Territory int
}

// Kind names the work among others.
func (Delivery) Kind() string { return "mail-delivery" }

// Later asks, in the transaction, for [Mail.Deliver] to be called after it, and
// again later when it fails.
type Later func(ctx context.Context, tx *db.Tx, delivery Delivery) error

// Mail sends messages, and knows what became of them.
type Mail struct {
	db     *db.DB
	log    *slog.Logger
	words  *i18n.Catalogue
	server config.Mail
	later  Later
}

// NewMail makes the package's one value. Without a host nothing is sent.
func NewMail(d *db.DB, log *slog.Logger, words *i18n.Catalogue, server config.Mail, later Later) *Mail {
	return &Mail{d, log, words, server, later}
}

// Send has a message sent once the transaction is kept. One that cannot be is
// refused here, with a fault that says what to put right.
func (m *Mail) Send(ctx context.Context, tx *db.Tx, message Message) error {
	content, err := message.content()
	if err != nil {
		return err
	}
	state := Waiting
	if m.server.Host == "" {
		state = Kept
	}
	id := db.NewID()
	err = New(tx).addMessage(ctx, addMessageParams{
		id, message.Territory, message.To.Email, message.Subject, string(state), content, tx.Now,
	})
	if err != nil {
		return fmt.Errorf("keep the message: %w", err)
	}
	if state == Kept {
		return nil
	}
	return m.later(ctx, tx, Delivery{id, message.Territory})
}

// Deliver hands a message over to the mail server, and notes what became of it.
// An error is a reason to try again; a refusal for good is noted and is none.
// If the program ends between the two the message leaves twice, under the same
// id, by which mail programs know it.
func (m *Mail) Deliver(ctx context.Context, delivery Delivery) error {
	message, at, err := m.waiting(ctx, delivery.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // it has left, or is too old
	}
	if err != nil {
		return fmt.Errorf("read message %s: %w", delivery.ID, err)
	}
	failure := m.post(ctx, delivery.ID, at, message)
	err = m.db.Write(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		switch {
		case failure == nil:
			return New(tx).endMessage(ctx, endMessageParams{string(Sent), "", tx.Now, delivery.ID})
		case refused(failure):
			return New(tx).endMessage(ctx, endMessageParams{string(Refused), failure.Error(), tx.Now, delivery.ID})
		default:
			return New(tx).failMessage(ctx, failure.Error(), delivery.ID)
		}
	})
	if err != nil {
		return fmt.Errorf("note what became of message %s: %w", delivery.ID, err)
	}
	if failure != nil && refused(failure) {
		m.log.WarnContext(ctx, "the mail server refused a message", "message", delivery.ID)
		return nil
	}
	return failure
}

func (m *Mail) waiting(ctx context.Context, id string) (message Message, at time.Time, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		row, err := New(tx).waitingMessage(ctx, id)
		if err != nil {
			return err
		}
		at = row.CreatedAt.Time
		message, err = read(row.Content)
		return err
	})
	return message, at, err
}

const (
	patience = 4 * 24 * time.Hour  // how long a message waits for the server
	memory   = 30 * 24 * time.Hour // how long it is known what became of it
)

// Forget gives up messages that could not be sent for days, and removes those
// that are a month old.
func (m *Mail) Forget(ctx context.Context) error {
	return m.db.Write(ctx, func(tx *db.Tx) error {
		if err := New(tx).expireMessages(ctx, tx.Now, tx.Now.Add(-patience)); err != nil {
			return fmt.Errorf("give up messages: %w", err)
		}
		if err := New(tx).forgetMessages(ctx, tx.Now.Add(-memory)); err != nil {
			return fmt.Errorf("forget messages: %w", err)
		}
		return nil
	})
}
