package funding

import (
	"context"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

// A stage is a territory with a mission, companies and the region.
type stage struct {
	t      *testing.T
	d      *db.DB
	v      territory.Viewer // of its finance department
	m      *mission.Mission
	region *directory.Organisation
	kinds  record.Kinds
}

func setStage(t *testing.T, d *db.DB) *stage {
	t.Helper()
	s := &stage{t: t, d: d}
	s.write(func(tx *db.Tx) error {
		home, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr", "en"}, Zone: "Europe/Paris", Currency: "EUR",
		})
		s.v = territory.Viewer{Territory: home, Role: territory.Finance, Language: "fr", Actor: act.By}
		if err != nil {
			return err
		}
		s.m = &mission.Mission{Meta: record.Meta{Territory: home.ID}, Title: i18n.Text{"fr": "Miami"}, Language: "fr"}
		return mission.Missions().Add(ctx, tx, act, s.m)
	})
	s.region = s.company("Région fictive", "23130001500247")
	s.kinds = record.NewKinds(append(Kinds(), append(directory.Kinds(), record.RelationKind())...)...)
	return s
}

func (s *stage) write(do func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Write(ctx, do); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) read(do func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Read(ctx, do); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) meta() record.Meta { return record.Meta{Territory: s.v.Territory.ID} }

func (s *stage) company(name, siret string) *directory.Organisation {
	s.t.Helper()
	o := &directory.Organisation{Meta: s.meta(), Name: name, Country: "FR", SIRET: siret, NAF: "62.01Z"}
	s.write(func(tx *db.Tx) error { return directory.Organisations().Add(ctx, tx, act, o) })
	return o
}

// tie makes the first company a subsidiary of the second, from a day to a day.
func (s *stage) tie(of, to *directory.Organisation, role, since, until string) {
	s.t.Helper()
	officer := s.v
	officer.Role = territory.Officer
	point := func(o *directory.Organisation) ref.Ref {
		return ref.Ref{Territory: s.v.Territory.ID, Kind: "organisation", ID: o.ID}
	}
	s.write(func(tx *db.Tx) error {
		return directory.TieOrganisations(ctx, tx, s.kinds, officer, act, &record.Relation{
			Meta: s.meta(), From: point(of), To: point(to), Role: role, Since: since, Until: until,
		})
	})
}

// award makes a grant of so many euros that is awarded on a day.
func (s *stage) award(to *directory.Organisation, euros int64, on string) *Grant {
	return &Grant{
		Meta: s.meta(), Organisation: to.ID, Object: "Mission à Miami", RequestedOn: "2026-01-05", Currency: "EUR", State: Awarded,
		Authority: s.region.ID,
		Decided: Decided{
			DecidedOn: on, Amount: euros * 100, Instrument: "money", Regulation: GeneralDeMinimis, Basis: "Délibération 12",
			Decision: "2026-12",
		},
	}
}

// add tries to keep a grant.
func (s *stage) add(g *Grant) error {
	s.t.Helper()
	return s.d.Write(ctx, func(tx *db.Tx) error { return Grants().Add(ctx, tx, act, g) })
}

func (s *stage) declare(o *directory.Organisation, euros int64, regulation, on string) {
	s.t.Helper()
	d := &Declaration{Meta: s.meta(), Organisation: o.ID, Funder: "Département", Regulation: regulation, AwardedOn: on, Amount: euros * 100}
	s.write(func(tx *db.Tx) error { return Declarations().Add(ctx, tx, act, d) })
}
