// Package workspace fills databases for benchmarks: one territory with its
// sectors, cities, organisations and people, and members who sign in. All of
// them are invented, and marked so.
//
// Records are added as people add them, with their history, their keys to sort
// by and the words by which they are found, only many in one transaction.
package workspace

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// Slug is the territory in addresses.
const Slug = "banc"

// Home is the territory's home.
const Home = "/t/" + Slug

// A Size says how much there is.
type Size struct{ Organisations, People int }

// perTransaction is how many records are added in one.
const perTransaction = 1000

var act = record.Act{By: history.System()}

// A filler fills one database.
type filler struct {
	db        *db.DB
	random    *rand.Rand
	home      territory.Territory
	cities    []directory.City
	agency    string
	employers []employer
	told      func(done, of int)
}

// An employer is what people need to know of their organisation.
type employer struct{ id, owner, country, domain string }

// Fill fills an empty, migrated database from a seed, and tells how far it is.
func Fill(ctx context.Context, d *db.DB, size Size, seed uint64, told func(done, of int)) error {
	f := &filler{db: d, random: rand.New(rand.NewPCG(seed, 0)), told: told}
	if err := d.Write(ctx, func(tx *db.Tx) error { return f.found(ctx, tx) }); err != nil {
		return fmt.Errorf("found the territory: %w", err)
	}
	if err := f.add(ctx, size.Organisations, f.organisation); err != nil {
		return fmt.Errorf("add the organisations: %w", err)
	}
	if err := f.add(ctx, size.People, f.person); err != nil {
		return fmt.Errorf("add the people: %w", err)
	}
	return nil
}

// add adds records until there are n.
func (f *filler) add(ctx context.Context, n int, one func(context.Context, *db.Tx) error) error {
	for done := 0; done < n; {
		until := min(done+perTransaction, n)
		err := f.db.Write(ctx, func(tx *db.Tx) error {
			for range until - done {
				if err := one(ctx, tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		done = until
		f.told(done, n)
	}
	return nil
}

// found makes the territory with its sectors, cities, an agency and members.
func (f *filler) found(ctx context.Context, tx *db.Tx) (err error) {
	f.home, err = territory.Add(ctx, tx, act.By, territory.Territory{
		Slug: Slug, Name: "Territoire du banc d'essai", Country: "FR", Languages: []string{"fr", "en"}, Zone: "Europe/Paris",
		Currency: "EUR", Fictional: true,
	})
	if err != nil {
		return err
	}
	if err := directory.SetSectors(ctx, tx, f.home.ID, sectors()); err != nil {
		return err
	}
	for _, city := range cities() {
		city.Meta = f.meta("")
		if err := directory.Cities().Add(ctx, tx, act, &city); err != nil {
			return err
		}
		f.cities = append(f.cities, city)
	}
	agency := directory.Organisation{Meta: f.meta(""), Name: "Agence Zelvarine", Kind: "agency", Country: "FR"}
	if err := directory.Organisations().Add(ctx, tx, act, &agency); err != nil {
		return err
	}
	f.agency = agency.ID
	return f.members(ctx, tx)
}

// Members are how many of the territory's own people sign in, the first of them
// an administrator; one member of a partner agency comes on top.
const Members = 12

func (f *filler) members(ctx context.Context, tx *db.Tx) error {
	for i := range Members + 1 {
		member := territory.Member{Role: territory.Officer}
		switch i {
		case 0:
			member.Role = territory.Administrator
		case Members:
			member = territory.Member{Role: territory.Partner, Organisation: f.agency}
		}
		user, err := auth.AddUser(ctx, tx, auth.User{Email: email(i), Name: fmt.Sprintf("Membre %d", i), Language: "fr"})
		if err != nil {
			return err
		}
		member.User = user.ID
		if err := territory.Join(ctx, tx, act.By, f.home.ID, member); err != nil {
			return err
		}
	}
	return nil
}

func email(member int) string { return fmt.Sprintf("membre%d@banc.example", member) }

func (f *filler) meta(owner string) record.Meta {
	return record.Meta{Territory: f.home.ID, Owner: owner, Fictional: true}
}

// Links makes a link to sign in for each member, the partner last. The key is
// that of the server.
func Links(ctx context.Context, d *db.DB, site *url.URL, key []byte) (links []string, err error) {
	a, err := auth.NewAuth(d, nil, auth.Options{PublicURL: site, Key: key})
	if err != nil {
		return nil, err
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		links = nil
		for i := range Members + 1 {
			user, err := auth.ByEmail(ctx, tx, email(i))
			if err != nil {
				return err
			}
			link, err := a.SignInLink(ctx, tx, user, Home)
			if err != nil {
				return err
			}
			links = append(links, link)
		}
		return nil
	})
	return links, err
}

// An Item is a record that requests can ask for.
type Item struct {
	ID, Name string
	Version  int
}

// Organisations lists the organisations by their ids.
func Organisations(ctx context.Context, d *db.DB) ([]Item, error) {
	return items(ctx, d, db.Select("o.id, o.name, o.version", "organisations o").Order("o.id"))
}

// People lists the people by their ids, by their family names.
func People(ctx context.Context, d *db.DB) ([]Item, error) {
	return items(ctx, d, db.Select("p.id, p.family_name, p.version", "people p").Order("p.id"))
}

func items(ctx context.Context, d *db.DB, q *db.Query) (list []Item, err error) {
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, q, func(scan db.Scan) (i Item, err error) { return i, scan(&i.ID, &i.Name, &i.Version) })
		return err
	})
	return list, err
}

// text says the same in both languages of the territory.
func text(french, english string) i18n.Text { return i18n.Text{"fr": french, "en": english} }
