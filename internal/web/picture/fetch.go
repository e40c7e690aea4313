package picture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

const (
	timeout       = 5 * time.Second
	mostRedirects = 3
)

// A Fetcher gets pictures from addresses that people give. It reaches public
// addresses only, whatever a name resolves to and wherever a site sends it on:
// nobody can have this server look around its own network.
type Fetcher struct{ client *http.Client }

// NewFetcher makes a fetcher.
func NewFetcher() Fetcher { return fetcher(public) }

// fetcher reaches what a rule allows. The rule is asked for each connection,
// when the name is resolved: what it resolved to before says nothing.
func fetcher(allowed func(netip.AddrPort) bool) Fetcher {
	dialer := net.Dialer{Timeout: timeout, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !allowed(to) {
			return fmt.Errorf("%s is no public address of a site", address)
		}
		return nil
	}}
	return Fetcher{&http.Client{
		Timeout: timeout,
		// No proxy: it would make the connections in place of the dialer.
		Transport: &http.Transport{
			DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			if len(before) > mostRedirects {
				return errors.New("it sends on too often")
			}
			return sound(next.URL)
		},
	}}
}

// Fetch gets the picture at an address as [Shrink] gives it.
func (f Fetcher) Fetch(ctx context.Context, address string) ([]byte, error) {
	to, err := url.Parse(address)
	if err == nil {
		err = sound(to)
	}
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "picture.address")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "picture.address")
	}
	request.Header.Set("Accept", "image/png, image/jpeg, image/webp")
	request.Header.Set("User-Agent", "Escale")
	answer, err := f.client.Do(request)
	if err != nil {
		return nil, unreachable(err, to)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, unreachable(errors.New(answer.Status), to)
	}
	content := &body{from: answer.Body}
	small, err := Shrink(content)
	if content.failed != nil {
		return nil, unreachable(content.failed, to)
	}
	return small, err
}

// unreachable says the same of every address that gives nothing, so that the
// answers tell nothing of a network.
func unreachable(cause error, to *url.URL) error {
	return fault.Because(cause, fault.Invalid, "picture.unreachable", to.Hostname())
}

// A body notes that the reading of an answer failed: its site is at fault then.
type body struct {
	from   io.Reader
	failed error
}

func (b *body) Read(into []byte) (int, error) {
	n, err := b.from.Read(into)
	if err != nil && !errors.Is(err, io.EOF) {
		b.failed = err
	}
	return n, err
}

// sound says why an address is none of a site's.
func sound(to *url.URL) error {
	switch {
	case to.Scheme != "https" && to.Scheme != "http":
		return fmt.Errorf("%q is not https", to.Scheme)
	case to.Hostname() == "":
		return errors.New("it names no host")
	case to.User != nil:
		return errors.New("it holds a user's name")
	default:
		return nil
	}
}

// reserved are the parts of the address space that no site of the public
// Internet has, within those that public looks at: the registries of special
// purposes of RFC 6890.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared by carriers
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("169.254.0.0/16"), // link-local; the metadata of clouds
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("224.0.0.0/3"), // multicast, and what is kept for later

	netip.MustParsePrefix("2001::/23"), // Teredo among others: IPv4 within
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4: IPv4 within
	netip.MustParsePrefix("3fff::/20"),
}

// global is where the public addresses of IPv6 are. Loopback, private and
// link-local ones, multicast, IPv4-mapped ones and NAT64 are elsewhere.
var global = netip.MustParsePrefix("2000::/3")

// public says whether a site of the public Internet may be there.
func public(to netip.AddrPort) bool {
	address := to.Addr()
	if !address.Is4() && !global.Contains(address) || to.Port() != 80 && to.Port() != 443 {
		return false
	}
	return !slices.ContainsFunc(reserved, func(part netip.Prefix) bool { return part.Contains(address) })
}
