package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
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
	// Letter is what the mail that brings a link says: its key and its args.
	// Without it, links of the purpose are handed over and never sent.
	Letter func(ctx context.Context, tx *db.Tx, l Link) (key string, args []any, err error)
}

// Key is the text that names a purpose, in the words of its feature.
func (p Purpose) Key() string { return "link.purpose." + p.Name }

// longestLink is how long a link may hold from now on: one that never ends is a
// way in that everybody has forgotten.
const longestLink = 2 * 366 * 24 * time.Hour

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

// A LinkState is whether a link can be used. Its text is part of addresses.
type LinkState string

// The states.
const (
	Open    LinkState = "open"
	Expired LinkState = "expired"
	Revoked LinkState = "revoked"
)

// State is whether the link can be used.
func (l Link) State(now db.Instant) LinkState {
	switch {
	case !l.RevokedAt.IsZero():
		return Revoked
	case !now.Before(l.ExpiresAt.Time):
		return Expired
	default:
		return Open
	}
}

// Of is the record that the link is for.
func (l Link) Of() ref.Ref { return ref.Ref{Territory: l.TerritoryID, Kind: l.Kind, ID: l.RecordID} }

// Ref is the link itself, whose history tells what became of it.
func (l Link) Ref() ref.Ref { return ref.Ref{Territory: l.TerritoryID, Kind: "link", ID: l.ID} }

// Texts are what it holds, as its history tells them.
func (l Link) Texts() map[string]string {
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
	return append(problems, checkEnd(l.ExpiresAt, now)...).Or()
}

// checkEnd says what is wrong with the end of a link.
func checkEnd(until, now db.Instant) (problems fault.Problems) {
	switch {
	case !now.Before(until.Time):
		problems.Add("expires_at", "auth.link.past")
	case until.Sub(now.Time) > longestLink:
		problems.Add("expires_at", "auth.link.far")
	}
	return problems
}

// MakeLink makes a link of a purpose. The caller says what it is for, for whom
// and until when; [Auth.LinkAddress] then gives its address, now and later.
func (a *Auth) MakeLink(ctx context.Context, tx *db.Tx, by history.Actor, p Purpose, l Link) (Link, error) {
	if err := l.validate(p, tx.Now); err != nil {
		return Link{}, err
	}
	l.ID, l.Generation, l.Purpose, l.CreatedAt = db.NewID(), 1, p.Name, tx.Now
	key, _ := emailKey(l.SentTo) // validated; "" where there is none
	err := New(tx).addLink(ctx, addLinkParams{
		TerritoryID: l.TerritoryID, ID: l.ID, Generation: l.Generation, Purpose: l.Purpose, Kind: l.Kind, RecordID: l.RecordID,
		SentTo: l.SentTo, SentKey: key, Name: l.Name, Language: l.Language, Paper: a.keys.paperDigest(a.keys.paperCode(l)),
		CreatedAt: l.CreatedAt, ExpiresAt: l.ExpiresAt,
	})
	if err != nil {
		return Link{}, fmt.Errorf("make the link: %w", err)
	}
	return l, keepLink(ctx, tx, by, "create", l, nil, l.Texts())
}

// RenewLink gives a link another token, until another day: the token that it
// had opens nothing any more. A link that was revoked holds again.
func (a *Auth) RenewLink(ctx context.Context, tx *db.Tx, by history.Actor, territory int, id string, until db.Instant) (Link, error) {
	before, err := FindLink(ctx, tx, territory, id)
	if err != nil {
		return Link{}, err
	}
	if before.Erased() {
		return Link{}, fault.New(fault.Conflict, "auth.link.erased")
	}
	l := before
	l.Generation, l.ExpiresAt, l.RevokedAt = before.Generation+1, until, db.Instant{}
	if err := checkEnd(until, tx.Now).Or(); err != nil {
		return Link{}, err
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
	return l, keepLink(ctx, tx, by, "renew", l, before.Texts(), l.Texts())
}

// RevokeLink lets a link open nothing any more.
func RevokeLink(ctx context.Context, tx *db.Tx, by history.Actor, territory int, id string) error {
	l, err := FindLink(ctx, tx, territory, id)
	if err != nil || !l.RevokedAt.IsZero() {
		return err
	}
	if err := New(tx).revokeLink(ctx, tx.Now, territory, id); err != nil {
		return fmt.Errorf("revoke the link: %w", err)
	}
	return keepLink(ctx, tx, by, "revoke", l, nil, nil)
}

// Erased says whether nothing is known any more of whom the link was for.
func (l Link) Erased() bool { return l.Name == "" }

// EraseLink removes whom a link was for, from its history and from what was done
// by it too. It opens nothing any more.
func EraseLink(ctx context.Context, tx *db.Tx, by history.Actor, l Link) error {
	err := New(tx).eraseLink(ctx, tx.Now.Text(), l.TerritoryID, l.ID)
	if err != nil {
		return fmt.Errorf("erase the link: %w", err)
	}
	if err := history.Erase(ctx, tx, l.Ref()); err != nil {
		return err
	}
	if err := history.EraseActor(ctx, tx, l.TerritoryID, linkActor+l.ID); err != nil {
		return err
	}
	return keepLink(ctx, tx, by, "erase", l, nil, nil)
}

// SendLink sends a link to whom it is for, in the letter of its purpose: the same
// address each time.
func (a *Auth) SendLink(ctx context.Context, tx *db.Tx, by history.Actor, p Purpose, l Link) error {
	switch {
	case l.State(tx.Now) != Open:
		return fault.New(fault.Conflict, "auth.link.not_open")
	case !p.Sends(l):
		return fault.New(fault.Conflict, "auth.link.handed_over")
	}
	key, args, err := p.Letter(ctx, tx, l)
	if err != nil {
		return fmt.Errorf("write the letter of the link %s: %w", l.ID, err)
	}
	err = a.with.Send(ctx, tx, Letter{
		Key: key, To: l.SentTo, ToName: l.Name, Language: l.Language, Link: a.LinkAddress(l), Args: args,
	})
	if err != nil {
		return fmt.Errorf("send the link %s: %w", l.ID, err)
	}
	return keepLink(ctx, tx, by, "send", l, nil, nil)
}

// Sends says whether a link of the purpose can be sent: there is a letter, and
// an address to send it to.
func (p Purpose) Sends(l Link) bool { return p.Letter != nil && l.SentTo != "" }

// keepLink writes what became of a link into its history.
func keepLink(ctx context.Context, tx *db.Tx, by history.Actor, action string, of Link, before, after map[string]string) error {
	_, err := history.Write(ctx, tx, history.Event{Ref: of.Ref(), Actor: by, Action: action, Changes: history.Diff(before, after)})
	return err
}

// FindLink finds a link of a territory; none is a NotFound fault.
func FindLink(ctx context.Context, tx *db.Tx, territory int, id string) (Link, error) {
	row, err := New(tx).link(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Link{}, fault.New(fault.NotFound, "auth.link.unknown")
	case err != nil:
		return Link{}, fmt.Errorf("find the link: %w", err)
	}
	return Link(row), nil
}
