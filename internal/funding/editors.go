package funding

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// An editorForm is the form of a record, with the organisations that each of its
// pickers offers.
type editorForm[T any] struct {
	record.Form[T]
	noun    string
	offered map[string][]web.Option
	// of is the record that the new one is on: a field and its id.
	of, id string
}

func (s editorForm[T]) field(name string) web.Field { return s.Field(s.noun, name) }

func (s editorForm[T]) needed(name string) web.Field {
	field := s.field(name)
	field.Required = true
	return field
}

// currency is that of the amounts of the form.
func (s editorForm[T]) currency() string { return s.Values.Get("currency") }

func (s editorForm[T]) pick(name string) string {
	return s.Viewer.Territory.Home() + "/organisations/pick?for=" + url.QueryEscape(name)
}

func (s editorForm[T]) choices(field string, values []string) []web.Option {
	return each(values, func(value string) web.Option {
		return web.Option{Value: value, Label: s.Words.T(s.noun + "." + field + "." + value)}
	})
}

// begin fills in what a new form begins with: the territory's currency, and
// today.
func begin[T any](tx *db.Tx, form record.Form[T], day string) {
	v := form.Viewer
	for name, usual := range map[string]string{"currency": v.Territory.Currency, day: v.Territory.At(tx.Now).Format(time.DateOnly)} {
		if !form.Values.Has(name) && form.Record == nil {
			form.Values.Set(name, usual)
		}
	}
}

// under puts a form below the record that it is on, where the viewer sees it.
func under[T any](ctx context.Context, tx *db.Tx, p *Pages, form *record.Form[T], title, kind, id, end string) error {
	v := form.Viewer
	form.Back, form.Trail = v.Territory.Home(), []web.Link{{Label: title, Current: true}}
	if id == "" {
		return nil
	}
	card, err := p.kinds.See(ctx, tx, v, ref.Ref{Territory: v.Territory.ID, Kind: kind, ID: id})
	if err != nil {
		return err
	}
	form.Back = v.Territory.Home() + p.kinds[kind].Address(id) + end
	form.Trail = append([]web.Link{{Label: card.Named(form.Words.Lang()), Href: form.Back}}, form.Trail...)
	return nil
}

// organisations are those that the pickers of a form offer, by field: the one
// that is chosen, and what is searched for.
func (p *Pages) organisations(ctx context.Context, tx *db.Tx, v territory.Viewer, values url.Values, fields ...string) (map[string][]web.Option, error) {
	offered := map[string][]web.Option{}
	for _, field := range fields {
		chosen := values.Get(field)
		card, err := p.kinds.See(ctx, tx, v, ref.Ref{Territory: v.Territory.ID, Kind: "organisation", ID: chosen})
		switch {
		case err == nil:
			offered[field] = []web.Option{{Value: chosen, Label: card.Title}}
		case !fault.Is(err, fault.NotFound):
			return nil, err
		}
		query := values.Get(field + ".q")
		if query == "" {
			continue
		}
		found, err := directory.Pick(ctx, tx, v, query)
		if err != nil {
			return nil, err
		}
		for _, o := range found {
			if o.Value != chosen {
				offered[field] = append(offered[field], o)
			}
		}
	}
	return offered, nil
}

// fill sets what a form sent. Who asked to find something without a script is
// shown the form again, with what was found.
func fill[T any](ctx context.Context, tx *db.Tx, fields record.Fields[T], it *T, sent url.Values, pickers ...string) error {
	v := territory.ViewerOf(ctx)
	problems := fields.Apply(it, fields.Sent(sent))
	if asked := sent.Get("find"); asked != "" {
		problems.Add(asked, "funding.choose_found")
	}
	for _, picker := range pickers {
		id := sent.Get(picker)
		if id == "" {
			continue
		}
		o, err := directory.Organisations().Load(ctx, tx, v.Territory.ID, id)
		if fault.Is(err, fault.NotFound) || err == nil && !v.May("organisation", "see", o.Subject()) {
			problems.Add(picker, "funding.choose_found")
			continue
		}
		if err != nil {
			return err
		}
	}
	return problems.Or()
}

// missionFor is the mission of a new record, which the viewer sees; of none, "".
func missionFor(ctx context.Context, tx *db.Tx, meta *record.Meta, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	m, err := mission.Missions().Load(ctx, tx, meta.Territory, id)
	if err != nil {
		return "", err
	}
	meta.Fictional = m.Fictional
	return id, territory.ViewerOf(ctx).Check("mission", "see", m.Subject())
}

func (p *Pages) expenseEditor() record.Editor[Expense] {
	return record.Editor[Expense]{
		DB: p.db, Frame: p.frame, Noun: Expenses(), List: "/expenses", Home: expenseHome,
		Values: values(Expenses()),
		Fill: func(ctx context.Context, tx *db.Tx, e *Expense, sent url.Values) (err error) {
			if e.Mission == "" {
				if e.Mission, err = missionFor(ctx, tx, &e.Meta, sent.Get("mission")); err != nil {
					return err
				}
			}
			return fill(ctx, tx, Expenses().Fields, e, sent, "partner")
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Expense]) (templ.Component, error) {
			begin(tx, form, "planned_on")
			s, err := open(ctx, tx, p, f, form, Expenses().Name, "mission", "/budget", func(e *Expense) string { return e.Mission }, "partner")
			return expenseForm(f, s), err
		},
	}
}

func (p *Pages) feeEditor() record.Editor[Fee] {
	return record.Editor[Fee]{
		DB: p.db, Frame: p.frame, Noun: Fees(), List: "/fees", Home: feeHome,
		Values: values(Fees()),
		Fill: func(ctx context.Context, tx *db.Tx, fee *Fee, sent url.Values) (err error) {
			if fee.Mission == "" {
				if fee.Mission, err = missionFor(ctx, tx, &fee.Meta, sent.Get("mission")); err != nil {
					return err
				}
			}
			return fill(ctx, tx, Fees().Fields, fee, sent, "organisation")
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Fee]) (templ.Component, error) {
			begin(tx, form, "due_on")
			s, err := open(ctx, tx, p, f, form, Fees().Name, "mission", "/budget", func(fee *Fee) string { return fee.Mission }, "organisation")
			return feeForm(f, s), err
		},
	}
}

// postingEditor adds and changes postings: of an expense or of a grant.
func (p *Pages) postingEditor() record.Editor[Posting] {
	return record.Editor[Posting]{
		DB: p.db, Frame: p.frame, Noun: Postings(), List: "/postings", Home: postingHome,
		Values: values(Postings()),
		Fill: func(ctx context.Context, tx *db.Tx, posting *Posting, sent url.Values) error {
			if posting.Expense+posting.Grant == "" {
				if err := postOn(ctx, tx, posting, sent.Get("expense"), sent.Get("grant")); err != nil {
					return err
				}
			}
			return fill(ctx, tx, Postings().Fields, posting, sent)
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Posting]) (templ.Component, error) {
			begin(tx, form, "posted_on")
			kind := "expense"
			if form.Values.Get("grant") != "" || form.Record != nil && form.Record.Grant != "" {
				kind = "grant"
			}
			s, err := open(ctx, tx, p, f, form, Postings().Name, kind, "", func(posting *Posting) string { return posting.Expense + posting.Grant })
			return postingForm(f, s), err
		},
	}
}

// postOn puts a new posting on an expense or a grant that the viewer may change.
func postOn(ctx context.Context, tx *db.Tx, p *Posting, expense, grant string) error {
	v := territory.ViewerOf(ctx)
	switch {
	case expense != "":
		e, err := loadExpense(ctx, tx, p.Territory, expense)
		if err != nil {
			return err
		}
		p.Expense, p.Mission, p.Organisation, p.Owner, p.Fictional = e.ID, e.Mission, e.Partner, e.Owner, e.Fictional
		return v.Check("expense", "edit", e.Subject())
	case grant != "":
		g, err := loadGrant(ctx, tx, p.Territory, grant)
		if err != nil {
			return err
		}
		p.Grant, p.Mission, p.Organisation, p.Owner, p.Fictional = g.ID, g.Mission, g.Organisation, g.Owner, g.Fictional
		return v.Check("grant", "edit", g.Subject())
	default:
		return nil
	}
}

func (p *Pages) costEditor() record.Editor[Cost] {
	return record.Editor[Cost]{
		DB: p.db, Frame: p.frame, Noun: Costs(), List: "/costs", Home: costHome,
		Values: values(Costs()),
		Fill: func(ctx context.Context, tx *db.Tx, c *Cost, sent url.Values) error {
			if id := sent.Get("grant"); c.Grant == "" && id != "" {
				g, err := loadGrant(ctx, tx, c.Territory, id)
				if err != nil {
					return err
				}
				if err := territory.ViewerOf(ctx).Check("grant", "edit", g.Subject()); err != nil {
					return err
				}
				c.Grant, c.Organisation, c.Currency, c.Owner, c.Fictional = g.ID, g.Organisation, g.Currency, g.Owner, g.Fictional
			}
			if c.Grant == "" {
				return c.settle()
			}
			return fill(ctx, tx, Costs().Fields, c, sent)
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Cost]) (templ.Component, error) {
			s, err := open(ctx, tx, p, f, form, Costs().Name, "grant", "", func(c *Cost) string { return c.Grant })
			return costForm(f, s), err
		},
	}
}

func (p *Pages) declarationEditor() record.Editor[Declaration] {
	return record.Editor[Declaration]{
		DB: p.db, Frame: p.frame, Noun: Declarations(), List: "/declarations", Home: declarationHome,
		Values: values(Declarations()),
		Fill: func(ctx context.Context, tx *db.Tx, d *Declaration, sent url.Values) error {
			return fill(ctx, tx, Declarations().Fields, d, sent, "organisation")
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Declaration]) (templ.Component, error) {
			offered, err := p.organisations(ctx, tx, form.Viewer, form.Values, "organisation")
			return declarationForm(f, editorForm[Declaration]{Form: form, noun: "declaration", offered: offered}), err
		},
	}
}

func (p *Pages) ceilingEditor() record.Editor[Ceiling] {
	return record.Editor[Ceiling]{
		DB: p.db, Frame: p.frame, Noun: Ceilings(), List: "/ceilings", Home: ceilingHome,
		Values: values(Ceilings()),
		Fill: func(ctx context.Context, tx *db.Tx, c *Ceiling, sent url.Values) error {
			return fill(ctx, tx, Ceilings().Fields, c, sent)
		},
		Page: func(_ context.Context, _ *db.Tx, f web.Frame, form record.Form[Ceiling]) (templ.Component, error) {
			form.Back = ceilingHome(form.Viewer, nil)
			return ceilingForm(f, editorForm[Ceiling]{Form: form, noun: "ceiling"}), nil
		},
	}
}

// grantEditor changes what is asked for; what is decided has a page of its own.
func (p *Pages) grantEditor() record.Editor[Grant] {
	fields := append(requestFields(), registerFields()...)
	return record.Editor[Grant]{
		DB: p.db, Frame: p.frame, Noun: Grants(), List: "/grants",
		Values: values(Grants()),
		Fill: func(ctx context.Context, tx *db.Tx, g *Grant, sent url.Values) (err error) {
			if id := sent.Get("mission"); id != g.Mission {
				if _, err = missionFor(ctx, tx, &g.Meta, id); err != nil {
					return err
				}
			}
			if g.State == "" || g.State == Requested || g.State == Studied {
				if g.State = Requested; strings.TrimSpace(sent.Get("opinion")) != "" {
					g.State = Studied
				}
			}
			return fill(ctx, tx, fields, g, sent, "organisation")
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Grant]) (templ.Component, error) {
			begin(tx, form, "requested_on")
			offered, err := p.organisations(ctx, tx, form.Viewer, form.Values, "organisation")
			if err != nil {
				return nil, err
			}
			s := editorForm[Grant]{Form: form, noun: "grant", offered: offered}
			missions, err := p.missions(ctx, tx, form.Viewer, f.Words.Lang())
			return grantForm(f, s, missions), err
		},
	}
}

// missions are those that a grant can be for.
func (p *Pages) missions(ctx context.Context, tx *db.Tx, v territory.Viewer, lang string) ([]web.Option, error) {
	if v.Reach("mission", "see") == territory.Nothing {
		return nil, nil
	}
	rows, _, err := mission.List(ctx, tx, v, mission.Filter{})
	return each(rows, func(row mission.Row) web.Option {
		return web.Option{Value: row.ID, Label: row.Name(lang), Note: row.StartsOn}
	}), err
}

// values are what the form of a record holds to begin with.
func values[T any](noun record.Noun[T]) func(context.Context, *db.Tx, *T) (url.Values, error) {
	return func(_ context.Context, _ *db.Tx, it *T) (url.Values, error) { return noun.Fields.Values(it), nil }
}

// open makes the form of a record that is on another: kind is that of the
// other, and end what its page ends in.
func open[T any](ctx context.Context, tx *db.Tx, p *Pages, f web.Frame, form record.Form[T], noun, kind, end string,
	of func(*T) string, pickers ...string,
) (editorForm[T], error) {
	s := editorForm[T]{Form: form, noun: noun, of: kind, id: form.Values.Get(kind)}
	if form.Record != nil {
		s.id = of(form.Record)
	}
	if err := under(ctx, tx, p, &s.Form, f.Title, kind, s.id, end); err != nil {
		return s, err
	}
	var err error
	s.offered, err = p.organisations(ctx, tx, form.Viewer, form.Values, pickers...)
	return s, err
}
