// Package browsertest opens pages in Chromium, as people do: at any width, by
// day or by night, in a language, on paper or without scripts. It tells what
// the browser complains of, what the page loads from elsewhere, and what axe
// finds. Chromium starts once for a test program, on the first page it opens:
// the program's TestMain ends with [Run] or [Close].
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// A browser is the Chromium of this test program.
type browser struct {
	context context.Context
	stop    context.CancelFunc
	folder  string
	failed  error
}

// shared is started by the first page, and closed when all tests are over.
var shared struct {
	sync.Mutex
	*browser
}

// Run runs the tests of a package and closes the browser that they have opened.
// A TestMain exits with its code.
func Run(m *testing.M) int {
	code := m.Run()
	if err := Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

// Close closes the browser, if one was opened.
func Close() error {
	shared.Lock()
	defer shared.Unlock()
	b := shared.browser
	shared.browser = nil
	if b == nil || b.failed != nil {
		return nil
	}
	err := chromedp.Cancel(b.context)
	b.stop()
	if err = errors.Join(err, os.RemoveAll(b.folder)); err != nil {
		return fmt.Errorf("close Chromium: %w", err)
	}
	return nil
}

// open gives the browser, started if it was not.
func open(t *testing.T) context.Context {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.browser == nil {
		shared.browser = start()
	}
	if err := shared.failed; err != nil {
		t.Fatalf("Chromium does not start; `make test` installs it on Debian: %v", err)
	}
	return shared.context
}

func start() *browser {
	folder, err := os.MkdirTemp("", "escale-chromium-")
	if err != nil {
		return &browser{failed: err}
	}
	flags := append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(folder),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
	)
	// Not the context of a test, whose end would kill the browser of the others.
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	first, _ := chromedp.NewContext(allocator)
	if err := chromedp.Run(first); err != nil {
		stop()
		return &browser{failed: errors.Join(err, os.RemoveAll(folder))}
	}
	return &browser{context: first, stop: stop, folder: folder}
}
