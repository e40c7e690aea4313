package directory

import (
	"net/http"
	"regexp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/web/picture"
)

// logoRoutes are the addresses of the logos of organisations.
func (p *Pages) logoRoutes() []web.Route {
	const logo = "/t/{territory}/organisations/{id}/logo"
	return []web.Route{
		{Pattern: "GET " + logo, Noun: "organisation", Action: "edit", Handle: p.chooseLogo},
		{Pattern: "POST " + logo, Noun: "organisation", Action: "edit", Handle: p.saveLogo},
		{Pattern: "GET " + logo + "/{hash}", Noun: "organisation", Action: "see", Handle: p.logo},
	}
}

var hashShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

// pictureHash is what a picture is kept under, as history and merging write it.
func pictureHash(text string) (string, error) {
	if !hashShape.MatchString(text) {
		return "", fault.New(fault.Invalid, "organisation.no_logo")
	}
	return text, nil
}

// logoHref is the address of the logo of an organisation, or "" where it has
// none.
func logoHref(v territory.Viewer, organisation, hash string) string {
	if hash == "" {
		return ""
	}
	return organisationHref(v, organisation) + "/logo/" + hash
}

// mayFetch says whether the viewer may have the server fetch a logo from an
// address: the territory's own people alone.
func mayFetch(v territory.Viewer) bool { return v.Reach("organisation", "edit") == territory.All }

// chooseLogo answers GET /t/{territory}/organisations/{id}/logo.
func (p *Pages) chooseLogo(w http.ResponseWriter, r *http.Request) error {
	return p.showLogo(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) showLogo(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	o, err := p.readOrganisation(r, "edit")
	if err != nil {
		return err
	}
	f := p.frame(r)
	v := territory.ViewerOf(r.Context())
	f.Title, form.Words = f.Words.T("organisation.logo_of", o.Name), f.Words
	href := organisationHref(v, o.ID)
	return web.Render(w, r, status, logoPage(f, o, href, picture.Choice{
		Form: form, Action: href + "/logo", Now: logoHref(v, o.ID, o.Logo), ByAddress: mayFetch(v),
	}))
}

// saveLogo answers POST /t/{territory}/organisations/{id}/logo. Whether the
// viewer may is asked before anything is fetched or kept, and again with the
// change.
func (p *Pages) saveLogo(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.readOrganisation(r, "edit"); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	hash, err := p.logos.Receive(r, v.Territory.ID, mayFetch(v))
	if problems, refused := err.(fault.Problems); refused {
		return p.showLogo(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var o *Organisation
	err = p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if o, err = Organisations().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		o.Logo = hash
		return Organisations().Save(r.Context(), tx, act, o)
	})
	if err != nil {
		return err
	}
	text := p.frame(r).Words.T("organisation.saved", o.Name)
	return web.Onward(w, r, organisationHref(v, o.ID), web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}

// logo answers GET /t/{territory}/organisations/{id}/logo/{hash}: the present
// logo, to those who may see the organisation.
func (p *Pages) logo(w http.ResponseWriter, r *http.Request) error {
	o, err := p.readOrganisation(r, "see")
	if err != nil {
		return err
	}
	return p.logos.Serve(w, r, o.Territory, o.Logo)
}

// readOrganisation finds the organisation that the address names, if the viewer
// may do that to it.
func (p *Pages) readOrganisation(r *http.Request, action string) (o *Organisation, err error) {
	err = p.db.Read(r.Context(), func(tx *db.Tx) error {
		o, err = Organisations().Find(r.Context(), tx, r, action)
		return err
	})
	return o, err
}
