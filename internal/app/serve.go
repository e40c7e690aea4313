package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/web"
)

// Serve answers requests on a listener and works on jobs until the context
// ends; then it takes no new ones, lets those under way finish within the time
// that the settings give, and returns.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	if err := a.jobs.Start(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := a.server(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return errors.Join(fmt.Errorf("serve: %w", err), a.jobs.Stop(ctx))
	case <-ctx.Done():
	}
	a.stopping.Store(true)
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.settings.ShutdownTimeout)
	defer cancel()
	err := errors.Join(server.Shutdown(patience), a.jobs.Stop(patience))
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

func (a *App) server(ctx context.Context) *http.Server {
	base, endStreams := web.EndStreams(ctx)
	server := &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(endStreams)
	return server
}
