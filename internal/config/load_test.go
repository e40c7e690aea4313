package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// write makes a file of a test and gives its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestPrecedence gives one setting in every set of places: the strongest holds,
// and an empty value is as none.
func TestPrecedence(t *testing.T) {
	places := []SourceKind{Option, Environment, File}
	where := map[SourceKind]string{Option: "--job-workers", Environment: "ESCALE_JOB_WORKERS", File: "escale.conf:2"}
	value := map[SourceKind]string{Option: "11", Environment: "12", File: "13"}
	for set := range 27 { // each place gives nothing, an empty value or a value
		text := map[SourceKind]string{}
		want := Entry{Name: "job-workers", Value: "4", Set: true, Source: Source{Kind: Default}}
		options, environ := map[string]string{}, []string{"PATH=/bin"}
		for i := 2; i >= 0; i-- {
			switch kind := places[i]; set / []int{1, 3, 9}[i] % 3 {
			case 1:
				text[kind] = "="
			case 2:
				text[kind] = "=" + value[kind]
				want.Value, want.Source = value[kind], Source{kind, where[kind]}
			}
		}
		if v, ok := strings.CutPrefix(text[Option], "="); ok {
			options["job-workers"] = v
		}
		if text[Environment] != "" {
			environ = append(environ, "ESCALE_JOB_WORKERS"+text[Environment])
		}
		if text[File] != "" {
			environ = append(environ, "ESCALE_CONFIG="+write(t, "escale.conf", "# how many\njob-workers "+text[File]))
		}
		s, entries, err := Load(options, environ)
		if err != nil {
			t.Fatalf("%v: %v", text, err)
		}
		if diff := cmp.Diff(want, entry(entries, "job-workers")); diff != "" {
			t.Errorf("%v: %s", text, diff)
		}
		if fmt.Sprint(s.JobWorkers) != want.Value {
			t.Errorf("%v: %d jobs, want %s", text, s.JobWorkers, want.Value)
		}
	}
}

func entry(entries []Entry, name string) Entry {
	for _, e := range entries {
		if e.Name == name {
			return e
		}
	}
	return Entry{}
}

// TestOptionNamesTheFile: --config overrules ESCALE_CONFIG.
func TestOptionNamesTheFile(t *testing.T) {
	options := map[string]string{"config": write(t, "a.conf", "files = a")}
	s, _, err := Load(options, []string{"ESCALE_CONFIG=" + write(t, "b.conf", "files = b")})
	if err != nil || s.Files != "a" {
		t.Errorf("files %q, %v", s.Files, err)
	}
}

// TestDefaults: with nothing given, what is in force can be used as it is.
func TestDefaults(t *testing.T) {
	s, entries, err := Load(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"address": "127.0.0.1:8080", "public": "http://127.0.0.1:8080", "database": "escale.db", "key": "escale.db.key",
		"upload": int64(25_000_000), "level": slog.LevelInfo, "idle": 14 * 24 * time.Hour, "lifetime": 90 * 24 * time.Hour,
		"register": "https://recherche-entreprises.api.gouv.fr", "shutdown": 30 * time.Second, "tls": StartTLS,
	}
	got := map[string]any{
		"address": s.Address, "public": s.PublicURL.String(), "database": string(s.Database), "key": s.Key.File,
		"upload": s.MaxUpload, "level": s.Log.Level, "idle": s.Session.Idle, "lifetime": s.Session.Lifetime,
		"register": s.CompanyRegister.String(), "shutdown": s.ShutdownTimeout, "tls": s.Mail.TLS,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, e := range entries {
		if e.Source.Kind != Default {
			t.Errorf("%s comes from %v", e.Name, e.Source)
		}
	}
}

// TestEverySettingIsRead gives every setting a value that is not its default.
func TestEverySettingIsRead(t *testing.T) {
	key := strings.Repeat("ab", keySize)
	s, entries, err := Load(map[string]string{
		"address": "[::1]:9000", "public-url": "https://escale.example.org/", "database": "postgres://escale@db/escale?sslmode=require",
		"files": "/srv/files", "max-upload": "1GB", "mail-host": "mail.example.org", "mail-user": "escale",
		"mail-from": "Escale <escale@example.org>", "mail-tls": "tls", "oidc-issuer": "https://id.example.org/",
		"oidc-client-id": "escale", "oidc-name": "Agents", "oidc-new-users": "true",
		"trusted-proxies": "10.1.2.3/8, ::1 192.0.2.7", "log-level": "warn",
		"log-format": "json", "job-workers": "8", "session-idle": "1h30m", "session-lifetime": "2d",
		"company-register": "none", "shutdown-timeout": "1m", "metrics-token-file": write(t, "token", "0123456789abcdef\r\n"),
	}, []string{
		"ESCALE_KEY=" + key, "ESCALE_DATABASE_PASSWORD=p@s/s", "ESCALE_MAIL_PASSWORD= mail ",
		"ESCALE_OIDC_CLIENT_SECRET_FILE=" + write(t, "secret", "client"), "ESCALE_MAIL_PORT=2525",
	})
	if err != nil {
		t.Fatal(err)
	}
	given := []any{
		s.Address, s.PublicURL.String(), string(s.Database), string(s.Key.Text), s.Key.File, s.Files, s.MaxUpload,
		s.Mail.Host, s.Mail.Port, s.Mail.User, string(s.Mail.Password), s.Mail.From.String(), s.Mail.TLS,
		s.OIDC.Issuer, s.OIDC.ClientID, string(s.OIDC.ClientSecret), s.OIDC.Name, s.OIDC.NewUsers, fmt.Sprint(s.TrustedProxies),
		string(s.MetricsToken), s.Log, s.JobWorkers, s.Session, s.CompanyRegister == nil, s.ShutdownTimeout,
	}
	want := []any{
		"[::1]:9000", "https://escale.example.org", "postgres://escale:p%40s%2Fs@db/escale?sslmode=require", key, "", "/srv/files",
		int64(1_000_000_000), "mail.example.org", 2525, "escale", " mail ", `"Escale" <escale@example.org>`, ImplicitTLS,
		"https://id.example.org/", "escale", "client", "Agents", true,
		fmt.Sprint([]netip.Prefix{
			netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("192.0.2.7/32"),
		}),
		"0123456789abcdef",
		Log{slog.LevelWarn, true},
		8,
		Session{90 * time.Minute, 48 * time.Hour},
		true, time.Minute,
	}
	if diff := cmp.Diff(want, given); diff != "" {
		t.Error(diff)
	}
	for _, e := range entries {
		if e.Name != "development" && (!e.Set || e.Source.Kind == Default) {
			t.Errorf("%s is not set: %+v", e.Name, e)
		}
	}
}

// TestDerivedDefaults: some defaults follow other settings.
func TestDerivedDefaults(t *testing.T) {
	s, _, err := Load(map[string]string{
		"database": "sqlite:/srv/escale/my.db", "mail-host": "localhost", "mail-from": "a@example.org", "mail-tls": "none",
		"development": "true", "address": "localhost:1",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := []any{s.Files, s.Key.File, s.Mail.Port, s.PublicURL.String(), s.Development}
	want := []any{filepath.FromSlash("/srv/escale/files"), "/srv/escale/my.db.key", 25, "http://localhost:1", true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestAllProblemsAtOnce: what is wrong in three places is told together, and
// nothing is told of what only follows.
func TestAllProblemsAtOnce(t *testing.T) {
	file := write(t, "escale.conf", "\ufeff# slips\r\nadress = here\r\nfiles = a\r\nfiles = b\r\njust text\r\n= x\r\nconfig = y\r\n")
	_, _, err := Load(map[string]string{"config": file, "job-workers": "many"}, []string{
		"ESCALE_MAIL_HOST=mail.example.org", "ESCALE_MAIL_FROM=nobody", "ESCALE_KEY=a", "ESCALE_KEY_FILE=b",
		"ESCALE_METRICS_TOKEN_FILE=/nowhere/token", "ESCALE_ZZZ=", "ESCALE_DATABASE_FILE=x",
	})
	var got Problems
	if !errors.As(err, &got) {
		t.Fatal(err)
	}
	want := Problems{
		{Kind: NoValue, Source: Source{File, "escale.conf:5"}},
		{Kind: NoValue, Source: Source{File, "escale.conf:6"}},
		{Kind: Unknown, Setting: "adress", Source: Source{File, "escale.conf:2"}, Near: "address"},
		{Kind: Twice, Setting: "files", Value: "escale.conf:3", Source: Source{File, "escale.conf:4"}},
		{Kind: Unknown, Setting: "config", Source: Source{File, "escale.conf:7"}},
		{Kind: Unknown, Setting: "ESCALE_DATABASE_FILE", Source: Source{Environment, "ESCALE_DATABASE_FILE"}, Near: "ESCALE_DATABASE"},
		{Kind: Twice, Setting: "key", Value: "ESCALE_KEY", Source: Source{Environment, "ESCALE_KEY_FILE"}},
		{Kind: Unread, Setting: "metrics-token", Value: "/nowhere/token", Source: Source{Environment, "ESCALE_METRICS_TOKEN_FILE"}},
		{Kind: Unknown, Setting: "ESCALE_ZZZ", Source: Source{Environment, "ESCALE_ZZZ"}},
		{Kind: Wrong, Setting: "mail-from", Value: "nobody", Source: Source{Environment, "ESCALE_MAIL_FROM"}, Want: Want{Key: "sender"}},
		{
			Kind: Wrong, Setting: "job-workers", Value: "many", Source: Source{Option, "--job-workers"},
			Want: Want{"count", []any{"1", "64"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestFileKeepsValuesAsTheyAre: no sign has a meaning within a value.
func TestFileKeepsValuesAsTheyAre(t *testing.T) {
	for line, want := range map[string]string{
		`mail-user=a # b`: `a # b`, `mail-user = "  a  "`: `  a  `, "mail-user\t=\t$HOME=\\n'é'": "$HOME=\\n'é'", `mail-user = "`: `"`,
	} {
		s, _, err := Load(map[string]string{"config": write(t, "f", line+"\nmail-password=x")}, nil)
		if err != nil || s.Mail.User != want {
			t.Errorf("%s: %q, %v; want %q", line, s.Mail.User, err, want)
		}
	}
}
