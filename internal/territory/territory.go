// Package territory is the body that owns a workspace: a city, a metropolis, a
// chamber of commerce. It says who its members are, in which role, and what
// each role may do: the one table of rights is in rights.go, and the one place
// that asks it is [Viewer]. Several territories in one installation know
// nothing of each other.
package territory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/web"
)

// A Territory is the body that owns a workspace.
type Territory struct {
	ID        int
	Slug      string   // in addresses: /t/marseille
	Name      string   // as it calls itself
	Country   string   // ISO 3166, two letters
	Languages []string // of its content, the first first
	Zone      string   // IANA
	Currency  string   // ISO 4217
	Sea, Deep string   // its two colours on public pages, or ""
	Logo      string   // what its picture is kept under, or ""
	// Fictional territories are demonstrations: every page says so.
	Fictional bool
	Version   int
	CreatedAt db.Instant
}

// Home is the address of the territory's workspace.
func (t Territory) Home() string { return "/t/" + t.Slug }

// LogoHref is the address of its picture, or "".
func (t Territory) LogoHref() string {
	if t.Logo == "" {
		return ""
	}
	return t.Home() + "/logo/" + t.Logo
}

// At is the time of an instant on the territory's clocks.
func (t Territory) At(i db.Instant) time.Time {
	zone, err := time.LoadLocation(t.Zone)
	if err != nil {
		return i.Time // Validate refuses a zone that is not known
	}
	return i.In(zone)
}

// Ref is what points to the territory itself.
func (t Territory) Ref() ref.Ref {
	return ref.Ref{Territory: t.ID, Kind: "territory", ID: t.Slug}
}

var slugShape = regexp.MustCompile(`^[a-z][a-z0-9-]{1,38}[a-z0-9]$`)

// Validate says what is wrong with what was filled in.
func (t Territory) Validate() error {
	var p fault.Problems
	if !slugShape.MatchString(t.Slug) {
		p.Add("slug", "territory.slug_shape")
	}
	if strings.TrimSpace(t.Name) == "" {
		p.Add("name", "territory.name_needed")
	}
	if region, err := language.ParseRegion(t.Country); err != nil || !region.IsCountry() {
		p.Add("country", "territory.country_unknown", t.Country)
	}
	if len(t.Languages) == 0 {
		p.Add("languages", "territory.language_needed")
	}
	if _, err := time.LoadLocation(t.Zone); err != nil || t.Zone == "" {
		p.Add("zone", "territory.zone_unknown", t.Zone)
	}
	if _, err := currency.ParseISO(t.Currency); err != nil {
		p.Add("currency", "territory.currency_unknown", t.Currency)
	}
	checkColour(&p, "sea", t.Sea, "#FBF8F2", "#FFFFFF")
	checkColour(&p, "deep", t.Deep, "#F7F2E7")
	return p.Or()
}

// readable is the least contrast of text with its ground.
const readable = 4.5

// checkColour refuses a colour that cannot be read beside others. None is the
// house's own.
func checkColour(p *fault.Problems, field, colour string, others ...string) {
	for _, other := range others {
		ratio, err := web.Contrast(colour, other)
		switch {
		case colour == "":
			return
		case err != nil:
			p.Add(field, "territory.colour_shape", colour)
			return
		case ratio < readable:
			p.Add(field, "territory.colour_weak", colour, other)
			return
		}
	}
}

// fields is the territory as its history tells it.
func (t Territory) fields() map[string]string {
	return map[string]string{
		"name": t.Name, "country": t.Country, "languages": strings.Join(t.Languages, ", "),
		"zone": t.Zone, "currency": t.Currency, "sea": t.Sea, "deep": t.Deep, "logo": t.Logo,
	}
}

// Add makes a territory and gives it with its id.
func Add(ctx context.Context, tx *db.Tx, by history.Actor, t Territory) (Territory, error) {
	if err := t.Validate(); err != nil {
		return t, err
	}
	q := New(tx)
	last, err := q.lastTerritory(ctx)
	if err != nil {
		return t, fmt.Errorf("number the territory: %w", err)
	}
	t.ID, t.Version, t.CreatedAt = last+1, 1, tx.Now
	err = q.addTerritory(ctx, addTerritoryParams{
		ID: t.ID, Slug: t.Slug, Name: t.Name, Country: t.Country, Languages: t.Languages, Zone: t.Zone,
		Currency: t.Currency, Sea: t.Sea, Deep: t.Deep, Logo: t.Logo, Fictional: t.Fictional, CreatedAt: t.CreatedAt,
	})
	switch {
	case db.IsDuplicate(err):
		return t, fault.Problems{{Field: "slug", Key: "territory.slug_taken", Args: []any{t.Slug}}}
	case err != nil:
		return t, fmt.Errorf("add the territory: %w", err)
	}
	return t, record(ctx, tx, by, "create", t, nil, t.fields())
}

// Edit changes what is said of a territory: of the version that was read.
func Edit(ctx context.Context, tx *db.Tx, by history.Actor, t Territory) error {
	if err := t.Validate(); err != nil {
		return err
	}
	before, err := BySlug(ctx, tx, t.Slug)
	if err != nil {
		return err
	}
	n, err := New(tx).editTerritory(ctx, editTerritoryParams{
		Name: t.Name, Country: t.Country, Languages: t.Languages, Zone: t.Zone, Currency: t.Currency,
		Sea: t.Sea, Deep: t.Deep, Logo: t.Logo, ID: before.ID, Version: t.Version,
	})
	switch {
	case err != nil:
		return fmt.Errorf("edit the territory: %w", err)
	case n == 0:
		return fault.New(fault.Conflict, "territory.changed")
	}
	return record(ctx, tx, by, "edit", before, before.fields(), t.fields())
}

func record(ctx context.Context, tx *db.Tx, by history.Actor, action string, t Territory, before, after map[string]string) error {
	_, err := history.Write(ctx, tx, history.Event{
		Ref: t.Ref(), Actor: by, Action: action, Changes: history.Diff(before, after),
	})
	return err
}

// BySlug finds a territory by the word that stands for it in addresses.
func BySlug(ctx context.Context, tx *db.Tx, slug string) (Territory, error) {
	row, err := New(tx).territoryBySlug(ctx, slug)
	return found(row, err)
}

// ByID finds a territory.
func ByID(ctx context.Context, tx *db.Tx, id int) (Territory, error) {
	row, err := New(tx).territoryByID(ctx, id)
	return found(row, err)
}

func found(row territoryRow, err error) (Territory, error) {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Territory{}, fault.New(fault.NotFound, "territory.none")
	case err != nil:
		return Territory{}, fmt.Errorf("find a territory: %w", err)
	}
	return of(row), nil
}

// Territories lists all those of the installation.
func Territories(ctx context.Context, tx *db.Tx) ([]Territory, error) {
	return list(New(tx).territories(ctx))
}

// List is Territories in a transaction of its own, for what goes through them
// one by one.
func List(ctx context.Context, d *db.DB) (all []Territory, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		all, err = Territories(ctx, tx)
		return err
	})
	return all, err
}

// Of lists the territories that a user is a member of.
func Of(ctx context.Context, tx *db.Tx, user string) ([]Territory, error) {
	return list(New(tx).territoriesOf(ctx, user))
}

func list(rows []territoryRow, err error) ([]Territory, error) {
	if err != nil {
		return nil, fmt.Errorf("list the territories: %w", err)
	}
	territories := make([]Territory, len(rows))
	for i, row := range rows {
		territories[i] = of(row)
	}
	return territories, nil
}

func of(row territoryRow) Territory {
	return Territory{
		ID: row.ID, Slug: row.Slug, Name: row.Name, Country: row.Country, Languages: row.Languages, Zone: row.Zone,
		Currency: row.Currency, Sea: row.Sea, Deep: row.Deep, Logo: row.Logo, Fictional: row.Fictional, Version: row.Version,
		CreatedAt: row.CreatedAt,
	}
}
