package app

import (
	"cmp"
	"context"
	"net/http"
	"strconv"

	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// showJob answers GET /t/{territory}/jobs/{id}: how far a job is, as it goes on.
func (a *App) showJob(w http.ResponseWriter, r *http.Request) error {
	f := a.frame(r)
	l := jobList{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	home, id := l.viewer.Territory.ID, jobID(r)
	if web.Listens(r) {
		return web.Follow(w, r, l.words,
			func(ctx context.Context) (<-chan job.Job, error) { return a.jobs.Watch(ctx, home, id) },
			func(_ context.Context, j job.Job) (web.Work, error) { return l.work(j), nil })
	}
	j, err := a.jobs.Find(r.Context(), home, id)
	if err != nil {
		return err
	}
	if l.users, err = a.namesOf(r.Context(), []job.Job{j}); err != nil {
		return err
	}
	f.Title, f.Again = l.title(j), !j.State.Ended()
	return web.Render(w, r, http.StatusOK, jobPage(f, l, j))
}

// jobID is the job that an address names: what is no number is no job either.
func jobID(r *http.Request) int64 {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	return id
}

// work is a job as something that goes on.
func (l jobList) work(j job.Job) web.Work {
	p := j.Progress
	work := web.Work{
		Title: cmp.Or(l.stage(j), l.words.T("jobs.state."+string(j.State))),
		Meter: web.Meter{Value: float64(p.Done), Top: float64(p.Total)},
	}
	if p.Total > 0 {
		work.Status = l.words.T("jobs.progress", p.Done, p.Total)
		work.Meter.Label = work.Status
	}
	if p.Bound > 0 {
		work.Value, work.Bound = l.words.T("jobs.value", p.Value), l.words.T("jobs.bound", p.Bound)
	}
	if !j.State.Ended() {
		work.Href = l.href(j)
	}
	return work
}
