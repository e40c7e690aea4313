package funding

import (
	"net/http"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// reconciliationView is what the page of the reconciliation shows: what waits,
// and what came of a file.
type reconciliationView struct {
	web.Form
	viewer territory.Viewer
	Reconciliation
	read bool   // a file was
	undo string // address by which what was confirmed is taken back
}

// href is the page of what is open.
func (v reconciliationView) href(o Open) string {
	path := map[string]string{"posting": "/postings/", "fee": "/fees/"}[o.Kind]
	return v.viewer.Territory.Home() + path + o.ID
}

// reconciliation answers GET /t/{territory}/reconciliation.
func (p *Pages) reconciliation(w http.ResponseWriter, r *http.Request) error {
	view := reconciliationView{viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.Waiting, err = OpenOf(r.Context(), tx, view.viewer.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	return p.showReconciliation(w, r, http.StatusOK, view)
}

func (p *Pages) showReconciliation(w http.ResponseWriter, r *http.Request, status int, view reconciliationView) error {
	f := p.frame(r)
	view.Words = f.Words
	f.Title = f.Words.T("reconciliation.title")
	return web.Render(w, r, status, reconciliationPage(f, view))
}

// reconcile answers POST /t/{territory}/reconciliation: it reads a file, and
// confirms what it says the same of. Nothing is paid by that.
func (p *Pages) reconcile(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	view := reconciliationView{viewer: v}
	data, err := upload(r)
	if err != nil {
		return err
	}
	rows, err := ReadFinance("finance.csv", data, v.Territory.Currency)
	if fault.Is(err, fault.Invalid) {
		view.Problems.AddError("file", err)
		return p.showReconciliation(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	err = p.db.Write(r.Context(), func(tx *db.Tx) error {
		open, err := OpenOf(r.Context(), tx, v.Territory.ID)
		if err != nil {
			return err
		}
		view.Reconciliation = Reconcile(rows, open)
		return view.Confirm(r.Context(), tx, v, act, v.Territory.At(tx.Now).Format(time.DateOnly))
	})
	if err != nil {
		return err
	}
	view.read, view.undo = true, v.Territory.Home()+"/undo/"+act.Batch
	return p.showReconciliation(w, r, http.StatusOK, view)
}

// pageOf is the number of the page that the address asks for, from 1.
func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		return 1
	}
	return max(n, 1)
}

// differs says how an amount differs.
func differs(w *i18n.Words, m Match) string {
	return w.T("reconciliation.differs", money(w, m.Open.Gross, m.Open.Currency), money(w, m.Row.Gross, m.Row.Currency))
}
