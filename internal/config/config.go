// Package config is what an installation of Escale may set: the values in
// force, where each came from, and what is wrong with those that are refused.
//
// A setting comes from an option of the command line, from the environment,
// from one file or from its default, the first of these that gives it. Nothing
// else in the program reads the environment: each package is handed its own
// values. What is wrong is told as [Problems], all of them at once, for the
// command to put into words.
package config

import (
	"log/slog"
	"net/mail"
	"net/netip"
	"net/url"
	"time"
)

// Settings are all the values in force. Their names, defaults and what each may
// be are in the table of table.go.
type Settings struct {
	// Address is where the server listens: a host, which may be empty for all
	// of the machine's, and a port.
	Address string
	// PublicURL is what links begin with: a scheme and a host, no path. It is
	// https unless the host is this machine.
	PublicURL *url.URL
	// Database is the address of the database: a path or sqlite:PATH, or
	// postgres://..., which then holds the password as well.
	Database Secret
	// Key seals personal links and cookies.
	Key Key
	// Files is the folder of what people upload.
	Files string
	// MaxUpload is the most bytes that one upload may have.
	MaxUpload int64
	Mail      Mail
	OIDC      OIDC
	// TrustedProxies are whose word is taken for the address of a client.
	TrustedProxies []netip.Prefix
	// MetricsToken opens /metrics, which is closed without one.
	MetricsToken Secret
	Log          Log
	// JobWorkers is how many jobs run at a time.
	JobWorkers int
	Session    Session
	// CompanyRegister answers for French companies; nil where none is asked.
	CompanyRegister *url.URL
	// Development opens the pages under /dev, the mailbox among them.
	Development bool
	// ShutdownTimeout is how long requests and jobs under way may take to end.
	ShutdownTimeout time.Duration
}

// Mail is how messages leave. Without a host none do.
type Mail struct {
	Host     string
	Port     int
	User     string
	Password Secret
	// From is the sender of all messages; nil without a host.
	From *mail.Address
	TLS  TLS
}

// TLS is how a mail server is spoken to.
type TLS string

// StartTLS begins in the clear and goes no further unless the server encrypts;
// ImplicitTLS is encrypted from the first byte; NoTLS never, and is for a
// server on this machine only.
const (
	StartTLS    TLS = "starttls"
	ImplicitTLS TLS = "tls"
	NoTLS       TLS = "none"
)

// OIDC is the provider of identities that people may sign in with. Without an
// issuer there is none.
type OIDC struct {
	// Issuer is the provider's address, as its tokens spell it.
	Issuer       string
	ClientID     string
	ClientSecret Secret
	// Name is what the button says.
	Name string
	// NewUsers says that whoever it vouches for becomes a user. Otherwise it signs
	// in those who are users already.
	NewUsers bool
}

// Log is what is logged, and how.
type Log struct {
	Level slog.Level
	// JSON says that lines are JSON rather than text.
	JSON bool
}

// Session is how long a sign-in lasts.
type Session struct {
	// Idle is how long without a request.
	Idle time.Duration
	// Lifetime is how long in all.
	Lifetime time.Duration
}

// A Secret is a text that is never shown. Convert it to a string where it is
// used, and nowhere else.
type Secret string

const hidden = "hidden"

// String hides the secret from whoever prints it.
func (Secret) String() string { return hidden }

// GoString hides the secret from %#v.
func (Secret) GoString() string { return hidden }

// MarshalText hides the secret from encoders, those of logs among them.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
