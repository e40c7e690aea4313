package browsertest

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/cdproto/runtime"
)

// A listener gathers what the browser says of a page. It speaks while the test
// goes on.
type listener struct {
	site string
	mu   sync.Mutex
	said []string
}

func newListener(t *testing.T, address string) *listener {
	t.Helper()
	return &listener{site: site(t, address)}
}

func (l *listener) hear(event any) {
	switch e := event.(type) {
	case *cdp.EventConsoleAPICalled:
		l.note("console." + string(e.Type) + ": " + arguments(e.Args))
	case *cdp.EventExceptionThrown:
		l.note(e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		l.note(e.Entry.Text + " " + e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, l.site) && !strings.HasPrefix(e.Request.URL, "data:") {
			l.note("loads " + e.Request.URL)
		}
	}
}

func (l *listener) note(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, text)
}

func (l *listener) complaints() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.said)
}

func arguments(args []*cdp.RemoteObject) string {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = string(a.Value) + a.Description
	}
	return strings.Join(texts, " ")
}
