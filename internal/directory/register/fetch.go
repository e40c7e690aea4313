package register

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

const (
	timeout   = 3 * time.Second
	attempts  = 3                      // calls of one lookup
	backOff   = 250 * time.Millisecond // before the second call, then doubled
	largest   = 1 << 20                // bytes of an answer
	perAnswer = "10"                   // companies
	redirects = 3
)

// fetch looks a text up, calling again after what may pass quickly.
func (r *Register) fetch(ctx context.Context, text string) ([]Company, error) {
	if r.base == nil {
		return nil, fault.New(fault.Unavailable, "register.off")
	}
	if err := r.breaker.allow(r.now()); err != nil {
		return nil, err
	}
	var found []Company
	var err error
	for attempt := range attempts {
		if err = r.wait(ctx, attempt); err != nil {
			return nil, err
		}
		var passing bool
		if found, passing, err = r.call(ctx, text); !passing {
			break
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("ask the company register: %w", ctx.Err())
	case fault.Is(err, fault.Invalid):
		return nil, err
	}
	r.breaker.note(err != nil, r.now())
	if err != nil {
		return nil, fault.Because(err, fault.Unavailable, "register.silent")
	}
	return found, nil
}

// wait takes a call's turn. A further attempt backs off first.
func (r *Register) wait(ctx context.Context, attempt int) error {
	if attempt > 0 {
		if err := r.sleep(ctx, backOff<<(attempt-1)); err != nil {
			return err
		}
	}
	turn, err := r.pace.turn(r.now())
	if err != nil {
		return err
	}
	return r.sleep(ctx, turn)
}

// call asks once. What is passing may go better the next time: not a time-out,
// for which a person has waited long enough.
func (r *Register) call(ctx context.Context, text string) (found []Company, passing bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.query(text), nil)
	if err != nil {
		return nil, false, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "escale")
	response, err := r.http.Do(request)
	if err != nil {
		var slow net.Error
		return nil, !(errors.As(err, &slow) && slow.Timeout()), err
	}
	defer response.Body.Close()
	switch status := response.StatusCode; {
	case status == http.StatusTooManyRequests:
		r.pace.hold(retryAfter(response.Header, r.now()))
		return nil, true, errors.New(response.Status)
	case status >= http.StatusInternalServerError:
		return nil, true, errors.New(response.Status)
	case status == http.StatusBadRequest:
		return nil, false, fault.New(fault.Invalid, "register.query")
	case status != http.StatusOK:
		return nil, false, errors.New(response.Status)
	}
	found, err = r.read(response)
	return found, false, err
}

// query leaves out what the register would tell of the people of a company.
func (r *Register) query(text string) string {
	address := r.base.JoinPath("search")
	address.RawQuery = url.Values{
		"q": {text}, "per_page": {perAnswer}, "minimal": {"true"}, "include": {"siege,matching_etablissements"},
	}.Encode()
	return address.String()
}

func (r *Register) read(response *http.Response) ([]Company, error) {
	if kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); kind != "application/json" {
		return nil, fmt.Errorf("the register answered with %q", kind)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, largest+1))
	if err != nil {
		return nil, err
	}
	if len(body) > largest {
		return nil, fmt.Errorf("the register answered with more than %d bytes", largest)
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, fmt.Errorf("the register's answer: %w", err)
	}
	if a.Results == nil {
		return nil, errors.New("the register's answer has no results, not even none")
	}
	found := make([]Company, len(a.Results))
	for i, u := range a.Results {
		found[i] = u.company()
		found[i].AsOf = r.now().UTC()
	}
	return found, nil
}

// retryAfter is when the register wants to be asked again: it may give seconds
// or a date, or nothing.
func retryAfter(header http.Header, now time.Time) time.Time {
	text := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return now.Add(time.Duration(seconds) * time.Second)
	}
	if at, err := http.ParseTime(text); err == nil {
		return at
	}
	return now.Add(time.Second)
}

// sameHost follows a redirection only within the register's own host.
func sameHost(next *http.Request, via []*http.Request) error {
	first := via[0].URL
	if next.URL.Scheme != first.Scheme || next.URL.Host != first.Host || len(via) > redirects {
		return fmt.Errorf("the register sends elsewhere, to %s", next.URL.Redacted())
	}
	return nil
}
