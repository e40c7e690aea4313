package territory

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/web/picture"
)

// An Invitation is what somebody who was just made a member is told.
type Invitation struct {
	User      auth.User
	Territory Territory
	By        string
	Link      string
}

// Doors are what the pages need of higher floors.
type Doors struct {
	// Organisations lists those that a partner or company member may belong to,
	// by name; a query narrows them.
	Organisations func(ctx context.Context, tx *db.Tx, v Viewer, query string) ([]web.Option, error)
	// Invite tells somebody that they are a member now, with a link to come in.
	Invite func(ctx context.Context, tx *db.Tx, i Invitation) error
	// Logos keeps the territory's own picture.
	Logos picture.Shelf
}

// Pages are the pages about a territory itself: its members and its settings.
type Pages struct {
	db    *db.DB
	frame web.Framer
	auth  *auth.Auth
	doors Doors
}

// NewPages makes the pages.
func NewPages(d *db.DB, frame web.Framer, a *auth.Auth, doors Doors) *Pages {
	return &Pages{d, frame, a, doors}
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/members", Noun: "member", Action: "see", Handle: p.members},
		{Pattern: "GET /t/{territory}/members/new", Noun: "member", Action: "edit", Handle: p.newMember},
		{Pattern: "POST /t/{territory}/members", Noun: "member", Action: "edit", Handle: p.invite},
		{Pattern: "GET /t/{territory}/members/{user}", Noun: "member", Action: "edit", Handle: p.editMember},
		{Pattern: "POST /t/{territory}/members/{user}", Noun: "member", Action: "edit", Handle: p.changeMember},
		{Pattern: "POST /t/{territory}/members/{user}/remove", Noun: "member", Action: "edit", Handle: p.removeMember},
		{Pattern: "GET /t/{territory}/settings", Noun: "territory", Action: "edit", Handle: p.settings},
		{Pattern: "POST /t/{territory}/settings", Noun: "territory", Action: "edit", Handle: p.saveSettings},
		{Pattern: "POST /t/{territory}/settings/logo", Noun: "territory", Action: "edit", Handle: p.saveLogo},
		{Pattern: "GET /t/{territory}/logo/{hash}", Noun: "workspace", Action: "see", Handle: p.logo},
	}
}

// memberList is what the page of the members shows.
type memberList struct {
	words         *i18n.Words
	viewer        Viewer
	members       []Member
	organisations map[string]string // id -> name
}

func (l memberList) href(m Member) string {
	if l.viewer.Reach("member", "edit") == Nothing {
		return ""
	}
	return l.viewer.Territory.Home() + "/members/" + m.User
}

// role is a member's role, with the organisation that they belong to.
func (l memberList) role(m Member) string {
	said := l.words.T("territory.role." + string(m.Role))
	if name := l.organisations[m.Organisation]; name != "" {
		said += " · " + name
	}
	return said
}

// members answers GET /t/{territory}/members.
func (p *Pages) members(w http.ResponseWriter, r *http.Request) error {
	v := ViewerOf(r.Context())
	f := p.frame(r)
	f.Title = f.Words.T("territory.members")
	list := memberList{words: f.Words, viewer: v, organisations: map[string]string{}}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.members, err = Members(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		options, err := p.doors.Organisations(r.Context(), tx, v, "")
		for _, o := range options {
			list.organisations[o.Value] = o.Label
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, membersPage(f, list))
}

// memberForm is the form of a member: of a new one, where user is "".
type memberForm struct {
	web.Form
	viewer        Viewer
	user          auth.User
	organisations []web.Option
}

func (f memberForm) action() string {
	home := f.viewer.Territory.Home() + "/members"
	if f.user.ID == "" {
		return home
	}
	return home + "/" + f.user.ID
}

func (f memberForm) roles() []web.Option {
	var options []web.Option
	for _, role := range Roles() {
		options = append(options, web.Option{
			Value: string(role), Label: f.Words.T("territory.role." + string(role)), Note: f.Words.T("territory.role_note." + string(role)),
		})
	}
	return options
}

func (p *Pages) memberForm(w http.ResponseWriter, r *http.Request, status int, form memberForm) error {
	f := p.frame(r)
	form.Words, form.viewer = f.Words, ViewerOf(r.Context())
	f.Title = f.Words.T("territory.invite")
	if form.user.ID != "" {
		f.Title = form.user.Name
	}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		form.organisations, err = p.doors.Organisations(r.Context(), tx, form.viewer, form.Values.Get("organisation.q"))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, memberPage(f, form))
}

// newMember answers GET /t/{territory}/members/new.
func (p *Pages) newMember(w http.ResponseWriter, r *http.Request) error {
	return p.memberForm(w, r, http.StatusOK, memberForm{Form: web.Form{Values: url.Values{"role": {string(Officer)}}}})
}

// memberOf is the membership that a form tells of.
func memberOf(sent url.Values) Member {
	return Member{Role: Role(sent.Get("role")), Organisation: sent.Get("organisation")}
}

// invite answers POST /t/{territory}/members: somebody becomes a member, a user
// first if they were none, and is told by mail.
func (p *Pages) invite(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := ViewerOf(r.Context())
	if r.PostForm.Get("find") != "" {
		return p.memberForm(w, r, http.StatusOK, memberForm{Form: web.Form{Values: r.PostForm}})
	}
	m := memberOf(r.PostForm)
	var user auth.User
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if user, err = userFor(r.Context(), tx, r.PostForm, v); err != nil {
			return err
		}
		m.User = user.ID
		if err := Join(r.Context(), tx, v.Actor, v.Territory.ID, m); err != nil {
			return err
		}
		link, err := p.auth.SignInLink(r.Context(), tx, user, v.Territory.Home())
		if err != nil {
			return err
		}
		return p.doors.Invite(r.Context(), tx, Invitation{User: user, Territory: v.Territory, By: v.Name, Link: link})
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.memberForm(w, r, http.StatusUnprocessableEntity, memberForm{Form: web.Form{Values: r.PostForm, Problems: problems}})
	}
	if err != nil {
		return err
	}
	words := p.frame(r).Words
	return web.Onward(w, r, v.Territory.Home()+"/members", web.Toast{Text: words.T("territory.invited", user.Name, user.Email)})
}

// userFor finds the user of an address, or makes one.
func userFor(ctx context.Context, tx *db.Tx, sent url.Values, v Viewer) (auth.User, error) {
	user, err := auth.ByEmailOrAdd(ctx, tx, auth.User{Email: sent.Get("email"), Name: strings.TrimSpace(sent.Get("name")), Language: v.Language})
	if fault.Of(err) != nil && fault.Is(err, fault.Invalid) { // the address alone was refused
		var problems fault.Problems
		problems.AddError("email", err)
		return auth.User{}, problems
	}
	return user, err
}

// member finds the member that the address names, with their user.
func (p *Pages) member(ctx context.Context, tx *db.Tx, r *http.Request) (Member, auth.User, error) {
	m, err := MemberOf(ctx, tx, ViewerOf(ctx).Territory.ID, r.PathValue("user"))
	if err != nil {
		return Member{}, auth.User{}, err
	}
	user, err := auth.ByID(ctx, tx, m.User)
	return m, user, err
}

// editMember answers GET /t/{territory}/members/{user}.
func (p *Pages) editMember(w http.ResponseWriter, r *http.Request) error {
	var form memberForm
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		m, user, err := p.member(r.Context(), tx, r)
		form.user = user
		form.Values = url.Values{"role": {string(m.Role)}, "organisation": {m.Organisation}}
		return err
	})
	if err != nil {
		return err
	}
	return p.memberForm(w, r, http.StatusOK, form)
}

// changeMember answers POST /t/{territory}/members/{user}.
func (p *Pages) changeMember(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := ViewerOf(r.Context())
	form := memberForm{Form: web.Form{Values: r.PostForm}}
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if _, form.user, err = p.member(r.Context(), tx, r); err != nil || r.PostForm.Get("find") != "" {
			return err
		}
		m := memberOf(r.PostForm)
		m.User = form.user.ID
		return Change(r.Context(), tx, v.Actor, v.Territory.ID, m)
	})
	problems, refused := err.(fault.Problems)
	form.Problems = problems
	switch {
	case refused:
		return p.memberForm(w, r, http.StatusUnprocessableEntity, form)
	case err != nil:
		return err
	case r.PostForm.Get("find") != "":
		return p.memberForm(w, r, http.StatusOK, form)
	}
	return web.Onward(w, r, v.Territory.Home()+"/members", web.Toast{Text: p.frame(r).Words.T("territory.member_changed", form.user.Name)})
}

// removeMember answers POST /t/{territory}/members/{user}/remove.
func (p *Pages) removeMember(w http.ResponseWriter, r *http.Request) error {
	v := ViewerOf(r.Context())
	var user auth.User
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if _, user, err = p.member(r.Context(), tx, r); err != nil {
			return err
		}
		return Leave(r.Context(), tx, v.Actor, v.Territory.ID, user.ID)
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.Territory.Home()+"/members", web.Toast{Text: p.frame(r).Words.T("territory.member_removed", user.Name)})
}
