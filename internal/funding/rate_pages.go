package funding

import (
	"io"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// ratesView is what the page of the exchange rates shows.
type ratesView struct {
	web.Form
	viewer territory.Viewer
	rates  []Rate
	page   int
	all    int
	file   web.Form // that of the import
}

func (v ratesView) home() string { return v.viewer.Territory.Home() + "/rates" }

func (v ratesView) mayEdit() bool { return v.viewer.Reach("rate", "edit") != territory.Nothing }

// rates answers GET /t/{territory}/rates.
func (p *Pages) rates(w http.ResponseWriter, r *http.Request) error {
	return p.showRates(w, r, http.StatusOK, web.Form{}, web.Form{})
}

func (p *Pages) showRates(w http.ResponseWriter, r *http.Request, status int, form, file web.Form) error {
	f := p.frame(r)
	form.Words, file.Words = f.Words, f.Words
	view := ratesView{Form: form, viewer: territory.ViewerOf(r.Context()), page: pageOf(r), file: file}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		q := db.Select("r.currency, r.day, r.units, r.source", "exchange_rates r").
			Where("r.territory_id = ?", view.viewer.Territory.ID).Order("r.day DESC", "r.currency").Page(view.page, web.PageSize)
		view.rates, view.all, err = db.CollectPage(r.Context(), tx, q, web.Counted, scanRate)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("rate.title")
	return web.Render(w, r, status, ratesPage(f, view))
}

// putRate answers POST /t/{territory}/rates.
func (p *Pages) putRate(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	sent := r.PostForm
	rate := Rate{Currency: sent.Get("currency"), Day: sent.Get("day"), Units: sent.Get("units"), Source: sent.Get("source")}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error { return PutRate(r.Context(), tx, v, rate) })
	if problems, refused := err.(fault.Problems); refused {
		return p.showRates(w, r, http.StatusUnprocessableEntity, web.Form{Values: sent, Problems: problems}, web.Form{})
	}
	if err != nil {
		return err
	}
	text := p.frame(r).Words.T("rate.kept", rate.Currency, rate.Day)
	return web.Onward(w, r, v.Territory.Home()+"/rates", web.Toast{Text: text})
}

// yearsOfRates is how many years before this one an import takes: what was
// awarded or paid longer ago no longer changes a budget or a ceiling.
const yearsOfRates = 4

// importRates answers POST /t/{territory}/rates/import.
func (p *Pages) importRates(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	data, err := upload(r)
	if err != nil {
		return err
	}
	since := time.Date(p.db.Now().Year()-yearsOfRates, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	rates, err := ReadECB(data, since)
	if fault.Is(err, fault.Invalid) {
		var problems fault.Problems
		problems.AddError("file", err)
		return p.showRates(w, r, http.StatusUnprocessableEntity, web.Form{}, web.Form{Problems: problems})
	}
	if err != nil {
		return err
	}
	added := 0
	err = p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		added, err = AddRates(r.Context(), tx, v, rates)
		return err
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.Territory.Home()+"/rates", web.Toast{Text: p.frame(r).Words.N("rate.added", added)})
}

// upload reads the file of a form in memory. One that was not chosen is as good
// as empty, and so is a form that sends none.
func upload(r *http.Request) (data []byte, err error) {
	err = web.ReadFiles(r, func(_ string, content io.Reader) (err error) {
		data, err = io.ReadAll(content)
		return err
	})
	return data, err
}
