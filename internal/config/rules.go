package config

import (
	"net"
	"path/filepath"
	"strings"
)

// derive gives the defaults that depend on other settings.
func (l *loader) derive(s *Settings) {
	defaults := map[string]string{"files": "files"}
	if host, _, _ := net.SplitHostPort(s.Address); loopback(host) {
		defaults["public-url"] = "http://" + s.Address
	}
	if s.Mail.Host != "" {
		defaults["mail-port"] = map[TLS]string{StartTLS: "587", ImplicitTLS: "465", NoTLS: "25"}[s.Mail.TLS]
	}
	if path, ok := sqlitePath(string(s.Database)); ok {
		defaults["files"] = filepath.Join(filepath.Dir(path), "files")
		if s.Key.Text == "" {
			s.Key.File = path + ".key"
			l.given["key"] = given{value: s.Key.File, from: Source{Default, s.Key.File}}
		}
	}
	for _, row := range l.table {
		if value := defaults[row.name]; value != "" && l.given[row.name].value == "" {
			l.given[row.name] = given{value: value, from: Source{Kind: Default}}
			l.set(row, l.given[row.name])
		}
	}
}

// judge refuses values that are right alone and wrong together.
func (l *loader) judge(s *Settings) {
	missing := func(broken bool, name, why string) {
		if broken {
			l.refuse(Problem{Kind: Missing, Setting: name, Want: want(why)})
		}
	}
	wrong := func(broken bool, name, why string) {
		if broken {
			g := l.given[name]
			l.refuse(Problem{Kind: Wrong, Setting: name, Value: g.value, Source: g.from, Want: want(why)})
		}
	}
	_, sqlite := sqlitePath(string(s.Database))
	m, o := s.Mail, s.OIDC
	missing(s.PublicURL == nil, "public-url", "public_url_open")
	missing(!sqlite && s.Key.Text == "", "key", "key_shared")
	missing(m.Host != "" && m.From == nil, "mail-from", "sender_needed")
	missing(m.Password != "" && m.User == "", "mail-user", "mail_user_needed")
	missing(m.User != "" && m.Password == "", "mail-password", "mail_password_needed")
	wrong(m.TLS == NoTLS && m.Host != "" && !loopback(m.Host), "mail-tls", "tls_away")
	missing(o.Issuer != "" && o.ClientID == "", "oidc-client-id", "client_needed")
	missing(o.Issuer == "" && o.ClientID != "", "oidc-issuer", "issuer_needed")
	wrong(s.Session.Idle > s.Session.Lifetime, "session-idle", "idle_longer")
	wrong(s.Development && s.PublicURL != nil && !loopback(s.PublicURL.Hostname()), "development", "development_away")
}

// loopback says whether a host is this machine.
func loopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host).IsLoopback()
}
