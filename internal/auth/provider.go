package auth

import (
	"cmp"
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// A Provider is an OpenID provider that people may sign in with. It is believed
// about addresses that it has verified, and about no other.
type Provider struct {
	Issuer, ClientID, ClientSecret string
	Name                           string // on the button
	// Makes says that whoever it knows becomes a user. Otherwise it signs in
	// those who are users already.
	Makes bool
}

const (
	flowCookie = "escale_provider"
	flowLife   = 10 * time.Minute
)

// A flow is what a browser keeps, sealed, while its user is at the provider. It
// ties the answer to the browser (state), to the question (nonce) and to the
// program (verifier).
type flow struct {
	State, Nonce, Verifier, Onward string
}

// An identity is who somebody is to the provider.
type identity struct {
	issuer, subject     string
	email, name, locale string
	verified            bool
}

// toProvider answers GET /sign-in/provider: it leads to the provider.
func (a *Auth) toProvider(w http.ResponseWriter, r *http.Request) error {
	_, config, err := a.discover(r.Context())
	if err != nil {
		return a.over(w, r, err)
	}
	f := flow{
		State: newToken(), Nonce: newToken(), Verifier: oauth2.GenerateVerifier(),
		Onward: web.LocalPath(r.URL.Query().Get("onward")),
	}
	if err := a.keep(w, flowCookie, f, flowLife); err != nil {
		return err
	}
	http.Redirect(w, r, config.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), http.StatusSeeOther)
	return nil
}

// fromProvider answers GET /sign-in/provider/back, where the provider leads.
func (a *Auth) fromProvider(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	f, err := a.flow(r)
	a.dropCookie(w, flowCookie) // an answer counts once
	if err != nil {
		return a.over(w, r, err)
	}
	who, err := a.identify(r.Context(), f, r.URL.Query().Get("code"))
	if err != nil {
		return a.over(w, r, err)
	}
	err = a.begin(w, r, f.Onward, func(tx *db.Tx) (User, error) { return a.identified(r.Context(), tx, who) })
	return a.over(w, r, err)
}

// flow finds what the browser kept, and refuses an answer to something else.
func (a *Auth) flow(r *http.Request) (f flow, err error) {
	again := func(cause error) error { return fault.Because(cause, fault.Invalid, "auth.provider.again") }
	if err := a.kept(r, flowCookie, &f); err != nil {
		return f, again(err)
	}
	answer := r.URL.Query()
	switch {
	case subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(f.State)) != 1:
		return f, again(errors.New("the state is another"))
	case answer.Get("error") != "":
		return f, again(fmt.Errorf("the provider answers %q", answer.Get("error")))
	}
	return f, nil
}

// discover asks the provider what it can do: once, when it is first needed, so
// that the program starts without it.
func (a *Auth) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	with := a.with.Provider
	if with == nil {
		return nil, nil, fault.New(fault.NotFound, "auth.provider.none")
	}
	found := a.discovered.Load()
	if found == nil {
		var err error
		if found, err = oidc.NewProvider(oidc.ClientContext(ctx, a.client), with.Issuer); err != nil {
			return nil, nil, fault.Because(err, fault.Unavailable, "auth.provider.down", with.Name)
		}
		a.discovered.Store(found)
	}
	return found, &oauth2.Config{
		ClientID: with.ClientID, ClientSecret: with.ClientSecret, Endpoint: found.Endpoint(),
		RedirectURL: a.with.PublicURL.JoinPath("sign-in", "provider", "back").String(),
		Scopes:      []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// identify exchanges a code for what the provider says of somebody.
func (a *Auth) identify(ctx context.Context, f flow, code string) (identity, error) {
	provider, config, err := a.discover(ctx)
	if err != nil {
		return identity{}, err
	}
	failed := func(cause error) (identity, error) {
		return identity{}, fault.Because(cause, fault.Unavailable, "auth.provider.down", a.with.Provider.Name)
	}
	ctx = oidc.ClientContext(ctx, a.client)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return failed(err)
	}
	raw, _ := token.Extra("id_token").(string)
	proof, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID, Now: func() time.Time { return a.db.Now().Time }}).Verify(ctx, raw)
	if err != nil {
		return failed(err)
	}
	// Some providers put the address into the token, some not; all tell it here.
	info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return failed(err)
	}
	if subtle.ConstantTimeCompare([]byte(proof.Nonce), []byte(f.Nonce)) != 1 || info.Subject != proof.Subject {
		return failed(errors.New("the token is of another sign-in"))
	}
	var says struct{ Name, Locale string }
	if err := info.Claims(&says); err != nil {
		return failed(err)
	}
	return identity{proof.Issuer, proof.Subject, info.Email, says.Name, says.Locale, info.EmailVerified}, nil
}

// identified finds the user of an identity: the one who came with it before, or
// else the one of its verified address.
func (a *Auth) identified(ctx context.Context, tx *db.Tx, who identity) (User, error) {
	q := New(tx)
	row, err := q.userByIdentity(ctx, who.issuer, who.subject)
	if !errors.Is(err, sql.ErrNoRows) {
		return userOf(row, err)
	}
	// An address that folding changes for more than its case may be that of
	// another mailbox than the user's.
	if !who.verified || !norm.NFKC.IsNormalString(who.email) {
		return User{}, fault.New(fault.Forbidden, "auth.provider.unverified", a.with.Provider.Name)
	}
	user, err := ByEmail(ctx, tx, who.email)
	if fault.Is(err, fault.NotFound) && a.with.Provider.Makes {
		user, err = AddUser(ctx, tx, who.user())
	}
	switch {
	case fault.Is(err, fault.NotFound):
		return User{}, fault.New(fault.Forbidden, "auth.provider.unknown", who.email)
	case err != nil:
		return User{}, err
	}
	if err := q.addIdentity(ctx, addIdentityParams{who.issuer, who.subject, user.ID, tx.Now}); err != nil {
		return User{}, fmt.Errorf("keep the identity: %w", err)
	}
	return user, nil
}

// user is who an identity becomes.
func (i identity) user() User {
	user := User{Email: i.email, Name: cmp.Or(strings.TrimSpace(i.name), i.email), Language: "en"}
	if strings.HasPrefix(i.locale, "fr") {
		user.Language = "fr"
	}
	return user
}
