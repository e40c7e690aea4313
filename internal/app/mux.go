package app

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/matchmaking"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/outcome"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/record/link"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// allKinds are the nouns that the program keeps records of.
func (a *App) allKinds() record.Kinds {
	return record.NewKinds(slices.Concat(
		directory.Kinds(), directory.PeopleKinds(a.objections), []record.Kind{record.RelationKind()}, panel.Kinds(),
		mission.Kinds(call.MissionPage(), matchmaking.MissionPage(), agenda.MissionPage(), programme.MissionPage(), outcome.MissionPage(), funding.MissionPage(), mission.TravelPage(), template.Page()),
		mission.TravelKinds(), []record.Kind{template.Kind()},
		agenda.Kinds(), programme.Kinds(), matchmaking.Kinds(), outcome.Kinds(), form.Kinds(), call.Kinds(), funding.Kinds(),
	)...)
}

// Routes are all the addresses of the program, with the right that each takes.
func (a *App) Routes() []web.Route {
	var all []web.Route
	all = append(all, a.ownRoutes()...)
	all = append(all, a.jobRoutes()...)
	all = append(all, a.devRoutes()...)
	all = append(all, a.auth.Routes()...)
	all = append(all, territory.NewPages(a.db, a.frame, a.auth, territory.Doors{Organisations: directory.Pick, Invite: a.invite, Logos: a.logos()}).Routes()...)
	all = append(all, a.desk().Routes()...)
	all = append(all, directory.NewPages(a.db, a.frame, a.eraser(), a.register, a.logos(), mission.InCity).Routes()...)
	all = append(all, panel.NewPages(a.db, a.frame, a.kinds, a.folder()).Routes()...)
	all = append(all, link.NewPages(a.db, a.frame, a.kinds, a.auth, a.purposes).Routes()...)
	all = append(all, a.missions().Routes()...)
	all = append(all, a.travel().Routes()...)
	all = append(all, a.templates().Routes()...)
	all = append(all, matchmaking.NewPages(a.planner(), a.frame, a.kinds, directory.People(a.objections), a.jobs.Watch).Routes()...)
	all = append(all, agenda.NewPages(a.db, a.frame, a.kinds, a.auth).Routes()...)
	all = append(all, programme.NewPages(a.db, a.frame, a.kinds, a.auth).Routes()...)
	all = append(all, outcome.NewPages(a.db, a.frame, a.kinds, a.auth).Routes()...)
	all = append(all, form.NewPages(a.db, a.frame, a.kinds, a.words).Routes()...)
	all = append(all, a.calls().Routes()...)
	all = append(all, a.funding().Routes()...)
	all = append(all, importer.NewPages(a.importer(), a.frame, a.jobs.Watch).Routes()...)
	return all
}

func (a *App) mux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range a.Routes() {
		mux.Handle(route.Pattern, a.mount(route))
	}
	mux.Handle("GET /static/", a.traced("GET /static/", web.Assets()))
	mux.Handle("GET /healthz", a.traced("GET /healthz", http.HandlerFunc(healthy)))
	mux.Handle("GET /readyz", a.traced("GET /readyz", http.HandlerFunc(a.ready)))
	mux.Handle("GET /metrics", a.traced("GET /metrics", a.metrics.guarded(string(a.settings.MetricsToken))))
	mux.Handle("/", a.traced("/", web.Handler(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "app.no_page")
	}).Or(a.refuse)))
	return mux
}

// mount makes a route one that asks for its right first, unless it is open.
func (a *App) mount(route web.Route) http.Handler {
	handle := route.Handle
	if !route.Open {
		handle = a.enter(route)
	}
	return a.traced(route.Pattern, handle.Or(a.refuse))
}

// traced notes which route answers, for the log.
func (a *App) traced(pattern string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		traceOf(r.Context()).route = pattern
		next.ServeHTTP(w, r)
	})
}

// around is what every request goes through, from outside in.
func (a *App) around(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.refuse(w, r, fault.New(fault.Forbidden, "app.cross_origin"))
	}))
	inner := sameOrigin.Handler(a.limited(web.OnceToasts(next)))
	return identify(a.logged(a.recovered(web.SecurityHeaders(a.auth.Sessions(inner, a.refuse)))))
}

// refuse answers with the page of an error. Somebody who is not signed in is
// led to where they can, and back.
func (a *App) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if fault.Is(err, fault.SignIn) && r.Method == http.MethodGet {
		http.Redirect(w, r, "/sign-in?onward="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	err = lack(err)
	id := traceOf(r.Context()).id
	if fault.Is(err, fault.Internal) || fault.Is(err, fault.Unavailable) {
		a.log.ErrorContext(r.Context(), "request failed", "id", id, "route", traceOf(r.Context()).route, "error", err)
	}
	if err := web.Render(w, r, web.StatusOf(err), web.ErrorPage(a.frame(r), err, id)); err != nil {
		a.log.ErrorContext(r.Context(), "no page for the error", "id", id, "error", err)
		http.Error(w, "Internal error "+id, http.StatusInternalServerError)
	}
}
