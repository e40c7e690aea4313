// Package link shows the personal links of a territory, those for a record and
// all of them, and lets members renew one, send it again or withdraw it. Features
// make links, for purposes that they declare; internal/auth keeps them.
//
// Who may change a record handles the links that are for it.
package link

import (
	"context"
	"embed"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Pages are the pages about personal links.
type Pages struct {
	db       *db.DB
	frame    web.Framer
	kinds    record.Kinds
	auth     *auth.Auth
	purposes []auth.Purpose
}

// NewPages makes the pages over the links of the purposes that features declare.
// A purpose is shown by its text link.purpose.NAME.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, a *auth.Auth, purposes []auth.Purpose) *Pages {
	return &Pages{d, frame, kinds, a, purposes}
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const all, one = "/t/{territory}/links", "/t/{territory}/links/{id}"
	return []web.Route{
		{Pattern: "GET " + all, Noun: "link", Action: "list", Handle: p.list},
		{Pattern: "GET " + all + "/of/{kind}/{record}", Noun: "link", Action: "see", Handle: p.ofRecord},
		{Pattern: "GET " + one, Noun: "link", Action: "see", Handle: p.show},
		{Pattern: "POST " + one + "/renew", Noun: "link", Action: "edit", Handle: p.renew},
		{Pattern: "POST " + one + "/send", Noun: "link", Action: "edit", Handle: p.send},
		{Pattern: "POST " + one + "/revoke", Noun: "link", Action: "edit", Handle: p.revoke},
	}
}

// purpose is what a link is for; one that no feature declares any more has a
// name and no letter.
func (p *Pages) purpose(l auth.Link) auth.Purpose {
	at := slices.IndexFunc(p.purposes, func(known auth.Purpose) bool { return known.Name == l.Purpose })
	if at < 0 {
		return auth.Purpose{Name: l.Purpose}
	}
	return p.purposes[at]
}

// handled finds a record whose links the viewer may handle.
func (p *Pages) handled(ctx context.Context, tx *db.Tx, of ref.Ref) (record.Card, error) {
	v := territory.ViewerOf(ctx)
	card, err := p.kinds.See(ctx, tx, v, of)
	if err != nil {
		return card, err
	}
	if err := v.Check("link", "edit", card.Subject); err != nil {
		return card, err
	}
	return card, v.Check(of.Kind, "edit", card.Subject)
}

// find finds a link that the viewer may handle, and the record that it is for.
func (p *Pages) find(ctx context.Context, tx *db.Tx, id string) (auth.Link, record.Card, error) {
	l, err := auth.FindLink(ctx, tx, territory.ViewerOf(ctx).Territory.ID, id)
	if err != nil {
		return auth.Link{}, record.Card{}, err
	}
	card, err := p.handled(ctx, tx, l.Of())
	return l, card, err
}

// endOf is the last instant of a day in a territory; a text that is no day is a
// problem with the field.
func endOf(home territory.Territory, text string, now db.Instant) (db.Instant, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, home.At(now).Location())
	if err != nil {
		return db.Instant{}, fault.Problems{{Field: "expires_at", Key: "link.day_needed"}}
	}
	return db.At(day.AddDate(0, 0, 1).Add(-time.Second)), nil
}

// usualDays is how long a link is renewed for, unless somebody says otherwise.
const usualDays = 30

// usualEnd is the end that is offered when a link is renewed: never before the
// one that it has.
func usualEnd(home territory.Territory, l auth.Link, now db.Instant) string {
	end := now.Add(usualDays * 24 * time.Hour)
	if l.ExpiresAt.After(end.Time) {
		end = l.ExpiresAt
	}
	return home.At(end).Format(time.DateOnly)
}
