// Package register asks the French register of companies (API Recherche
// d'entreprises) what is public of a company. The register may be slow, down or
// busy: each answer is kept a week, calls are paced as it asks, and after
// several failures it is left alone for a while, which is told at once. Its
// absence blocks nothing: callers go on with what they have.
package register

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/names"
)

// Words are the texts of this package's faults.
//
//go:embed words/*.json
var Words embed.FS

// fresh is how long an answer is taken for true. An older one is still given
// when the register does not answer: [Company.AsOf] tells.
const fresh = 7 * 24 * time.Hour

// shortest is the least number of letters that the register searches for.
const shortest = 3

// A Register is shared by all that ask.
type Register struct {
	base    *url.URL // nil when none is set
	http    *http.Client
	store   Store
	now     clock.Clock
	sleep   func(context.Context, time.Duration) error
	pace    pace
	breaker breaker
}

// New opens the register at an address such as
// "https://recherche-entreprises.api.gouv.fr". An empty address gives a register
// that is always unavailable.
func New(address string, store Store, now clock.Clock) (*Register, error) {
	r := &Register{
		http:  &http.Client{Timeout: timeout, CheckRedirect: sameHost},
		store: store, now: now, sleep: sleep,
	}
	if address == "" {
		return r, nil
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address of the company register: %w", err)
	}
	r.base = base
	return r, nil
}

// Find gives the company of a SIREN, or of the SIRET of one of its
// establishments, both as package ident gives them.
func (r *Register) Find(ctx context.Context, number string) (Company, error) {
	found, err := r.ask(ctx, number)
	if err != nil {
		return Company{}, err
	}
	for _, c := range found {
		if _, has := c.Establishment(number); has || c.SIREN == number {
			return c, nil
		}
	}
	return Company{}, fault.New(fault.NotFound, "register.unknown", number)
}

// Search gives the companies that the register finds for a name, the best
// first.
func (r *Register) Search(ctx context.Context, name string) ([]Company, error) {
	text := names.Fold(name)
	if len(strings.ReplaceAll(text, " ", "")) < shortest {
		return nil, fault.New(fault.Invalid, "register.short", shortest)
	}
	return r.ask(ctx, text)
}

// Down says since when the register is left alone because it does not answer,
// if it is.
func (r *Register) Down() (since time.Time, down bool) { return r.breaker.down() }

// ask answers from the store while that is fresh, from the register otherwise,
// and from the store again when the register does not answer. That nothing was
// found is not kept: the company may be of this morning.
func (r *Register) ask(ctx context.Context, text string) ([]Company, error) {
	kept, err := r.kept(ctx, text)
	if err != nil {
		return nil, err
	}
	if len(kept) > 0 && r.now().Sub(kept[0].AsOf) < fresh {
		return kept, nil
	}
	found, err := r.fetch(ctx, text)
	switch {
	case err != nil && len(kept) > 0 && (fault.Is(err, fault.Unavailable) || fault.Is(err, fault.TooMany)):
		return kept, nil
	case err != nil || len(found) == 0:
		return nil, err
	}
	return found, r.keep(ctx, text, found)
}

func (r *Register) kept(ctx context.Context, text string) ([]Company, error) {
	value, at, err := r.store.Get(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("read the answer kept for %q: %w", text, err)
	}
	if value == nil {
		return nil, nil
	}
	var kept []Company
	if err := json.Unmarshal(value, &kept); err != nil {
		return nil, nil // kept by another version: asked again
	}
	for i := range kept {
		kept[i].AsOf = at
	}
	return kept, nil
}

func (r *Register) keep(ctx context.Context, text string, found []Company) error {
	value, err := json.Marshal(found)
	if err != nil {
		return fmt.Errorf("write the answer for %q: %w", text, err)
	}
	if err := r.store.Put(ctx, text, value, found[0].AsOf); err != nil {
		return fmt.Errorf("keep the answer for %q: %w", text, err)
	}
	return nil
}
