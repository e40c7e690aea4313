package call

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// mostAsksFrom and mostAsksFor are how many links may be asked for in an hour,
// from where a client is and for an address: a whole incubator may sit behind
// one, and nobody fills the mailbox of another.
const (
	mostAsksFrom = 60
	mostAsksFor  = 5
)

// publicRoutes are the addresses of the page that anybody reads.
func (p *Pages) publicRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /c/{territory}/{slug}", Open: true, Handle: p.read},
		{Pattern: "POST /c/{territory}/{slug}", Open: true, Handle: p.ask},
		{Pattern: "GET /c/{territory}/{slug}/sent", Open: true, Handle: p.sent},
	}
}

// A publicView is what the public page of a call shows.
type publicView struct {
	words     *i18n.Words
	home      territory.Territory
	call      *Call
	mission   *mission.Mission
	legs      []*mission.Leg
	questions []*form.Question
	now       db.Instant
	form      web.Form
	preview   bool // to an officer, before it is published
}

// find reads the call of an address. One that is not published is none.
func (p *Pages) find(ctx context.Context, r *http.Request) (v publicView, err error) {
	v.now = p.DB.Now()
	err = p.DB.Read(ctx, func(tx *db.Tx) error {
		if v.home, err = territory.BySlug(ctx, tx, r.PathValue("territory")); err != nil {
			return err
		}
		if v.call, err = bySlug(ctx, tx, v.home.ID, r.PathValue("slug")); err != nil {
			return err
		}
		if !v.call.Published || v.call.Deleted() {
			return fault.New(fault.NotFound, "record.none")
		}
		return v.fill(ctx, tx)
	})
	return v, err
}

// fill reads what the page says beside the call itself.
func (v *publicView) fill(ctx context.Context, tx *db.Tx) (err error) {
	if v.mission, err = mission.Missions().Load(ctx, tx, v.home.ID, v.call.Mission); err != nil {
		return err
	}
	if v.legs, err = mission.LegsOf(ctx, tx, v.home.ID, v.call.Mission); err != nil {
		return err
	}
	v.questions, err = questionsOf(ctx, tx, v.call)
	return err
}

// questionsOf are those that the call asks, or would ask if it were published
// now.
func questionsOf(ctx context.Context, tx *db.Tx, c *Call) ([]*form.Question, error) {
	switch {
	case c.FormNumber > 0:
		return form.Fixed(ctx, tx, c.Territory, c.Form, c.FormNumber)
	case c.Form != "":
		return form.QuestionsOf(ctx, tx, c.Territory, c.Form)
	default:
		return nil, nil
	}
}

// frame is what surrounds a page that people outside read.
func (v *publicView) frame(f web.Frame) web.Frame {
	v.words = f.Words
	f.Territory = web.Brand{Name: v.home.Name, Home: v.href("")}
	f.Fictional = v.call.Fictional
	f.Title = v.call.Name(f.Words.Lang())
	return f
}

// href is a page of the call, in the language in which it is read.
func (v *publicView) href(end string) string {
	return v.call.Href(v.home) + end + "?lang=" + v.words.Lang()
}

// period is from when to when one can apply; the zone is named once, unless
// clocks change in between.
func (v *publicView) period() string {
	from, to := v.home.At(v.call.OpensAt), v.home.At(v.call.ClosesAt)
	first := v.words.Stamp(from)
	if v.words.Offset(from) != v.words.Offset(to) {
		first = stamp(v.words, v.home, v.call.OpensAt)
	}
	return v.words.T("call.from_to", first, stamp(v.words, v.home, v.call.ClosesAt))
}

// read answers GET /c/{territory}/{slug}.
func (p *Pages) read(w http.ResponseWriter, r *http.Request) error {
	return p.readWith(w, r, http.StatusOK, web.Form{Values: url.Values{}})
}

func (p *Pages) readWith(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	v, err := p.find(r.Context(), r)
	if err != nil {
		return err
	}
	f := v.frame(p.Frame(r))
	v.form, v.form.Words = form, f.Words
	return web.Render(w, r, status, publicPage(f, v))
}

// ask answers POST /c/{territory}/{slug}: somebody wants to apply, or to go on.
// The answer is the same whether the address is known or not.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	email, err := ident.ParseEmail(r.PostForm.Get("email"))
	if err != nil {
		form := web.Form{Values: r.PostForm}
		form.Problems.AddError("email", err)
		return p.readWith(w, r, http.StatusUnprocessableEntity, form)
	}
	v, err := p.find(r.Context(), r)
	if err != nil {
		return err
	}
	for bucket, most := range map[string]int{"applications from " + p.Auth.Origin(r): mostAsksFrom, "applications for " + email: mostAsksFor} {
		err := p.DB.Write(r.Context(), func(tx *db.Tx) error { return auth.Limit(r.Context(), tx, bucket, most, time.Hour) })
		if err != nil {
			return err
		}
	}
	v.words = p.Frame(r).Words
	err = p.DB.Write(r.Context(), func(tx *db.Tx) error {
		return p.letIn(r.Context(), tx, v.call, email, v.words.Lang())
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, v.href("/sent"), http.StatusSeeOther)
	return nil
}

// sent answers GET /c/{territory}/{slug}/sent.
func (p *Pages) sent(w http.ResponseWriter, r *http.Request) error {
	v, err := p.find(r.Context(), r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, sentPage(v.frame(p.Frame(r)), v))
}

// letIn sends a link to the application of an address, which is begun if the
// call is open. Where there is neither, nobody gets anything.
func (p *Pages) letIn(ctx context.Context, tx *db.Tx, c *Call, email, lang string) error {
	a, err := applicationFor(ctx, tx, c, email)
	if err != nil {
		return err
	}
	if (a == nil || a.State == Withdrawn) && c.Phase(tx.Now) == Open {
		if a, err = p.begin(ctx, tx, record.Act{By: history.System()}, c, email, lang); err != nil {
			return err
		}
	}
	if a == nil {
		return nil
	}
	return p.sendLink(ctx, tx, history.System(), c, a)
}

// begin adds a draft.
func (p *Pages) begin(ctx context.Context, tx *db.Tx, act record.Act, c *Call, email, lang string) (*Application, error) {
	a := &Application{
		Meta: record.Meta{Territory: c.Territory, Owner: c.Owner, Fictional: c.Fictional},
		Call: c.ID, Mission: c.Mission, State: Draft, Email: email, Language: lang, Form: c.Form, FormNumber: c.FormNumber,
	}
	if err := Applications().Add(ctx, tx, act, a); err != nil {
		return nil, err
	}
	return a, New(tx).tieByEmail(ctx, tieByEmailParams{db.ID(a.ID), a.Territory, a.Call, a.Email})
}

// Applying is what the personal links of applicants are for.
func Applying() auth.Purpose { return auth.Purpose{Name: "application", Letter: applyingLetter} }

func applyingLetter(ctx context.Context, tx *db.Tx, l auth.Link) (string, []any, error) {
	a, err := loadApplication(ctx, tx, l.TerritoryID, l.RecordID)
	if err != nil {
		return "", nil, err
	}
	c, err := loadCall(ctx, tx, l.TerritoryID, a.Call)
	if err != nil {
		return "", nil, err
	}
	return "application.letter.link", []any{c.Name(l.Language)}, nil
}

// sendLink sends the link to an application: the one that it has, or a new one.
// One that an officer revoked is not replaced.
func (p *Pages) sendLink(ctx context.Context, tx *db.Tx, by history.Actor, c *Call, a *Application) error {
	l, err := p.linkTo(ctx, tx, by, c, a)
	if err != nil || l.State(tx.Now) == auth.Revoked {
		return err
	}
	return p.Auth.SendLink(ctx, tx, by, Applying(), l)
}

// linkTo is the link to an application, made or renewed where it has to be.
func (p *Pages) linkTo(ctx context.Context, tx *db.Tx, by history.Actor, c *Call, a *Application) (auth.Link, error) {
	links, err := auth.LinksOf(ctx, tx, Applications().Ref(a))
	if err != nil {
		return auth.Link{}, err
	}
	end := linkEnd(c, a, tx.Now)
	for _, l := range links {
		switch {
		case l.Purpose != Applying().Name || l.Erased():
		case l.State(tx.Now) == auth.Expired:
			return p.Auth.RenewLink(ctx, tx, by, a.Territory, l.ID, end)
		default:
			return l, nil
		}
	}
	return p.Auth.MakeLink(ctx, tx, by, Applying(), auth.Link{
		TerritoryID: a.Territory, Kind: "application", RecordID: a.ID, SentTo: a.Email, Name: a.Email, Language: a.Language,
		ExpiresAt: end,
	})
}
