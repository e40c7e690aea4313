package funding

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// grantList is what the page of the grants shows.
type grantList struct {
	words  *i18n.Words
	viewer territory.Viewer
	query  url.Values
	filter GrantFilter
	grants []*Grant
	all    int
	clocks map[string]Clock
	// unpublishable counts the awards that the open data leave out.
	unpublishable int
}

func (l grantList) home() string { return l.viewer.Territory.Home() + "/grants" }

func (l grantList) may(action string) bool {
	return l.viewer.Reach("grant", action) != territory.Nothing
}

// with is the address of the list with one value changed.
func (l grantList) with(name, value string) string {
	query := url.Values{}
	for key, kept := range l.query {
		if key != "page" && key != name {
			query[key] = kept
		}
	}
	if value != "" {
		query.Set(name, value)
	}
	if len(query) == 0 {
		return l.home()
	}
	return l.home() + "?" + query.Encode()
}

func (l grantList) pager() web.Pager {
	return web.Pager{Page: l.filter.Page, Total: l.all, Href: func(page int) string { return l.with("page", strconv.Itoa(page)) }}
}

// grants answers GET /t/{territory}/grants.
func (p *Pages) grants(w http.ResponseWriter, r *http.Request) error {
	f, q := p.frame(r), r.URL.Query()
	list := grantList{
		words: f.Words, viewer: territory.ViewerOf(r.Context()), query: q, clocks: map[string]Clock{},
		filter: GrantFilter{Search: q.Get("q"), States: q["state"], Mission: q.Get("mission"), Deleted: q.Get("trash") == "yes", Page: pageOf(r)},
	}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.grants, list.all, err = ListGrants(r.Context(), tx, list.viewer, list.filter); err != nil {
			return err
		}
		ceilings, err := CeilingsOf(r.Context(), tx, list.viewer.Territory.ID)
		for _, g := range list.grants {
			list.clocks[g.ID] = clockOf(g, ceilings, today(list.viewer, tx))
		}
		if err == nil && list.may("export") {
			list.unpublishable, err = countUnpublishable(r.Context(), tx, list.viewer.Territory.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("grant.list")
	return web.Render(w, r, http.StatusOK, grantsPage(f, list))
}

func today(v territory.Viewer, tx *db.Tx) string { return v.Territory.At(tx.Now).Format(time.DateOnly) }

// grantView is what the page of a grant shows.
type grantView struct {
	words  *i18n.Words
	viewer territory.Viewer
	*Grant
	bar      panel.Bar
	mission  string // its name
	names    map[string]string
	costs    []*Cost
	postings []*Posting
	ledger   *Ledger
	// unjudged says why no ledger can be made up, or is "".
	unjudged string
	clock    Clock
}

func (v grantView) href() string { return grantHref(v.viewer, v.ID) }

func (v grantView) may(noun, action string) bool {
	return v.viewer.May(noun, action, v.Subject()) && !v.Deleted()
}

func (v grantView) money(minor int64) string { return money(v.words, minor, v.Currency) }

// grant answers GET /t/{territory}/grants/{id}.
func (p *Pages) grant(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := grantView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.Grant, err = Grants().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		return p.readGrant(r.Context(), tx, &view)
	})
	if err != nil {
		return err
	}
	f.Title = view.Object
	f.Fictional = f.Fictional || view.Fictional
	return web.Render(w, r, http.StatusOK, grantPage(f, view))
}

func (p *Pages) readGrant(ctx context.Context, tx *db.Tx, view *grantView) (err error) {
	g := view.Grant
	if view.bar, err = panel.NewBar(ctx, tx, p.kinds, view.viewer, Grants().Ref(g)); err != nil {
		return err
	}
	if view.names, err = namesOf(ctx, tx, g.Territory, []string{g.Authority, g.Funder}); err != nil {
		return err
	}
	if g.Mission != "" {
		card, err := p.kinds.See(ctx, tx, view.viewer, onMission(g.Territory, g.Mission))
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		view.mission = card.Named(view.words.Lang())
	}
	if view.costs, err = CostsOf(ctx, tx, g.Territory, g.ID); err != nil {
		return err
	}
	if view.postings, err = PostingsOfGrant(ctx, tx, g.Territory, g.ID); err != nil {
		return err
	}
	ceilings, err := CeilingsOf(ctx, tx, g.Territory)
	if err != nil {
		return err
	}
	view.clock = clockOf(g, ceilings, today(view.viewer, tx))
	if view.viewer.Reach("declaration", "see") == territory.All {
		view.ledger, view.unjudged, err = judge(ctx, tx, view.words, g, today(view.viewer, tx))
	}
	return err
}

// judge gives the ledger of a grant, or says why there is none.
func judge(ctx context.Context, tx *db.Tx, w *i18n.Words, g *Grant, today string) (*Ledger, string, error) {
	l, err := LedgerOf(ctx, tx, g, today)
	if fault.Is(err, fault.Invalid) {
		return nil, web.Explain(w, err), nil
	}
	return l, "", err
}

// state is how a grant looks.
func grantState(state string) web.State {
	switch state {
	case Awarded:
		return web.Good
	case Refused:
		return web.Refused
	case Studied:
		return web.ToDecide
	default:
		return web.Waiting
	}
}

// request is what was asked for.
func (v grantView) request() []web.Fact {
	w := v.words
	facts := []web.Fact{
		{Label: w.T("grant.field.organisation"), Value: v.Name, Href: v.viewer.Territory.Home() + "/organisations/" + v.Organisation},
		{Label: w.T("grant.field.requested_on"), Value: day(w, v.RequestedOn)},
	}
	if v.Requested > 0 {
		facts = append(facts, web.Fact{Label: w.T("grant.field.requested"), Value: v.money(v.Requested)})
	}
	if v.mission != "" {
		facts = append(facts, web.Fact{Label: w.T("grant.field.mission"), Value: v.mission, Href: v.viewer.Territory.Home() + "/missions/" + v.Mission})
	}
	return facts
}

// decided is what was decided.
func (v grantView) decided() []web.Fact {
	w := v.words
	var facts []web.Fact
	add := func(field, value string) {
		if value != "" {
			facts = append(facts, web.Fact{Label: w.T("grant.field." + field), Value: value})
		}
	}
	add("decided_on", day(w, v.DecidedOn))
	if v.State == Awarded {
		add("amount", v.money(v.Amount))
		add("instrument", w.T("grant.instrument."+v.Instrument))
		add("regulation", w.T("grant.regulation."+v.Regulation))
	}
	add("basis", v.Basis)
	add("decision", v.Decision)
	add("authority", v.names[v.Authority])
	add("funder", v.names[v.Funder])
	add("reason", v.Reason)
	add("conditions", v.Conditions)
	add("pays_from", strings.TrimSuffix(day(w, v.PaysFrom)+" – "+day(w, v.PaysTo), " – "))
	add("number", v.Number)
	add("register_number", v.RegisterNumber)
	add("registered_on", day(w, v.RegisteredOn))
	return facts
}

// decisionView is what the form of a decision shows, with the ledger that it is
// judged by.
type decisionView struct {
	web.Form
	viewer  territory.Viewer
	grant   *Grant
	offered map[string][]web.Option
	ledger  *Ledger
	// unjudged says why no ledger can be made up, or is "".
	unjudged string
	today    string
}

func (v decisionView) field(name string) web.Field {
	field := web.Field{Name: name, Label: v.Words.T("grant.field." + name)}
	if help := "grant.help." + name; v.Words.Has(help) {
		field.Help = v.Words.T(help)
	}
	return field
}

func (v decisionView) needed(name string) web.Field {
	field := v.field(name)
	field.Required = true
	return field
}

func (v decisionView) pick(name string) string {
	return v.viewer.Territory.Home() + "/organisations/pick?for=" + name
}

// decision answers GET /t/{territory}/grants/{id}/decision.
func (p *Pages) decision(w http.ResponseWriter, r *http.Request) error {
	return p.showDecision(w, r, http.StatusOK, nil, nil)
}

// showDecision shows the form, as it was sent, or as the grant is. The ledger is
// that of the decision as it was typed.
func (p *Pages) showDecision(w http.ResponseWriter, r *http.Request, status int, sent url.Values, problems fault.Problems) error {
	f := p.frame(r)
	view := decisionView{Form: web.Form{Words: f.Words, Values: sent, Problems: problems}, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.grant, err = Grants().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		typed := *view.grant
		if sent == nil {
			if view.Values, err = p.beginDecision(r.Context(), tx, &typed); err != nil {
				return err
			}
		}
		decisionFields().Apply(&typed, decisionFields().Sent(view.Values))
		if view.offered, err = p.organisations(r.Context(), tx, view.viewer, view.Values, "authority", "funder"); err != nil {
			return err
		}
		view.today = today(view.viewer, tx)
		view.ledger, view.unjudged, err = judge(r.Context(), tx, f.Words, &typed, view.today)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("grant.decision_on", view.grant.Object)
	return web.Render(w, r, status, decisionPage(f, view))
}

// beginDecision is what the form of a decision begins with: today, the amount
// that was asked for, and the authority of the last award.
func (p *Pages) beginDecision(ctx context.Context, tx *db.Tx, g *Grant) (url.Values, error) {
	values := decisionFields().Values(g)
	if g.State == Awarded || g.State == Refused {
		return values, nil
	}
	v := territory.ViewerOf(ctx)
	last, err := db.Collect(ctx, tx, db.Select("g.authority_id", "grants g").
		Where("g.territory_id = ? AND g.state = ? AND g.authority_id IS NOT NULL", v.Territory.ID, Awarded).Order("g.decided_on DESC", "g.id DESC").
		Page(1, 1), db.One)
	if err != nil {
		return nil, err
	}
	values.Set("authority", strings.Join(last, ""))
	values.Set("decided_on", today(v, tx))
	values.Set("regulation", cmp.Or(g.Regulation, GeneralDeMinimis))
	values.Set("instrument", cmp.Or(g.Instrument, "money"))
	if g.Requested > 0 {
		values.Set("amount", moneyText(g.Requested, g.Currency))
	}
	return values, nil
}

// decide answers POST /t/{territory}/grants/{id}/decision. What would pass the
// ceiling is stopped, and the arithmetic shown: a smaller amount goes on, or
// another legal basis.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var g *Grant
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if g, err = Grants().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		if r.PostForm.Get("version") != strconv.Itoa(g.Version) {
			return fault.New(fault.Conflict, "record.changed")
		}
		if err := fill(r.Context(), tx, decisionFields(), g, r.PostForm, "authority", "funder"); err != nil {
			return err
		}
		if g.State == Awarded && g.Number == "" {
			g.Number = numberOf(g)
		}
		return Grants().Save(r.Context(), tx, act, g)
	})
	var problems fault.Problems
	if errors.As(err, &problems) {
		return p.showDecision(w, r, web.StatusOf(err), r.PostForm, problems)
	}
	if err != nil {
		return err
	}
	text := p.frame(r).Words.T("grant.decided", g.Name, p.frame(r).Words.T("grant.state."+g.State))
	return web.Onward(w, r, grantHref(v, g.ID), web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}

// numberOf is the unique number of an award that has none yet: its year, and the
// end of its id.
func numberOf(g *Grant) string {
	return g.DecidedOn[:min(4, len(g.DecidedOn))] + "-" + strings.ToUpper(g.ID[len(g.ID)-8:])
}

// members are the companies of the undertaking, by name.
func (l *Ledger) members() []string { return slices.Sorted(maps.Values(l.Companies)) }

// endings are how a request ends without an award.
func (v decisionView) endings() []web.Option {
	return each([]string{Refused, Withdrawn}, func(state string) web.Option {
		return web.Option{Value: state, Label: v.Words.T("grant.decision." + state)}
	})
}

func (v decisionView) instruments() []web.Option {
	return each(Instruments(), func(name string) web.Option {
		return web.Option{Value: name, Label: v.Words.T("grant.instrument." + name)}
	})
}

func (l grantList) chosen(state string) bool { return slices.Contains(l.filter.States, state) }

func (l grantList) stateChip() web.FacetChip {
	chip := web.FacetChip{Label: l.words.T("grant.field.state"), Clear: l.with("state", "")}
	if len(l.filter.States) > 0 {
		chip.Active = l.words.ListOr(each(l.filter.States, func(state string) string { return l.words.T("grant.state." + state) }))
	}
	return chip
}
