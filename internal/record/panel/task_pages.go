package panel

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A taskForm is the form of a task.
type taskForm struct {
	web.Form
	action  string
	members []web.Option
}

// A taskList shows tasks, and how to add one.
type taskList struct {
	words    *i18n.Words
	viewer   territory.Viewer
	kinds    record.Kinds
	today    string
	about    bool // says what record each is about, and leads back to all
	form     taskForm
	tasks    []Task
	finished []Task
	trash    []Trashed
	// How many tasks there are on all pages; in the list of a territory, the least
	// that there can be.
	all, allFinished int
	show             string // which tasks the list of a territory shows
	page             int    // of it
}

// pager leads through the tasks of a territory.
func (l taskList) pager() web.Pager {
	return web.Pager{Page: l.page, Total: l.all, Least: true, Href: func(page int) string {
		return l.viewer.Territory.Home() + tasksTab + "?" + url.Values{"show": {l.show}, mainPage: {strconv.Itoa(page)}}.Encode()
	}}
}

func (l taskList) href(t Task) string { return l.viewer.Territory.Home() + "/tasks/" + t.ID }

// record is the one that a task is about, as a link.
func (l taskList) record(t Task) web.Link {
	if !l.about || t.On.IsZero() {
		return web.Link{}
	}
	return web.Link{Label: t.OnTitle, Href: l.viewer.Territory.Home() + l.kinds[t.On.Kind].Address(t.On.ID)}
}

// due is the day of a task, in words.
func (l taskList) due(t Task) string {
	at, err := time.Parse(time.DateOnly, t.Due)
	if err != nil {
		return ""
	}
	return l.words.DateBrief(at)
}

func newTaskList(kinds record.Kinds, w *i18n.Words, v territory.Viewer, now db.Instant) taskList {
	return taskList{words: w, viewer: v, kinds: kinds, today: day(v.Territory, now)}
}

// assignable lists the members who can be given a task at a place: they may see
// it, and the viewer may know of them.
func assignable(ctx context.Context, tx *db.Tx, v territory.Viewer, place Place) ([]web.Option, error) {
	members, err := territory.Members(ctx, tx, v.Territory.ID)
	if err != nil {
		return nil, err
	}
	var options []web.Option
	for _, m := range members {
		them := viewerOf(v.Territory, m)
		sees := them.May("task", "see", place.Subject) && (place.On.IsZero() || them.May(place.On.Kind, "see", place.Subject))
		known := v.Reach("member", "see") != territory.Nothing || m.Organisation == v.Organisation
		if sees && known && !m.Disabled {
			options = append(options, web.Option{Value: m.User, Label: m.Name})
		}
	}
	return options, nil
}

// fillTask sets what the form of a task sent.
func fillTask(ctx context.Context, tx *db.Tx, v territory.Viewer, t *Task, sent url.Values) error {
	before := t.Member
	problems := Tasks().Fields.Apply(t, map[string]string{
		"title": sent.Get("title"), "due": sent.Get("due"), "member": sent.Get("member"),
	})
	options, err := assignable(ctx, tx, v, t.Place)
	if err != nil {
		return err
	}
	chosen := func(o web.Option) bool { return o.Value == t.Member }
	if t.Member != "" && t.Member != before && !slices.ContainsFunc(options, chosen) {
		problems.Add("member", "panel.task_member")
	}
	return problems.Or()
}

// shown are the choices of the page of tasks, by the word in its address.
func shown(v territory.Viewer, today, word string) Choice {
	switch word {
	case "late":
		return Choice{Before: today}
	case "all":
		return Choice{}
	case "done":
		return Choice{Done: true}
	default:
		return Choice{Member: v.User}
	}
}

// Due lists the open tasks of the viewer that are late, or due until tomorrow.
func Due(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer) ([]Task, error) {
	if v.Reach("task", "see") == territory.Nothing {
		return nil, nil
	}
	return ListTasks(ctx, tx, kinds, v, Choice{Member: v.User, Before: tomorrow(v.Territory, tx.Now.Add(24*time.Hour))})
}

// Waiting shows what is due on the viewer's home page; it is nil where nothing
// is.
func Waiting(ctx context.Context, tx *db.Tx, kinds record.Kinds, w *i18n.Words, v territory.Viewer) (templ.Component, error) {
	tasks, err := Due(ctx, tx, kinds, v)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	l := newTaskList(kinds, w, v, tx.Now)
	l.about = true
	return taskLines(l, tasks), nil
}

// listTasks answers GET /t/{territory}/tasks?show=late.
func (p *Pages) listTasks(w http.ResponseWriter, r *http.Request) error {
	return p.showTasks(w, r, http.StatusOK, web.Form{Values: url.Values{"member": {territory.ViewerOf(r.Context()).User}}})
}

func (p *Pages) showTasks(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title, form.Words = f.Words.T("task.list"), f.Words
	list := newTaskList(p.kinds, f.Words, v, p.db.Now())
	list.about, list.show, list.page = true, r.URL.Query().Get("show"), pageOf(r.URL.Query(), mainPage)
	list.form = taskForm{Form: form, action: v.Territory.Home() + tasksTab}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.form.members, err = assignable(r.Context(), tx, v, ofNone(v)); err != nil {
			return err
		}
		list.tasks, list.all, err = pageOfTasks(r.Context(), tx, p.kinds, v, shown(v, list.today, list.show), list.page, 0)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, tasksPage(f, list))
}

// ofNone is the place of a task that is about no record.
func ofNone(v territory.Viewer) Place {
	return Place{Subject: territory.Subject{Owner: v.Owner()}}
}

// addTask answers POST /t/{territory}/tasks.
func (p *Pages) addTask(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error { return makeTask(r.Context(), tx, v, act, ofNone(v), r.PostForm) })
	if problems, refused := err.(fault.Problems); refused {
		return p.showTasks(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, v.Territory.Home()+tasksTab, act, "task.added")
}

func makeTask(ctx context.Context, tx *db.Tx, v territory.Viewer, act record.Act, place Place, values url.Values) error {
	t := &Task{Meta: metaFor(v, place), Place: place}
	if err := fillTask(ctx, tx, v, t, values); err != nil {
		return err
	}
	return Tasks().Add(ctx, tx, act, t)
}

// A tasksSheet shows the tasks of a record.
type tasksSheet struct {
	*sheet
	list taskList
}

// tasksOf answers GET LIST/{record}/tasks.
func (p *Pages) tasksOf(w http.ResponseWriter, r *http.Request, kind record.Kind) error {
	return p.showTasksOf(w, r, kind, http.StatusOK, web.Form{})
}

func (p *Pages) showTasksOf(w http.ResponseWriter, r *http.Request, kind record.Kind, status int, form web.Form) error {
	var shown tasksSheet
	var err error
	shown.sheet, err = p.open(r, kind, "task", tasksTab, func(tx *db.Tx, s *sheet) (err error) {
		place, l := On(s.card), newTaskList(p.kinds, s.Words, s.viewer, tx.Now)
		form.Words = s.Words
		l.form = taskForm{Form: form, action: s.bar.href + tasksTab}
		if l.form.members, err = assignable(r.Context(), tx, s.viewer, place); err != nil {
			return err
		}
		if l.tasks, l.all, err = pageOfTasks(r.Context(), tx, p.kinds, s.viewer, Choice{Place: place}, pageOf(s.query, mainPage), web.Counted); err != nil {
			return err
		}
		done := Choice{Place: place, Done: true}
		if l.finished, l.allFinished, err = pageOfTasks(r.Context(), tx, p.kinds, s.viewer, done, pageOf(s.query, donePage), web.Counted); err != nil {
			return err
		}
		l.trash, err = TasksTrash(r.Context(), tx, s.viewer, place)
		shown.list = l
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, tasksSheetPage(shown))
}

// addTaskTo answers POST LIST/{record}/tasks.
func (p *Pages) addTaskTo(w http.ResponseWriter, r *http.Request, kind record.Kind) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act, err := p.put(r, kind, "task", func(tx *db.Tx, place Place, act record.Act) error {
		return makeTask(r.Context(), tx, v, act, place, r.PostForm)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.showTasksOf(w, r, kind, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, v.Territory.Home()+kind.Address(r.PathValue("record"))+tasksTab, act, "task.added")
}

// task finds the task that the address names, if the viewer may do that to it.
func (p *Pages) task(tx *db.Tx, r *http.Request, action string) (*Task, error) {
	card, err := p.of(r.Context(), tx, r, "task", action)
	if err != nil {
		return nil, err
	}
	return loadTask(r.Context(), tx, card.Ref.Territory, card.Ref.ID)
}

// showTask answers GET /t/{territory}/tasks/{id}.
func (p *Pages) showTask(w http.ResponseWriter, r *http.Request) error {
	return p.taskPage(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) taskPage(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	page := taskForm{Form: form, action: v.Territory.Home() + "/tasks/" + r.PathValue("id")}
	var t *Task
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if t, err = p.task(tx, r, "see"); err != nil {
			return err
		}
		page.members, err = assignable(r.Context(), tx, v, t.Place)
		return err
	})
	if err != nil {
		return err
	}
	f.Title, page.Words = t.Title, f.Words
	if page.Values == nil {
		page.Values = url.Values{"title": {t.Title}, "due": {t.Due}, "member": {t.Member}, "version": {strconv.Itoa(t.Version)}}
	}
	return web.Render(w, r, status, taskPage(f, page, p.where(v, "task", t.On)))
}

// saveTask answers POST /t/{territory}/tasks/{id}.
func (p *Pages) saveTask(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var t *Task
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if t, err = p.task(tx, r, "edit"); err != nil {
			return err
		}
		if err := fillTask(r.Context(), tx, v, t, r.PostForm); err != nil {
			return err
		}
		if t.Version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil {
			return fault.Because(err, fault.Invalid, "web.form_unread")
		}
		return Tasks().Save(r.Context(), tx, act, t)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.taskPage(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, p.where(v, "task", t.On), act, "task.saved")
}

// settleTask answers POST /t/{territory}/tasks/{id}/done: the task is done, or
// not after all, as the form says.
func (p *Pages) settleTask(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	done := r.PostForm.Get("done") == "yes"
	var t *Task
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if t, err = p.task(tx, r, "edit"); err != nil {
			return err
		}
		t.Done = done
		return Tasks().Save(r.Context(), tx, act, t)
	})
	if err != nil {
		return err
	}
	to, said := p.where(v, "task", t.On), "task.undone"
	if done {
		said = "task.done"
	}
	if r.PostForm.Get("from") != "" {
		to = v.Territory.Home() + tasksTab
	}
	return p.done(w, r, to, act, said)
}
