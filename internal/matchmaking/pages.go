package matchmaking

import (
	"context"
	"embed"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/workbook"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Pages are the pages about plans.
type Pages struct {
	*Planner
	frame  web.Framer
	kinds  record.Kinds
	people record.Noun[directory.Person]
	watch  func(ctx context.Context, home int, id int64) (<-chan job.Job, error)
}

// NewPages makes the pages of a planner, which follow its jobs.
func NewPages(p *Planner, frame web.Framer, kinds record.Kinds, people record.Noun[directory.Person],
	watch func(ctx context.Context, home int, id int64) (<-chan job.Job, error),
) *Pages {
	return &Pages{p, frame, kinds, people, watch}
}

// MissionPage is the page of a mission's plans.
func MissionPage() record.Page { return record.Page{Noun: "plan", Path: "/plans", Label: "plan.list"} }

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const base = "/t/{territory}"
	const plans, plan = base + "/missions/{id}/plans", base + "/plans/{id}"
	return []web.Route{
		{Pattern: "GET " + base + "/missions/workbook", Noun: "mission", Action: "add", Handle: p.askWorkbook},
		{Pattern: "POST " + base + "/missions/workbook", Noun: "mission", Action: "add", Handle: p.takeWorkbook},
		{Pattern: "GET " + plans, Noun: "mission", Action: "see", Handle: p.list},
		{Pattern: "POST " + plans, Noun: "mission", Action: "run", Handle: p.askPlan},
		{Pattern: "GET " + plan, Noun: "plan", Action: "see", Handle: p.show},
		{Pattern: "GET " + plan + "/documents/{name}", Noun: "plan", Action: "see", Handle: p.document},
		{Pattern: "POST " + plan + "/stop", Noun: "plan", Action: "edit", Handle: p.stop},
		{Pattern: "POST " + plan + "/publish", Noun: "plan", Action: "edit", Handle: p.publish},
	}
}

// askWorkbook answers GET /t/{territory}/missions/workbook.
func (p *Pages) askWorkbook(w http.ResponseWriter, r *http.Request) error {
	return p.workbookPage(w, r, http.StatusOK, workbookView{})
}

func (p *Pages) workbookPage(w http.ResponseWriter, r *http.Request, status int, view workbookView) error {
	f := p.frame(r)
	f.Title = f.Words.T("plan.workbook.title")
	view.Form.Words, view.home = f.Words, territory.ViewerOf(r.Context()).Territory.Home()
	return web.Render(w, r, status, workbookPage(f, view))
}

// takeWorkbook answers POST /t/{territory}/missions/workbook: the mission that
// the workbook makes, or all that is wrong with it.
func (p *Pages) takeWorkbook(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	name, book, err := receive(r, p.frame(r).Words.Lang())
	var view workbookView
	var unreadable *workbook.Unreadable
	switch {
	case errors.As(err, &unreadable):
		view.remarks, view.lang = unreadable.Remarks, unreadable.Language
		return p.workbookPage(w, r, http.StatusUnprocessableEntity, view)
	case fault.Is(err, fault.Invalid):
		view.Form.Problems.AddError("file", err)
		return p.workbookPage(w, r, http.StatusUnprocessableEntity, view)
	case err != nil:
		return err
	}
	book.Fictional = book.Fictional || v.Territory.Fictional
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var id string
	err = p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		id, err = Intake{Territory: v.Territory.ID, Book: book, Source: name, People: p.people}.Bring(r.Context(), tx, act)
		return err
	})
	if err != nil {
		return err
	}
	text := p.frame(r).Words.T("plan.workbook.taken", len(book.Participants), len(book.Wishes))
	return web.Onward(w, r, v.Territory.Home()+"/missions/"+id+"/plans", web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}

// mostWorkbook is how large a workbook may be, in bytes: the reader guards
// itself against what unpacks to more.
const mostWorkbook = 20 << 20

// receive reads the workbook of a form. It passes through a file of its own,
// which is gone afterwards: the reader wants one to open.
func receive(r *http.Request, lang string) (name string, book *workbook.Book, err error) {
	folder, err := os.MkdirTemp("", "escale-workbook-")
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "workbook.xlsx")
	err = web.ReadFiles(r, func(given string, content io.Reader) error {
		name = filepath.Base(strings.ReplaceAll(given, `\`, "/"))
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		_, err = io.Copy(file, io.LimitReader(content, mostWorkbook+1))
		return errors.Join(err, file.Close())
	})
	switch {
	case err != nil:
		return "", nil, err
	case name == "":
		return "", nil, fault.New(fault.Invalid, "plan.workbook.none")
	case strings.ToLower(filepath.Ext(name)) != ".xlsx":
		return "", nil, fault.New(fault.Invalid, "plan.workbook.kind", name)
	}
	book, err = workbook.Read(path, "")
	var unreadable *workbook.Unreadable
	if errors.As(err, &unreadable) && unreadable.Unopened {
		book, err = workbook.Read(path, lang)
	}
	return name, book, err
}

// list answers GET /t/{territory}/missions/{id}/plans.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	return p.listPage(w, r, http.StatusOK, web.Form{Values: url.Values{
		"seconds": {strconv.Itoa(usualSeconds)}, "slack": {strconv.Itoa(usualSlack)}, "seed": {"1"}, "base": {Published},
	}})
}

func (p *Pages) listPage(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	view := plansView{Form: form, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.mission, err = mission.Missions().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		if view.Cover, err = mission.NewCover(r.Context(), tx, p.kinds, f.Words, view.mission, MissionPage().Path); err != nil {
			return err
		}
		of, err := read(r.Context(), tx, view.mission.Territory, view.mission.ID)
		if err != nil {
			return err
		}
		view.counts(of)
		view.plans, err = PlansOf(r.Context(), tx, view.mission.Territory, view.mission.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("plan.of", view.name())
	f.Fictional = f.Fictional || view.mission.Fictional
	return web.Render(w, r, status, plansPage(f, view))
}

// The limits of what a plan is asked with.
const (
	usualSeconds = 30
	mostSeconds  = 600
	usualSlack   = 10
	mostSlack    = 1000
)

// askPlan answers POST /t/{territory}/missions/{id}/plans.
func (p *Pages) askPlan(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	if err := web.ReadForm(r); err != nil {
		return err
	}
	plan := NewPlan(record.Meta{}, "")
	var problems fault.Problems
	plan.Seconds = number(&problems, r, "seconds", 1, mostSeconds)
	plan.Slack = number(&problems, r, "slack", 0, mostSlack)
	plan.Seed = number(&problems, r, "seed", 1, 1_000_000)
	if len(problems) > 0 {
		return p.listPage(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	act := record.Act{By: v.Actor}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		m, err := mission.Missions().Find(r.Context(), tx, r, "run")
		if err != nil {
			return err
		}
		plan.Territory, plan.Fictional, plan.Mission = m.Territory, m.Fictional, m.ID
		if r.PostFormValue("base") == Published {
			if plan.Previous, err = publishedPlan(r.Context(), tx, m); err != nil {
				return err
			}
		}
		return p.Ask(r.Context(), tx, act, plan)
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, v.Territory.Home()+"/plans/"+plan.ID, http.StatusSeeOther)
	return nil
}

// number reads a whole number of a form.
func number(problems *fault.Problems, r *http.Request, name string, least, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue(name)))
	if err != nil || n < least || n > most {
		problems.Add(name, "plan.between", least, most)
	}
	return n
}

// publishedPlan is the id of the plan that is published, or "".
func publishedPlan(ctx context.Context, tx *db.Tx, m *mission.Mission) (string, error) {
	plans, err := PlansOf(ctx, tx, m.Territory, m.ID)
	at := slices.IndexFunc(plans, func(p *Plan) bool { return p.State == Published })
	if err != nil || at < 0 {
		return "", err
	}
	return plans[at].ID, nil
}

// show answers GET /t/{territory}/plans/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := planView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	if err := p.db.Read(r.Context(), func(tx *db.Tx) error { return view.load(r.Context(), tx, r) }); err != nil {
		return err
	}
	if web.Listens(r) {
		return p.follow(w, r, view)
	}
	f.Title, f.Again = view.title(), view.plan.Working()
	f.Fictional = f.Fictional || view.plan.Fictional
	return web.Render(w, r, http.StatusOK, planPage(f, view))
}

// follow tells the page of a plan how far the search is.
func (p *Pages) follow(w http.ResponseWriter, r *http.Request, view planView) error {
	return web.Follow(w, r, view.words,
		func(ctx context.Context) (<-chan job.Job, error) {
			return p.watch(ctx, view.plan.Territory, view.plan.Job)
		},
		func(ctx context.Context, now job.Job) (web.Work, error) {
			err := p.db.Read(ctx, func(tx *db.Tx) error { return view.load(ctx, tx, r) })
			view.now = now
			return view.work(), err
		})
}

// stop answers POST /t/{territory}/plans/{id}/stop.
func (p *Pages) stop(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		plan, err := Plans().Find(r.Context(), tx, r, "edit")
		if err != nil {
			return err
		}
		return Stop(r.Context(), tx, record.Act{By: v.Actor}, plan)
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, v.Territory.Home()+"/plans/"+r.PathValue("id"), http.StatusSeeOther)
	return nil
}

// publish answers POST /t/{territory}/plans/{id}/publish. A plan that cannot be
// is shown again, with the reason.
func (p *Pages) publish(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	view := planView{words: f.Words, viewer: v}
	var said string
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		plan, err := Plans().Find(r.Context(), tx, r, "edit")
		if err != nil {
			return err
		}
		changes, err := Publish(r.Context(), tx, record.Act{By: v.Actor, Batch: db.NewID()}, plan)
		said = changeText(f.Words, changes)
		return err
	})
	if fault.Is(err, fault.Conflict) {
		view.refusal = err
		if err := p.db.Read(r.Context(), func(tx *db.Tx) error { return view.load(r.Context(), tx, r) }); err != nil {
			return err
		}
		f.Title = view.title()
		return web.Render(w, r, http.StatusConflict, planPage(f, view))
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.Territory.Home()+"/plans/"+r.PathValue("id"), web.Toast{Text: said})
}

// document answers GET /t/{territory}/plans/{id}/documents/{name}.
func (p *Pages) document(w http.ResponseWriter, r *http.Request) error {
	kinds := documents()
	at := slices.IndexFunc(kinds, func(d Document) bool { return d.Name == r.PathValue("name") })
	var content []byte
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		plan, err := Plans().Find(r.Context(), tx, r, "see")
		switch {
		case err != nil:
			return err
		case at < 0:
			return fault.New(fault.NotFound, "record.none")
		}
		content, err = New(tx).document(r.Context(), plan.Territory, plan.ID, kinds[at].Name)
		if err != nil {
			return missing(err, "document of the plan", plan.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", kinds[at].Type)
	header.Set("Content-Disposition", `inline; filename="`+kinds[at].Name+`"`)
	header.Set("Cache-Control", "private, no-store")
	if kinds[at].Name == reportHTML {
		// The report stands alone: its style is its own, it runs nothing, and nothing
		// of the workspace is open to it.
		header.Set("Content-Security-Policy", "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:")
	}
	_, err = w.Write(content)
	return err
}
