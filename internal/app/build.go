package app

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/job"
)

// signIn makes the part that knows who is there.
func (a *App) signIn() error {
	key, err := a.settings.Key.Bytes()
	if err != nil {
		return err
	}
	a.auth, err = auth.NewAuth(a.db, a.frame, auth.Options{
		PublicURL: a.settings.PublicURL, Key: key, Idle: a.settings.Session.Idle, Lifetime: a.settings.Session.Lifetime,
		Client: func(r *http.Request) netip.Addr { return clientAddress(r, a.settings.TrustedProxies) },
		Later:  func(ctx context.Context, tx *db.Tx, ask auth.Ask) error { return a.jobs.Later(ctx, tx, ask) },
		Send:   a.send,
	})
	return err
}

// send hands a letter to the post.
func (a *App) send(context.Context, *db.Tx, auth.Letter) error {
	return fault.New(fault.Unavailable, "app.no_mail")
}

// The periodic jobs of the house itself.
type (
	sealHistory struct{}
	forgetOld   struct{}
)

// Kind names the sealing of the history.
func (sealHistory) Kind() string { return "app.seal_history" }

// Kind names the removal of what has expired.
func (forgetOld) Kind() string { return "app.forget_old" }

// work says which jobs there are, and how often the periodic ones run.
func (a *App) work() {
	job.Do(a.jobs, a.auth.SendLink)
	job.Do(a.jobs, func(ctx context.Context, _ sealHistory) error { return history.SealAll(ctx, a.db) })
	job.Do(a.jobs, func(ctx context.Context, _ forgetOld) error { return a.auth.Forget(ctx) })
	a.jobs.Every(time.Minute, sealHistory{})
	a.jobs.Every(time.Hour, forgetOld{})
}
