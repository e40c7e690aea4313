package web

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

// testWords gives the words of the kit in a language.
func testWords(t testing.TB, lang string) *i18n.Words {
	t.Helper()
	c, err := i18n.Load(Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	return c.For(lang)
}

// saying is a page of nothing but a text.
func saying(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

func TestRenderAnswersWithAWholePage(t *testing.T) {
	for _, test := range []struct {
		name, accepts, text, encoding string
	}{
		{"a short page is sent as it is", "gzip", "short", ""},
		{"a long page is packed", "br, gzip", strings.Repeat("long ", 1000), "gzip"},
		{"a browser that takes no gzip gets none", "", strings.Repeat("long ", 1000), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", test.accepts)
			if err := Render(w, r, http.StatusAccepted, saying(test.text)); err != nil {
				t.Fatal(err)
			}
			got := w.Result()
			if got.StatusCode != http.StatusAccepted || got.Header.Get("Content-Type") != "text/html; charset=utf-8" || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("status %d, headers %v", got.StatusCode, got.Header)
			}
			if got.Header.Get("Content-Encoding") != test.encoding || got.Header.Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
				t.Errorf("headers %v of %d bytes", got.Header, w.Body.Len())
			}
			if text := unpacked(t, w); text != test.text {
				t.Errorf("the page is %.40q", text)
			}
		})
	}
}

// TestPagesArePackedApart: what packs pages serves many, one after the other and
// at once, and none gets anything of another.
func TestPagesArePackedApart(t *testing.T) {
	var under sync.WaitGroup
	for i := range 40 {
		under.Go(func() {
			text := strings.Repeat(fmt.Sprintf("page %d, ", i), 300+i)
			w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", "gzip")
			if err := Render(w, r, http.StatusOK, saying(text)); err != nil {
				t.Error(err)
			}
			if got := unpacked(t, w); got != text {
				t.Errorf("page %d is %.40q", i, got)
			}
		})
	}
	under.Wait()
}

// unpacked is the text of an answer.
func unpacked(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var body io.Reader = w.Body
	if w.Header().Get("Content-Encoding") == "gzip" {
		zip, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Error(err)
			return ""
		}
		body = zip
	}
	text, err := io.ReadAll(body)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// TestRenderSendsNothingOfHalfAPage: what was written before the failure stays
// here, so that the error can have a page of its own.
func TestRenderSendsNothingOfHalfAPage(t *testing.T) {
	broken := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return io.ErrUnexpectedEOF
	})
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/missions", nil)
	err := Render(w, r, http.StatusOK, broken)
	if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "/missions") {
		t.Errorf("the error is %v", err)
	}
	if w.Body.Len() != 0 || len(w.Header()) != 0 {
		t.Errorf("%q was sent with %v", w.Body, w.Header())
	}
}

func TestRenderKeepsWhatTheHandlerSaid(t *testing.T) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
	w.Header().Set("Cache-Control", "max-age=60")
	if err := Render(w, r, http.StatusOK, saying("public")); err != nil {
		t.Fatal(err)
	}
	if got := w.Header().Get("Cache-Control"); got != "max-age=60" {
		t.Errorf("Cache-Control is %q", got)
	}
}

func TestAnErrorOfAHandlerIsRefused(t *testing.T) {
	var refused error
	handler := Handler(func(http.ResponseWriter, *http.Request) error { return io.EOF })
	handler.Or(func(_ http.ResponseWriter, _ *http.Request, err error) { refused = err })(nil, nil)
	if !errors.Is(refused, io.EOF) {
		t.Errorf("refused: %v", refused)
	}
}

// TestErrorPages: every kind of error has a page in both languages, which says
// the fault's own words; nothing of the inside is given away.
func TestErrorPages(t *testing.T) {
	const secret = "disk sda1 is full"
	for _, lang := range []string{"en", "fr"} {
		f := Frame{Words: testWords(t, lang)}
		for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
			err := fault.Because(errors.New(secret), kind, "web.form.found_none")
			page := render(t, ErrorPage(f, err, "r-42"))
			if !strings.Contains(page, "r-42") || strings.Contains(page, secret) || strings.Contains(page, "web.error.") {
				t.Errorf("%s, %v: the page is %s", lang, kind, page)
			}
			said := strings.Contains(page, f.Words.T("web.form.found_none"))
			if said == (kind == fault.Internal) {
				t.Errorf("%s, %v: the fault is said: %v", lang, kind, said)
			}
		}
	}
}

func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var page strings.Builder
	if err := c.Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}
