package call

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// applicationRoutes are the addresses on which officers read applications.
func (p *Pages) applicationRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/applications", Noun: "application", Action: "see", Handle: p.listApplications},
		{Pattern: "GET /t/{territory}/calls/{id}/applications", Noun: "call", Action: "see", Handle: p.toApplications},
		{Pattern: "GET /t/{territory}/applications/export", Noun: "application", Action: "see", Handle: p.export},
		{Pattern: "GET /t/{territory}/applications/{id}", Noun: "application", Action: "see", Handle: p.showApplication},
		{Pattern: "POST /t/{territory}/applications/{id}/extend", Noun: "application", Action: "extend", Handle: p.extendApplication},
		{Pattern: "POST /t/{territory}/applications/{id}/withdraw", Noun: "application", Action: "edit", Handle: p.withdrawApplication},
	}
}

func applicationHref(v territory.Viewer, id string) string {
	return v.Territory.Home() + "/applications/" + id
}

// applicationList is what the page of the applications shows.
type applicationList struct {
	words   *i18n.Words
	viewer  territory.Viewer
	query   url.Values
	filter  Filter
	call    *Call // that they answer, or nil
	sectors []directory.Sector
	rows    []Row
	all     int
}

func filterOf(r *http.Request) Filter {
	q := r.URL.Query()
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil {
		page = 1
	}
	return Filter{Call: q.Get("call"), States: q["state"], Sectors: q["sector"], Search: strings.TrimSpace(q.Get("q")), Page: max(page, 1)}
}

// listApplications answers GET /t/{territory}/applications.
func (p *Pages) listApplications(w http.ResponseWriter, r *http.Request) error {
	f := p.Frame(r)
	f.Title = f.Words.T("application.list")
	l := applicationList{words: f.Words, viewer: territory.ViewerOf(r.Context()), query: r.URL.Query(), filter: filterOf(r)}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if l.sectors, err = directory.Sectors(r.Context(), tx, l.viewer.Territory.ID); err != nil {
			return err
		}
		if l.call, err = p.filtered(r.Context(), tx, l.viewer, l.filter); err != nil {
			return err
		}
		l.rows, l.all, err = ListApplications(r.Context(), tx, l.viewer, l.filter)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, applicationsPage(f, l))
}

// toApplications answers GET /t/{territory}/calls/{id}/applications: it leads to
// the list, narrowed to the call.
func (p *Pages) toApplications(w http.ResponseWriter, r *http.Request) error {
	v := callView{viewer: territory.ViewerOf(r.Context())}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.call, err = Calls().Find(r.Context(), tx, r, "see")
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, v.applications(), http.StatusSeeOther)
	return nil
}

// filtered is the call that a list is narrowed to, if the viewer may see it.
func (p *Pages) filtered(ctx context.Context, tx *db.Tx, v territory.Viewer, f Filter) (*Call, error) {
	if f.Call == "" {
		return nil, nil
	}
	c, err := loadCall(ctx, tx, v.Territory.ID, f.Call)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && !v.May("call", "see", c.Subject()):
		return nil, nil
	default:
		return c, err
	}
}

func (l applicationList) home() string { return l.viewer.Territory.Home() + "/applications" }

// with is the address of the list with one value changed; without values it is
// removed. It begins again at the first page.
func (l applicationList) with(name string, values ...string) string {
	query := url.Values{}
	for key, kept := range l.query {
		if key != "page" && key != name {
			query[key] = kept
		}
	}
	if len(values) > 0 {
		query[name] = values
	}
	if len(query) == 0 {
		return l.home()
	}
	return l.home() + "?" + query.Encode()
}

func (l applicationList) clear() string {
	if l.query.Get("q") == "" && len(l.filter.States)+len(l.filter.Sectors) == 0 {
		return ""
	}
	if l.filter.Call == "" {
		return l.home()
	}
	return l.home() + "?" + url.Values{"call": {l.filter.Call}}.Encode()
}

func (l applicationList) export(as string) string {
	query := url.Values{"as": {as}}
	for key, kept := range l.query {
		if key != "page" {
			query[key] = kept
		}
	}
	return l.home() + "/export?" + query.Encode()
}

func (l applicationList) pager() web.Pager {
	return web.Pager{Page: l.filter.Page, Total: l.all, Href: func(page int) string { return l.with("page", strconv.Itoa(page)) }}
}

// A facet is a way to filter, with the values to choose from.
type facet struct {
	chip    web.FacetChip
	name    string
	options []web.Option
	chosen  []string
}

func (f facet) has(value string) bool { return slices.Contains(f.chosen, value) }

func (l applicationList) facets() []facet {
	var states, sectors []web.Option
	for _, s := range States() {
		states = append(states, web.Option{Value: string(s), Label: l.words.T("application.state." + string(s))})
	}
	for _, s := range l.sectors {
		name, _ := s.Name.In(l.words.Lang())
		sectors = append(sectors, web.Option{Value: s.ID, Label: name})
	}
	return []facet{
		l.facet("state", l.words.T("application.field.state"), states, l.filter.States),
		l.facet("sector", l.words.T("application.sectors"), sectors, l.filter.Sectors),
	}
}

func (l applicationList) facet(name, label string, options []web.Option, chosen []string) facet {
	chip := web.FacetChip{Label: label, Clear: l.with(name)}
	var said []string
	for _, o := range options {
		if slices.Contains(chosen, o.Value) {
			said = append(said, o.Label)
		}
	}
	chip.Active = l.words.List(said)
	return facet{chip, name, options, chosen}
}

// applicationView is what the page of an application shows.
type applicationView struct {
	*applying
	viewer       territory.Viewer
	organisation string // name of the company in the directory, or ""
	double       *Application
	bar          panel.Bar
	late         web.Form
}

func (v applicationView) href() string { return applicationHref(v.viewer, v.record.ID) }

func (v applicationView) may(action string) bool {
	return v.viewer.May("application", action, v.record.Subject())
}

func (v applicationView) trail() []web.Link {
	list := v.viewer.Territory.Home() + "/applications?" + url.Values{"call": {v.call.ID}}.Encode()
	links := []web.Link{{Label: v.words.T("application.list"), Href: list}, {Label: v.record.Title(), Current: true}}
	if v.viewer.May("call", "see", v.call.Subject()) {
		links = append([]web.Link{{Label: v.call.Name(v.words.Lang()), Href: callHref(v.viewer, v.call.ID)}}, links...)
	}
	return links
}

// facts are what is known of the company and of who applies for it.
func (v applicationView) facts() []web.Fact {
	a := v.record
	facts := []web.Fact{{Label: v.words.T("application.field.siret"), Value: a.SIRET}}
	for _, name := range []string{"legal_name", "street", "postcode", "city", "naf", "size", "site"} {
		facts = append(facts, web.Fact{Label: v.words.T("organisation.field." + name), Value: a.Company[name]})
	}
	facts = append(
		facts,
		web.Fact{Label: v.words.T("application.field.contact"), Value: strings.Join(present(a.Contact, a.Function), ", ")},
		web.Fact{Label: v.words.T("application.field.email"), Value: a.Email},
		web.Fact{Label: v.words.T("application.field.phone"), Value: a.Phone},
		web.Fact{Label: v.words.T("application.form_number"), Value: strconv.Itoa(a.FormNumber)},
	)
	return slices.DeleteFunc(facts, func(f web.Fact) bool { return f.Value == "" })
}

func present(parts ...string) []string {
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// showApplication answers GET /t/{territory}/applications/{id}.
func (p *Pages) showApplication(w http.ResponseWriter, r *http.Request) error {
	f := p.Frame(r)
	v := applicationView{applying: &applying{words: f.Words, now: p.DB.Now()}, viewer: territory.ViewerOf(r.Context())}
	v.late = web.Form{Words: f.Words, Values: url.Values{}}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) error {
		if _, err := Applications().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		return p.fillApplication(r.Context(), tx, &v, r.PathValue("id"))
	})
	if err != nil {
		return err
	}
	f.Title = v.record.Title()
	return web.Render(w, r, http.StatusOK, applicationPage(f, v))
}

func (p *Pages) fillApplication(ctx context.Context, tx *db.Tx, v *applicationView, id string) (err error) {
	home := v.viewer.Territory
	if err := v.read(ctx, tx, home.ID, id); err != nil {
		return err
	}
	if v.record.Organisation != "" {
		o, err := directory.Organisations().Load(ctx, tx, home.ID, v.record.Organisation)
		if err != nil {
			return err
		}
		if v.viewer.May("organisation", "see", o.Subject()) {
			v.organisation = o.Name
		}
	}
	if v.record.DoubleOf != "" {
		if v.double, err = loadApplication(ctx, tx, home.ID, v.record.DoubleOf); err != nil {
			return err
		}
	}
	v.bar, err = panel.NewBar(ctx, tx, p.Kinds, v.viewer, Applications().Ref(v.record))
	return err
}

// extendApplication answers POST /t/{territory}/applications/{id}/extend: the
// company may hand its draft in until later, and is told.
func (p *Pages) extendApplication(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	err := p.DB.Write(r.Context(), func(tx *db.Tx) error {
		a, err := Applications().Find(r.Context(), tx, r, "extend")
		if err != nil {
			return err
		}
		until, err := p.deadline(r.PostFormValue("late_until"), v.Territory)
		if err != nil {
			return err
		}
		c, err := loadCall(r.Context(), tx, a.Territory, a.Call)
		if err != nil {
			return err
		}
		return p.extend(r.Context(), tx, act, c, a, until)
	})
	return p.done(w, r, err, "call.extended")
}

// extend lets one company hand its application in until later, and sends it its
// link.
func (p *Pages) extend(ctx context.Context, tx *db.Tx, act record.Act, c *Call, a *Application, until db.Instant) error {
	if a.State != Draft {
		return fault.New(fault.Conflict, "call.not_extended")
	}
	a.LateUntil = until
	if err := Applications().Save(ctx, tx, act, a); err != nil {
		return err
	}
	return p.sendLink(ctx, tx, act.By, c, a)
}

// withdrawApplication answers POST /t/{territory}/applications/{id}/withdraw.
func (p *Pages) withdrawApplication(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	err := p.DB.Write(r.Context(), func(tx *db.Tx) error {
		a, err := Applications().Find(r.Context(), tx, r, "edit")
		if err != nil {
			return err
		}
		return p.leave(r.Context(), tx, act, a)
	})
	return p.done(w, r, err, "call.withdrawn")
}

// done leads back to the application, and says what was done.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, err error, said string) error {
	if err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	return web.Onward(w, r, applicationHref(v, r.PathValue("id")), web.Toast{Text: p.Frame(r).Words.T(said)})
}
