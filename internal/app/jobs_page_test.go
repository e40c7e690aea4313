package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/territory"
)

// A march is a job that takes the steps that a test sends it, and ends with them.
type march struct{}

func (march) Kind() string { return "march" }

// march has the house at work on one, after its first step, and gives its page.
func (h *house) march(first job.Progress) (steps chan job.Progress, page string) {
	h.t.Helper()
	steps = make(chan job.Progress)
	job.Do(h.app.jobs, func(ctx context.Context, _ march) error {
		for {
			select {
			case step, more := <-steps:
				if !more {
					return nil
				}
				if err := job.Tell(ctx, step); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	asked := h.ask(h.home.ID, march{})
	h.start()
	steps <- first
	return steps, fmt.Sprintf("/t/marseille/jobs/%d", asked.ID)
}

// listens opens the stream of a page, as a browser does in which somebody is
// signed in.
func (b *browser) listens(site, page string) (status int, lines *bufio.Scanner) {
	b.h.t.Helper()
	bounded, cancel := context.WithTimeout(ctx, time.Minute)
	b.h.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(bounded, http.MethodGet, site+page, nil)
	if err != nil {
		b.h.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	for _, cookie := range b.cookies {
		r.AddCookie(cookie)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.h.t.Fatal(err)
	}
	b.h.t.Cleanup(func() { answer.Body.Close() })
	return answer.StatusCode, bufio.NewScanner(answer.Body)
}

// hears reads a stream until a line has all of some texts.
func hears(t *testing.T, lines *bufio.Scanner, texts ...string) {
	t.Helper()
	for lines.Scan() {
		lacks := func(text string) bool { return !strings.Contains(lines.Text(), text) }
		if !slices.ContainsFunc(texts, lacks) {
			return
		}
	}
	t.Fatalf("the stream ends before it says %q: %v", texts, lines.Err())
}

var halfWay = job.Progress{Done: 1250, Total: 5000, Stage: "app.nav.cities", Value: 70, Bound: 90}

// TestJobIsFollowed by whoever may see it, until it is over.
func TestJobIsFollowed(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	steps, page := h.march(halfWay)
	site := h.serve()
	b := h.as(h.users[territory.Administrator])
	if shown := b.get(page).Body.String(); !strings.Contains(shown, `http-equiv="refresh"`) || !strings.Contains(shown, `data-follow="`+page+`"`) {
		t.Errorf("the page at work:\n%s", shown)
	}
	_, lines := b.listens(site, page)
	hears(t, lines, "Cities", "1,250 of 5,000", "Found so far: 70", "at most 90")
	steps <- job.Progress{Done: 5000, Total: 5000}
	hears(t, lines, "5,000 of 5,000")
	close(steps)
	hears(t, lines, "event: over")
	if shown := b.get(page).Body.String(); strings.Contains(shown, `http-equiv="refresh"`) || strings.Contains(shown, "data-follow") {
		t.Errorf("the page of what is over:\n%s", shown)
	}
}

// TestStreamsHaveTheRightsOfTheirPages: who may not see a page does not hear of
// it either.
func TestStreamsHaveTheRightsOfTheirPages(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.errands()
	site := h.serve()
	admin, officer, stranger := h.as(h.users[territory.Administrator]), h.as(h.users[territory.Officer]), h.as(h.stranger)
	ours := fmt.Sprintf("/t/marseille/jobs/%d", h.ask(h.home.ID, errand{"well"}).ID)
	theirs := fmt.Sprintf("/t/marseille/jobs/%d", h.ask(h.away.ID, errand{"well"}).ID)
	for name, c := range map[string]struct {
		who  *browser
		page string
		want int
	}{
		"an officer, who sees no jobs": {officer, ours, http.StatusForbidden},
		"a member of elsewhere":        {stranger, ours, http.StatusNotFound},
		"a job of elsewhere":           {admin, theirs, http.StatusNotFound},
		"an import of elsewhere":       {admin, "/t/marseille/import/" + h.brought(h.away), http.StatusNotFound},
		"an import that nothing is at": {admin, "/t/marseille/import/" + h.brought(h.home), http.StatusNotFound},
	} {
		if status, _ := c.who.listens(site, c.page); status != c.want {
			t.Errorf("%s: %d, not %d", name, status, c.want)
		}
	}
}

// TestStoppingWaitsForNoStream: who follows a job does not keep the program from
// stopping.
func TestStoppingWaitsForNoStream(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	_, page := h.march(halfWay)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := h.app.server(ctx)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	_, lines := h.as(h.users[territory.Administrator]).listens("http://"+listener.Addr().String(), page)
	hears(t, lines, "event: work")
	patience, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("served until %v", err)
	}
}

// TestFollowingInBrowser: the page shows by itself how far a job is, keeps what
// the reader is at, and shows what became of it.
func TestFollowingInBrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	steps, page := h.march(halfWay)
	site := h.serve()
	p := h.entered(t, site, territory.Administrator)
	p.Go(site + page)
	p.Check()
	p.Shot("job-at-work")
	p.Do(chromedp.Focus(".work button", chromedp.ByQuery))
	steps <- job.Progress{Done: 5000, Total: 5000}
	p.Do(chromedp.WaitVisible(`//*[@class="work-title"]//*[contains(., "5,000 of 5,000")]`))
	var focused bool
	if p.Eval(`document.activeElement === document.querySelector(".work button")`, &focused); !focused {
		t.Error("the focus is lost when the work moves on")
	}
	close(steps)
	p.Do(chromedp.WaitVisible(`//*[@class="head-facts"]//*[contains(., "Done")]`))
	p.Check()
	p.Shot("job-over")
}
