package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/match"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// A keptOrganisation is one of the directory, as it is compared.
type keptOrganisation struct {
	match.Record
	id, owner, siret, email string
}

// organisationKeys are what organisations are looked for by; beginnings are the
// first words of longer names, which a legal form may follow.
type organisationKeys struct{ names, beginnings, sirens, emails []string }

func (k *organisationKeys) add(name, number, email string) {
	k.names = append(k.names, names.SortKey(name), names.SortKey(names.Organisation(name)))
	if folded := names.Fold(name); len(folded) >= leastBeginning {
		k.beginnings = append(k.beginnings, folded)
	}
	if siret, err := ident.ParseSIRET(number); err == nil {
		number = ident.SIRENOf(siret)
	}
	k.sirens = append(k.sirens, number)
	k.emails = append(k.emails, email)
}

// leastBeginning is the length of a name below which too many begin so.
const leastBeginning = 4

// keptOrganisations finds those that share a key, each once.
func keptOrganisations(ctx context.Context, tx *db.Tx, in int, keys organisationKeys) ([]keptOrganisation, error) {
	longer, err := beginningWith(ctx, tx, in, keys.beginnings)
	if err != nil {
		return nil, err
	}
	var all []keptOrganisation
	for _, by := range []struct {
		column db.SQL
		values []string
	}{{"o.name_key", keys.names}, {"o.siren", keys.sirens}, {"o.email", keys.emails}, {"o.id", longer}} {
		found, err := among(ctx, tx, by.values, func(some []string) *db.Query {
			return comparedOrganisations(in).In(by.column, some...)
		}, scanKept)
		if err != nil {
			return nil, fmt.Errorf("find the organisations that may be meant: %w", err)
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b keptOrganisation) int { return strings.Compare(a.id, b.id) })
	return slices.CompactFunc(all, func(a, b keptOrganisation) bool { return a.id == b.id }), nil
}

// comparedOrganisations are those of a territory, as [scanKept] reads them.
func comparedOrganisations(in int) *db.Query {
	return db.Select(
		`o.id, o.owner_id, o.name, o.legal_name, o.other_names, o.siren, o.siret, o.site, o.email, o.phone, o.country, COALESCE(c.name, '')`,
		organisationsWithCity,
	).Where("o.territory_id = ? AND o.deleted_at IS NULL", in).Order("o.id")
}

// mostLonger bounds how many longer names are looked at: where there are more,
// the words are too common to tell anything.
const mostLonger = 2000

// beginningWith gives the organisations whose name is longer than one of those,
// by whole words.
func beginningWith(ctx context.Context, tx *db.Tx, in int, folded []string) ([]string, error) {
	ids, err := among(ctx, tx, folded, func(some []string) *db.Query {
		var ranges []db.Condition
		for _, text := range some {
			ranges = append(ranges, db.Condition{SQL: "s.beginning >= ? AND s.beginning < ?", Args: []any{text + " ", text + "!"}})
		}
		return db.Select("s.record_id", "search_words s").
			Where("s.territory_id = ? AND s.kind = 'organisation'", in).Any(ranges...).Order("s.record_id").Page(1, mostLonger)
	}, db.One)
	if err != nil {
		return nil, fmt.Errorf("find longer names: %w", err)
	}
	return ids, nil
}

func scanKept(scan db.Scan) (o keptOrganisation, err error) {
	var legal, site, phone string
	var others db.Strings
	err = scan(&o.id, &o.owner, &o.Name, &legal, &others, &o.SIREN, &o.siret, &site, &o.email, &phone, &o.Country, &o.City)
	o.compared(legal, others, site, phone)
	return o, err
}

// described is an organisation that is not kept yet, told by its texts. Its
// city is in words.
func described(texts map[string]string) keptOrganisation {
	o := keptOrganisation{siret: texts["siret"], email: texts["email"]}
	o.Name, o.SIREN, o.Country, o.City = texts["name"], texts["siren"], texts["country"], texts["city"]
	o.compared(texts["legal_name"], record.Split(texts["other_names"]), texts["site"], texts["phone"])
	return o
}

// compared puts what is compared into the forms that package match wants.
func (o *keptOrganisation) compared(legal string, others []string, site, phone string) {
	if legal != "" {
		others = append(others, legal)
	}
	o.OtherNames = others
	if parsed, err := ident.ParseSite(site); err == nil {
		o.Hosts = append(o.Hosts, parsed.Host)
	}
	if domain := ident.EmailDomain(o.email); domain != "" {
		o.Hosts = append(o.Hosts, domain)
	}
	if number, err := ident.ParsePhone(phone, o.Country); err == nil {
		o.Phones = append(o.Phones, number)
	}
}

// alikeOrganisations says which organisations some texts may describe: those of
// the directory, and those described before.
func alikeOrganisations(ctx context.Context, tx *db.Tx, in int, texts []map[string]string) ([][]record.Likeness, error) {
	var keys organisationKeys
	all := make([]keptOrganisation, len(texts))
	for i, t := range texts {
		all[i] = described(t)
		keys.add(all[i].Name, all[i].SIREN, all[i].email)
	}
	kept, err := keptOrganisations(ctx, tx, in, keys)
	if err != nil {
		return nil, err
	}
	all = append(all, kept...)
	records := make([]match.Record, len(all))
	for i, o := range all {
		records[i] = o.Record
	}
	alike := make([][]record.Likeness, len(texts))
	for _, pair := range match.Pairs(records) {
		i, l := pair.First, likeness(all[pair.First], all[pair.Second], pair.Verdict)
		switch {
		case i >= len(texts): // both are kept: that is for the page of duplicates
			continue
		case pair.Second >= len(texts):
			l.Ref = ref.Ref{Territory: in, Kind: "organisation", ID: all[pair.Second].id}
		default:
			i, l.Earlier = pair.Second, pair.First
		}
		alike[i] = append(alike[i], l)
	}
	for i := range alike {
		slices.SortStableFunc(alike[i], record.Likeness.Compare)
	}
	return alike, nil
}

// likeness is what a comparison came to. Two establishments of one company are
// not one record; one name with one address is.
func likeness(a, b keptOrganisation, v match.Verdict) record.Likeness {
	var l record.Likeness
	sameName := false
	for _, reason := range v.Reasons {
		l.Why = append(l.Why, fault.Problem{Key: reason.Key, Args: reason.Args})
		sameName = sameName || reason.Key == "match.same_name"
	}
	establishments := a.siret != "" && b.siret != "" && a.siret != b.siret
	sameEmail := a.email != "" && a.email == b.email
	l.Sure = v.Level == match.Same && !establishments || sameEmail && sameName
	return l
}
