package auth

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/web"
)

// A Visitor is somebody who came by a personal link.
type Visitor struct {
	Link    Link
	Reading bool // came by the code on paper: sees, and does not act
}

// Actor is the visitor as history tells of them.
func (v Visitor) Actor() history.Actor {
	return history.Actor{ID: linkActor + v.Link.ID, Name: v.Link.Name}
}

// linkActor begins the id of an actor who came by a link.
const linkActor = "link:"

// IsVisitor says whether an actor came by a personal link.
func IsVisitor(a history.Actor) bool { return strings.HasPrefix(a.ID, linkActor) }

type visitorKey struct{}

// VisitorOf is the visitor of a request that came by a link, if it did.
func VisitorOf(ctx context.Context) (Visitor, bool) {
	v, found := ctx.Value(visitorKey{}).(Visitor)
	return v, found
}

// ByLink serves a page of a purpose, under /l/{token}/NAME, to whoever comes by
// a link of it. Reading may change nothing: programs that look into mail follow
// links.
func (a *Auth) ByLink(p Purpose, handle func(w http.ResponseWriter, r *http.Request, v Visitor) error) web.Handler {
	return a.byAnyLink(func(w http.ResponseWriter, r *http.Request, v Visitor) error {
		acts := r.Method != http.MethodGet && r.Method != http.MethodHead
		switch {
		case v.Link.Purpose != p.Name, v.Reading && (acts || !p.OnPaper):
			return a.linkOver(w, r, fault.New(fault.NotFound, "auth.link.unknown"))
		case p.NeedsCode && !a.proven(r, v.Link):
			return a.askProof(w, r, v.Link, nil)
		}
		if acts {
			if err := a.noteUse(r.Context(), v.Link); err != nil {
				return fmt.Errorf("note that a link is used: %w", err)
			}
		}
		return handle(w, r, v)
	})
}

// byAnyLink finds who comes by the token of a request, whatever it is for.
func (a *Auth) byAnyLink(handle func(w http.ResponseWriter, r *http.Request, v Visitor) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex")
		v, err := a.visitor(r.Context(), r.PathValue("token"))
		if err != nil {
			return a.linkOver(w, r, err)
		}
		return handle(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)), v)
	}
}

// visitor finds the visitor of a token. One who was given another since, or
// whose link was revoked, is told what anybody is.
func (a *Auth) visitor(ctx context.Context, token string) (v Visitor, err error) {
	named, reading, genuine := a.keys.readToken(token)
	if !genuine {
		return v, fault.New(fault.NotFound, "auth.link.unknown")
	}
	err = a.db.Read(ctx, func(tx *db.Tx) (err error) {
		v.Link, err = FindLink(ctx, tx, named.TerritoryID, named.ID)
		return err
	})
	switch {
	case err != nil:
		return v, err
	case v.Link.Generation != named.Generation, v.Link.State(a.db.Now()) == Revoked:
		return v, fault.New(fault.NotFound, "auth.link.unknown")
	case v.Link.State(a.db.Now()) == Expired:
		return v, fault.New(fault.NotFound, "auth.link.expired")
	}
	v.Reading = reading
	return v, nil
}

func (a *Auth) noteUse(ctx context.Context, l Link) error {
	return a.db.Write(ctx, func(tx *db.Tx) error { return New(tx).useLink(ctx, tx.Now, l.TerritoryID, l.ID) })
}

// linkOver says why a link opens nothing. What nobody foresaw stays an error.
func (a *Auth) linkOver(w http.ResponseWriter, r *http.Request, err error) error {
	if fault.Is(err, fault.Internal) {
		return err
	}
	f := a.frame(r)
	f.Title = f.Words.T("auth.link.title")
	return web.Render(w, r, web.StatusOf(err), linkOverPage(f, web.Explain(f.Words, err)))
}
