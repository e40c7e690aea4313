package call

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// callRoutes are the addresses on which officers prepare and follow calls.
func (p *Pages) callRoutes() []web.Route {
	return append(
		p.callEditor().Routes(),
		web.Route{Pattern: "GET /t/{territory}/calls", Noun: "call", Action: "see", Handle: p.listCalls},
		web.Route{Pattern: "GET /t/{territory}/calls/{id}", Noun: "call", Action: "see", Handle: p.showCall},
		web.Route{Pattern: "GET /t/{territory}/calls/{id}/preview", Noun: "call", Action: "see", Handle: p.previewCall},
		web.Route{Pattern: "POST /t/{territory}/calls/{id}/publish", Noun: "call", Action: "edit", Handle: p.publish},
		web.Route{Pattern: "POST /t/{territory}/calls/{id}/late", Noun: "call", Action: "edit", Handle: p.admitLate},
		web.Route{Pattern: "GET /t/{territory}/missions/{id}/call", Noun: "mission", Action: "see", Handle: p.ofMission},
	)
}

func callHref(v territory.Viewer, id string) string { return v.Territory.Home() + "/calls/" + id }

// callList is what the page of the calls shows.
type callList struct {
	words   *i18n.Words
	viewer  territory.Viewer
	mission string // that they are of, or ""
	calls   []*Call
	now     db.Instant
}

func (l callList) mayAdd() bool { return l.viewer.Reach("call", "add") != territory.Nothing }

// listCalls answers GET /t/{territory}/calls?mission=...
func (p *Pages) listCalls(w http.ResponseWriter, r *http.Request) error {
	f := p.Frame(r)
	f.Title = f.Words.T("call.list")
	l := callList{words: f.Words, viewer: territory.ViewerOf(r.Context()), mission: r.URL.Query().Get("mission"), now: p.DB.Now()}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		l.calls, err = ListCalls(r.Context(), tx, l.viewer, l.mission)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, callsPage(f, l))
}

// ofMission answers GET /t/{territory}/missions/{id}/call: it leads to the call
// of a mission, to them if there are several, or to a new one.
func (p *Pages) ofMission(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	id := r.PathValue("id")
	to := v.Territory.Home() + "/calls?" + url.Values{"mission": {id}}.Encode()
	err := p.DB.Read(r.Context(), func(tx *db.Tx) error {
		if _, err := mission.Missions().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		calls, err := ListCalls(r.Context(), tx, v, id)
		switch {
		case len(calls) == 1:
			to = callHref(v, calls[0].ID)
		case len(calls) == 0 && v.Reach("call", "add") != territory.Nothing:
			to = v.Territory.Home() + "/calls/new?" + url.Values{"mission": {id}}.Encode()
		}
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// callView is what the page of a call shows.
type callView struct {
	words   *i18n.Words
	viewer  territory.Viewer
	call    *Call
	mission *mission.Mission
	figures Figures
	sectors []directory.Sector
	now     db.Instant
	public  string // address
	// changed says that the form was changed since the call was published.
	changed bool
	bar     panel.Bar
	late    web.Form
}

func (v callView) href() string { return callHref(v.viewer, v.call.ID) }

func (v callView) may(action string) bool { return v.viewer.May("call", action, v.call.Subject()) }

func (v callView) applications() string {
	return v.viewer.Territory.Home() + "/applications?" + url.Values{"call": {v.call.ID}}.Encode()
}

func (v callView) trail() []web.Link {
	return []web.Link{
		{Label: v.mission.Name(v.words.Lang()), Href: v.viewer.Territory.Home() + "/missions/" + v.mission.ID},
		{Label: v.call.Name(v.words.Lang()), Current: true},
	}
}

// showCall answers GET /t/{territory}/calls/{id}.
func (p *Pages) showCall(w http.ResponseWriter, r *http.Request) error {
	return p.renderCall(w, r, http.StatusOK, web.Form{Values: url.Values{}})
}

func (p *Pages) renderCall(w http.ResponseWriter, r *http.Request, status int, late web.Form) error {
	f := p.Frame(r)
	v := callView{words: f.Words, viewer: territory.ViewerOf(r.Context()), now: p.DB.Now(), late: late}
	v.late.Words = f.Words
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.call, err = Calls().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		return p.fillCall(r.Context(), tx, &v)
	})
	if err != nil {
		return err
	}
	f.Title = v.call.Name(f.Words.Lang())
	return web.Render(w, r, status, callPage(f, v))
}

func (p *Pages) fillCall(ctx context.Context, tx *db.Tx, v *callView) (err error) {
	home := v.viewer.Territory
	v.public = p.Public(v.call.Href(home))
	if v.mission, err = mission.Missions().Load(ctx, tx, home.ID, v.call.Mission); err != nil {
		return err
	}
	if v.figures, err = figuresOf(ctx, tx, v.call); err != nil {
		return err
	}
	if v.sectors, err = directory.Sectors(ctx, tx, home.ID); err != nil {
		return err
	}
	if v.call.FormNumber > 0 {
		if v.changed, err = form.Changed(ctx, tx, home.ID, v.call.Form, v.call.FormNumber); err != nil {
			return err
		}
	}
	v.bar, err = panel.NewBar(ctx, tx, p.Kinds, v.viewer, Calls().Ref(v.call))
	return err
}

// previewCall answers GET /t/{territory}/calls/{id}/preview: the public page as
// it is, or would be.
func (p *Pages) previewCall(w http.ResponseWriter, r *http.Request) error {
	v := publicView{home: territory.ViewerOf(r.Context()).Territory, now: p.DB.Now(), preview: true}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.call, err = Calls().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		return v.fill(r.Context(), tx)
	})
	if err != nil {
		return err
	}
	f := v.frame(p.Frame(r))
	v.form.Words = f.Words
	return web.Render(w, r, http.StatusOK, publicPage(f, v))
}

// publish answers POST /t/{territory}/calls/{id}/publish: the call is published
// with its form as it stands, or with do=withdraw is not any more.
func (p *Pages) publish(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	said := "call.published"
	var c *Call
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if c, err = Calls().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		if c.Published = r.PostFormValue("do") != "withdraw"; !c.Published {
			said = "call.unpublished"
			return Calls().Save(r.Context(), tx, act, c)
		}
		if err := c.lacks().Or(); err != nil {
			return err
		}
		if c.FormNumber, err = form.Fix(r.Context(), tx, c.Territory, c.Form); err != nil {
			return err
		}
		return Calls().Save(r.Context(), tx, act, c)
	})
	words := p.Frame(r).Words
	if problems, lacking := err.(fault.Problems); lacking {
		return fault.New(fault.Invalid, problems[0].Key, problems[0].Args...)
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, callHref(v, c.ID), web.Toast{
		Text: words.T(said, c.Name(words.Lang())), UndoAction: v.Territory.Home() + "/undo/" + act.Batch,
	})
}

// admitLate answers POST /t/{territory}/calls/{id}/late: one company may still
// apply, and is sent a link.
func (p *Pages) admitLate(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	var problems fault.Problems
	email, err := ident.ParseEmail(r.PostForm.Get("email"))
	problems.AddError("email", err)
	until, err := p.deadline(r.PostForm.Get("late_until"), v.Territory)
	problems.AddError("late_until", err)
	if len(problems) > 0 {
		return p.renderCall(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	act := record.Act{By: v.Actor}
	err = p.DB.Write(r.Context(), func(tx *db.Tx) error {
		c, err := Calls().Find(r.Context(), tx, r, "edit")
		if err != nil {
			return err
		}
		if c.FormNumber == 0 {
			return fault.New(fault.Conflict, "call.never_published")
		}
		a, err := applicationFor(r.Context(), tx, c, email)
		if err != nil {
			return err
		}
		if a == nil || a.State != Draft {
			if a, err = p.begin(r.Context(), tx, act, c, email, v.Language); err != nil {
				return err
			}
		}
		return p.extend(r.Context(), tx, act, c, a, until)
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, callHref(v, r.PathValue("id")), web.Toast{Text: p.Frame(r).Words.T("call.late_sent", email)})
}

// moment reads a date and a time on the territory's clocks.
func moment(text string, home territory.Territory) (db.Instant, error) {
	zone, err := time.LoadLocation(home.Zone)
	if err != nil {
		return db.Instant{}, err
	}
	at, err := time.ParseInLocation(web.InstantLayout, text, zone)
	if err != nil {
		return db.Instant{}, fault.New(fault.Invalid, "call.moment")
	}
	return db.At(at), nil
}

// deadline reads a moment that is still to come.
func (p *Pages) deadline(text string, home territory.Territory) (db.Instant, error) {
	until, err := moment(text, home)
	if err == nil && !p.DB.Now().Before(until.Time) {
		err = fault.New(fault.Invalid, "call.moment_past")
	}
	return until, err
}

// callEditor is how people add and change calls.
func (p *Pages) callEditor() record.Editor[Call] {
	return record.Editor[Call]{
		DB: p.DB, Frame: p.Frame, Noun: Calls(), List: "/calls", Values: callValues, Fill: fillCall, Page: p.callFormPage,
	}
}

// callForm is the form of a call, with what it offers to choose from.
type callForm struct {
	record.Form[Call]
	mission string
	forms   []web.Option
	zone    *time.Location
}

func (f callForm) field(name string) web.Field { return f.Field("call", name) }

// moment is a field of a date and a time on the territory's clocks.
func (f callForm) moment(name string) web.Instant {
	home := f.Viewer.Territory
	return web.Instant{Field: f.field(name), Place: home.Name, Home: home.Name, PlaceZone: f.zone, HomeZone: f.zone}
}

func (f callForm) languages() []web.Option {
	var options []web.Option
	for _, lang := range record.ContentLanguages() {
		options = append(options, web.Option{Value: lang, Label: f.Words.T("call.language." + lang)})
	}
	return options
}

// callFormPage shows the form, below the mission.
func (p *Pages) callFormPage(ctx context.Context, tx *db.Tx, f web.Frame, of record.Form[Call]) (templ.Component, error) {
	page := callForm{Form: of, mission: of.Values.Get("mission")}
	if of.Record != nil {
		page.mission = of.Record.Mission
	}
	v := of.Viewer
	zone, err := time.LoadLocation(v.Territory.Zone)
	if err != nil {
		return nil, err
	}
	page.zone = zone
	forms, err := form.All(ctx, tx, v.Territory.ID)
	if err != nil {
		return nil, err
	}
	for _, it := range forms {
		page.forms = append(page.forms, web.Option{Value: it.ID, Label: it.Name(f.Words.Lang())})
	}
	m, err := mission.Missions().Load(ctx, tx, v.Territory.ID, page.mission)
	if fault.Is(err, fault.NotFound) {
		return callFormSheet(f, page), nil
	}
	if err != nil {
		return nil, err
	}
	page.Trail = append([]web.Link{{Label: m.Name(f.Words.Lang()), Href: v.Territory.Home() + "/missions/" + m.ID}}, page.Trail[1:]...)
	return callFormSheet(f, page), nil
}

// callValues is what the form of a call holds to begin with.
func callValues(ctx context.Context, tx *db.Tx, c *Call) (url.Values, error) {
	values := Calls().Fields.Values(c)
	home := territory.ViewerOf(ctx).Territory
	for name, at := range map[string]db.Instant{"opens_at": c.OpensAt, "closes_at": c.ClosesAt} {
		if !at.IsZero() {
			values.Set(name, home.At(at).Format(web.InstantLayout))
		}
	}
	return values, nil
}

// fillCall sets what the form of a call sent. The mission is that of a new one,
// and stays.
func fillCall(ctx context.Context, tx *db.Tx, c *Call, sent url.Values) error {
	if c.Mission == "" {
		c.Mission = sent.Get("mission")
	}
	if c.Mission == "" {
		return fault.Problems{{Field: "mission", Key: "call.mission_needed"}}
	}
	m, err := mission.Missions().Load(ctx, tx, c.Territory, c.Mission)
	if err != nil {
		return err
	}
	v := territory.ViewerOf(ctx)
	if err := v.Check("mission", "see", m.Subject()); err != nil {
		return err
	}
	c.Owner, c.Fictional = m.Owner, m.Fictional
	former := c.Form
	texts := Calls().Fields.Sent(sent)
	delete(texts, "opens_at")
	delete(texts, "closes_at")
	problems := Calls().Fields.Apply(c, texts)
	for name, at := range map[string]*db.Instant{"opens_at": &c.OpensAt, "closes_at": &c.ClosesAt} {
		*at = db.Instant{}
		if text := sent.Get(name); text != "" {
			var err error
			*at, err = moment(text, v.Territory)
			problems.AddError(name, err)
		}
	}
	if c.Form != "" {
		if _, err := form.Forms().Load(ctx, tx, c.Territory, c.Form); err != nil {
			return err
		}
	}
	if c.Form != former && c.Published {
		if c.FormNumber, err = form.Fix(ctx, tx, c.Territory, c.Form); err != nil {
			problems.AddError("form", err)
		}
	}
	if c.Slug == "" {
		c.Slug = slugOf(c.Name(record.ContentLanguages()[0]))
	}
	if other, err := bySlug(ctx, tx, c.Territory, c.Slug); err == nil && other.ID != c.ID {
		problems.Add("slug", "call.slug_taken")
	}
	return problems.Or()
}
