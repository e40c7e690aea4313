package call

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// inviteRoutes are the addresses on which officers invite companies, and see
// what became of it.
func (p *Pages) inviteRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/calls/{id}/invitations", Noun: "call", Action: "edit", Handle: p.listInvited},
		{Pattern: "GET /t/{territory}/calls/{id}/invite", Noun: "call", Action: "edit", Handle: p.askInvite},
		{Pattern: "POST /t/{territory}/calls/{id}/invite", Noun: "call", Action: "edit", Handle: p.sendInvite},
	}
}

// invitedList is what the page of the invitations shows.
type invitedList struct {
	words   *i18n.Words
	viewer  territory.Viewer
	call    *Call
	invited []Invited
	bar     panel.Bar
	// Newsletter is a text for those who write to others, in a language.
	newsletter []web.Link
}

func (l invitedList) href(end string) string { return callHref(l.viewer, l.call.ID) + end }

// count is how many invitations came to an answer.
func (l invitedList) count(answers ...Answer) int {
	n := 0
	for _, i := range l.invited {
		if slices.Contains(answers, i.Answer) {
			n++
		}
	}
	return n
}

func (l invitedList) figures() []web.Figure {
	var figures []web.Figure
	for _, a := range []Answer{Sent, Opened, Applied, Declined, Skipped} {
		n := l.count(a)
		figures = append(figures, web.Figure{Value: l.words.Number(n), Noun: l.words.T("invitation.answer." + string(a))})
	}
	return figures
}

// listInvited answers GET /t/{territory}/calls/{id}/invitations.
func (p *Pages) listInvited(w http.ResponseWriter, r *http.Request) error {
	f := p.Frame(r)
	l := invitedList{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if l.call, err = Calls().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		if l.invited, err = InvitedTo(r.Context(), tx, l.call); err != nil {
			return err
		}
		l.bar, err = panel.NewBar(r.Context(), tx, p.Kinds, l.viewer, Calls().Ref(l.call))
		return err
	})
	if err != nil {
		return err
	}
	for _, lang := range record.ContentLanguages() {
		text := p.told(l.viewer.Territory, l.call, lang) + "\n" + p.Public(l.call.Href(l.viewer.Territory)) + "?lang=" + lang
		l.newsletter = append(l.newsletter, web.Link{Label: text, Lang: lang})
	}
	f.Title = f.Words.T("invitation.list")
	return web.Render(w, r, http.StatusOK, invitedPage(f, l))
}

// told is a call in a few lines, for letters.
func (p *Pages) told(home territory.Territory, c *Call, lang string) string {
	w := p.Words.For(lang)
	parts := []string{c.Name(lang)}
	if intro := paragraphs(c.Intro, lang); len(intro) > 0 {
		parts = append(parts, intro[0])
	}
	if !c.ClosesAt.IsZero() {
		parts = append(parts, w.T("call.open_until", stamp(w, home, c.ClosesAt)))
	}
	return strings.Join(parts, "\n")
}

// inviteForm is what the page on which companies are invited shows.
type inviteForm struct {
	web.Form
	viewer    territory.Viewer
	call      *Call
	wanted    Wanted
	sectors   []directory.Sector
	companies []Invitable
	chosen    []string
	preview   bool
}

func wantedOf(values url.Values) Wanted {
	return Wanted{Sectors: values["sector"], Sizes: values["size"], Never: values.Get("never") == "yes", Country: values.Get("country")}
}

// askInvite answers GET /t/{territory}/calls/{id}/invite?sector=...
func (p *Pages) askInvite(w http.ResponseWriter, r *http.Request) error {
	return p.renderInvite(w, r, http.StatusOK, inviteForm{Form: web.Form{Values: r.URL.Query()}})
}

func (p *Pages) renderInvite(w http.ResponseWriter, r *http.Request, status int, form inviteForm) error {
	f := p.Frame(r)
	form.Words, form.viewer, form.wanted = f.Words, territory.ViewerOf(r.Context()), wantedOf(form.Values)
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.call, err = Calls().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		if form.sectors, err = directory.Sectors(r.Context(), tx, form.viewer.Territory.ID); err != nil {
			return err
		}
		form.companies, err = p.Invitables(r.Context(), tx, form.viewer, form.call, form.wanted)
		return err
	})
	if err != nil {
		return err
	}
	for _, lang := range record.ContentLanguages() {
		if !form.Values.Has("subject." + lang) {
			form.Values.Set("subject."+lang, form.call.Name(lang))
			form.Values.Set("body."+lang, p.told(form.viewer.Territory, form.call, lang))
		}
	}
	f.Title = f.Words.T("invitation.title")
	return web.Render(w, r, status, invitePage(f, form))
}

// sendInvite answers POST /t/{territory}/calls/{id}/invite: with do=preview the
// page again with the letters as they will be read, else they are sent, by a job.
func (p *Pages) sendInvite(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	form := inviteForm{Form: web.Form{Values: r.PostForm}, chosen: r.PostForm["company"]}
	m := Mailing{Subject: i18n.Text{}, Body: i18n.Text{}}
	for _, lang := range record.ContentLanguages() {
		m.Subject[lang], m.Body[lang] = strings.TrimSpace(r.PostForm.Get("subject."+lang)), strings.TrimSpace(r.PostForm.Get("body."+lang))
	}
	if problems, refused := m.validate().(fault.Problems); refused {
		form.Problems = problems
	}
	if len(form.chosen) == 0 {
		form.Problems.Add("company", "invitation.choose")
	}
	if len(form.Problems) > 0 {
		return p.renderInvite(w, r, http.StatusUnprocessableEntity, form)
	}
	if r.PostForm.Get("do") == "preview" {
		form.preview = true
		return p.renderInvite(w, r, http.StatusOK, form)
	}
	v := territory.ViewerOf(r.Context())
	var invited int
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		invited, err = p.queue(r.Context(), tx, v, r, m, form.chosen)
		return err
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, callHref(v, r.PathValue("id"))+"/invitations", web.Toast{Text: p.Frame(r).Words.N("invitation.queued", invited)})
}

// queue adds the invitations of a mailing, and asks for them to be sent.
func (p *Pages) queue(ctx context.Context, tx *db.Tx, v territory.Viewer, r *http.Request, m Mailing, chosen []string) (int, error) {
	c, err := Calls().Find(ctx, tx, r, "edit")
	if err != nil {
		return 0, err
	}
	if !c.Published {
		return 0, fault.New(fault.Conflict, "invitation.unpublished")
	}
	companies, err := p.Invitables(ctx, tx, v, c, Wanted{Only: chosen})
	if err != nil {
		return 0, err
	}
	if err := keepMailing(ctx, tx, c, &m); err != nil {
		return 0, err
	}
	act := record.Act{By: v.Actor, Batch: m.ID}
	invited := 0
	for _, to := range companies {
		if to.Skip != "" {
			continue
		}
		invited++
		err := Invitations().Add(ctx, tx, act, &Invitation{
			Meta: record.Meta{Territory: c.Territory, Owner: c.Owner, Fictional: c.Fictional}, Call: c.ID, Mailing: m.ID, Mission: c.Mission,
			Organisation: to.ID, Person: to.Person, Name: to.Contact, Email: to.Email, Language: to.Language,
		})
		if err != nil {
			return 0, err
		}
	}
	return invited, p.Later(ctx, tx, c.Territory, v.User, SendInvitations{Territory: c.Territory, Mailing: m.ID, By: v.Actor})
}

// open are those among the companies that would be written to.
func (f inviteForm) open() int {
	n := 0
	for _, c := range f.companies {
		if c.Skip == "" {
			n++
		}
	}
	return n
}

func (f inviteForm) picked(c Invitable) bool {
	return c.Skip == "" && (f.chosen == nil || slices.Contains(f.chosen, c.ID))
}

func (f inviteForm) languages() []web.Option {
	var options []web.Option
	for _, lang := range record.ContentLanguages() {
		options = append(options, web.Option{Value: lang, Label: f.Words.T("call.language." + lang)})
	}
	return options
}

func (f inviteForm) sizes() []web.Option {
	var options []web.Option
	for _, size := range directory.Sizes() {
		options = append(options, web.Option{Value: size, Label: f.Words.T("organisation.size." + size)})
	}
	return options
}

func (f inviteForm) sectorOptions() []web.Option {
	var options []web.Option
	for _, s := range f.sectors {
		name, _ := s.Name.In(f.Words.Lang())
		options = append(options, web.Option{Value: s.ID, Label: name})
	}
	return options
}

func (f inviteForm) countries() []web.Option {
	var options []web.Option
	for _, c := range places.Countries(f.Words.Lang()) {
		options = append(options, web.Option{Value: c.Code, Label: c.Name})
	}
	return options
}

func (f inviteForm) trail() []web.Link {
	return []web.Link{
		{Label: f.call.Name(f.Words.Lang()), Href: callHref(f.viewer, f.call.ID)},
		{Label: f.Words.T("invitation.list"), Href: callHref(f.viewer, f.call.ID) + "/invitations"},
		{Label: f.Words.T("invitation.title"), Current: true},
	}
}
