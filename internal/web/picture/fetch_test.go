package picture

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/escale-hq/escale/internal/fault"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34:443":          true,
		"93.184.216.34:80":           true,
		"[2606:2800:220:1::1]:443":   true,
		"93.184.216.34:22":           false, // no site's port
		"93.184.216.34:8080":         false,
		"0.0.0.0:80":                 false, // this machine
		"127.0.0.1:80":               false, // loopback
		"127.8.9.10:443":             false,
		"10.1.2.3:80":                false, // private
		"172.16.0.1:80":              false,
		"172.31.255.255:80":          false,
		"192.168.1.1:80":             false,
		"100.64.0.1:80":              false, // shared by carriers
		"100.127.255.254:443":        false,
		"169.254.169.254:80":         false, // link-local: the metadata of clouds
		"192.0.0.170:80":             false, // kept for protocols
		"192.0.2.1:80":               false, // documentation
		"198.51.100.1:80":            false,
		"203.0.113.1:80":             false,
		"198.18.0.1:80":              false, // measurements
		"224.0.0.1:80":               false, // multicast
		"239.255.255.250:80":         false,
		"240.0.0.1:80":               false, // kept for later
		"255.255.255.255:80":         false, // broadcast
		"[::]:80":                    false, // this machine
		"[::1]:80":                   false, // loopback
		"[fe80::1]:80":               false, // link-local
		"[fe80::1%eth0]:80":          false,
		"[2606:2800:220:1::1%1]:80":  false, // no public address has a zone
		"[fc00::1]:80":               false, // private
		"[fd12:3456::1]:80":          false,
		"[fec0::1]:80":               false, // site-local
		"[ff02::1]:80":               false, // multicast
		"[::ffff:127.0.0.1]:80":      false, // IPv4-mapped
		"[::ffff:93.184.216.34]:443": false,
		"[::127.0.0.1]:80":           false, // IPv4-compatible
		"[64:ff9b::7f00:1]:80":       false, // NAT64
		"[64:ff9b:1::a00:1]:80":      false,
		"[2001::1]:80":               false, // Teredo
		"[2001:db8::1]:80":           false, // documentation
		"[3fff::1]:80":               false,
		"[2002:7f00:1::1]:80":        false, // 6to4
		"[100::1]:80":                false, // thrown away
	} {
		if got := public(netip.MustParseAddrPort(address)); got != want {
			t.Errorf("%s is public: %t", address, got)
		}
	}
}

// A site answers on loopback, and counts what it was asked.
type site struct {
	*httptest.Server
	asked atomic.Int32
}

func open(t *testing.T, answer http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func anywhere(netip.AddrPort) bool { return true }

func TestFetch(t *testing.T) {
	content := pngOf(t, drawn(1024, 512))
	s := open(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html") // the content is judged, not its name
		_, _ = w.Write(content)
	})
	small, err := fetcher(anywhere).Fetch(context.Background(), s.URL+"/logo")
	if err != nil || len(small) == 0 {
		t.Errorf("%d bytes, %v", len(small), err)
	}
}

// TestFetchReachesNothingPrivate: a server on loopback is never asked, by any
// of its names.
func TestFetchReachesNothingPrivate(t *testing.T) {
	s := open(t, func(http.ResponseWriter, *http.Request) {})
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, address := range []string{
		s.URL, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port,
		"http://127.1" + port, "http://2130706433" + port, "https://127.0.0.1" + port, "http://169.254.169.254/latest/meta-data/",
	} {
		_, err := NewFetcher().Fetch(context.Background(), address)
		if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || f.Key != "picture.unreachable" {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked := s.asked.Load(); asked != 0 {
		t.Errorf("the server was asked %d times", asked)
	}
}

// TestFetchFollowsNobodyInside: a public site that sends on to a private one.
func TestFetchFollowsNobodyInside(t *testing.T) {
	inside := open(t, func(http.ResponseWriter, *http.Request) {})
	outside := open(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inside.URL, http.StatusFound) })
	public := strings.TrimPrefix(outside.URL, "http://")
	allowed := func(to netip.AddrPort) bool { return to.String() == public }
	_, err := fetcher(allowed).Fetch(context.Background(), outside.URL)
	if f := fault.Of(err); f == nil || f.Key != "picture.unreachable" || outside.asked.Load() != 1 || inside.asked.Load() != 0 {
		t.Errorf("%v; outside was asked %d times, inside %d", err, outside.asked.Load(), inside.asked.Load())
	}
}

func TestFetchRefusesAddresses(t *testing.T) {
	for _, address := range []string{
		"", "logo.png", "/logo.png", "//example.org/logo.png", "ftp://example.org/logo.png", "file:///etc/passwd",
		"data:image/png;base64,AAAA", "gopher://example.org", "https://", "https://:443/", "https://user@example.org/",
		"https://user:secret@example.org/", "https://exa mple.org/", "javascript:alert(1)",
	} {
		_, err := NewFetcher().Fetch(context.Background(), address)
		if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || f.Key != "picture.address" {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestFetchGivesUp(t *testing.T) {
	content := pngOf(t, drawn(4, 4))
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		key    string
		asked  int32
	}{
		"a loop": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, "picture.unreachable", 4},
		"another scheme": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, "picture.unreachable", 1},
		"credentials on the way": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://user@"+r.Host+"/", http.StatusFound)
		}, "picture.unreachable", 1},
		"not found": {http.NotFound, "picture.unreachable", 1},
		"a page":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, "picture.unread", 1},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			for {
				if _, err := w.Write(content); err != nil {
					return
				}
			}
		}, "picture.too_large", 1},
		"broken off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write(content)
			panic(http.ErrAbortHandler)
		}, "picture.unreachable", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, c.answer)
			_, err := fetcher(anywhere).Fetch(context.Background(), s.URL+"/")
			if f := fault.Of(err); f == nil || f.Key != c.key || s.asked.Load() != c.asked {
				t.Errorf("%v; asked %d times", err, s.asked.Load())
			}
		})
	}
}

// TestFetchWaitsForNobody: who asks no longer wants the picture.
func TestFetchWaitsForNobody(t *testing.T) {
	s := open(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("gone"))
	_, err := fetcher(anywhere).Fetch(ctx, s.URL)
	if f := fault.Of(err); f == nil || f.Key != "picture.unreachable" {
		t.Error(err)
	}
}
