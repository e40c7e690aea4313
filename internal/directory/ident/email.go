package ident

import (
	"errors"
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/fault"
)

// ParseEmail reads an e-mail address, alone or as "Name <address>", and gives
// the form in which two are compared: lower case, the domain in ASCII.
func ParseEmail(text string) (string, error) {
	text = strings.TrimSpace(norm.NFKC.String(text))
	text = strings.TrimRight(strings.TrimPrefix(text, "mailto:"), ",; ")
	parsed, err := mail.ParseAddress(text)
	if err != nil {
		return "", fault.Because(err, fault.Invalid, "ident.email")
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	domain, err := asciiHost(parsed.Address[at+1:])
	if err != nil {
		return "", fault.Because(err, fault.Invalid, "ident.email_domain", parsed.Address[at+1:])
	}
	return strings.ToLower(parsed.Address[:at+1]) + domain, nil
}

// asciiHost is a host in the form of the domain name system.
func asciiHost(host string) (string, error) {
	ascii, err := idna.Lookup.ToASCII(strings.ToLower(strings.TrimSuffix(host, ".")))
	if err == nil && !strings.Contains(ascii, ".") {
		err = errors.New("the host has no dot")
	}
	return ascii, err
}

// EmailDomain is what follows the @ of an address, or "".
func EmailDomain(address string) string {
	return address[strings.LastIndexByte(address, '@')+1:]
}

// IsFreemail says whether anyone may have an address of the domain, so that it
// tells nothing about an organisation. The list is of the providers that
// business addresses are seen at.
func IsFreemail(domain string) bool {
	switch domain {
	case "gmail.com", "googlemail.com",
		"outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "hotmail.it", "live.com", "live.fr", "msn.com",
		"yahoo.com", "yahoo.fr", "yahoo.it", "yahoo.es", "yahoo.de", "yahoo.co.uk", "yahoo.co.jp", "ymail.com", "aol.com",
		"icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "zoho.com", "mail.com",
		"orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net", "bbox.fr", "numericable.fr", "aliceadsl.fr",
		"gmx.com", "gmx.fr", "gmx.de", "gmx.net", "web.de", "t-online.de", "libero.it", "virgilio.it", "tin.it", "alice.it",
		"mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "sina.com", "naver.com", "daum.net", "hanmail.net",
		"walla.co.il", "walla.com", "btinternet.com", "skynet.be", "bluewin.ch":
		return true
	}
	return false
}
