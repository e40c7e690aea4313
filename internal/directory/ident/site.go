package ident

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/fault"
)

// A Site is the address of a web site, and the host by which two sites are
// compared: lower case, in ASCII, without "www.".
type Site struct {
	Address string
	Host    string
}

// ParseSite reads an address as people write it: with or without "https://",
// "www." or a path.
func ParseSite(text string) (Site, error) {
	text = strings.TrimSpace(norm.NFKC.String(text))
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	address, err := url.Parse(text)
	if err != nil {
		return Site{}, fault.Because(err, fault.Invalid, "ident.site")
	}
	if address.Scheme != "http" && address.Scheme != "https" || address.User != nil {
		return Site{}, fault.New(fault.Invalid, "ident.site")
	}
	host, err := asciiHost(address.Hostname())
	if err != nil {
		return Site{}, fault.Because(err, fault.Invalid, "ident.site")
	}
	address.Host = strings.Replace(strings.ToLower(address.Host), strings.ToLower(address.Hostname()), host, 1)
	return Site{Address: address.String(), Host: strings.TrimPrefix(host, "www.")}, nil
}

// RegisteredDomain is the part of a host that one body registered: "acme.co.uk"
// of "shop.acme.co.uk", and the whole of "acme.github.io", where each name is
// another's. It is "" for a host that is only a suffix.
func RegisteredDomain(host string) string {
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return domain
}
