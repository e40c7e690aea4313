package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/db"
)

// UserData is all that is held of a user as such, as they may ask for it. What
// they did and are in a territory is with that territory.
type UserData struct {
	Email     string        `json:"email"`
	Name      string        `json:"name"`
	Language  string        `json:"language"`
	Theme     string        `json:"theme,omitempty"`
	Since     time.Time     `json:"since"`
	Sessions  []UserSession `json:"sessions"`
	Browsers  []UserBrowser `json:"browsers"`
	Providers []UserAtOther `json:"providers,omitempty"`
}

// A UserSession is a browser in which the user is signed in.
type UserSession struct {
	Device  string    `json:"device"`
	Address string    `json:"address"`
	Since   time.Time `json:"since"`
	Seen    time.Time `json:"last_seen"`
}

// A UserBrowser is one that the user signed in with: the program knows it again,
// and nothing else of it.
type UserBrowser struct {
	Since time.Time `json:"since"`
	Seen  time.Time `json:"last_sign_in"`
}

// A UserAtOther is who the user is to an OpenID provider.
type UserAtOther struct {
	Issuer  string    `json:"issuer"`
	Subject string    `json:"subject"`
	Since   time.Time `json:"since"`
}

// DataOf collects all that is held of a user.
func DataOf(ctx context.Context, tx *db.Tx, u User) (UserData, error) {
	q := New(tx)
	data := UserData{Email: u.Email, Name: u.Name, Language: u.Language, Theme: u.Theme, Since: u.CreatedAt.Time}
	sessions, err := q.sessionsOf(ctx, u.ID, tx.Now)
	if err != nil {
		return UserData{}, fmt.Errorf("collect the sessions: %w", err)
	}
	for _, s := range sessions {
		data.Sessions = append(data.Sessions, UserSession{s.Device, s.Address, s.CreatedAt.Time, s.SeenAt.Time})
	}
	browsers, err := q.devicesOf(ctx, u.ID)
	if err != nil {
		return UserData{}, fmt.Errorf("collect the browsers: %w", err)
	}
	for _, b := range browsers {
		data.Browsers = append(data.Browsers, UserBrowser{b.CreatedAt.Time, b.SeenAt.Time})
	}
	identities, err := q.identitiesOf(ctx, u.ID)
	if err != nil {
		return UserData{}, fmt.Errorf("collect the identities: %w", err)
	}
	for _, i := range identities {
		data.Providers = append(data.Providers, UserAtOther{i.Issuer, i.Subject, i.CreatedAt.Time})
	}
	return data, nil
}

// accountData answers GET /account/data: all that is held of the user, as JSON.
func (a *Auth) accountData(w http.ResponseWriter, r *http.Request, user User) error {
	var data UserData
	err := a.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		data, err = DataOf(r.Context(), tx, user)
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="escale-account.json"`)
	w.Header().Set("Cache-Control", "no-store")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(data)
}

// EraseUser removes a user for good, with all that only signing in needs. What
// other folders keep of them must be gone before: see the app.
func EraseUser(ctx context.Context, tx *db.Tx, id string) error {
	q := New(tx)
	for _, drop := range []func(context.Context, string) error{
		q.endSessions, q.dropDevices, q.dropIdentities, q.dropSignInLinks, q.dropUser,
	} {
		if err := drop(ctx, id); err != nil {
			return fmt.Errorf("erase the user: %w", err)
		}
	}
	return nil
}
