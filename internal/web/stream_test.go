package web

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

// event is what a browser makes of a stream, by the rules of the protocol.
type event struct{ name, data string }

// nextEvent reads one, as the standard says that a browser does.
func nextEvent(from *bufio.Scanner) (e event, more bool) {
	var data []string
	for from.Scan() {
		field, value, _ := strings.Cut(from.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case from.Text() == "" && e.name != "":
			e.data = strings.Join(data, "\n")
			return e, true
		case field == "event":
			e.name = value
		case field == "data":
			data = append(data, value)
		}
	}
	return e, false
}

// TestAMessageArrivesWhole, whatever lines it has.
func TestAMessageArrivesWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shown := rapid.StringOf(rapid.RuneFrom([]rune("ab :é\r\n"))).Draw(t, "shown")
		text, err := Message{Name: "work", Shows: saying(shown)}.text(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		got, whole := nextEvent(bufio.NewScanner(strings.NewReader(text)))
		want := event{"work", strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(shown)}
		if !whole || got != want {
			t.Errorf("%q arrives as %q", want, got)
		}
	})
}

// A tap is a server of one stream that says what its values are.
type tap struct {
	*httptest.Server
	values chan string
	ended  chan error // what came of a stream, and of whom it heard
}

var errUnsaid = errors.New("nobody can say this")

func openTap(t *testing.T) *tap {
	t.Helper()
	s := &tap{values: make(chan string), ended: make(chan error, 1)}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var watching context.Context
		err := Stream(w, r,
			func(ctx context.Context) (<-chan string, error) { watching = ctx; return s.values, nil },
			func(_ context.Context, value string) (Message, error) {
				if value == "unsaid" {
					return Message{}, errUnsaid
				}
				return Message{Name: "said", Shows: saying(value)}, nil
			})
		if err != nil {
			w.WriteHeader(http.StatusTeapot)
		}
		<-watching.Done()
		s.ended <- err
	}))
	base, end := EndStreams(context.Background())
	s.Config.BaseContext = func(net.Listener) context.Context { return base }
	s.Config.RegisterOnShutdown(end)
	s.Start()
	t.Cleanup(func() { end(); s.Close() })
	return s
}

// listen opens the stream as a page does.
func (s *tap) listen(t *testing.T, ctx context.Context) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

// say sends a value, which somebody must be there to hear.
func (s *tap) say(value string) { s.values <- value }

// TestStreamTellsAtOnce: each value is there before the next is sent, and with
// the last the stream ends.
func TestStreamTellsAtOnce(t *testing.T) {
	s := openTap(t)
	go s.say("one")
	answer := s.listen(t, t.Context())
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the headers are %v", answer.Header)
	}
	lines := bufio.NewScanner(answer.Body)
	for _, next := range []string{"two\nlines", "three"} {
		if e, more := nextEvent(lines); !more || e.name != "said" {
			t.Fatalf("the stream says %q", e)
		}
		s.say(next)
	}
	if e, _ := nextEvent(lines); e.data != "three" {
		t.Errorf("the last is %q", e)
	}
	close(s.values)
	if e, more := nextEvent(lines); more {
		t.Errorf("after the last, %q", e)
	}
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

// TestStreamEndsWithItsReader leaves nothing that goes on watching.
func TestStreamEndsWithItsReader(t *testing.T) {
	leaks := goleak.IgnoreCurrent()
	s := openTap(t)
	ctx, leave := context.WithCancel(context.Background())
	go s.say("one")
	answer := s.listen(t, ctx)
	leave()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
	answer.Body.Close()
	s.Close()
	s.Client().CloseIdleConnections()
	goleak.VerifyNone(t, leaks)
}

// TestStoppingEndsStreams: a server that stops does not wait for those who
// listen.
func TestStoppingEndsStreams(t *testing.T) {
	s := openTap(t)
	go s.say("one")
	lines := bufio.NewScanner(s.listen(t, t.Context()).Body)
	nextEvent(lines)
	patience, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.Config.Shutdown(patience); err != nil {
		t.Error(err)
	}
	if e, more := nextEvent(lines); more {
		t.Errorf("after the end, %q", e)
	}
}

// TestStreamThatFails: what cannot be said first is an answer like any other;
// later it ends the stream, and the browser asks again.
func TestStreamThatFails(t *testing.T) {
	s := openTap(t)
	go s.say("unsaid")
	if answer := s.listen(t, t.Context()); answer.StatusCode != http.StatusTeapot {
		t.Errorf("answered %d", answer.StatusCode)
	}
	if err := <-s.ended; !errors.Is(err, errUnsaid) {
		t.Errorf("the first fails with %v", err)
	}
	go s.say("one")
	answer := s.listen(t, t.Context())
	s.say("unsaid")
	if err := <-s.ended; err != nil {
		t.Errorf("the second fails with %v", err)
	}
	lines := bufio.NewScanner(answer.Body)
	nextEvent(lines)
	if e, more := nextEvent(lines); more || answer.StatusCode != http.StatusOK {
		t.Errorf("answered %d, then %q", answer.StatusCode, e)
	}
}

// A deadlined answer keeps the deadlines that are set for it.
type deadlined struct {
	*httptest.ResponseRecorder
	read, write time.Time
}

func (d *deadlined) SetReadDeadline(at time.Time) error  { d.read = at; return nil }
func (d *deadlined) SetWriteDeadline(at time.Time) error { d.write = at; return nil }

// TestFollow tells of a work until it is over, and is not cut off by deadlines
// that are for answers that end soon.
func TestFollow(t *testing.T) {
	soon := time.Now().Add(time.Second)
	w := &deadlined{httptest.NewRecorder(), soon, soon}
	steps := make(chan int, 3)
	for step := range 3 {
		steps <- step
	}
	close(steps)
	err := Follow(w, httptest.NewRequest(http.MethodGet, "/work", nil), testWords(t, "en"),
		func(context.Context) (<-chan int, error) { return steps, nil },
		func(_ context.Context, step int) (Work, error) {
			work := Work{Title: "Planning", Meter: Meter{Value: float64(step), Top: 2}, Value: "1 & 2"}
			if step < 2 {
				work.Href = "/work"
			}
			return work, nil
		})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for lines := bufio.NewScanner(w.Body); ; {
		e, more := nextEvent(lines)
		if !more {
			break
		}
		names = append(names, e.name)
		if e.name == "work" && (!strings.Contains(e.data, `data-follow="/work"`) || !strings.Contains(e.data, "1 &amp; 2")) {
			t.Errorf("the work is shown as %s", e.data)
		}
	}
	if diff := cmp.Diff([]string{"work", "work", "over"}, names); diff != "" {
		t.Error(diff)
	}
	if !w.read.IsZero() || w.write.Before(soon.Add(longestSend/2)) {
		t.Errorf("the deadlines are %v and %v", w.read, w.write)
	}
}

// TestLongWorkWithoutScript: a page whose frame says so is asked for again by
// itself, and its work has a link that does the same.
func TestLongWorkWithoutScript(t *testing.T) {
	words := testWords(t, "en")
	for _, again := range []bool{true, false} {
		page := render(t, Page(Frame{Words: words, Again: again}))
		if got := strings.Contains(page, `<noscript><meta http-equiv="refresh" content="2"`); got != again {
			t.Errorf("again %v: %s", again, page)
		}
	}
	work := render(t, LongWork(words, Work{Href: "/work"}))
	if !strings.Contains(work, `<noscript>This page is loaded again by itself. <a href="/work">`) {
		t.Errorf("without a script, nothing is said in %s", work)
	}
	over := render(t, LongWork(words, Work{Value: "1"}))
	if strings.Contains(over, "noscript") || strings.Contains(over, "data-follow") {
		t.Errorf("it is over, and yet %s", over)
	}
}
