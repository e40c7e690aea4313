package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
)

// A Purpose is what a sort of personal links is for. The feature that it
// belongs to declares it once, makes links of it, and serves its pages under
// /l/{token}/NAME by [Auth.ByLink].
type Purpose struct {
	Name string // a word of the address: "answer"; "code" and "proof" are taken
	// NeedsCode says that holding the link is not enough: whoever does must
	// also read the mail of whom it was sent to. For money, declarations and
	// what travellers confide.
	NeedsCode bool
	// OnPaper says that its pages can also be read, without acting, by the code
	// that is printed.
	OnPaper bool
}

// A Link is a personal link: somebody outside acts by it on one record, for a
// while, without an account.
type Link struct {
	TerritoryID int
	ID          string
	Generation  int // grows when the link is renewed: the former token is dead
	Purpose     string
	Kind        string // with RecordID, what it is for
	RecordID    string
	SentTo      string // an address, or "" for one that is handed over
	Name        string // of whom it is for
	Language    string
	CreatedAt   db.Instant
	ExpiresAt   db.Instant
	RevokedAt   db.Instant
	UsedAt      db.Instant // last acted by: programs that look into mail open links, so an opening tells nothing
}

// Of is the record that the link is for.
func (l Link) Of() ref.Ref { return ref.Ref{Territory: l.TerritoryID, Kind: l.Kind, ID: l.RecordID} }

func (l Link) ref() ref.Ref { return ref.Ref{Territory: l.TerritoryID, Kind: "link", ID: l.ID} }

// fields are what its history tells.
func (l Link) fields() map[string]string {
	return map[string]string{
		"purpose": l.Purpose, "of": l.Of().String(), "sent_to": l.SentTo, "name": l.Name, "language": l.Language,
		"generation": strconv.Itoa(l.Generation), "expires_at": l.ExpiresAt.Text(),
	}
}

func (l Link) validate(p Purpose, now db.Instant) error {
	var problems fault.Problems
	if _, err := emailKey(l.SentTo); err != nil && (l.SentTo != "" || p.NeedsCode) {
		problems.AddError("sent_to", err)
	}
	if strings.TrimSpace(l.Name) == "" {
		problems.Add("name", "auth.link.name_needed")
	} else if utf8.RuneCountInString(l.Name) > longestName || strings.ContainsFunc(l.Name, unicode.IsControl) {
		problems.Add("name", "auth.name_shape")
	}
	if !now.Before(l.ExpiresAt.Time) {
		problems.Add("expires_at", "auth.link.past")
	}
	return problems.Or()
}

// MakeLink makes a link of a purpose. The caller says what it is for, for whom
// and until when; [Auth.LinkAddress] then gives its address, now and later.
func (a *Auth) MakeLink(ctx context.Context, tx *db.Tx, by history.Actor, p Purpose, l Link) (Link, error) {
	if err := l.validate(p, tx.Now); err != nil {
		return Link{}, err
	}
	l.ID, l.Generation, l.Purpose, l.CreatedAt = db.NewID(), 1, p.Name, tx.Now
	err := New(tx).addLink(ctx, addLinkParams{
		TerritoryID: l.TerritoryID, ID: l.ID, Generation: l.Generation, Purpose: l.Purpose, Kind: l.Kind, RecordID: l.RecordID,
		SentTo: l.SentTo, Name: l.Name, Language: l.Language, Paper: a.keys.paperDigest(a.keys.paperCode(l)),
		CreatedAt: l.CreatedAt, ExpiresAt: l.ExpiresAt,
	})
	if err != nil {
		return Link{}, fmt.Errorf("make the link: %w", err)
	}
	return l, keepLink(ctx, tx, by, "create", l, nil, l.fields())
}

// RenewLink gives a link another token, until another day: the token that it
// had opens nothing any more. A link that was revoked holds again.
func (a *Auth) RenewLink(ctx context.Context, tx *db.Tx, by history.Actor, territory int, id string, until db.Instant) (Link, error) {
	before, err := findLink(ctx, tx, territory, id)
	if err != nil {
		return Link{}, err
	}
	l := before
	l.Generation, l.ExpiresAt, l.RevokedAt = before.Generation+1, until, db.Instant{}
	if !tx.Now.Before(until.Time) {
		return Link{}, fault.Problems{{Field: "expires_at", Key: "auth.link.past"}}
	}
	renewed, err := New(tx).renewLink(ctx, renewLinkParams{
		Paper: a.keys.paperDigest(a.keys.paperCode(l)), ExpiresAt: until, TerritoryID: territory, ID: id, Generation: before.Generation,
	})
	switch {
	case err != nil:
		return Link{}, fmt.Errorf("renew the link: %w", err)
	case renewed == 0: // by somebody else, a moment ago
		return Link{}, fault.New(fault.Conflict, "auth.link.changed")
	}
	return l, keepLink(ctx, tx, by, "edit", l, before.fields(), l.fields())
}

// RevokeLink lets a link open nothing any more.
func RevokeLink(ctx context.Context, tx *db.Tx, by history.Actor, territory int, id string) error {
	l, err := findLink(ctx, tx, territory, id)
	if err != nil || !l.RevokedAt.IsZero() {
		return err
	}
	if err := New(tx).revokeLink(ctx, tx.Now, territory, id); err != nil {
		return fmt.Errorf("revoke the link: %w", err)
	}
	return keepLink(ctx, tx, by, "delete", l, l.fields(), nil)
}

// keepLink writes what became of a link into its history.
func keepLink(ctx context.Context, tx *db.Tx, by history.Actor, action string, of Link, before, after map[string]string) error {
	_, err := history.Write(ctx, tx, history.Event{Ref: of.ref(), Actor: by, Action: action, Changes: history.Diff(before, after)})
	return err
}

// LinksOf lists the links that are for a record, the oldest first.
func LinksOf(ctx context.Context, tx *db.Tx, of ref.Ref) ([]Link, error) {
	rows, err := New(tx).linksOf(ctx, of.Territory, of.Kind, of.ID)
	if err != nil {
		return nil, fmt.Errorf("list the links of %s: %w", of, err)
	}
	links := make([]Link, len(rows))
	for i, row := range rows {
		links[i] = Link(row)
	}
	return links, nil
}

func findLink(ctx context.Context, tx *db.Tx, territory int, id string) (Link, error) {
	row, err := New(tx).link(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Link{}, fault.New(fault.NotFound, "auth.link.unknown")
	case err != nil:
		return Link{}, fmt.Errorf("find the link: %w", err)
	}
	return Link(row), nil
}
