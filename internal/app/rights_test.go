package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// TestEveryRouteHasItsRight: no address can be added without a row in the
// table of rights, or without saying that it is open.
func TestEveryRouteHasItsRight(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	for _, route := range h.app.Routes() {
		inside := strings.Contains(route.Pattern, " /t/{territory}")
		switch {
		case route.Open && inside:
			t.Errorf("%s is open inside a territory", route.Pattern)
		case route.Open && route.Noun != "":
			t.Errorf("%s is open and asks for a right", route.Pattern)
		case !route.Open && !inside:
			t.Errorf("%s asks for a right outside a territory", route.Pattern)
		case !route.Open && !territory.Known(route.Noun, route.Action):
			t.Errorf("%s asks to %s a %q, which has no row in the table of rights", route.Pattern, route.Action, route.Noun)
		}
	}
}

// A target is what the {id} or {record} of a route can stand for, and what decides who may
// do something to it.
type target struct {
	name, id string
	subject  territory.Subject
	absent   bool // it is another territory's, or nobody's
}

// targets are the records of a noun that the walk tries. A noun whose routes
// name a record has its line here. Notes are the user's own.
func (h *house) targets(noun string, user auth.User) []target {
	switch noun {
	case "note", "file", "task":
		var targets []target
		for _, to := range h.targets("organisation", user) {
			if to.subject.Organisation != "" {
				to.id = h.put(noun, to, user)
				targets = append(targets, to)
			}
		}
		return targets
	case "address":
		var targets []target
		for _, to := range h.targets("organisation", user) {
			if to.subject.Organisation != "" {
				to.id = h.address(to)
				targets = append(targets, to)
			}
		}
		return targets
	case "link":
		var targets []target
		for _, to := range h.targets("organisation", user) {
			if to.subject.Organisation != "" {
				to.id = h.linkTo(to).ID
				targets = append(targets, to)
			}
		}
		return targets
	case "organisation":
		return []target{
			{"the territory's", h.ours, territory.Subject{Organisation: h.ours}, false},
			{"the agency's", h.agencys, territory.Subject{Owner: h.agency, Organisation: h.agencys}, false},
			{"another agency's", h.others, territory.Subject{Owner: "another", Organisation: h.others}, false},
			{"the agency itself", h.agency, territory.Subject{Organisation: h.agency}, false},
			{"the company itself", h.company, territory.Subject{Organisation: h.company}, false},
			{"another territory's", h.foreign, territory.Subject{Organisation: h.foreign}, true},
			{"nobody's", "00000000-0000-7000-8000-000000000000", territory.Subject{}, true},
		}
	case "person":
		return []target{
			{"the territory's", h.person(h.home, "", h.ours), territory.Subject{Organisation: h.ours}, false},
			{"the agency's", h.person(h.home, h.agency, ""), territory.Subject{Owner: h.agency}, false},
			{"another agency's", h.person(h.home, "another", ""), territory.Subject{Owner: "another"}, false},
			{"of the company", h.person(h.home, "", h.company), territory.Subject{Organisation: h.company}, false},
			{"another territory's", h.person(h.away, "", ""), territory.Subject{}, true},
		}
	case "city":
		return []target{
			{"the territory's", h.city, territory.Subject{}, false},
			{"another territory's", h.abroad, territory.Subject{}, true},
		}
	case "mission":
		return []target{
			{"that the agency is on", h.missions.on, territory.Subject{Mission: h.missions.on}, false},
			{"that the agency is not on", h.missions.off, territory.Subject{Mission: h.missions.off}, false},
			{"another territory's", h.missions.foreign, territory.Subject{Mission: h.missions.foreign}, true},
		}
	case "budget":
		return h.targets("mission", user)
	case "expense", "posting", "fee", "grant", "cost", "declaration", "ceiling":
		return h.fundingTargets(noun)
	case "participant":
		return h.onMissions(h.participant)
	case "leg", "venue", "place", "seat", "interpreters", "partner":
		return h.partTargets(noun)
	case "traveller":
		targets := h.onMissions(h.traveller)
		for i := range targets {
			targets[i].subject.Organisation = ""
		}
		return targets
	case "entry_rule":
		return []target{
			{"the territory's", h.entryRule(h.home), territory.Subject{}, false},
			{"another territory's", h.entryRule(h.away), territory.Subject{}, true},
		}
	case "template":
		return []target{
			{"the territory's", h.template(h.home), territory.Subject{}, false},
			{"another territory's", h.template(h.away), territory.Subject{}, true},
		}
	case "outcome":
		return h.onMissions(h.outcome)
	case "plan":
		targets := h.onMissions(func(in int, mission, _ string) string { return h.plan(in, mission) })
		for i := range targets {
			targets[i].subject.Organisation = ""
		}
		return targets
	case "form", "question", "call", "application":
		return h.callTargets(noun)
	case "session", "contact":
		return h.ofMissions(h.session)
	case "speaker":
		return h.ofMissions(h.speaker)
	case "guest":
		return h.guests()
	case "member":
		var guest auth.User
		h.write(func(tx *db.Tx) (err error) {
			guest, err = h.join(tx, h.home, territory.Officer)
			return err
		})
		return []target{{"a guest", guest.ID, territory.Subject{}, false}, {"another territory's", h.stranger.ID, territory.Subject{}, true}}
	case "import":
		return []target{
			{"the territory's", h.brought(h.home), territory.Subject{}, false},
			{"another territory's", h.brought(h.away), territory.Subject{}, true},
		}
	case "job":
		id := func(territory int) string { return strconv.FormatInt(h.ask(territory, sealHistory{}).ID, 10) }
		return []target{
			{"the territory's", id(h.home.ID), territory.Subject{}, false},
			{"another territory's", id(h.away.ID), territory.Subject{}, true},
			{"the installation's", id(0), territory.Subject{}, true},
		}
	}
	return nil
}

// put puts a note, a file or a task on an organisation.
func (h *house) put(noun string, on target, user auth.User) (id string) {
	h.t.Helper()
	in := h.home
	if on.absent {
		in = h.away
	}
	place := panel.Place{On: ref.Ref{Territory: in.ID, Kind: "organisation", ID: on.id}, Subject: on.subject}
	meta := record.Meta{Territory: in.ID, Owner: on.subject.Owner}
	h.write(func(tx *db.Tx) error {
		switch noun {
		case "note":
			n := &panel.Note{Meta: meta, Place: place, Text: "Note", Author: user.ID, AuthorName: user.Name}
			defer func() { id = n.ID }()
			return panel.Notes().Add(ctx, tx, act, n)
		case "task":
			task := &panel.Task{Meta: meta, Place: place, Title: "Task"}
			defer func() { id = task.ID }()
			return panel.Tasks().Add(ctx, tx, act, task)
		default:
			u, err := h.app.folder().Receive(in.ID, db.NewID()+".txt", strings.NewReader("File"))
			if err != nil {
				return err
			}
			f, err := panel.Attach(ctx, tx, act, territory.Viewer{Territory: in, User: user.ID}, place, u)
			if err == nil {
				id = f.ID
			}
			return err
		}
	})
	return id
}

// address gives an organisation another address.
func (h *house) address(of target) string {
	h.t.Helper()
	in := h.home
	if of.absent {
		in = h.away
	}
	made := &directory.Address{Meta: record.Meta{Territory: in.ID, Owner: of.subject.Owner}, Organisation: of.id, Label: "Plant", Street: "1 quai"}
	h.write(func(tx *db.Tx) error { return directory.Addresses().Add(ctx, tx, act, made) })
	return made.ID
}

// brought is a file that an officer brought, and whose preview is there.
func (h *house) brought(in territory.Territory) (id string) {
	h.t.Helper()
	v := territory.Viewer{Territory: in, Role: territory.Officer, Language: "fr"}
	id, err := h.app.importer().Bring(ctx, v, "list.csv", []byte("Nom;Pays;Ville\nNew;France;Haïfa\nTwo;France;\nTwo;France;\nThree;Nowhere;\n"))
	if err != nil {
		h.t.Fatal(err)
	}
	imp, err := h.app.importer().Load(ctx, in.ID, id)
	if err == nil {
		err = h.app.importer().Map(ctx, v, id, imp.Mapping)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

var recordName = regexp.MustCompile(`\{(id|user|record)\}`)

// on is the kind of the record below which a panel's route is, or the noun of
// the route itself.
func (h *house) on(route web.Route) string {
	if strings.Contains(route.Pattern, "{kind}") {
		return "organisation" // any kind will do
	}
	if route.Noun == "selection" || route.Noun == "score" {
		if strings.Contains(route.Pattern, "/applications/") {
			return "application"
		}
		return "call"
	}
	for _, kind := range h.app.kinds.Ordered() {
		if kind.List != "" && strings.Contains(route.Pattern, "/t/{territory}"+kind.List+"/{record}") {
			return kind.Name
		}
	}
	return route.Noun
}

// TestRights walks every route with every role, on records of every owner and
// of another territory, and compares with the table of rights.
func TestRights(t *testing.T) {
	for _, role := range territory.Roles() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			h := build(t, dbtest.SQLite(t))
			member := territory.Viewer{Role: role, Charges: h.charges(role)}
			switch role {
			case territory.Partner:
				member.Organisation = h.agency
			case territory.Company:
				member.Organisation = h.company
			}
			b := h.as(h.users[role])
			for _, route := range h.app.Routes() {
				if !route.Open {
					h.walk(t, b, member, route)
				}
			}
		})
	}
}

func (h *house) walk(t *testing.T, b *browser, v territory.Viewer, route web.Route) {
	method, path, _ := strings.Cut(route.Pattern, " ")
	path = strings.Replace(path, "{territory}", h.home.Slug, 1)
	path = strings.NewReplacer("{batch}", "00000000-0000-7000-8000-000000000000", "{number}", "1", "{kind}", "organisation", "{hash}", h.home.Logo, "{name}", "report.html").Replace(path)
	if !recordName.MatchString(path) {
		if strings.Contains(path, "{batch") || strings.Contains(route.Pattern, "{batch}") {
			return // a batch is nobody's here: the handler's own test judges it
		}
		status := b.do(method, path, nil).Code
		if strings.HasSuffix(path, "/merge") { // names its records in the form
			status = b.do(method, path+"?winner="+h.ours, url.Values{"winner": {h.ours}, "loser": {h.others}}).Code
		}
		judge(t, route.Pattern, status, v.Reach(route.Noun, route.Action) != territory.Nothing, http.StatusForbidden)
		return
	}
	on := h.on(route)
	targets := h.targets(on, h.users[v.Role])
	if len(targets) == 0 {
		t.Errorf("%s names a record of the noun %q, which has no targets in this test: add them", route.Pattern, route.Noun)
	}
	for _, to := range targets {
		status := b.do(method, recordName.ReplaceAllString(path, to.id), nil).Code
		refused := http.StatusNotFound
		sees := !to.absent && v.May(on, "see", to.subject)
		if v.Reach(route.Noun, route.Action) == territory.Nothing || sees && v.May(route.Noun, "see", to.subject) {
			refused = http.StatusForbidden
		}
		judge(t, route.Pattern+" of "+to.name, status, sees && v.May(route.Noun, route.Action, to.subject), refused)
	}
}

// judge compares the status of an answer with what the table says.
func judge(t *testing.T, what string, status int, may bool, refused int) {
	t.Helper()
	turnedAway := status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusNotFound
	switch {
	case may && (turnedAway || status >= 500):
		t.Errorf("%s: answered %d, and the table allows it", what, status)
	case !may && status != refused:
		t.Errorf("%s: answered %d, and the table refuses it (%d)", what, status, refused)
	}
}

// TestStrangersGetNowhere: who is not signed in, and who is a member of another
// territory alone.
func TestStrangersGetNowhere(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	nobody, stranger := h.nobody(), h.as(h.stranger)
	for _, route := range h.app.Routes() {
		if route.Open {
			continue
		}
		method, path, _ := strings.Cut(route.Pattern, " ")
		path = strings.Replace(path, "{territory}", h.home.Slug, 1)
		path = recordName.ReplaceAllString(path, h.ours)
		want := http.StatusUnauthorized
		if method == "GET" {
			want = http.StatusSeeOther
		}
		w := nobody.do(method, path, nil)
		if w.Code != want || method == "GET" && !strings.HasPrefix(w.Header().Get("Location"), "/sign-in?onward=") {
			t.Errorf("%s, signed in nowhere: %d, leads to %q", route.Pattern, w.Code, w.Header().Get("Location"))
		}
		if w := stranger.do(method, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s, member elsewhere: %d", route.Pattern, w.Code)
		}
	}
}
