package directory

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// dataRoutes are the addresses about what is held of a person, and for how long.
func (p *Pages) dataRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/people/{id}/data", Noun: "person", Action: "erase", Handle: p.personalData},
		{Pattern: "GET /t/{territory}/people/{id}/erase", Noun: "person", Action: "erase", Handle: p.beforeErasing},
		{Pattern: "POST /t/{territory}/people/{id}/erase", Noun: "person", Action: "erase", Handle: p.erase},
		{Pattern: "GET /t/{territory}/retention", Noun: "retention", Action: "edit", Handle: p.retention},
		{Pattern: "POST /t/{territory}/retention", Noun: "retention", Action: "edit", Handle: p.saveRetention},
	}
}

// personalData answers GET /t/{territory}/people/{id}/data: all that is held of
// a person, as a workbook to read or, with ?as=json, for another program.
func (p *Pages) personalData(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	var data PersonalData
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		person, err := p.people.Find(r.Context(), tx, r, "erase")
		if err != nil {
			return err
		}
		data, err = p.eraser.PersonalData(r.Context(), tx, v.Territory, person.ID)
		return err
	})
	if err != nil {
		return err
	}
	var file bytes.Buffer
	as := r.URL.Query().Get("as")
	if as == "json" {
		err = data.WriteJSON(&file)
	} else {
		as = "xlsx"
		err = data.WriteXLSX(&file, p.frame(r).Words)
	}
	if err != nil {
		return err
	}
	web.SendFile(w, &file, "data", as)
	return nil
}

// beforeErasing answers GET /t/{territory}/people/{id}/erase: what erasing does,
// before it is done.
func (p *Pages) beforeErasing(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := personView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.record, err = p.people.Find(r.Context(), tx, r, "erase")
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("personal_data.erase", view.record.Name())
	return web.Render(w, r, http.StatusOK, erasePage(f, view))
}

// erase answers POST /t/{territory}/people/{id}/erase. It cannot be undone.
func (p *Pages) erase(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		person, err := p.people.Find(r.Context(), tx, r, "erase")
		if err != nil {
			return err
		}
		if person.Erased() {
			return fault.New(fault.Invalid, "person.erased")
		}
		_, err = p.eraser.Erase(r.Context(), tx, record.Act{By: v.Actor}, v.Territory.ID, person.ID)
		return err
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.Territory.Home()+"/retention", web.Toast{Text: p.frame(r).Words.T("personal_data.erased")})
}

// retentionView is what the page about how long people are kept shows.
type retentionView struct {
	web.Form
	viewer   territory.Viewer
	erasures []Erasure
}

// retention answers GET /t/{territory}/retention: the rule, and the proofs of
// what it did.
func (p *Pages) retention(w http.ResponseWriter, r *http.Request) error {
	view := retentionView{}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		rule, err := RuleOf(r.Context(), tx, territory.ViewerOf(r.Context()).Territory.ID)
		view.Values = map[string][]string{}
		for name, text := range rule.texts() {
			view.Values.Set(name, text)
		}
		return err
	})
	if err != nil {
		return err
	}
	return p.retentionPage(w, r, http.StatusOK, view)
}

// mostErasures is how many proofs the page shows.
const mostErasures = 200

func (p *Pages) retentionPage(w http.ResponseWriter, r *http.Request, status int, view retentionView) error {
	f := p.frame(r)
	f.Title = f.Words.T("personal_data.retention")
	view.Words, view.viewer = f.Words, territory.ViewerOf(r.Context())
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.erasures, err = Erasures(r.Context(), tx, view.viewer.Territory.ID, mostErasures)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, retentionPage(f, view))
}

// saveRetention answers POST /t/{territory}/retention.
func (p *Pages) saveRetention(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	number := func(name string) int {
		n, err := strconv.Atoi(r.PostForm.Get(name))
		if err != nil {
			return 0 // refused by Validate, with what is allowed
		}
		return n
	}
	rule := Rule{Months: number("months"), NoticeDays: number("notice_days"), Ending: Ending(r.PostForm.Get("ending"))}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		return SetRule(r.Context(), tx, v.Actor, v.Territory.ID, rule)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.retentionPage(w, r, http.StatusUnprocessableEntity, retentionView{Form: web.Form{Values: r.PostForm, Problems: problems}})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.Territory.Home()+"/retention", web.Toast{Text: p.frame(r).Words.T("personal_data.saved")})
}

// said is what a proof says: how many records of each kind were emptied.
func (view retentionView) said(e Erasure) string {
	var parts []string
	for _, kind := range []string{"person", "post", "note", "file", "task", "relation", "link", "import", "traveller"} {
		if n := e.Counts[kind]; n > 0 {
			parts = append(parts, view.Words.T("personal_data.count", view.Words.T(kind+".one"), n))
		}
	}
	return view.Words.List(parts)
}

// why is why it was done.
func (view retentionView) why(e Erasure) string {
	switch {
	case e.Ending == Travelled:
		return view.Words.T("personal_data.after_return")
	case e.Months > 0:
		return view.Words.N("personal_data.by_rule", e.Months)
	default:
		return view.Words.T("personal_data.on_request")
	}
}
