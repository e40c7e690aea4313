package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/territory"
)

// A Wanted says which companies are to be invited.
type Wanted struct {
	Sectors []string // any of them
	Sizes   []string // any of them
	// Never keeps those that took part in no mission, Country those that took part
	// in one in that country.
	Never   bool
	Country string
	// Only are the ids of those that were chosen, or nil for all.
	Only []string
}

// An Invitable is a company that may be invited, with whom to write to.
type Invitable struct {
	ID, Name, Size string
	Sectors        []string
	// Person, Contact, Email and Language are those of whom to write to.
	Person, Contact, Email, Language string
	// Skip is why it is not written to: one of Skips, or "".
	Skip string
}

// mostInvitables is how many companies are listed and invited at once.
const mostInvitables = 500

// Invitables lists the companies that the viewer may see and invite to a call,
// by name, each with why it is left out, if it is.
func (p *Pages) Invitables(ctx context.Context, tx *db.Tx, v territory.Viewer, c *Call, wanted Wanted) ([]Invitable, error) {
	q := wanted.query(v).Order("o.name_key", "o.id").Page(1, mostInvitables)
	found, err := db.Collect(ctx, tx, q, func(scan db.Scan) (c Invitable, err error) {
		return c, scan(&c.ID, &c.Name, &c.Size, &c.Email, (*db.Strings)(&c.Sectors))
	})
	if err != nil {
		return nil, fmt.Errorf("find the companies to invite: %w", err)
	}
	people, err := contacts(ctx, tx, v.Territory.ID, found)
	if err != nil {
		return nil, err
	}
	known, err := answeredBy(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	for i := range found {
		it := &found[i]
		it.Contact, it.Language = it.Name, v.Territory.Languages[0]
		if person, has := people[it.ID]; has {
			it.Person, it.Contact, it.Email, it.Language = person.ID, person.Name(), person.Email, languageTo(person, it.Language)
		}
		if it.Skip = known[it.ID]; it.Skip != "" {
			continue
		}
		if it.Skip, err = p.skip(ctx, tx, v.Territory.ID, it.Email); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (w Wanted) query(v territory.Viewer) *db.Query {
	q := v.Within(db.Select("o.id, o.name, o.size, o.email, o.sectors", "organisations o"), "organisation", "o.territory_id",
		territory.Columns{Owner: "o.owner_id", Organisation: "o.id"})
	q.Where("o.deleted_at IS NULL AND o.kind IN ('company', '')").Where("o.country IN (?, '')", v.Territory.Country)
	if len(w.Only) > 0 {
		q.In("o.id", w.Only...)
	}
	if len(w.Sizes) > 0 {
		q.In("o.size", w.Sizes...)
	}
	if len(w.Sectors) > 0 {
		q.InQuery("o.id", db.Select("s.organisation_id", "organisation_sectors s").Where("s.territory_id = ?", v.Territory.ID).In("s.sector_id", w.Sectors...))
	}
	if w.Never {
		q.Where("NOT EXISTS (SELECT 1 FROM participants p WHERE p.territory_id = o.territory_id AND p.organisation_id = o.id AND p.side = 'delegate' AND p.deleted_at IS NULL)")
	}
	if w.Country != "" {
		q.Where(`EXISTS (SELECT 1 FROM participants p
			JOIN legs l ON l.territory_id = p.territory_id AND l.mission_id = p.mission_id AND l.deleted_at IS NULL
			JOIN cities c ON c.territory_id = l.territory_id AND c.id = l.city_id
			WHERE p.territory_id = o.territory_id AND p.organisation_id = o.id AND p.side = 'delegate' AND p.deleted_at IS NULL AND c.country = ?)`, w.Country)
	}
	return q
}

// contacts gives, for each company, somebody of it who may be written to: who
// agreed comes first.
func contacts(ctx context.Context, tx *db.Tx, territory int, companies []Invitable) (map[string]directory.Person, error) {
	ids := make([]string, len(companies))
	for i, c := range companies {
		ids[i] = c.ID
	}
	q := db.Select("p.id, p.organisation_id, p.given_name, p.family_name, p.name_order, p.original_name, p.languages, p.email", "people p").
		Where("p.territory_id = ? AND p.deleted_at IS NULL AND p.email <> ''", territory).
		Where("p.consent NOT IN ('refused', ?)", directory.ConsentObjected).In("p.organisation_id", ids...).
		Order("CASE p.consent WHEN 'given' THEN 0 ELSE 1 END", "p.id")
	people := map[string]directory.Person{}
	_, err := db.Collect(ctx, tx, q, func(scan db.Scan) (none struct{}, err error) {
		var p directory.Person
		err = scan(&p.ID, &p.Organisation, &p.Given, &p.Family, &p.Order, &p.Original, (*db.Strings)(&p.Languages), &p.Email)
		if _, first := people[p.Organisation]; !first {
			people[p.Organisation] = p
		}
		return none, err
	})
	if err != nil {
		return nil, fmt.Errorf("find whom to write to: %w", err)
	}
	return people, nil
}

// languageTo is that of a letter to somebody: theirs, if letters are written in
// it.
func languageTo(p directory.Person, usual string) string {
	for _, lang := range p.Languages {
		if lang == "fr" || lang == "en" {
			return lang
		}
	}
	return usual
}

// answeredBy says which companies need no invitation to a call: those that were
// invited, and those that applied.
func answeredBy(ctx context.Context, tx *db.Tx, c *Call) (map[string]string, error) {
	known := map[string]string{}
	note := func(why string, q *db.Query) error {
		ids, err := db.Collect(ctx, tx, q, db.One)
		for _, id := range ids {
			known[id] = why
		}
		return err
	}
	err := note("invited", db.Select("i.organisation_id", "invitations i").
		Where("i.territory_id = ? AND i.call_id = ? AND i.deleted_at IS NULL", c.Territory, c.ID))
	if err != nil {
		return nil, fmt.Errorf("find who was invited: %w", err)
	}
	err = note("applied", db.Select("a.organisation_id", "applications a").
		Where("a.territory_id = ? AND a.call_id = ? AND a.deleted_at IS NULL AND a.organisation_id IS NOT NULL", c.Territory, c.ID))
	if err != nil {
		return nil, fmt.Errorf("find who applied: %w", err)
	}
	return known, nil
}

// skip is why an address is not written to, or "".
func (p *Pages) skip(ctx context.Context, tx *db.Tx, territory int, email string) (string, error) {
	if email == "" {
		return "address", nil
	}
	against, err := p.Objections.Against(ctx, tx, territory, email)
	if against {
		return "objected", err
	}
	return "", err
}
