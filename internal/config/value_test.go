package config

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestValues gives each setting what it may be and what it may not.
func TestValues(t *testing.T) {
	rows := new(Settings).table()
	for name, texts := range map[string]struct{ good, bad string }{
		"address":          {":0|0.0.0.0:80|[::1]:65535|escale:1", "8080|localhost|:65536|:http|::1:80"},
		"public-url":       {"https://a.example|http://localhost:80|http://127.9.0.1/|http://[::1]:1", "http://a.example|a.example|https://|https://a/b|https://u:p@a|https://a?b|ftp://localhost"},
		"database":         {"a.db|sqlite:a.db|/x/y|C:/x|postgres://u:p@h/d|postgresql:///d?host=/run", "sqlite:|sqlite://x|mysql://h/d|postgres://u:p%zz@h/d|postgres://u:1/2@h/d|postgres://h/d#e"},
		"key":              {strings.Repeat("0f", 32) + "|" + strings.Repeat("A", 43) + "|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("-_", 21) + "A", "short|" + strings.Repeat("0g", 32) + "|" + strings.Repeat("A", 44)},
		"max-upload":       {"1MB|1000kB|1GB|25 MB", "25|0.5MB|-1MB|2GB|999kB|MB|1mb|99999999MB"},
		"mail-host":        {"mail.example.org|192.0.2.1|::1", "mail.example.org:25|a b|https://a|x@a"},
		"mail-port":        {"1|65535", "0|65536|x|-1|1.5"},
		"mail-from":        {"a@example.org|A B <a@example.org>", "a|a@|<a@example.org"},
		"mail-tls":         {"tls|starttls|none", "TLS|ssl|on"},
		"oidc-issuer":      {"https://a.example/realms/x|http://localhost:5556/dex", "http://a.example|a.example"},
		"oidc-new-users":   {"true|false", "yes"},
		"trusted-proxies":  {"10.0.0.0/8|::1,127.0.0.1", "10.0.0.0/33|localhost|10.0.0.1;10.0.0.2"},
		"metrics-token":    {strings.Repeat("x", 16), strings.Repeat("x", 15)},
		"log-level":        {"debug|info|warn|error", "INFO|trace|info+1"},
		"log-format":       {"text|json", "xml"},
		"job-workers":      {"1|64", "0|65"},
		"session-idle":     {"5m|90d|12h|1h30m", "4m59s|91d|-1h|d|1.5d|14|99999d"},
		"session-lifetime": {"1h|365d", "59m|366d"},
		"company-register": {"none|https://a.example|http://localhost:1/x", "off|http://a.example"},
		"development":      {"true|false", "yes|1|True"},
		"shutdown-timeout": {"1s|10m", "0s|11m"},
	} {
		row, _, ok := find(rows, name)
		if !ok {
			t.Errorf("there is no %s", name)
			continue
		}
		for text := range strings.SplitSeq(texts.good, "|") {
			if err := row.set(text); err != nil {
				t.Errorf("%s = %q is refused: %v", name, text, err)
			}
		}
		for text := range strings.SplitSeq(texts.bad, "|") {
			if err := row.set(text); err == nil {
				t.Errorf("%s = %q is let in", name, text)
			}
		}
	}
}

// TestSecretsHide: whoever prints all settings shows no secret.
func TestSecretsHide(t *testing.T) {
	const secret = "a-secret-that-is-long"
	s := Settings{Database: secret, Key: Key{Text: secret}, MetricsToken: secret}
	s.Mail.Password, s.OIDC.ClientSecret = secret, secret
	encoded, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if all := fmt.Sprintf("%v %+v %#v %s", s, s, s, encoded); strings.Contains(all, secret) {
		t.Error(all)
	}
}

// TestSpansReadBack: whole days mean what as many hours do.
func TestSpansReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(0, 365).Draw(t, "days")
		got, ok := parseSpan(fmt.Sprintf("%dd", days))
		want, err := time.ParseDuration(fmt.Sprintf("%dh", 24*days))
		if !ok || err != nil || got != want {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// TestDistance compares with the definition, written as a recursion.
func TestDistance(t *testing.T) {
	var slow func(a, b string) int
	slow = func(a, b string) int {
		switch {
		case a == "" || b == "":
			return len(a) + len(b)
		case a[0] == b[0]:
			return slow(a[1:], b[1:])
		}
		return 1 + min(slow(a[1:], b), slow(a, b[1:]), slow(a[1:], b[1:]))
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[ab-]{0,6}`).Draw(t, "a")
		b := rapid.StringMatching(`[ab-]{0,6}`).Draw(t, "b")
		if got, want := distance(a, b), slow(a, b); got != want {
			t.Errorf("distance(%q, %q) = %d, want %d", a, b, got, want)
		}
	})
}
