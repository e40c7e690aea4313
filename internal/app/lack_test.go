package app

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/escale-hq/escale/internal/fault"
)

func TestLack(t *testing.T) {
	other := errors.New("anything else")
	tests := []struct {
		name string
		err  error
		key  string // of the fault, or "" where the error stays as it is
	}{
		{"no room on PostgreSQL's disk", fmt.Errorf("add: %w", &pgconn.PgError{Code: "53100"}), "app.full"},
		{"PostgreSQL shuts down", &pgconn.PgError{Code: "57P01"}, "app.unreachable"},
		{"a connection that is gone", fmt.Errorf("begin: %w", sql.ErrConnDone), "app.unreachable"},
		{"a query that is wrong", &pgconn.PgError{Code: "42601"}, ""},
		{"anything else", other, ""},
		{"a fault", fault.New(fault.NotFound, "record.none"), "record.none"},
	}
	for _, test := range tests {
		got := lack(test.err)
		f := fault.Of(got)
		switch {
		case test.key == "" && got != test.err:
			t.Errorf("%s becomes %v", test.name, got)
		case test.key != "" && (f == nil || f.Key != test.key):
			t.Errorf("%s is %v, want %s", test.name, got, test.key)
		case !errors.Is(got, test.err):
			t.Errorf("%s loses its cause", test.name)
		}
	}
}
