package territory

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/web/picture"
)

// settings answers GET /t/{territory}/settings.
func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	return p.showSettings(w, r, http.StatusOK, web.Form{Values: settingsValues(ViewerOf(r.Context()).Territory)}, web.Form{})
}

// settingsValues is what the form of the settings holds to begin with.
func settingsValues(t Territory) url.Values {
	return url.Values{
		"name": {t.Name}, "country": {t.Country}, "languages": t.Languages, "zone": {t.Zone}, "currency": {t.Currency},
		"sea": {t.Sea}, "deep": {t.Deep}, "version": {strconv.Itoa(t.Version)},
	}
}

// showSettings answers with the two forms of the settings: what is said of the
// territory, and its logo.
func (p *Pages) showSettings(w http.ResponseWriter, r *http.Request, status int, form, logo web.Form) error {
	f := p.frame(r)
	t := ViewerOf(r.Context()).Territory
	f.Title, form.Words, logo.Words = f.Words.T("territory.settings"), f.Words, f.Words
	choice := picture.Choice{Form: logo, Action: t.Home() + "/settings/logo", Now: t.LogoHref(), ByAddress: true}
	return web.Render(w, r, status, settingsPage(f, form, t, choice))
}

// saveSettings answers POST /t/{territory}/settings.
func (p *Pages) saveSettings(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := ViewerOf(r.Context())
	t := v.Territory
	t.Name, t.Country = strings.TrimSpace(r.PostForm.Get("name")), strings.ToUpper(strings.TrimSpace(r.PostForm.Get("country")))
	t.Languages, t.Zone = r.PostForm["languages"], strings.TrimSpace(r.PostForm.Get("zone"))
	t.Currency = strings.ToUpper(strings.TrimSpace(r.PostForm.Get("currency")))
	t.Sea, t.Deep = strings.TrimSpace(r.PostForm.Get("sea")), strings.TrimSpace(r.PostForm.Get("deep"))
	var err error
	if t.Version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil {
		return fault.Because(err, fault.Invalid, "territory.form_unread")
	}
	err = p.db.Write(r.Context(), func(tx *db.Tx) error { return Edit(r.Context(), tx, v.Actor, t) })
	if problems, refused := err.(fault.Problems); refused {
		return p.showSettings(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems}, web.Form{})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, t.Home()+"/settings", web.Toast{Text: p.frame(r).Words.T("territory.settings_saved")})
}

// saveLogo answers POST /t/{territory}/settings/logo.
func (p *Pages) saveLogo(w http.ResponseWriter, r *http.Request) error {
	v := ViewerOf(r.Context())
	t := v.Territory
	var err error
	t.Logo, err = p.doors.Logos.Receive(r, t.ID, true)
	if problems, refused := err.(fault.Problems); refused {
		logo := web.Form{Values: r.PostForm, Problems: problems}
		return p.showSettings(w, r, http.StatusUnprocessableEntity, web.Form{Values: settingsValues(t)}, logo)
	}
	if err != nil {
		return err
	}
	if err := p.db.Write(r.Context(), func(tx *db.Tx) error { return Edit(r.Context(), tx, v.Actor, t) }); err != nil {
		return err
	}
	return web.Onward(w, r, t.Home()+"/settings", web.Toast{Text: p.frame(r).Words.T("territory.settings_saved")})
}

// logo answers GET /t/{territory}/logo/{hash}: the present logo, to members.
func (p *Pages) logo(w http.ResponseWriter, r *http.Request) error {
	t := ViewerOf(r.Context()).Territory
	return p.doors.Logos.Serve(w, r, t.ID, t.Logo)
}
