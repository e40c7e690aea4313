package config

import (
	"net/url"
	"strings"
)

// sqlitePath is the path of an SQLite file; ok is false on PostgreSQL.
func sqlitePath(database string) (path string, ok bool) {
	return strings.TrimPrefix(database, "sqlite:"), !onPostgres(database)
}

func onPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

func parseDatabase(text string) (Secret, error) {
	if path, sqlite := sqlitePath(text); sqlite {
		if path == "" || strings.HasPrefix(path, "//") || strings.Contains(path, "://") {
			return "", want("database")
		}
		return Secret(text), nil
	}
	// An unescaped / or # in a password would end it early, and show the rest.
	u, err := url.Parse(text)
	if err != nil || u.Fragment != "" || strings.Contains(u.EscapedPath()+u.RawQuery, "@") {
		return "", want("database")
	}
	return Secret(text), nil
}

// setDatabasePassword writes the password into the address, which is set
// before it. An SQLite file has none.
func (s *Settings) setDatabasePassword(text string) error {
	password, err := parseSecret(text)
	if err != nil || !onPostgres(string(s.Database)) {
		return err
	}
	u, err := url.Parse(string(s.Database))
	if err != nil {
		return want("database")
	}
	u.User = url.UserPassword(u.User.Username(), string(password))
	s.Database = Secret(u.String())
	return nil
}

// showDatabase leaves out of an address what can hold a password. What is no
// address might be one with a slip in it, and is left out whole.
func showDatabase(text string) string {
	if _, err := parseDatabase(text); err != nil {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || !onPostgres(text) {
		return text // a path, which parseDatabase let pass
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	u.RawQuery = ""
	return u.String()
}
