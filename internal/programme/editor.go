package programme

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// sessionEditor is how people add and change sessions.
func (p *Pages) sessionEditor() record.Editor[Session] {
	return record.Editor[Session]{
		DB: p.db, Frame: p.frame, Noun: Sessions(), List: "/sessions", Values: sessionValues, Fill: fillSession, Page: sessionForm,
		Home: func(v territory.Viewer, s *Session) string {
			if s.Deleted() {
				return v.Territory.Home() + "/missions/" + s.Mission + MissionPage().Path
			}
			return href(v, s.ID)
		},
	}
}

// times are the fields that are written by the clock of the place.
func times(s *Session) map[string]*db.Instant {
	return map[string]*db.Instant{"starts_at": &s.Start, "ends_at": &s.End, "transport_at": &s.TransportAt}
}

func sessionValues(ctx context.Context, tx *db.Tx, s *Session) (url.Values, error) {
	values := sessionFields().Values(s)
	values["participants"], values["interpreters"] = s.Participants, s.Interpreters
	w, err := mission.Read(ctx, tx, s.Territory, s.Mission)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(w.ZoneOf(s.Leg))
	for name, at := range times(s) {
		if !at.IsZero() && err == nil {
			values.Set(name, at.In(zone).Format(web.InstantLayout))
		}
	}
	return values, err
}

// fillSession sets the fields that a form sent. The mission that it names is that
// of a new session.
func fillSession(ctx context.Context, tx *db.Tx, s *Session, sent url.Values) error {
	if s.Mission == "" {
		s.Mission = sent.Get("mission")
	}
	w, err := missionOf(ctx, tx, s.Territory, s.Mission)
	if err != nil {
		return err
	}
	s.Owner, s.Fictional = "", s.Fictional || w.Fictional
	texts := sessionFields().Sent(sent)
	delete(texts, "published")
	for _, name := range []string{"participants", "interpreters", "sign_up"} { // none chosen sends nothing
		texts[name] = strings.Join(sent[name], "; ")
	}
	for name := range times(s) {
		delete(texts, name)
	}
	problems := sessionFields().Apply(s, texts)
	problems = append(problems, s.checkWithin(w)...)
	for name, at := range times(s) {
		problems.AddError(name, setLocal(at, sent.Get(name), w.ZoneOf(s.Leg)))
	}
	return problems.Or()
}

// missionOf reads the mission that a form names, if the viewer may see it.
func missionOf(ctx context.Context, tx *db.Tx, home int, id string) (*mission.Whole, error) {
	if id == "" {
		return nil, fault.New(fault.Invalid, "programme.mission_needed")
	}
	w, err := mission.Read(ctx, tx, home, id)
	if err != nil {
		return nil, err
	}
	return w, territory.ViewerOf(ctx).Check("mission", "see", w.Subject())
}

// setLocal reads a time as the clock of a zone shows it.
func setLocal(at *db.Instant, text, zone string) error {
	*at = db.Instant{}
	if text == "" {
		return nil
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return fault.New(fault.Invalid, "mission.zone", zone)
	}
	t, err := time.ParseInLocation(web.InstantLayout, text, location)
	if err != nil {
		return fault.New(fault.Invalid, "programme.time", text)
	}
	*at = db.At(t)
	return nil
}

// checkWithin refuses what is of another mission.
func (s *Session) checkWithin(w *mission.Whole) (problems fault.Problems) {
	check := func(field, id string, known bool) {
		if id != "" && !known {
			problems.Add(field, "programme.other_mission")
		}
	}
	check("leg", s.Leg, slices.ContainsFunc(w.Legs, func(l *mission.Leg) bool { return l.ID == s.Leg }))
	check("venue", s.Venue, slices.ContainsFunc(w.Venues, func(v *mission.Venue) bool { return v.ID == s.Venue }))
	for _, id := range s.Participants {
		check("participants", id, slices.ContainsFunc(w.Participants, func(p *mission.Participant) bool { return p.ID == id }))
	}
	for _, id := range s.Interpreters {
		check("interpreters", id, slices.ContainsFunc(w.Interpreters, func(i *mission.Interpreters) bool { return i.ID == id }))
	}
	return problems
}

// partForm is a form with the mission that it is about.
type partForm[T any] struct {
	record.Form[T]
	whole *mission.Whole
	kind  string
	of    string // id of the mission or session that the form names
}

func (f partForm[T]) field(name string) web.Field { return f.Field(f.kind, name) }

func (f partForm[T]) required(name string) web.Field {
	field := f.field(name)
	field.Required = true
	return field
}

func (f partForm[T]) number(name string) web.Field {
	field := f.field(name)
	field.Type = "number"
	return field
}

func sessionForm(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Session]) (templ.Component, error) {
	page := partForm[Session]{Form: form, kind: "session", of: form.Values.Get("mission")}
	if form.Record != nil {
		page.of = form.Record.Mission
	}
	var err error
	if page.whole, err = missionOf(ctx, tx, form.Viewer.Territory.ID, page.of); err != nil {
		return nil, err
	}
	page.Values.Set("level", page.usual("level", string(Forbid)))
	back := form.Viewer.Territory.Home() + "/missions/" + page.of
	if form.Record == nil {
		page.Back = back + MissionPage().Path
	}
	page.Trail = []web.Link{
		{Label: form.Words.T("mission.list"), Href: form.Viewer.Territory.Home() + "/missions"},
		{Label: page.whole.Name(form.Words.Lang()), Href: back},
		{Label: form.Words.T("programme.title"), Href: back + MissionPage().Path},
		form.Trail[len(form.Trail)-1],
	}
	return sessionFormPage(f, page), nil
}

// usual is the value of a field, or what it usually is.
func (f partForm[T]) usual(name, value string) string {
	if f.Values.Has(name) {
		return f.Values.Get(name)
	}
	return value
}

// at is the field of a time at the place of the session.
func (f partForm[T]) at(name string, required bool) web.Instant {
	i := web.Instant{Field: f.field(name), Home: f.Viewer.Territory.Name, PlaceZone: time.UTC, HomeZone: time.UTC}
	i.Required = required
	zone := f.whole.ZoneOf(f.Values.Get("leg"))
	i.Place = strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
	if there, err := time.LoadLocation(zone); err == nil {
		i.PlaceZone = there
	}
	if home, err := time.LoadLocation(f.Viewer.Territory.Zone); err == nil {
		i.HomeZone = home
	}
	return i
}

func (f partForm[T]) legs() []web.Option {
	return each(f.whole.Legs, func(l *mission.Leg) web.Option { return web.Option{Value: l.ID, Label: l.Name} })
}

func (f partForm[T]) venues() []web.Option {
	return each(f.whole.Venues, func(v *mission.Venue) web.Option { return web.Option{Value: v.ID, Label: v.Name, Note: v.Address} })
}

func (f partForm[T]) participants() []web.Option {
	return each(f.whole.Participants, func(p *mission.Participant) web.Option {
		return web.Option{Value: p.ID, Label: p.Name, Note: f.Words.T("programme.group." + string(p.Side))}
	})
}

func (f partForm[T]) interpreters() []web.Option {
	return each(f.whole.Interpreters, func(i *mission.Interpreters) web.Option {
		return web.Option{Value: i.ID, Label: interpretersName(i)}
	})
}

func (f partForm[T]) choices(name string, values []string) []web.Option {
	return each(values, func(value string) web.Option {
		option := web.Option{Value: value, Label: f.Words.T(f.kind + "." + name + "." + value)}
		if note := f.kind + "." + name + "." + value + ".note"; f.Words.Has(note) {
			option.Note = f.Words.T(note)
		}
		return option
	})
}

func (f partForm[T]) languages() []web.Option {
	return each(f.Viewer.Territory.Languages, func(lang string) web.Option {
		return web.Option{Value: lang, Label: f.Words.T("mission.language." + lang)}
	})
}

func (f partForm[T]) email() web.Field {
	field := f.field("email")
	field.Type = "email"
	return field
}
