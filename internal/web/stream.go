package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/i18n"
)

const (
	// streamType is what the EventSource of a page asks for, and is answered.
	streamType = "text/event-stream"
	// heartbeat keeps proxies from taking a quiet stream for a dead one.
	heartbeat = 15 * time.Second
	// longestStream is for how long a stream goes on by a right that was judged
	// when it began. The browser then asks again by itself.
	longestStream = 5 * time.Minute
	// longestSend is how long a reader may take to receive what is sent.
	longestSend = 30 * time.Second
)

// Listens says whether a request is that of a page which listens for what
// changes on it, to be answered by [Stream]. It comes to the address of the page
// itself, and so takes the same right.
func Listens(r *http.Request) bool { return r.Header.Get("Accept") == streamType }

// A Message is what a stream tells a page: its script listens for events of the
// name, and shows what comes with it, if anything does.
type Message struct {
	Name  string
	Shows templ.Component
}

// Stream tells a page that listens of what changes: each value that watch hears
// of, first of all how things stand, becomes a message by say. It goes on until
// there is no more to hear, the reader is gone or the server stops. What fails
// half way ends it too: the browser asks again, and is answered with the error
// if it persists.
func Stream[T any](w http.ResponseWriter, r *http.Request,
	watch func(ctx context.Context) (<-chan T, error), say func(ctx context.Context, heard T) (Message, error),
) error {
	ctx, cancel := streaming(r)
	defer cancel()
	values, err := watch(ctx)
	if err != nil {
		return err
	}
	s := stream{w: w, control: http.NewResponseController(w)}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		text := ":\n\n"
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
		case value, more := <-values:
			if !more {
				return nil
			}
			message, err := say(ctx, value)
			if err == nil {
				text, err = message.text(ctx)
			}
			if err != nil {
				return s.unlessBegun(err)
			}
		}
		if s.send(text) != nil {
			return nil // the reader is gone
		}
	}
}

// Follow tells a page that shows a [LongWork] how far that is: each value that
// watch hears of becomes the work by say. Once that is over, the page is asked
// for anew.
func Follow[T any](w http.ResponseWriter, r *http.Request, words *i18n.Words,
	watch func(ctx context.Context) (<-chan T, error), say func(ctx context.Context, heard T) (Work, error),
) error {
	return Stream(w, r, watch, func(ctx context.Context, heard T) (Message, error) {
		work, err := say(ctx, heard)
		if err == nil && work.Href == "" {
			return Message{Name: "over"}, nil
		}
		return Message{Name: "work", Shows: LongWork(words, work)}, err
	})
}

// text is the message as it is sent. All its lines end in the same way: within a
// page, that is no difference.
func (m Message) text(ctx context.Context) (string, error) {
	var shown bytes.Buffer
	if m.Shows != nil {
		if err := m.Shows.Render(ctx, &shown); err != nil {
			return "", fmt.Errorf("render the message %s: %w", m.Name, err)
		}
	}
	data := strings.NewReplacer("\r\n", "\ndata: ", "\r", "\ndata: ", "\n", "\ndata: ").Replace(shown.String())
	return "event: " + m.Name + "\ndata: " + data + "\n\n", nil
}

// A stream is the answer that messages are written to.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begun   bool
}

// begin lifts what the server sets for answers that end soon. Where a deadline
// cannot be lifted, there is none.
func (s *stream) begin() {
	_ = s.control.SetReadDeadline(time.Time{})
	header := s.w.Header()
	header.Set("Content-Type", streamType)
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // nginx would keep it back
	s.begun = true
}

func (s *stream) send(text string) error {
	if !s.begun {
		s.begin()
	}
	_ = s.control.SetWriteDeadline(time.Now().Add(longestSend))
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}

// unlessBegun is an error that can still be answered.
func (s *stream) unlessBegun(err error) error {
	if s.begun {
		return nil
	}
	return err
}

type streamsEnd struct{}

// EndStreams gives the context under which a server answers its requests, and
// what ends the streams among them, for which a server that stops would wait.
func EndStreams(ctx context.Context) (base context.Context, end func()) {
	over, end := context.WithCancel(ctx)
	return context.WithValue(ctx, streamsEnd{}, over), end
}

// streaming is the context of a stream: it ends with the request, with the
// streams of the server, or because it lasted long enough.
func streaming(r *http.Request) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(r.Context(), longestStream)
	over, found := ctx.Value(streamsEnd{}).(context.Context)
	if !found {
		return ctx, cancel
	}
	forget := context.AfterFunc(over, cancel)
	return ctx, func() {
		forget()
		cancel()
	}
}
