package call

import (
	"net/url"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A State is how far an application is.
type State string

// The states, in order.
const (
	Draft      State = "draft"
	Submitted  State = "submitted"
	Eligible   State = "eligible"
	Ineligible State = "ineligible"
	Selected   State = "selected"
	Waiting    State = "waiting"
	Refused    State = "refused"
	Withdrawn  State = "withdrawn"
)

// States lists the states, in order.
func States() []State {
	return []State{Draft, Submitted, Eligible, Ineligible, Selected, Waiting, Refused, Withdrawn}
}

// An Application is a company's answer to a call.
type Application struct {
	record.Meta
	Call, Mission string
	// Organisation is the company in the directory, once the application is handed
	// in.
	Organisation string
	State        State
	Name         string // of the company
	SIRET        string // as typed, until it is handed in
	// Company is what was said of the company beside, by the names of the fields of
	// organisations.
	Company map[string]string

	Contact, Function, Phone string
	Email                    string // to which its personal link was sent
	Language                 string

	// Form and FormNumber are the questions that it answers.
	Form       string
	FormNumber int
	// Typed is what was typed as long as it is a draft, Answers what was read of it
	// when it was handed in.
	Typed   url.Values
	Answers form.Answers

	OpenedAt    db.Instant // when something was first typed
	SubmittedAt db.Instant
	// LateUntil is until when this company alone may hand it in, after the call has
	// closed.
	LateUntil db.Instant
	// DoubleOf is the application that the same company had handed in before.
	DoubleOf string
}

// Subject says who may do what to it.
func (a *Application) Subject() territory.Subject {
	return territory.Subject{Owner: a.Owner, Organisation: a.Organisation, Mission: a.Mission}
}

// Title is the company's name, or else the address that it was begun with.
func (a *Application) Title() string {
	if a.Name == "" {
		return a.Email
	}
	return a.Name
}

// MayType says whether the company can still change it and hand it in.
func (a *Application) MayType(c *Call, now db.Instant) bool {
	return a.State == Draft && !a.Deleted() && (c.Phase(now) == Open || now.Before(a.LateUntil.Time))
}

// MayWithdraw says whether the company can withdraw it.
func (a *Application) MayWithdraw() bool {
	return !a.Deleted() && slices.Contains([]State{Draft, Submitted, Eligible, Selected, Waiting}, a.State)
}

// Applications is how applications are kept.
func Applications() record.Noun[Application] {
	type app = Application
	return record.Noun[app]{
		Name: "application",
		Fields: record.Fields[app]{
			record.TextField("name", func(a *app) *string { return &a.Name }),
			record.TextField("siret", func(a *app) *string { return &a.SIRET }),
			states(),
			personal(record.TextField("contact", func(a *app) *string { return &a.Contact })),
			personal(record.TextField("function", func(a *app) *string { return &a.Function })),
			personal(record.TextField("phone", func(a *app) *string { return &a.Phone })),
			personal(record.ParsedField("email", ident.ParseEmail, func(a *app) *string { return &a.Email })),
			record.ChoiceField("language", record.ContentLanguages(), func(a *app) *string { return &a.Language }),
			record.ReferenceField("organisation", "organisation", func(a *app) *string { return &a.Organisation }),
			record.Unlisted(record.ReferenceField("call", "call", func(a *app) *string { return &a.Call })),
			record.InstantField("submitted_at", func(a *app) *db.Instant { return &a.SubmittedAt }),
			record.InstantField("late_until", func(a *app) *db.Instant { return &a.LateUntil }),
			record.Unlisted(record.ReferenceField("double_of", "application", func(a *app) *string { return &a.DoubleOf })),
		},
		Meta: func(a *app) *record.Meta { return &a.Meta },
		Load: loadApplication, Insert: insertApplication, Update: updateApplication,
		Settle: (*app).settle,
		Found: func(a *app) record.Found {
			return record.Found{Title: a.Title(), Detail: a.SIRET, Words: []string{a.Name, a.SIRET, a.Email, a.Contact}, Subject: a.Subject()}
		},
	}
}

func states() record.Field[Application] {
	var all []string
	for _, s := range States() {
		all = append(all, string(s))
	}
	return record.ChoiceField("state", all, func(a *Application) *string { return (*string)(&a.State) })
}

func personal[T any](field record.Field[T]) record.Field[T] {
	field.Personal = true
	return field
}

func (a *Application) settle() error {
	var p fault.Problems
	if a.Email == "" {
		p.Add("email", "call.email_needed")
	}
	if !slices.Contains(States(), a.State) {
		p.Add("state", "call.state_needed")
	}
	return p.Or()
}

func (a *Application) key() string { return names.SortKey(a.Title()) }
