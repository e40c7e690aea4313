package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
)

// A User is somebody who can sign in.
type User struct {
	ID, Email, Name string
	Language        string // of pages and mails: "fr"
	Theme           string // "light", "dark", or "" for what the device prefers
	CreatedAt       db.Instant
	Disabled        bool
}

// longestName is in letters.
const longestName = 100

// Actor is the user as history tells of them.
func (u User) Actor() history.Actor { return history.Actor{ID: "user:" + u.ID, Name: u.Name} }

// Validate says what is wrong with what was filled in.
func (u User) Validate() error {
	var p fault.Problems
	if _, err := emailKey(u.Email); err != nil {
		p.AddError("email", err)
	}
	if strings.TrimSpace(u.Name) == "" {
		p.Add("name", "auth.name_needed")
	} else if utf8.RuneCountInString(u.Name) > longestName || strings.ContainsFunc(u.Name, unicode.IsControl) {
		p.Add("name", "auth.name_shape")
	}
	if !slices.Contains([]string{"fr", "en"}, u.Language) {
		p.Add("language", "auth.language")
	}
	if !slices.Contains([]string{"", "light", "dark"}, u.Theme) {
		p.Add("theme", "auth.theme")
	}
	return p.Or()
}

// emailKey is the one form of an address by which its user is found: without
// case, compatibility forms, and with the domain as the network knows it.
func emailKey(address string) (string, error) {
	refused := fault.New(fault.Invalid, "auth.email")
	address = strings.ToLower(norm.NFKC.String(strings.TrimSpace(address)))
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > 254 {
		return "", refused
	}
	at := strings.LastIndexByte(address, '@')
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil || !strings.Contains(domain, ".") {
		return "", refused
	}
	return address[:at+1] + domain, nil
}

// AddUser makes somebody able to sign in. An address that is known already is a
// Conflict fault.
func AddUser(ctx context.Context, tx *db.Tx, u User) (User, error) {
	if err := u.Validate(); err != nil {
		return User{}, err
	}
	key, err := emailKey(u.Email)
	if err != nil {
		return User{}, err
	}
	u.ID, u.CreatedAt, u.Email, u.Name = db.NewID(), tx.Now, strings.TrimSpace(u.Email), strings.TrimSpace(u.Name)
	err = New(tx).addUser(ctx, addUserParams{u.ID, u.Email, key, u.Name, u.Language, u.Theme, u.CreatedAt})
	switch {
	case db.IsDuplicate(err):
		return User{}, fault.New(fault.Conflict, "auth.email_known")
	case err != nil:
		return User{}, fmt.Errorf("add the user: %w", err)
	}
	return u, nil
}

// ByEmail finds the user of an address; nobody is a NotFound fault.
func ByEmail(ctx context.Context, tx *db.Tx, email string) (User, error) {
	key, err := emailKey(email)
	if err != nil {
		return User{}, err
	}
	return userOf(New(tx).userByKey(ctx, key))
}

// ByEmailOrAdd finds the user of an address, or makes them one.
func ByEmailOrAdd(ctx context.Context, tx *db.Tx, u User) (User, error) {
	known, err := ByEmail(ctx, tx, u.Email)
	if fault.Is(err, fault.NotFound) {
		return AddUser(ctx, tx, u)
	}
	return known, err
}

// ByID finds a user; nobody is a NotFound fault.
func ByID(ctx context.Context, tx *db.Tx, id string) (User, error) {
	return userOf(New(tx).userByID(ctx, id))
}

// Users lists everybody who can sign in, by address.
func Users(ctx context.Context, tx *db.Tx) ([]User, error) {
	rows, err := New(tx).users(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the users: %w", err)
	}
	users := make([]User, len(rows))
	for i, row := range rows {
		users[i], _ = userOf(row, nil)
	}
	return users, nil
}

func userOf(row userRow, err error) (User, error) {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return User{}, fault.New(fault.NotFound, "auth.no_user")
	case err != nil:
		return User{}, fmt.Errorf("find the user: %w", err)
	}
	return User{
		ID: row.ID, Email: row.Email, Name: row.Name, Language: row.Language, Theme: row.Theme,
		CreatedAt: row.CreatedAt, Disabled: !row.DisabledAt.IsZero(),
	}, nil
}

// EditUser keeps a user's own preferences: name, language and theme.
func EditUser(ctx context.Context, tx *db.Tx, u User) error {
	if err := u.Validate(); err != nil {
		return err
	}
	return New(tx).editUser(ctx, editUserParams{strings.TrimSpace(u.Name), u.Language, u.Theme, u.ID})
}

// Disable ends a user's sessions and lets them sign in no more.
func Disable(ctx context.Context, tx *db.Tx, id string) error {
	q := New(tx)
	if err := q.setDisabledAt(ctx, tx.Now, id); err != nil {
		return fmt.Errorf("disable the user: %w", err)
	}
	return q.endSessions(ctx, id)
}

// Enable lets a user who was disabled sign in again.
func Enable(ctx context.Context, tx *db.Tx, id string) error {
	if err := New(tx).setDisabledAt(ctx, db.Instant{}, id); err != nil {
		return fmt.Errorf("enable the user: %w", err)
	}
	return nil
}
