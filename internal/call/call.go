// Package call keeps the calls by which companies are asked to take part in a
// mission, and their applications: the public page of a call, an application
// filled in by a personal link and handed in once, and the pages on which
// officers follow them.
package call

import (
	"embed"
	"regexp"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/territory"
)

// Words are the texts of calls and applications.
//
//go:embed words/*.json
var Words embed.FS

// A Call asks companies to take part in a mission.
type Call struct {
	record.Meta
	Mission string
	// Slug is its name in the address of its public page.
	Slug                          string
	Title, Intro, Criteria, Costs i18n.Text
	// OpensAt and ClosesAt are shown in the territory's zone.
	OpensAt, ClosesAt db.Instant
	Form              string // id, or ""
	// FormNumber is the version of the form that new applications answer; 0 as
	// long as the call was never published.
	FormNumber int
	Places     int // for companies; 0: nothing said
	Published  bool
}

// A Phase is whether one can apply.
type Phase string

// The phases of a call.
const (
	Prepared  Phase = "prepared"
	Announced Phase = "announced" // published, and not open yet
	Open      Phase = "open"
	Closed    Phase = "closed"
)

// Phase is whether one can apply at a time.
func (c *Call) Phase(now db.Instant) Phase {
	switch {
	case !c.Published:
		return Prepared
	case now.Before(c.OpensAt.Time):
		return Announced
	case now.Before(c.ClosesAt.Time):
		return Open
	default:
		return Closed
	}
}

// Subject says who may do what to it.
func (c *Call) Subject() territory.Subject {
	return territory.Subject{Owner: c.Owner, Mission: c.Mission}
}

// Name is the title in a language, or in another.
func (c *Call) Name(lang string) string {
	title, _ := c.Title.In(lang)
	return title
}

// Href is the address of the public page of a call.
func (c *Call) Href(home territory.Territory) string { return "/c/" + home.Slug + "/" + c.Slug }

// Calls is how calls are kept.
func Calls() record.Noun[Call] {
	var fields record.Fields[Call]
	for _, lang := range record.ContentLanguages() {
		fields = append(
			fields,
			record.ContentField("title", lang, func(c *Call) *i18n.Text { return &c.Title }),
			record.ContentField("intro", lang, func(c *Call) *i18n.Text { return &c.Intro }),
			record.ContentField("criteria", lang, func(c *Call) *i18n.Text { return &c.Criteria }),
			record.ContentField("costs", lang, func(c *Call) *i18n.Text { return &c.Costs }),
		)
	}
	fields = append(
		fields,
		record.Unlisted(record.ReferenceField("mission", "mission", func(c *Call) *string { return &c.Mission })),
		record.TextField("slug", func(c *Call) *string { return &c.Slug }),
		record.InstantField("opens_at", func(c *Call) *db.Instant { return &c.OpensAt }),
		record.InstantField("closes_at", func(c *Call) *db.Instant { return &c.ClosesAt }),
		record.ReferenceField("form", "form", func(c *Call) *string { return &c.Form }),
		record.Unlisted(record.CountField("form_number", 0, func(c *Call) *int { return &c.FormNumber })),
		record.CountField("places", 1, func(c *Call) *int { return &c.Places }),
		record.Unlisted(record.YesField("published", func(c *Call) *bool { return &c.Published })),
	)
	return record.Noun[Call]{
		Name: "call", Fields: fields,
		Meta: func(c *Call) *record.Meta { return &c.Meta },
		Load: loadCall, Insert: insertCall, Update: updateCall,
		Settle: (*Call).settle,
		Found: func(c *Call) record.Found {
			words := []string{c.Title["fr"], c.Title["en"]}
			return record.Found{Title: c.Name(i18n.Fallback), Words: words, Subject: c.Subject()}
		},
	}
}

var slugShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,60}[a-z0-9]$`)

// settle says what is wrong with the call: what is published is complete.
func (c *Call) settle() error {
	var p fault.Problems
	if c.Title.IsZero() {
		p.Add("title."+record.ContentLanguages()[0], "call.title_needed")
	}
	if !slugShape.MatchString(c.Slug) {
		p.Add("slug", "call.slug_shape")
	}
	if !c.OpensAt.IsZero() && !c.ClosesAt.IsZero() && !c.OpensAt.Before(c.ClosesAt.Time) {
		p.Add("closes_at", "call.ends_before")
	}
	if c.Published {
		p = append(p, c.lacks()...)
	}
	return p.Or()
}

// lacks is what a call must have before it is published.
func (c *Call) lacks() (p fault.Problems) {
	if c.OpensAt.IsZero() {
		p.Add("opens_at", "call.opens_needed")
	}
	if c.ClosesAt.IsZero() {
		p.Add("closes_at", "call.closes_needed")
	}
	if c.Form == "" {
		p.Add("form", "call.form_needed")
	}
	return p
}

// slugOf makes an address of a title.
func slugOf(title string) string {
	slug := notSlug.ReplaceAllString(names.Fold(title), "-")
	return trimSlug.ReplaceAllString(slug[:min(len(slug), 62)], "")
}

var (
	notSlug  = regexp.MustCompile(`[^a-z0-9]+`)
	trimSlug = regexp.MustCompile(`^-+|-+$`)
)

// days are the first and the last day on which one can apply, in the
// territory's zone.
func (c *Call) days(home territory.Territory) (from, to string) {
	return home.At(c.OpensAt).Format(time.DateOnly), home.At(c.ClosesAt).Format(time.DateOnly)
}

// MissionPage is the page of a mission that leads to its call.
func MissionPage() record.Page { return record.Page{Noun: "call", Path: "/call", Label: "call.tab"} }

// Kinds are calls and applications, as the rest of the house knows them.
func Kinds() []record.Kind {
	call := Calls().Kind()
	call.Address = func(id string) string { return "/calls/" + id }
	call.List = "/calls"
	call.Pages = []record.Page{
		{Noun: "application", Path: "/applications", Label: "application.list"},
		{Noun: "invitation", Path: "/invitations", Label: "invitation.list"},
		{Noun: "selection", Path: "/selection", Label: "selection.title"},
	}
	application := Applications().Kind()
	application.Address = func(id string) string { return "/applications/" + id }
	application.List = "/applications"
	application.Pages = []record.Page{template.Page()}
	application.Points = []record.Point{{Field: "organisation", Table: "applications", Column: "organisation_id", To: "organisation"}}
	invitation := Invitations().Kind()
	invitation.Attached = true
	invitation.Points = []record.Point{
		{Field: "organisation", Table: "invitations", Column: "organisation_id", To: "organisation"},
		{Field: "person", Table: "invitations", Column: "person_id", To: "person"},
	}
	application.Pages = append(application.Pages, record.Page{Noun: "selection", Path: "/review", Label: "selection.review"})
	return append([]record.Kind{call, application, invitation}, selectionKinds()...)
}
