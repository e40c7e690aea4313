package territory

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// settings answers GET /t/{territory}/settings.
func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	t := ViewerOf(r.Context()).Territory
	return p.settingsForm(w, r, http.StatusOK, web.Form{Values: url.Values{
		"name": {t.Name}, "country": {t.Country}, "languages": t.Languages, "zone": {t.Zone}, "currency": {t.Currency},
		"sea": {t.Sea}, "deep": {t.Deep}, "version": {strconv.Itoa(t.Version)},
	}})
}

func (p *Pages) settingsForm(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.frame(r)
	f.Title, form.Words = f.Words.T("territory.settings"), f.Words
	return web.Render(w, r, status, settingsPage(f, form, ViewerOf(r.Context()).Territory))
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
		return p.settingsForm(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, t.Home()+"/settings", web.Toast{Text: p.frame(r).Words.T("territory.settings_saved")})
}
