package call

import (
	"context"
	"net/http"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// invitedRoutes are the addresses on which a company answers an invitation, by
// its personal link.
func (p *Pages) invitedRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /l/{token}/invitation", Open: true, Handle: p.Auth.ByLink(Inviting(), p.showInvitation)},
		{Pattern: "POST /l/{token}/invitation", Open: true, Handle: p.Auth.ByLink(Inviting(), p.answerInvitation)},
	}
}

// invitationView is what an invitation shows: the call, and what was answered.
type invitationView struct {
	publicView
	invitation *Invitation
	path       string
}

// showInvitation answers GET /l/{token}/invitation.
func (p *Pages) showInvitation(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	v := invitationView{path: "/l/" + r.PathValue("token") + "/invitation"}
	v.now, v.preview = p.DB.Now(), true
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.invitation, v.call, err = invitedBy(r.Context(), tx, visitor); err != nil {
			return err
		}
		if v.home, err = territory.ByID(r.Context(), tx, v.call.Territory); err != nil {
			return err
		}
		return v.fill(r.Context(), tx)
	})
	if err != nil {
		return err
	}
	f := v.frame(p.Frame(r))
	f.Territory.Home = v.path
	return web.Render(w, r, http.StatusOK, invitationPage(f, v))
}

// invitedBy finds the invitation that a link is for, and its call.
func invitedBy(ctx context.Context, tx *db.Tx, visitor auth.Visitor) (*Invitation, *Call, error) {
	i, err := loadInvitation(ctx, tx, visitor.Link.TerritoryID, visitor.Link.RecordID)
	if err != nil {
		return nil, nil, err
	}
	c, err := loadCall(ctx, tx, i.Territory, i.Call)
	if err == nil && (!c.Published || c.Deleted()) {
		err = fault.New(fault.NotFound, "record.none")
	}
	return i, c, err
}

// answerInvitation answers POST /l/{token}/invitation: do=apply begins the
// application, do=decline says that the company does not, do=object that nobody
// shall write to it any more.
func (p *Pages) answerInvitation(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	act := record.Act{By: visitor.Actor(), Batch: db.NewID()}
	to, said := "/l/"+r.PathValue("token")+"/invitation", "invitation.declined"
	err := p.DB.Write(r.Context(), func(tx *db.Tx) error {
		i, c, err := invitedBy(r.Context(), tx, visitor)
		if err != nil {
			return err
		}
		switch r.PostFormValue("do") {
		case "apply":
			said = ""
			to, err = p.applyInvited(r.Context(), tx, act, c, i)
			return err
		case "object":
			said = "invitation.objected"
			if err := p.object(r.Context(), tx, act, i); err != nil {
				return err
			}
		}
		i.DeclinedAt = tx.Now
		return Invitations().Save(r.Context(), tx, act, i)
	})
	switch {
	case err != nil:
		return err
	case said == "":
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	return web.Onward(w, r, to, web.Toast{Text: p.Frame(r).Words.T(said)})
}

// applyInvited gives the address of the application of who was invited: who
// reads the letter has its address, and needs no other.
func (p *Pages) applyInvited(ctx context.Context, tx *db.Tx, act record.Act, c *Call, i *Invitation) (string, error) {
	a, err := applicationFor(ctx, tx, c, i.Email)
	if err != nil {
		return "", err
	}
	if a == nil || a.State == Withdrawn {
		if c.Phase(tx.Now) != Open {
			return "", fault.New(fault.Conflict, "invitation.not_open")
		}
		if a, err = p.begin(ctx, tx, act, c, i.Email, i.Language); err != nil {
			return "", err
		}
	}
	l, err := p.linkTo(ctx, tx, act.By, c, a)
	return p.Auth.LinkAddress(l), err
}

// object keeps that somebody wants to hear nothing any more.
func (p *Pages) object(ctx context.Context, tx *db.Tx, act record.Act, i *Invitation) error {
	if i.Person == "" {
		return nil // of a company's own address, declining is all there is
	}
	people := directory.People(p.Objections)
	person, err := people.Load(ctx, tx, i.Territory, i.Person)
	if err != nil {
		return err
	}
	person.Consent, person.ConsentDate, person.ConsentSource = directory.ConsentObjected, tx.Now.Format("2006-01-02"), "invitation"
	return people.Save(ctx, tx, act, person)
}
