package link

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A listing is what a list of links shows.
type listing struct {
	words *i18n.Words
	home  territory.Territory
	now   db.Instant
	links []auth.Link
	// Of the whole territory: what each link is for, which are listed and how many
	// there are.
	cards map[ref.Ref]web.Link
	state auth.LinkState
	page  int
	all   int
}

// purpose is what a link is for, in words.
func purpose(w *i18n.Words, l auth.Link) string {
	return w.T(auth.Purpose{Name: l.Purpose}.Key())
}

// whom a link is for.
func whom(w *i18n.Words, l auth.Link) string { return cmp.Or(l.Name, w.T("link.nobody")) }

func (l listing) href(to auth.Link) string { return l.home.Home() + "/links/" + to.ID }

// used is when a link was last acted by.
func used(w *i18n.Words, home territory.Territory, l auth.Link) string {
	if l.UsedAt.IsZero() {
		return w.T("link.never")
	}
	return w.Stamp(home.At(l.UsedAt))
}

// segments lead to the links of each state.
func (l listing) segments() []web.Link {
	href := l.home.Home() + "/links"
	segments := []web.Link{{Label: l.words.T("link.show.all"), Href: href, Current: l.state == ""}}
	for _, state := range []auth.LinkState{auth.Open, auth.Expired, auth.Revoked} {
		segments = append(segments, web.Link{
			Label: l.words.T("link.show." + string(state)), Href: href + "?state=" + string(state), Current: l.state == state,
		})
	}
	return segments
}

func (l listing) pager() web.Pager {
	return web.Pager{Page: l.page, Total: l.all, Href: func(page int) string {
		kept := url.Values{"page": {strconv.Itoa(page)}}
		if l.state != "" {
			kept.Set("state", string(l.state))
		}
		return l.home.Home() + "/links?" + kept.Encode()
	}}
}

// list answers GET /t/{territory}/links?state=open&page=2.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	f.Title = f.Words.T("link.list")
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	l := listing{
		words: f.Words, home: territory.ViewerOf(r.Context()).Territory, now: p.db.Now(),
		state: auth.LinkState(r.URL.Query().Get("state")), page: max(page, 1), cards: map[ref.Ref]web.Link{},
	}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		l.links, l.all, err = auth.ListLinks(r.Context(), tx, auth.LinkFilter{Territory: l.home.ID, State: l.state, Page: l.page})
		if err != nil {
			return err
		}
		for _, link := range l.links {
			if l.cards[link.Of()], err = p.about(r.Context(), tx, f.Words, link.Of()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listPage(f, l))
}

// about leads to the record that a link is for, if the viewer may see it.
func (p *Pages) about(ctx context.Context, tx *db.Tx, w *i18n.Words, of ref.Ref) (web.Link, error) {
	v := territory.ViewerOf(ctx)
	card, err := p.kinds.See(ctx, tx, v, of)
	if fault.Is(err, fault.NotFound) {
		return web.Link{Label: w.T("link.unseen")}, nil
	}
	return p.lead(v, w, card), err
}

// lead leads to a record.
func (p *Pages) lead(v territory.Viewer, w *i18n.Words, card record.Card) web.Link {
	to := web.Link{Label: cmp.Or(card.Title, w.T("link.untitled"))}
	if address := p.kinds[card.Ref.Kind].Address; address != nil {
		to.Href = v.Territory.Home() + address(card.Ref.ID)
	}
	return to
}

// A sheet is the links of one record.
type sheet struct {
	listing
	record web.Link
	tabs   []web.Tab
}

// ofRecord answers GET /t/{territory}/links/of/{kind}/{record}.
func (p *Pages) ofRecord(w http.ResponseWriter, r *http.Request) error {
	f, v := p.frame(r), territory.ViewerOf(r.Context())
	of := ref.Ref{Territory: v.Territory.ID, Kind: r.PathValue("kind"), ID: r.PathValue("record")}
	s := sheet{listing: listing{words: f.Words, home: v.Territory, now: p.db.Now()}}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		card, err := p.handled(r.Context(), tx, of)
		if err != nil {
			return err
		}
		s.record = p.lead(v, f.Words, card)
		if p.kinds[of.Kind].List != "" {
			bar, err := panel.NewBar(r.Context(), tx, p.kinds, v, of)
			if err != nil {
				return err
			}
			s.tabs = bar.LinkTabs(f.Words)
		}
		s.links, err = auth.LinksOf(r.Context(), tx, of)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("link.of", s.record.Label)
	return web.Render(w, r, http.StatusOK, recordPage(f, s))
}

// A view is what the page of a link shows.
type view struct {
	web.Form
	home    territory.Territory
	now     db.Instant
	link    auth.Link
	purpose auth.Purpose
	record  web.Link
	entries []history.Entry
	address string // of a link that is handed over, while it is open
	paper   string // its code on paper, where the purpose has one
}

func (v view) state() auth.LinkState { return v.link.State(v.now) }

// listHref is the list of the links of the same record.
func (v view) listHref() string { return v.home.Home() + panel.LinksOf(v.link.Of()) }

func (v view) action(what string) string { return v.home.Home() + "/links/" + v.link.ID + "/" + what }

func (v view) facts() []web.Fact {
	w, l := v.Words, v.link
	field := func(name string) string { return w.T("link.field." + name) }
	facts := []web.Fact{
		{Label: field("purpose"), Value: purpose(w, l)},
		{Label: field("of"), Value: v.record.Label, Href: v.record.Href},
		{Label: field("sent_to"), Value: cmp.Or(l.SentTo, w.T("link.handed_over"))},
		{Label: w.T("link.made"), Value: w.Stamp(v.home.At(l.CreatedAt))},
		{Label: field("expires_at"), Value: w.Stamp(v.home.At(l.ExpiresAt))},
		{Label: w.T("link.used"), Value: used(w, v.home, l)},
	}
	if v.paper != "" {
		facts = append(facts, web.Fact{Label: w.T("link.paper"), Value: v.paper})
	}
	return facts
}

// mostTold is how many events the page of a link tells.
const mostTold = 100

// show answers GET /t/{territory}/links/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	return p.page(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) page(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f, viewer := p.frame(r), territory.ViewerOf(r.Context())
	v := view{Form: form, home: viewer.Territory, now: p.db.Now()}
	v.Words = f.Words
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		l, card, err := p.find(r.Context(), tx, r.PathValue("id"))
		if err != nil {
			return err
		}
		v.link, v.purpose, v.record = l, p.purpose(l), p.lead(viewer, f.Words, card)
		v.entries, err = history.Of(r.Context(), tx, l.Ref(), mostTold)
		return err
	})
	if err != nil {
		return err
	}
	if v.Values == nil {
		v.Values = url.Values{"expires_at": {usualEnd(v.home, v.link, v.now)}}
	}
	if v.state() == auth.Open {
		p.reveal(&v)
	}
	f.Title = f.Words.T("link.for", whom(f.Words, v.link))
	return web.Render(w, r, status, linkPage(f, v))
}

// reveal gives what a member may hand over: the code on paper, by which one only
// reads, and the address of a link that is sent to nobody. The address of one
// that was sent is for its reader alone: what is done by it is told as theirs.
func (p *Pages) reveal(v *view) {
	if v.purpose.OnPaper {
		v.paper = p.auth.PaperCode(v.link)
	}
	if v.link.SentTo == "" {
		v.address = p.auth.LinkAddress(v.link)
	}
}

// renew answers POST /t/{territory}/links/{id}/renew.
func (p *Pages) renew(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	said := "link.renewed"
	err := p.change(r, func(tx *db.Tx, l auth.Link) error {
		until, err := endOf(v.Territory, r.PostForm.Get("expires_at"), tx.Now)
		if err != nil {
			return err
		}
		if l, err = p.auth.RenewLink(r.Context(), tx, v.Actor, l.TerritoryID, l.ID, until); err != nil {
			return err
		}
		if r.PostForm.Get("send") == "" {
			return nil
		}
		said = "link.renewed_and_sent"
		return p.auth.SendLink(r.Context(), tx, v.Actor, p.purpose(l), l)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.page(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	return p.done(w, r, said, err)
}

// send answers POST /t/{territory}/links/{id}/send.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	err := p.change(r, func(tx *db.Tx, l auth.Link) error {
		return p.auth.SendLink(r.Context(), tx, territory.ViewerOf(r.Context()).Actor, p.purpose(l), l)
	})
	return p.done(w, r, "link.sent", err)
}

// revoke answers POST /t/{territory}/links/{id}/revoke.
func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	err := p.change(r, func(tx *db.Tx, l auth.Link) error {
		return auth.RevokeLink(r.Context(), tx, territory.ViewerOf(r.Context()).Actor, l.TerritoryID, l.ID)
	})
	return p.done(w, r, "link.revoked", err)
}

// change does something to the link that the address names, if the viewer may.
func (p *Pages) change(r *http.Request, do func(tx *db.Tx, l auth.Link) error) error {
	return p.db.Write(r.Context(), func(tx *db.Tx) error {
		l, _, err := p.find(r.Context(), tx, r.PathValue("id"))
		if err != nil {
			return err
		}
		return do(tx, l)
	})
}

// done leads back to the link, and says what was done.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, said string, err error) error {
	if err != nil {
		return err
	}
	home := territory.ViewerOf(r.Context()).Territory.Home()
	return web.Onward(w, r, home+"/links/"+r.PathValue("id"), web.Toast{Text: p.frame(r).Words.T(said)})
}
