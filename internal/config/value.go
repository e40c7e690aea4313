package config

import (
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

func parseText(text string) (string, error) { return text, nil }

// parseSecret refuses an empty text, which only a file can give.
func parseSecret(text string) (Secret, error) {
	if text == "" {
		return "", want("secret")
	}
	return Secret(text), nil
}

// tokenLength is the fewest characters of a token that nobody guesses.
const tokenLength = 16

func parseToken(text string) (Secret, error) {
	if len(text) < tokenLength {
		return "", want("token", tokenLength)
	}
	return Secret(text), nil
}

func parseAddress(text string) (string, error) {
	_, port, err := net.SplitHostPort(text)
	if _, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil {
		return "", want("address")
	}
	return text, nil
}

func parseHost(text string) (string, error) {
	if strings.ContainsAny(text, " /@") || (strings.Contains(text, ":") && net.ParseIP(text) == nil) {
		return "", want("host")
	}
	return text, nil
}

// parseWeb reads an address of the web that nobody between can read: https, or
// a server on this machine.
func parseWeb(text string) (*url.URL, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, false
	}
	return u, u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func parsePublicURL(text string) (*url.URL, error) {
	u, ok := parseWeb(strings.TrimSuffix(text, "/"))
	if !ok || u.Path != "" {
		return nil, want("public_url")
	}
	return u, nil
}

// parseIssuer keeps the text: tokens name their issuer to the letter.
func parseIssuer(text string) (string, error) {
	if _, ok := parseWeb(text); !ok {
		return "", want("issuer")
	}
	return text, nil
}

func parseRegister(text string) (*url.URL, error) {
	if text == "none" {
		return nil, nil
	}
	u, ok := parseWeb(text)
	if !ok {
		return nil, want("register")
	}
	return u, nil
}

func parseSender(text string) (*mail.Address, error) {
	sender, err := mail.ParseAddress(text)
	if err != nil {
		return nil, want("sender")
	}
	return sender, nil
}

func parseTLS(text string) (TLS, error) {
	switch t := TLS(text); t {
	case StartTLS, ImplicitTLS, NoTLS:
		return t, nil
	}
	return "", want("choice", "starttls, tls, none")
}

func parseLevel(text string) (level slog.Level, err error) {
	switch text {
	case "debug", "info", "warn", "error":
		return level, level.UnmarshalText([]byte(text))
	}
	return 0, want("choice", "debug, info, warn, error")
}

// parseFormat says whether the format is JSON.
func parseFormat(text string) (bool, error) {
	if text != "text" && text != "json" {
		return false, want("choice", "text, json")
	}
	return text == "json", nil
}

func parseBool(text string) (bool, error) {
	if text != "true" && text != "false" {
		return false, want("choice", "true, false")
	}
	return text == "true", nil
}

// parsePrefixes reads networks, or single addresses, between commas or spaces.
func parsePrefixes(text string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, part := range strings.Fields(strings.ReplaceAll(text, ",", " ")) {
		prefix, err := netip.ParsePrefix(part)
		if one, bad := netip.ParseAddr(part); bad == nil {
			prefix, err = one.Prefix(one.BitLen())
		}
		if err != nil {
			return nil, want("networks", part)
		}
		list = append(list, prefix.Masked())
	}
	return list, nil
}

// count reads a whole number within limits.
func count(least, most int) func(string) (int, error) {
	return func(text string) (int, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < least || n > most {
			return 0, want("count", strconv.Itoa(least), strconv.Itoa(most))
		}
		return n, nil
	}
}

// span reads a length of time within limits, written as lengths of time are.
func span(least, most string) func(string) (time.Duration, error) {
	return within(parseSpan, "span", least, most)
}

// size reads a number of bytes within limits, written as sizes are.
func size(least, most string) func(string) (int64, error) {
	return within(parseSize, "size", least, most)
}

func within[T time.Duration | int64](parse func(string) (T, bool), key, least, most string) func(string) (T, error) {
	low, _ := parse(least)
	high, _ := parse(most)
	return func(text string) (T, error) {
		value, ok := parse(text)
		if !ok || value < low || value > high {
			return 0, want(key, least, most)
		}
		return value, nil
	}
}

// parseSpan reads what Go reads, such as 90s or 1h30m, and whole days: 14d.
func parseSpan(text string) (time.Duration, bool) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err == nil
	}
	d, err := time.ParseDuration(text)
	return d, err == nil
}

// parseSize reads a whole number of kB, MB or GB.
func parseSize(text string) (int64, bool) {
	bytes := int64(1)
	for _, unit := range []string{"kB", "MB", "GB"} {
		bytes *= 1000
		if digits, ok := strings.CutSuffix(text, unit); ok {
			n, err := strconv.ParseUint(strings.TrimSpace(digits), 10, 16)
			return int64(n) * bytes, err == nil
		}
	}
	return 0, false
}
