package config

import "slices"

// A setting is a row of the table: one thing that may be set.
type setting struct {
	// name is the setting's in the file. --name is its option, ESCALE_NAME its
	// variable.
	name string
	// initial is the default, in the words of the file.
	initial string
	// secret says that the value is never shown, that name-file may point to a
	// file which holds it, and that no option takes it: anyone on a machine can
	// read the command lines.
	secret bool
	// show is what may be seen of a value; nil when all of it.
	show func(string) string
	// set reads a value into the settings, or says what it may be.
	set func(string) error
}

// table lists every setting, in the order in which they are told.
func (s *Settings) table() []setting {
	return []setting{
		{name: "address", initial: "127.0.0.1:8080", set: into(&s.Address, parseAddress)},
		{name: "public-url", set: into(&s.PublicURL, parsePublicURL)},
		{name: "database", initial: "escale.db", show: showDatabase, set: into(&s.Database, parseDatabase)},
		{name: "database-password", secret: true, set: s.setDatabasePassword},
		{name: "key", secret: true, set: into(&s.Key.Text, parseKeyText)},
		{name: "files", set: into(&s.Files, parseText)},
		{name: "max-upload", initial: "25MB", set: into(&s.MaxUpload, size("1MB", "1GB"))},
		{name: "mail-host", set: into(&s.Mail.Host, parseHost)},
		{name: "mail-port", set: into(&s.Mail.Port, count(1, 65535))},
		{name: "mail-user", set: into(&s.Mail.User, parseText)},
		{name: "mail-password", secret: true, set: into(&s.Mail.Password, parseSecret)},
		{name: "mail-from", set: into(&s.Mail.From, parseSender)},
		{name: "mail-tls", initial: "starttls", set: into(&s.Mail.TLS, parseTLS)},
		{name: "oidc-issuer", set: into(&s.OIDC.Issuer, parseIssuer)},
		{name: "oidc-client-id", set: into(&s.OIDC.ClientID, parseText)},
		{name: "oidc-client-secret", secret: true, set: into(&s.OIDC.ClientSecret, parseSecret)},
		{name: "oidc-name", initial: "OpenID Connect", set: into(&s.OIDC.Name, parseText)},
		{name: "oidc-new-users", initial: "false", set: into(&s.OIDC.NewUsers, parseBool)},
		{name: "trusted-proxies", set: into(&s.TrustedProxies, parsePrefixes)},
		{name: "metrics-token", secret: true, set: into(&s.MetricsToken, parseToken)},
		{name: "log-level", initial: "info", set: into(&s.Log.Level, parseLevel)},
		{name: "log-format", initial: "text", set: into(&s.Log.JSON, parseFormat)},
		{name: "job-workers", initial: "4", set: into(&s.JobWorkers, count(1, 64))},
		{name: "session-idle", initial: "14d", set: into(&s.Session.Idle, span("5m", "90d"))},
		{name: "session-lifetime", initial: "90d", set: into(&s.Session.Lifetime, span("1h", "365d"))},
		{
			name: "company-register", initial: "https://recherche-entreprises.api.gouv.fr",
			set: into(&s.CompanyRegister, parseRegister),
		},
		{name: "development", initial: "false", set: into(&s.Development, parseBool)},
		{name: "shutdown-timeout", initial: "30s", set: into(&s.ShutdownTimeout, span("1s", "10m"))},
	}
}

// into reads a value into a field.
func into[T any](field *T, parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		value, err := parse(text)
		if err == nil {
			*field = value
		}
		return err
	}
}

// shown is what may be seen of a value.
func (s setting) shown(value string) string {
	switch {
	case s.secret:
		return ""
	case s.show != nil:
		return s.show(value)
	}
	return value
}

// fileSuffix turns the name of a secret into that of a file which holds it.
const fileSuffix = "-file"

// keys are the names under which a setting may be given.
func (s setting) keys() []string {
	if s.secret {
		return []string{s.name, s.name + fileSuffix}
	}
	return []string{s.name}
}

// Options lists the options of a command line, without their dashes: every
// setting, a secret by the file that holds it, and the settings file itself.
func Options() []string {
	options := []string{fileOption}
	for _, row := range new(Settings).table() {
		keys := row.keys()
		options = append(options, keys[len(keys)-1])
	}
	return options
}

// find gives the setting of a key, and whether the key is that of a file.
func find(table []setting, key string) (row setting, inFile, ok bool) {
	for _, row := range table {
		if i := slices.Index(row.keys(), key); i >= 0 {
			return row, i > 0, true
		}
	}
	return setting{}, false, false
}
