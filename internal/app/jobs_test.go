package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// An errand is a job that ends as its text says.
type errand struct {
	Ends string `json:"ends"`
}

func (errand) Kind() string { return "errand" }

// errands has a worker for them, that takes steps until it is told to stop.
func (h *house) errands() (begun chan string) {
	begun = make(chan string, 9)
	job.Do(h.app.jobs, func(ctx context.Context, e errand) error {
		begun <- e.Ends
		switch e.Ends {
		case "badly":
			return job.Cancel(fmt.Errorf("row 12 of %q cannot be read", "companies.xlsx"))
		case "never":
			if err := job.Tell(ctx, job.Progress{Done: 1250, Total: 5000, Stage: "app.nav.cities"}); err != nil {
				return err
			}
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	})
	return begun
}

// ask asks for work for a territory, and gives the job.
func (h *house) ask(where int, args job.Args, options ...job.Option) job.Job {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		return h.app.jobs.Later(ctx, tx, args, append(options, job.For(where))...)
	})
	found, err := h.app.jobs.List(ctx, where, job.Filter{Kind: args.Kind(), Limit: 1})
	if err != nil || len(found) != 1 {
		h.t.Fatal(found, err)
	}
	return found[0]
}

// start has the house work on its jobs until the end of the test.
func (h *house) start() {
	h.t.Helper()
	if err := h.app.jobs.Start(ctx); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		over, cancel := context.WithCancel(ctx)
		cancel()
		if err := h.app.jobs.Stop(over); err != nil {
			h.t.Error(err)
		}
	})
}

// until waits for a job to be in a state.
func (h *house) until(of job.Job, state job.State) {
	h.t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(time.Minute); ; {
		found, err := h.app.jobs.Find(ctx, of.Territory, of.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		if found.State == state {
			return
		}
		select {
		case <-tick.C:
		case <-end:
			h.t.Fatalf("the job is %s, not %s", found.State, state)
		}
	}
}

// TestJobsPage shows jobs in every state to an administrator, who cancels one
// at work and has one done again; those of others are not there.
func TestJobsPage(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	begun := h.errands()
	anna := h.users[territory.Administrator]
	well, badly := h.ask(h.home.ID, errand{"well"}), h.ask(h.home.ID, errand{"badly"})
	h.ask(h.home.ID, errand{"well"}, job.At(h.app.db.Now().Add(time.Hour)), job.By(anna.ID))
	never := h.ask(h.home.ID, errand{"never"})
	h.ask(h.away.ID, errand{"badly"}, job.By(h.stranger.ID))
	h.start()
	for range 4 {
		<-begun
	}
	h.until(well, job.Done)
	h.until(badly, job.Cancelled)
	h.until(never, job.Running)
	b := h.as(anna)
	shown := func(query string, rows int, want ...string) {
		t.Helper()
		_, table, _ := strings.Cut(b.get("/t/marseille/jobs"+query).Body.String(), "<tbody>")
		if n := strings.Count(table, `scope="row"`); n != rows {
			t.Errorf("%q has %d rows", query, n)
		}
		for _, text := range []string{"Done", "Cancelled", "companies.xlsx", "Scheduled", "by administrator", "At work", "1,250 of 5,000 · Cities"} {
			if got := strings.Contains(table, text); got != slices.Contains(want, text) {
				t.Errorf("%q says %q: %v", query, text, got)
			}
		}
	}
	shown("", 4, "Done", "Cancelled", "companies.xlsx", "Scheduled", "by administrator", "At work", "1,250 of 5,000 · Cities")
	shown("?show=open", 2, "Scheduled", "by administrator", "At work", "1,250 of 5,000 · Cities")
	shown("?show=ended", 2, "Done", "Cancelled", "companies.xlsx")
	shown("?show=failed", 0)
	shown(fmt.Sprintf("?before=%d", badly.ID), 1, "Done")

	h.change(b, never, "cancel")
	h.until(never, job.Cancelled)
	h.change(b, well, "again")
	if again := <-begun; again != "well" {
		t.Errorf("done again: %s", again)
	}
}

// change presses a button of a job.
func (h *house) change(b *browser, of job.Job, action string) {
	h.t.Helper()
	w := b.post(fmt.Sprintf("/t/marseille/jobs/%d/%s", of.ID, action), nil)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/t/marseille/jobs" {
		h.t.Errorf("%s: %d, %q", action, w.Code, w.Header().Get("Location"))
	}
}

// TestJobsHaveTitles: what works for a territory is said in words.
func TestJobsHaveTitles(t *testing.T) {
	all, err := words()
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range []job.Args{importer.Work{}, importer.TakeBack{}} {
		for _, lang := range all.Languages() {
			l := jobList{words: all.For(lang)}
			if title := l.title(job.Job{Kind: args.Kind()}); title == args.Kind() {
				t.Errorf("a job of kind %s has no title in %s", args.Kind(), lang)
			}
		}
	}
}

// TestJobsFollowOnPages: what does not fit on a page is on the next.
func TestJobsFollowOnPages(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.errands()
	first := h.ask(h.home.ID, errand{"well"})
	for range web.PageSize {
		h.ask(h.home.ID, errand{"well"})
	}
	b := h.as(h.users[territory.Administrator])
	address := fmt.Sprintf("/t/marseille/jobs?before=%d&show=all", first.ID+1)
	newest := b.get("/t/marseille/jobs").Body.String()
	if strings.Count(newest, `scope="row"`) != web.PageSize || !strings.Contains(newest, strings.ReplaceAll(address, "&", "&amp;")) {
		t.Errorf("the first page does not lead to %s", address)
	}
	if rest := b.get(address).Body.String(); strings.Count(rest, `scope="row"`) != 1 || strings.Contains(rest, "older jobs") {
		t.Errorf("the last page: %s", rest)
	}
}

// TestJobsInBrowser looks at the page with jobs on it, which is empty in the
// walk over all pages.
func TestJobsInBrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	begun := h.errands()
	anna := h.users[territory.Administrator]
	h.ask(h.home.ID, errand{"well"}, job.At(h.app.db.Now().Add(time.Hour)), job.By(anna.ID))
	h.until(h.ask(h.home.ID, errand{"badly"}), job.Waiting)
	h.ask(h.home.ID, errand{"well"})
	h.ask(h.home.ID, errand{"never"})
	h.start()
	for range 3 {
		<-begun
	}
	site := h.serve()
	for _, lang := range []string{"fr", "en"} {
		anna.Language = lang
		h.write(func(tx *db.Tx) error { return auth.EditUser(ctx, tx, anna) })
		p := browsertest.Open(t, site+h.link(anna), browsertest.View{})
		p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
		for name, view := range map[string]browsertest.View{"desk": {}, "phone": {Width: 320, Scheme: "dark"}} {
			p := browsertest.Open(t, site+"/t/marseille/jobs", view)
			p.Check()
			p.Shot("jobs-" + lang + "-" + name)
		}
	}
}
