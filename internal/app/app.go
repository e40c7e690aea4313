// Package app puts the house together: it opens the database, makes the
// features, hands each what it needs of others, and serves their routes. It is
// the only folder that knows all the others.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/mail"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/outcome"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
)

// An App is the program at work on one database.
type App struct {
	settings config.Settings
	log      *slog.Logger
	db       *db.DB
	auth     *auth.Auth
	jobs     *job.Jobs
	mail     *mail.Mail
	words    *i18n.Catalogue
	kinds    record.Kinds
	// purposes are what personal links are for, as features declare them.
	purposes []auth.Purpose
	// objections are those of people who want to hear nothing more.
	objections directory.Objections
	register   *register.Register
	metrics    *metrics
	stopping   atomic.Bool
}

// New opens the database, brings its schema up to date and puts the house
// together. Close the app in the end.
func New(ctx context.Context, settings config.Settings, log *slog.Logger, now clock.Clock) (*App, error) {
	d, err := db.Open(ctx, string(settings.Database), now)
	if err != nil {
		return nil, err
	}
	a := &App{settings: settings, log: log, db: d}
	if err := a.build(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

func (a *App) build(ctx context.Context) (err error) {
	if a.words, err = words(); err != nil {
		return fmt.Errorf("load the words: %w", err)
	}
	if a.jobs, err = job.New(a.db, a.log, a.settings.JobWorkers); err != nil {
		return err
	}
	if err := errors.Join(a.db.Migrate(ctx), a.jobs.Migrate(ctx)); err != nil {
		return err
	}
	a.metrics = newMetrics(a.db)
	key, err := a.settings.Key.Bytes()
	if err != nil {
		return err
	}
	if a.objections, err = objections(key); err != nil {
		return err
	}
	if a.register, err = a.openRegister(); err != nil {
		return err
	}
	a.kinds = a.allKinds()
	a.purposes = append(a.purposes, agenda.Purpose(), programme.Purpose(), outcome.Purpose(), call.Applying(), call.Inviting(), mission.Travelling())
	a.post()
	if err := a.signIn(key); err != nil {
		return err
	}
	a.work()
	return nil
}

// Close gives the database back. Requests must have ended: see [App.Serve].
func (a *App) Close() error { return a.db.Close() }

// Handler answers every request.
func (a *App) Handler() http.Handler { return a.around(a.mux()) }
