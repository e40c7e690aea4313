// Package auth knows who is there: users, how they sign in, their sessions. A
// user signs in by a link sent by mail, used once; what they may do is said by
// their memberships, which this folder knows nothing of. Every way to sign in
// ends in [Auth.begin], where others can join.
//
// Tokens are kept as digests only, so that who reads the database can use none.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Options are what the app decides for sign-in.
type Options struct {
	PublicURL *url.URL      // the base of links
	Key       []byte        // kept outside the database: seals personal links and cookies
	Idle      time.Duration // a session not used for so long ends
	Lifetime  time.Duration // and any session ends after so long
	// Provider may sign people in as well; nil where there is none.
	Provider *Provider
	// Client is where a request comes from.
	Client func(r *http.Request) netip.Addr
	// Later asks for a link to be sent, in the transaction; the work is done by
	// [Auth.SendSignInLink] after it.
	Later func(ctx context.Context, tx *db.Tx, ask Ask) error
	// Send sends a letter once the transaction is kept.
	Send func(ctx context.Context, tx *db.Tx, letter Letter) error
}

// A Letter is a mail that this folder wants sent. Its words are texts of the
// catalogue: those of its key followed by ".subject", ".text" and ".note", which
// take the args, and by ".button", where it has a link.
type Letter struct {
	Key                  string
	To, ToName, Language string
	Link                 string
	Args                 []any
}

func (u User) letter(key, link string, args ...any) Letter {
	return Letter{Key: key, To: u.Email, ToName: u.Name, Language: u.Language, Link: link, Args: args}
}

// Auth signs people in and knows their sessions.
type Auth struct {
	db    *db.DB
	frame web.Framer
	with  Options
	keys  keys

	client     *http.Client // asks the provider
	discovered atomic.Pointer[oidc.Provider]
}

// NewAuth makes the package's one value.
func NewAuth(d *db.DB, frame web.Framer, with Options) (*Auth, error) {
	if len(with.Key) < 32 {
		return nil, fmt.Errorf("the key has %d bytes: it takes 32 at least", len(with.Key))
	}
	keys, err := newKeys(with.Key)
	return &Auth{db: d, frame: frame, with: with, keys: keys, client: &http.Client{Timeout: 10 * time.Second}}, err
}

// Routes are the addresses of sign-in, of personal links in general, and of
// one's own account.
func (a *Auth) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /sign-in", Open: true, Handle: a.signIn},
		{Pattern: "POST /sign-in", Open: true, Handle: a.ask},
		{Pattern: "GET /sign-in/sent", Open: true, Handle: a.sent},
		{Pattern: "GET /sign-in/provider", Open: true, Handle: a.toProvider},
		{Pattern: "GET /sign-in/provider/back", Open: true, Handle: a.fromProvider},
		{Pattern: "GET /sign-in/{token}", Open: true, Handle: a.confirm},
		{Pattern: "POST /sign-in/{token}", Open: true, Handle: a.enter},
		{Pattern: "POST /sign-out", Open: true, Handle: a.signOut},
		{Pattern: "GET /l", Open: true, Handle: a.paper},
		{Pattern: "POST /l", Open: true, Handle: a.readFromPaper},
		{Pattern: "POST /l/{token}/code", Open: true, Handle: a.byAnyLink(a.sendCode)},
		{Pattern: "POST /l/{token}/proof", Open: true, Handle: a.byAnyLink(a.prove)},
		{Pattern: "GET /account", Open: true, Handle: signedIn(a.account)},
		{Pattern: "POST /account", Open: true, Handle: signedIn(a.saveAccount)},
		{Pattern: "GET /account/data", Open: true, Handle: signedIn(a.accountData)},
		{Pattern: "POST /account/sessions/{id}/end", Open: true, Handle: signedIn(a.endSession)},
	}
}

// newToken is 256 bits that nobody guesses, as it goes into an address or a
// cookie.
func newToken() string {
	var bits [32]byte
	_, _ = rand.Read(bits[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

// digest is what is kept of a token.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Limit counts a try, and refuses it with a TooMany fault after so many in a
// span. The bucket says what is counted: an address, an account. Where a try
// counts although what it is for fails, it takes a transaction of its own.
func Limit(ctx context.Context, tx *db.Tx, bucket string, most int, span time.Duration) error {
	tries, err := count(ctx, tx, bucket, span)
	if err == nil && tries > most {
		err = fault.New(fault.TooMany, "auth.too_many")
	}
	return err
}

// count counts a try, and says how many there were in the span.
func count(ctx context.Context, tx *db.Tx, bucket string, span time.Duration) (int, error) {
	tries, err := New(tx).try(ctx, digest(bucket), tx.Now.Add(span), tx.Now)
	if err != nil {
		return 0, fmt.Errorf("count a try: %w", err)
	}
	return tries, nil
}

// Origin is what tries are counted for: the address of the client or, since one
// house has very many of version 6, the network that such an address is of.
func (a *Auth) Origin(r *http.Request) string {
	from := a.with.Client(r).Unmap()
	if from.Is6() {
		return netip.PrefixFrom(from, 64).Masked().String()
	}
	return from.String()
}

// Forget removes what has expired: tries, links, sessions, browsers that nobody
// uses any more.
func (a *Auth) Forget(ctx context.Context) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		q := New(tx)
		if err := q.forgetAttempts(ctx, tx.Now); err != nil {
			return fmt.Errorf("forget the tries: %w", err)
		}
		if err := q.forgetSignInLinks(ctx, tx.Now.Add(-linkMemory)); err != nil {
			return fmt.Errorf("forget the links: %w", err)
		}
		if err := q.forgetDevices(ctx, tx.Now.Add(-deviceMemory)); err != nil {
			return fmt.Errorf("forget the browsers: %w", err)
		}
		return q.forgetSessions(ctx, tx.Now, tx.Now.Add(-a.with.Idle))
	})
}
