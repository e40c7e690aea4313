package app

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// jobRoutes are the addresses of the work in the background. Administrators
// see what is done for their territory. What is done for the installation,
// territory 0, is not theirs to see: a message that could not be delivered
// names people of other territories. It is for those who run the program, in
// its log.
func (a *App) jobRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/jobs", Noun: "job", Action: "see", Handle: a.listJobs},
		{Pattern: "GET /t/{territory}/jobs/{id}", Noun: "job", Action: "see", Handle: a.showJob},
		{Pattern: "POST /t/{territory}/jobs/{id}/cancel", Noun: "job", Action: "edit", Handle: a.cancelJob},
		{Pattern: "POST /t/{territory}/jobs/{id}/again", Noun: "job", Action: "edit", Handle: a.redoJob},
	}
}

// A jobView is a choice of jobs by their states: all, where there are none.
type jobView struct {
	name   string
	states []job.State
}

var jobViews = []jobView{
	{"all", nil},
	{"open", []job.State{job.Waiting, job.Scheduled, job.Running, job.Retrying}},
	{"failed", []job.State{job.Retrying, job.Failed}},
	{"ended", []job.State{job.Done, job.Cancelled}},
}

// jobList is what the page of the jobs shows.
type jobList struct {
	words  *i18n.Words
	viewer territory.Viewer
	view   jobView
	before int64
	jobs   []job.Job
	users  map[string]string // id -> name
	older  string            // the address of the jobs before these, if any
}

func (l jobList) home() string { return l.viewer.Territory.Home() + "/jobs" }

// href is the page of a job.
func (l jobList) href(j job.Job) string { return l.home() + "/" + strconv.FormatInt(j.ID, 10) }

func (l jobList) viewHref(view jobView) string {
	if view.states == nil {
		return l.home()
	}
	return l.home() + "?show=" + view.name
}

func (l jobList) views() []web.Link {
	var links []web.Link
	for _, view := range jobViews {
		links = append(links, web.Link{Label: l.words.T("jobs.show." + view.name), Href: l.viewHref(view), Current: view.name == l.view.name})
	}
	return links
}

// title says what a job does. Each kind of job that works for territories has
// its text; a job of a program that was newer, or older, has only its kind.
func (l jobList) title(j job.Job) string {
	if key := "jobs.kind." + j.Kind; l.words.Has(key) {
		return l.words.T(key)
	}
	return j.Kind
}

// asked says when a job was asked for, and by whom.
func (l jobList) asked(j job.Job) string {
	at := l.stamp(j.AskedAt)
	if name := l.users[j.By]; name != "" {
		return l.words.T("jobs.asked_by", at, name)
	}
	return l.words.T("jobs.asked", at)
}

func (l jobList) stamp(at db.Instant) string { return l.words.Stamp(l.viewer.Territory.At(at)) }

// moment is the time that matters of a job: when it will be done, has begun or
// has ended.
func (l jobList) moment(j job.Job) string {
	switch j.State {
	case job.Scheduled, job.Retrying:
		return l.words.T("jobs.due", l.stamp(j.DueAt))
	case job.Running:
		return l.words.T("jobs.begun", l.stamp(j.BegunAt))
	case job.Done, job.Cancelled, job.Failed:
		return l.stamp(j.EndedAt)
	default:
		return ""
	}
}

// progress says how far a job has come, and at what it is.
func (l jobList) progress(j job.Job) string {
	work := l.work(j)
	said := []string{work.Status, l.stage(j), work.Value, work.Bound}
	return strings.Join(slices.DeleteFunc(said, func(text string) bool { return text == "" }), " · ")
}

// stage is what a job is at, if it says so.
func (l jobList) stage(j job.Job) string {
	if j.Progress.Stage == "" {
		return ""
	}
	return l.words.T(j.Progress.Stage)
}

// jobBadges are how the states look.
var jobBadges = map[job.State]struct {
	as   web.State
	icon string
}{
	job.Waiting:   {web.Waiting, "hourglass"},
	job.Scheduled: {web.Waiting, "clock"},
	job.Running:   {web.Changed, "refresh-cw"},
	job.Retrying:  {web.Late, "triangle-alert"},
	job.Done:      {web.Good, "check"},
	job.Cancelled: {web.Draft, "x"},
	job.Failed:    {web.Refused, "circle-x"},
}

// listJobs answers GET /t/{territory}/jobs?show=...&before=...
func (a *App) listJobs(w http.ResponseWriter, r *http.Request) error {
	f := a.frame(r)
	f.Title = f.Words.T("jobs.title")
	l := jobList{words: f.Words, viewer: territory.ViewerOf(r.Context()), view: jobViews[0]}
	if i := slices.IndexFunc(jobViews, func(v jobView) bool { return v.name == r.URL.Query().Get("show") }); i >= 0 {
		l.view = jobViews[i]
	}
	l.before, _ = strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // anything else is the newest
	if err := a.fillJobs(r.Context(), &l); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, jobsPage(f, l))
}

// fillJobs reads the jobs of the page, and one more to know whether others
// follow.
func (a *App) fillJobs(ctx context.Context, l *jobList) (err error) {
	l.jobs, err = a.jobs.List(ctx, l.viewer.Territory.ID, job.Filter{States: l.view.states, Before: l.before, Limit: web.PageSize + 1})
	if err != nil {
		return err
	}
	if len(l.jobs) > web.PageSize {
		l.jobs = l.jobs[:web.PageSize]
		last := strconv.FormatInt(l.jobs[web.PageSize-1].ID, 10)
		l.older = l.home() + "?" + url.Values{"show": {l.view.name}, "before": {last}}.Encode()
	}
	l.users, err = a.namesOf(ctx, l.jobs)
	return err
}

// namesOf are the names of those who asked for jobs, by id.
func (a *App) namesOf(ctx context.Context, jobs []job.Job) (map[string]string, error) {
	names := map[string]string{}
	return names, a.db.Read(ctx, func(tx *db.Tx) error {
		for _, j := range jobs {
			if _, known := names[j.By]; known || j.By == "" {
				continue
			}
			user, err := auth.ByID(ctx, tx, j.By)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			names[j.By] = user.Name
		}
		return nil
	})
}

// cancelJob answers POST /t/{territory}/jobs/{id}/cancel.
func (a *App) cancelJob(w http.ResponseWriter, r *http.Request) error {
	return a.changeJob(w, r, a.jobs.Cancel, map[job.State]string{
		job.Cancelled: "jobs.cancelled", job.Running: "jobs.stopping",
	})
}

// redoJob answers POST /t/{territory}/jobs/{id}/again.
func (a *App) redoJob(w http.ResponseWriter, r *http.Request) error {
	return a.changeJob(w, r, a.jobs.Again, map[job.State]string{
		job.Waiting: "jobs.queued", job.Running: "jobs.at_work",
	})
}

// changeJob does something to a job and says what became of it, by the texts
// of its new state.
func (a *App) changeJob(w http.ResponseWriter, r *http.Request,
	change func(ctx context.Context, territory int, id int64) (job.Job, error), texts map[job.State]string,
) error {
	l := jobList{words: a.frame(r).Words, viewer: territory.ViewerOf(r.Context())}
	j, err := change(r.Context(), l.viewer.Territory.ID, jobID(r))
	if err != nil {
		return err
	}
	key, changed := texts[j.State]
	if !changed {
		key = "jobs.too_late"
	}
	return web.Onward(w, r, l.home(), web.Toast{Text: l.words.T(key, l.title(j))})
}
