package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

// A Handler answers a request, or says why it cannot: the error becomes a page.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Or makes the handler one of net/http's, which leaves its errors to refuse.
func (h Handler) Or(refuse func(w http.ResponseWriter, r *http.Request, err error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			refuse(w, r, err)
		}
	}
}

// Render answers with a page. It is written in full before anything is sent, so
// that a page that fails half way is an error and not half a page. Pages are
// not stored, unless the handler said otherwise before.
func Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	var body bytes.Buffer
	if err := page.Render(r.Context(), &body); err != nil {
		return fmt.Errorf("render %s: %w", r.URL.Path, err)
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Add("Vary", "Accept-Encoding, Accept-Language, Cookie, HX-Request")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-store")
	}
	if body.Len() > worthPacking && takesGzip(r) {
		header.Set("Content-Encoding", "gzip")
		body = *bytes.NewBuffer(packPage(body.Bytes()))
	}
	header.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	// The reader may be gone already: there is nobody left to tell.
	_, _ = body.WriteTo(w)
	return nil
}

// worthPacking is the size above which a page takes fewer packets when packed.
const worthPacking = 1400

func takesGzip(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}

// packers pack pages. Each takes a megabyte, more than all else that a page
// needs: there is one a processor, and pages wait for it as they would for that.
var packers = sync.OnceValue(func() chan *gzip.Writer {
	all := make(chan *gzip.Writer, runtime.GOMAXPROCS(0))
	for range cap(all) {
		all <- newPacker(gzip.BestSpeed)
	}
	return all
})

func packPage(data []byte) []byte {
	packer := <-packers()
	defer func() { packers() <- packer }()
	return pack(packer, data)
}

func newPacker(level int) *gzip.Writer {
	packer, _ := gzip.NewWriterLevel(nil, level) // fails for a level that does not exist
	return packer
}

func pack(packer *gzip.Writer, data []byte) []byte {
	var packed bytes.Buffer
	packer.Reset(&packed)
	// A buffer in memory takes all.
	_, _ = packer.Write(data)
	_ = packer.Close()
	return packed.Bytes()
}

// StatusOf is the status of the answer that an error deserves.
func StatusOf(err error) int {
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.SignIn:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// Explain says an error to a person: the text of its fault, or a neutral
// sentence that gives nothing of the inside away.
func Explain(w *i18n.Words, err error) string {
	if f := fault.Of(err); f != nil && f.Kind != fault.Internal {
		return w.T(f.Key, f.Args...)
	}
	return w.T("web.error." + strconv.Itoa(StatusOf(err)) + ".text")
}

func errorTitle(w *i18n.Words, err error) string {
	return w.T("web.error." + strconv.Itoa(StatusOf(err)) + ".title")
}

// errorFrame is the frame of an error's page, which has its title.
func errorFrame(f Frame, err error) Frame {
	f.Title = errorTitle(f.Words, err)
	return f
}
