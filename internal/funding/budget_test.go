package funding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func (s *stage) expense(e *Expense) *Expense {
	s.t.Helper()
	e.Meta, e.Mission = s.meta(), s.m.ID
	s.write(func(tx *db.Tx) error { return Expenses().Add(ctx, tx, act, e) })
	return e
}

func (s *stage) post(p *Posting) *Posting {
	s.t.Helper()
	p.Meta = s.meta()
	s.write(func(tx *db.Tx) error { return Postings().Add(ctx, tx, act, p) })
	return p
}

func TestBudget(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		port := s.company("Port fictif", "")
		s.write(func(tx *db.Tx) error {
			if err := PutRate(ctx, tx, s.v, Rate{Currency: "usd", Day: "2026-11-20", Units: "1,25", Source: "test"}); err != nil {
				return err
			}
			return PutRate(ctx, tx, s.v, Rate{Currency: "USD", Day: "2026-12-01", Units: "1.6"})
		})
		hall := s.expense(&Expense{Label: "Salle", Category: "venue", Currency: "USD", Planned: Amount{Net: 1000_00, Gross: 1250_00}, PlannedOn: "2026-11-22"})
		s.expense(&Expense{Label: "Vols", Category: "travel", Currency: "EUR", Planned: Amount{Net: 3000_00}, PlannedOn: "2026-11-22", Partner: port.ID})
		s.post(&Posting{Expense: hall.ID, Kind: Commitment, PostedOn: "2026-11-25", Reference: "E1", Currency: "USD", Amount: Amount{Gross: 1250_00}})
		s.post(&Posting{Expense: hall.ID, Kind: Payment, PostedOn: "2026-12-02", Reference: "M1", Currency: "USD", Amount: Amount{Gross: 800_00}})
		s.post(&Posting{Expense: hall.ID, Kind: Payment, PostedOn: "2026-12-03", Reference: "M2", Currency: "EUR", Amount: Amount{Gross: -100_00}})

		var b *Budget
		s.read(func(tx *db.Tx) (err error) {
			b, err = BudgetOf(ctx, tx, s.v, s.m.ID)
			return err
		})
		want := Sums{
			Planned: Amount{800_00 + 3000_00, 1000_00 + 3000_00}, Committed: Amount{1000_00, 1000_00}, Paid: Amount{400_00, 400_00},
		}
		if diff := cmp.Diff(want, b.Total); diff != "" {
			t.Errorf("the sums (-want +have):\n%s", diff)
		}
		if len(b.Unknown) > 0 || len(b.By) != 2 {
			t.Errorf("by %v, without %v", b.By, b.Unknown)
		}
		shares := map[string]float64{}
		for _, share := range b.Shares {
			shares[share.Name] = share.Rate(b.Total)
		}
		if diff := cmp.Diff(map[string]float64{"": 0.25, "Port fictif": 0.75}, shares); diff != "" {
			t.Errorf("the shares (-want +have):\n%s", diff)
		}

		partner := s.v
		partner.Role, partner.Organisation = territory.Partner, port.ID
		s.read(func(tx *db.Tx) (err error) {
			b, err = BudgetOf(ctx, tx, partner, s.m.ID)
			return err
		})
		if len(b.Lines) != 1 || b.Lines[0].Label != "Vols" {
			t.Errorf("a partner sees %d lines", len(b.Lines))
		}
	})
}

// TestCopy: a new edition plans what the earlier one did, so many days later, and
// nothing is committed or paid.
func TestCopy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		e := s.expense(&Expense{Label: "Salle", Category: "venue", Currency: "USD", Planned: Amount{1, 2}, PlannedOn: "2024-02-28", AidCountry: "MA"})
		s.post(&Posting{Expense: e.ID, Kind: Payment, PostedOn: "2024-03-02", Reference: "M1", Currency: "USD", Amount: Amount{1, 2}})
		next := &mission.Mission{Meta: s.meta(), Title: i18n.Text{"fr": "Miami encore"}, Language: "fr"}
		s.write(func(tx *db.Tx) error {
			if err := mission.Missions().Add(ctx, tx, act, next); err != nil {
				return err
			}
			return Copy(ctx, tx, &mission.Copying{From: &mission.Whole{Mission: s.m}, To: next, Act: act, Days: 7})
		})
		s.read(func(tx *db.Tx) error {
			copied, err := ExpensesOf(ctx, tx, next.Territory, next.ID)
			if err != nil {
				return err
			}
			want := *e
			want.Mission, want.PlannedOn = next.ID, "2024-03-06"
			if diff := cmp.Diff([]*Expense{&want}, copied, cmpopts.IgnoreFields(Expense{}, "Meta")); diff != "" {
				t.Errorf("(-want +have):\n%s", diff)
			}
			postings, err := PostingsOf(ctx, tx, next.Territory, next.ID)
			if len(postings) > 0 {
				t.Errorf("%d postings were copied", len(postings))
			}
			return err
		})
	})
}

// TestEveryFieldIsKept writes each noun with every field filled in, and reads it
// back.
func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		company := s.company("Vigie fictive", "")
		e := s.expense(&Expense{
			Label: "Salle", Category: "venue", Partner: company.ID, Currency: "USD", Planned: Amount{1, 2}, PlannedOn: "2026-01-02", AidCountry: "MA",
		})
		g := s.award(company, 10, "2026-01-03")
		g.Mission, g.Funder, g.Number, g.Requested, g.Opinion = s.m.ID, company.ID, "2026-1", 5, "Favorable"
		g.Reason, g.Conditions, g.PaysFrom, g.PaysTo, g.Scheme = "Non", "en deux fois", "2026-02-01", "2026-03-01", "abc"
		g.RegisterNumber, g.RegisteredOn = "R1", "2026-01-04"
		if err := s.add(g); err != nil {
			t.Fatal(err)
		}
		kept(s, Expenses(), e, cmpopts.IgnoreFields(Expense{}, "PartnerName"))
		kept(s, Grants(), g, cmpopts.IgnoreFields(Grant{}, "Name"))
		kept(s, Postings(), s.post(&Posting{
			Grant: g.ID, Kind: Invoice, Label: "Acompte", PostedOn: "2026-02-02", Reference: "F1", Currency: "EUR", Amount: Amount{1, 2}, ReconciledOn: "2026-02-03",
		}), cmpopts.IgnoreFields(Posting{}, "Mission", "Organisation"))
		fee := &Fee{
			Meta: s.meta(), Mission: s.m.ID, Organisation: company.ID, Label: "Stand", Currency: "CAD", Amount: Amount{1, 2}, DueOn: "2026-01-05",
			PaidOn: "2026-01-06", Reference: "T1", ReconciledOn: "2026-01-07",
		}
		s.write(func(tx *db.Tx) error { return Fees().Add(ctx, tx, act, fee) })
		kept(s, Fees(), fee, cmpopts.IgnoreFields(Fee{}, "Name"))
		cost := &Cost{Meta: s.meta(), Grant: g.ID, Label: "Stand", Amount: 3, Eligible: "no", Reason: "Export", Organisation: company.ID, Currency: "EUR"}
		s.write(func(tx *db.Tx) error { return Costs().Add(ctx, tx, act, cost) })
		kept(s, Costs(), cost)
		declaration := &Declaration{
			Meta: s.meta(), Organisation: company.ID, Funder: "État", Regulation: "none", AwardedOn: "2026-01-01", Amount: 4, DeclaredOn: "2026-01-02",
			Source: "Courrier",
		}
		s.write(func(tx *db.Tx) error { return Declarations().Add(ctx, tx, act, declaration) })
		kept(s, Declarations(), declaration, cmpopts.IgnoreFields(Declaration{}, "Name"))
		ceiling := &Ceiling{
			Meta: s.meta(), Regulation: "717/2014", Amount: 5, Years: 2, From: "2026-01-01", To: "2027-01-01", Counts: []string{"717/2014", "none"},
			RegisterFrom: "2026-02-01", RegisterDays: 20, Source: "Texte",
		}
		s.write(func(tx *db.Tx) error { return Ceilings().Add(ctx, tx, act, ceiling) })
		kept(s, Ceilings(), ceiling)
	})
}

// kept reads a record back, changes it in the store and reads it back again.
func kept[T any](s *stage, noun record.Noun[T], want *T, options ...cmp.Option) {
	s.t.Helper()
	m := noun.Meta(want)
	check := func() {
		s.t.Helper()
		s.read(func(tx *db.Tx) error {
			have, err := noun.Load(ctx, tx, m.Territory, m.ID)
			if diff := cmp.Diff(want, have, options...); diff != "" {
				s.t.Errorf("%s (-written +read):\n%s", noun.Name, diff)
			}
			return err
		})
		texts := noun.Fields.Texts(want)
		for _, field := range noun.Fields {
			if texts[field.Name] == "" && field.Name != "expense" && field.Name != "grant" {
				s.t.Errorf("%s.%s is empty: the test does not fill it in", noun.Name, field.Name)
			}
		}
	}
	check()
	m.Version, m.UpdatedAt = 7, m.UpdatedAt.Add(1)
	s.write(func(tx *db.Tx) error { return noun.Update(ctx, tx, want) })
	check()
}

// TestBudgetAddsUp: however lines and postings are drawn, the totals are the sums
// of what is shown, line by line and share by share, and the parts of all
// partners are the whole.
func TestBudgetAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := Rates{"USD": {{"USD", "2026-01-01", "1.0823", ""}}, "JPY": {{"JPY", "2026-01-01", "171.94", ""}}}
		amount := func(name string) Amount {
			net := rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, name)
			return Amount{net, net * 6 / 5}
		}
		code := rapid.SampledFrom([]string{"EUR", "USD", "JPY"})
		var expenses []*Expense
		var postings []*Posting
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			e := &Expense{Currency: code.Draw(t, "currency"), Planned: amount("planned"), PlannedOn: "2026-02-01", Partner: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "partner")}
			e.ID = string(rune('a' + i))
			expenses = append(expenses, e)
			for range rapid.IntRange(0, 3).Draw(t, "postings") {
				postings = append(postings, &Posting{
					Expense: e.ID, Kind: rapid.SampledFrom(PostingKinds()).Draw(t, "kind"), Currency: code.Draw(t, "currency"),
					Amount: amount("posted"), PostedOn: "2026-03-01",
				})
			}
		}
		b := newBudget("EUR", rates, expenses, postings, nil)
		var lines, shares Sums
		var parts float64
		for _, line := range b.Lines {
			lines.add(line.Sums)
		}
		for _, share := range b.Shares {
			shares.add(share.Sums)
			parts += share.Rate(b.Total)
		}
		if diff := cmp.Diff(b.Total, lines); diff != "" {
			t.Fatalf("the lines (-total +sum):\n%s", diff)
		}
		if diff := cmp.Diff(b.Total, shares); diff != "" {
			t.Fatalf("the shares (-total +sum):\n%s", diff)
		}
		if b.Total.Planned.Gross != 0 && (parts < 1-1e-9 || parts > 1+1e-9) {
			t.Fatalf("the parts add up to %v", parts)
		}
		if euros := eurosOf(expenses); euros != nil && *euros != b.Total.Planned.Gross {
			t.Fatalf("%d cents of euros became %d", *euros, b.Total.Planned.Gross)
		}
	})
}

// eurosOf adds up what is planned, where all of it is in euros: not a cent may be
// lost where nothing is converted.
func eurosOf(expenses []*Expense) *int64 {
	var sum int64
	for _, e := range expenses {
		if e.Currency != "EUR" {
			return nil
		}
		sum += e.Planned.Gross
	}
	return &sum
}

// TestUnknownRates: an amount without a rate is told, and counts as nothing.
func TestUnknownRates(t *testing.T) {
	b := newBudget("EUR", Rates{}, []*Expense{
		{Currency: "USD", Planned: Amount{100, 100}, PlannedOn: "2026-01-01"}, {Currency: "EUR", Planned: Amount{5, 5}},
	}, nil, nil)
	if len(b.Unknown) != 1 || b.Unknown[0].Key != "rate.none" || b.Total.Planned.Gross != 5 {
		t.Errorf("%d unknown, %d in all", len(b.Unknown), b.Total.Planned.Gross)
	}
}

func TestEach(t *testing.T) {
	for _, c := range []struct {
		minor int64
		many  int
		want  int64
	}{{100, 3, 33}, {200, 3, 67}, {5, 2, 3}, {0, 4, 0}} {
		if have, some := Each(c.minor, c.many); !some || have != c.want {
			t.Errorf("%d among %d: %d", c.minor, c.many, have)
		}
	}
	if _, some := Each(100, 0); some {
		t.Error("something costs nobody")
	}
}
