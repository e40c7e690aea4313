package register

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

func TestFind(t *testing.T) {
	s := stand(t, Memory(), file(t, "found.json"))
	want := Company{
		SIREN: "000000018", LegalName: "ATELIERS DUPRE", TradingNames: []string{"ADM", "DUPRE MARINE", "LE CHANTIER"},
		Active: true, NAF: "30.11Z", NAF2025: "30.11Y", Staff: Staff{Known: true, Min: 20, Max: 49},
		Establishments: []Establishment{
			{SIRET: "00000001800013", Address: "1 QUAI FICTIF 13002 MARSEILLE", PostCode: "13002", City: "MARSEILLE", Active: true},
			{SIRET: "00000001800021"},
		},
	}
	for _, number := range []string{"000000018", "00000001800021"} {
		got, err := s.Find(t.Context(), number)
		want.AsOf = s.hand.Now()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Find(%s): %v\n%s", number, err, diff)
		}
	}
	if _, has := want.Establishment("1"); has {
		t.Error("an establishment of nobody is found")
	}
	if diff := cmp.Diff([]string{"000000018", "00000001800021"}, s.asked()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNotPublishedIsNotShown(t *testing.T) {
	s := stand(t, Memory(), file(t, "private.json"))
	got, err := s.Find(t.Context(), "000000026")
	want := Company{
		SIREN: "000000026", Private: true, NAF: "62.02A", AsOf: s.hand.Now(),
		Establishments: []Establishment{{SIRET: "00000002600016", Active: true}},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	kept, _, err := s.store.Get(t.Context(), "000000026")
	if err != nil || strings.Contains(strings.ToUpper(string(kept)), "SECRET") {
		t.Errorf("kept: %s, %v", kept, err)
	}
}

func TestSearchAsksWhatIsNeeded(t *testing.T) {
	var asked string
	answer := file(t, "found.json")
	s := stand(t, Memory(), func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path + "?" + r.URL.RawQuery
		answer(w, r)
	})
	got, err := s.Search(t.Context(), "  Ateliers  Dupré ")
	if err != nil || len(got) != 1 || got[0].SIREN != "000000018" {
		t.Errorf("%+v, %v", got, err)
	}
	const want = "/search?include=siege%2Cmatching_etablissements&minimal=true&per_page=10&q=ateliers+dupre"
	if asked != want {
		t.Errorf("asked %q, want %q", asked, want)
	}
	if _, err := s.Search(t.Context(), "é, a"); !fault.Is(err, fault.Invalid) {
		t.Errorf("two letters: %v", err)
	}
}

func TestNothingFound(t *testing.T) {
	s := stand(t, Memory(), inTurn(says(`{"results": []}`), file(t, "found.json")))
	if _, err := s.Find(t.Context(), "000000018"); !fault.Is(err, fault.NotFound) {
		t.Errorf("nothing: %v", err)
	}
	if got, err := s.Find(t.Context(), "000000018"); err != nil || got.SIREN != "000000018" {
		t.Errorf("the second time: %+v, %v", got, err)
	}
	if _, err := s.Find(t.Context(), "000000034"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another company: %v", err)
	}
}

func TestAnswersAreKeptAWeek(t *testing.T) {
	s := stand(t, Memory(), inTurn(file(t, "found.json"), file(t, "found.json"), status(http.StatusNotImplemented)))
	for _, c := range []struct {
		later time.Duration
		calls int
		age   time.Duration
	}{
		{0, 1, 0},
		{fresh - time.Second, 1, fresh - time.Second},
		{time.Second, 2, 0},
		{fresh, 2 + attempts, fresh}, // it does not answer: the old one is given
	} {
		s.hand.Advance(c.later)
		now := s.hand.Now()
		got, err := s.Find(t.Context(), "000000018")
		if err != nil || len(s.asked()) != c.calls || now.Sub(got.AsOf) != c.age {
			t.Errorf("after %v: %d calls, as of %v, %v", c.later, len(s.asked()), got.AsOf, err)
		}
	}
}

// TestBadAnswers has a register that fails in every way it can: it is told as
// unavailable, and what may pass is tried again.
func TestBadAnswers(t *testing.T) {
	for what, c := range map[string]struct {
		answer http.HandlerFunc
		calls  int
	}{
		"down":           {status(http.StatusBadGateway), attempts},
		"refuses":        {status(http.StatusForbidden), 1},
		"cut short":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, attempts},
		"garbage":        {says(`<html>`), 1},
		"another shape":  {says(`{"erreur": "inconnue"}`), 1},
		"another type":   {says(`{"results": [{"siren": 18}]}`), 1},
		"huge":           {says(`{"results": [], "x": "` + strings.Repeat("x", largest) + `"}`), 1},
		"a page":         {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, 1},
		"sent elsewhere": {http.RedirectHandler("http://127.0.0.2:1/search", http.StatusFound).ServeHTTP, attempts},
		"sent in rounds": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/search", http.StatusFound) }, attempts * (redirects + 1)},
		"slow":           {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 1},
	} {
		s := stand(t, Memory(), c.answer)
		if what == "slow" {
			s.http.Timeout = 20 * time.Millisecond
		}
		_, err := s.Find(t.Context(), "000000018")
		if !fault.Is(err, fault.Unavailable) || fault.Of(err).Key != "register.silent" || len(s.asked()) != c.calls {
			t.Errorf("%s: %v, after %d calls", what, err, len(s.asked()))
		}
	}
}

func TestPassingFailureIsTriedAgain(t *testing.T) {
	s := stand(t, Memory(), inTurn(status(http.StatusServiceUnavailable), status(http.StatusBadGateway), file(t, "found.json")))
	if _, err := s.Find(t.Context(), "000000018"); err != nil {
		t.Error(err)
	}
	if s.slept != 3*backOff {
		t.Errorf("waited %v", s.slept)
	}
}

func TestRetryAfter(t *testing.T) {
	busy := func(after string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}
	s := stand(t, Memory(), inTurn(busy("1"), file(t, "found.json")))
	if _, err := s.Find(t.Context(), "000000018"); err != nil || s.starts[1].Sub(s.starts[0]) < time.Second {
		t.Errorf("asked again after %v: %v", s.starts[1].Sub(s.starts[0]), err)
	}
	for _, after := range []string{"60", "Tue, 24 Nov 2026 09:01:00 GMT"} {
		s = stand(t, Memory(), inTurn(busy(after), file(t, "found.json")))
		for range 2 {
			if _, err := s.Find(t.Context(), "000000018"); !fault.Is(err, fault.TooMany) || len(s.asked()) != 1 {
				t.Errorf("asked to wait until %s: %v, after %d calls", after, err, len(s.asked()))
			}
		}
		s.hand.Advance(time.Minute)
		if _, err := s.Find(t.Context(), "000000018"); err != nil {
			t.Errorf("a minute later: %v", err)
		}
	}
}

func TestCallsArePaced(t *testing.T) {
	s := stand(t, Memory(), says(`{"results": []}`))
	for i := range 20 {
		if _, err := s.Search(t.Context(), fmt.Sprintf("atelier %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range len(s.starts) - 7 {
		if within := s.starts[i+7].Sub(s.starts[i]); within < time.Second-7 { // an interval is cut to nanoseconds
			t.Errorf("eight calls within %v", within)
		}
	}
}

// TestPace has callers who all come at once or later, and compares with the
// rule: one start an interval, in order, nobody longer than patience.
func TestPace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p pace
		now, last := time.Unix(0, 0), time.Unix(-10, 0)
		for range 40 {
			now = now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "later")) * time.Millisecond)
			wait, err := p.turn(now)
			due := max(last.Add(interval).Sub(now), 0)
			if (err != nil) != (due > patience) || err == nil && wait != due {
				t.Fatalf("waits %v, %v; due in %v", wait, err, due)
			}
			if err == nil {
				last = now.Add(wait)
			}
		}
	})
}

func TestLeftAlone(t *testing.T) {
	down := status(http.StatusForbidden) // one call a lookup
	s := stand(t, Memory(), inTurn(down, down, down, down, file(t, "found.json")))
	find := func() error {
		_, err := s.Find(t.Context(), "000000018")
		return err
	}
	began := s.hand.Now()
	for range tolerated {
		if err := find(); fault.Of(err).Key != "register.silent" {
			t.Fatal(err)
		}
		s.hand.Advance(time.Second)
	}
	calls := len(s.asked())
	if err := find(); !fault.Is(err, fault.Unavailable) || fault.Of(err).Key != "register.down" || len(s.asked()) != calls {
		t.Errorf("left alone: %v, after %d calls", err, len(s.asked())-calls)
	}
	if since, isDown := s.Down(); !isDown || !since.Equal(began) {
		t.Errorf("down: %v since %v, want %v", isDown, since, began)
	}
	s.hand.Advance(pause)
	if err := find(); fault.Of(err).Key != "register.silent" {
		t.Errorf("after the pause: %v", err)
	}
	if err := find(); fault.Of(err).Key != "register.down" {
		t.Errorf("after the attempt that failed: %v", err)
	}
	s.hand.Advance(pause)
	if err := find(); err != nil {
		t.Errorf("it answers again: %v", err)
	}
	if _, isDown := s.Down(); isDown {
		t.Error("still said to be down")
	}
}

func TestOneLookupTriesAfterThePause(t *testing.T) {
	var b breaker
	now := time.Unix(0, 0)
	for range tolerated {
		b.note(true, now)
	}
	now = now.Add(pause)
	if b.allow(now) != nil || b.allow(now) == nil {
		t.Error("not exactly one is let through")
	}
}

func TestWhoGivesUpIsNoFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := stand(t, Memory(), func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := s.Find(ctx, "000000018"); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if s.breaker.failures != 0 {
		t.Error("it counts as a failure of the register")
	}
}

func TestQuestionRefused(t *testing.T) {
	s := stand(t, Memory(), status(http.StatusBadRequest))
	if _, err := s.Search(t.Context(), "atelier"); !fault.Is(err, fault.Invalid) || s.breaker.failures != 0 {
		t.Errorf("a question that is not understood: %v", err)
	}
}

func TestNoRegister(t *testing.T) {
	r, err := New("", Memory(), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Find(t.Context(), "000000018"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("without an address: %v", err)
	}
	if _, err := New("http://[", Memory(), clock.System()); err == nil {
		t.Error("an address that is none is taken")
	}
}

func TestStoreThatFails(t *testing.T) {
	broken := errors.New("disk full")
	s := stand(t, Store{
		Get: func(context.Context, string) ([]byte, time.Time, error) { return nil, time.Time{}, nil },
		Put: func(context.Context, string, []byte, time.Time) error { return broken },
	}, file(t, "found.json"))
	if _, err := s.Find(t.Context(), "000000018"); !errors.Is(err, broken) {
		t.Errorf("the store's error is lost: %v", err)
	}
}

func TestStaff(t *testing.T) {
	for class, want := range map[string]Staff{
		"00": {true, 0, 0}, "01": {true, 1, 2}, "32": {true, 250, 499}, "53": {true, 10000, NoLimit}, "NN": {}, "": {},
	} {
		if got := staffOf(class); got != want {
			t.Errorf("class %q: %+v, want %+v", class, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	c, err := i18n.Load(Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	want := []string{"register.busy", "register.down", "register.off", "register.query", "register.short", "register.silent", "register.unknown"}
	if diff := cmp.Diff(want, c.For("en").Keys()); diff != "" {
		t.Error(diff)
	}
}
