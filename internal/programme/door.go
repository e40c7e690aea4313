package programme

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// doorView is what the page at the door shows: all who are expected, or those
// that were searched for.
type doorView struct {
	sessionView
	attendees []Attendee
	query     string
}

// door answers GET /t/{territory}/sessions/{id}/check-in, and tells a page that
// listens who came meanwhile.
func (p *Pages) door(w http.ResponseWriter, r *http.Request) error {
	page, f, err := p.open(r, "welcome")
	if err != nil {
		return err
	}
	if web.Listens(r) {
		return p.tell(w, r, page)
	}
	view := doorView{sessionView: page, query: r.URL.Query().Get("q")}
	for _, a := range page.sorted() {
		if view.matches(a) {
			view.attendees = append(view.attendees, a)
		}
	}
	f.Title = f.Words.T("programme.door", page.title(page.session))
	return web.Render(w, r, http.StatusOK, doorPage(f, view))
}

// matches says whether an attendee is one of those searched for: by a part of
// their name, or by their code.
func (v doorView) matches(a Attendee) bool {
	return v.query == "" || sameCode(v.query, Code(v.session.Territory, a.Key)) || strings.Contains(a.folded(), names.Fold(v.query))
}

// tell tells a page who is in, as it changes.
func (p *Pages) tell(w http.ResponseWriter, r *http.Request, page sessionView) error {
	watch := func(ctx context.Context) (<-chan Presence, error) { return p.watch(ctx, page.session), nil }
	return web.Stream(w, r, watch, func(_ context.Context, there Presence) (web.Message, error) {
		page.there = there
		return web.Message{Name: "present", Shows: present(page)}, nil
	})
}

// lookEvery is how soon a page at the door sees what came by another, on
// whichever node.
const lookEvery = time.Second

// watch gives who is in, and again whenever that has changed, until ctx ends. A
// database that does not answer is asked again.
func (p *Pages) watch(ctx context.Context, s *Session) <-chan Presence {
	to := make(chan Presence)
	go func() {
		defer close(to)
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for last := -1; ctx.Err() == nil; {
			if n, there, err := p.look(ctx, s, last); err == nil && n != last {
				select {
				case to <- there:
					last = n
				case <-ctx.Done():
				}
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
		}
	}()
	return to
}

// look counts what was noted at the door, and tells who is in where that is not
// what it was.
func (p *Pages) look(ctx context.Context, s *Session, last int) (n int, there Presence, err error) {
	err = p.db.Read(ctx, func(tx *db.Tx) error {
		all, err := New(tx).scanned(ctx, s.Territory, s.ID)
		if n = int(all); err == nil && n != last {
			there, err = Present(ctx, tx, s)
		}
		return err
	})
	return n, there, err
}

// enter answers POST /t/{territory}/sessions/{id}/check-in: what was noted at the
// door, by a script that may have waited for the network, or by a button.
func (p *Pages) enter(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	var s *Session
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if s, err = Sessions().Find(r.Context(), tx, r, "welcome"); err != nil {
			return err
		}
		scans, err := readScans(r.PostForm["event"], tx.Now)
		if err != nil {
			return err
		}
		return Enter(r.Context(), tx, s, v.User, scans)
	})
	if err != nil {
		return err
	}
	if byScript(r) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, href(v, s.ID)+"/"+pageOf(r), http.StatusSeeOther)
	return nil
}

// byScript says whether a form was sent by the page's script, which goes on by
// itself.
func byScript(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// pageOf is the page that a form of the door is on: of the stand, where it says
// so.
func pageOf(r *http.Request) string {
	if r.PostForm.Has("stand") {
		return "stand"
	}
	return "check-in"
}
