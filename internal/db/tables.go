package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A table holds content. Which tables and columns there are is asked of the
// database itself, so that nothing is forgotten when the schema grows: the
// names written into the queries below come from there and from nobody else.
type table struct {
	name    string
	columns []column // in the order of their names
}

// A column has a kind, the same on both engines, and the type that its engine
// declares.
type column struct {
	name, declared string
	kind           kind
}

// tables lists the tables that hold content, each after those that it refers
// to. What the engines keep for themselves is none: the list of migrations,
// indexes of words (made again from the rows), locks and notices of the queue.
func tables(ctx context.Context, tx *Tx) ([]table, error) {
	query := map[Engine]string{SQLite: sqliteColumns, Postgres: postgresColumns}[tx.Engine]
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	found, err := collect(rows, func(scan Scan) (of [3]string, err error) {
		return of, scan(&of[0], &of[1], &of[2])
	})
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	var list []table
	for _, of := range found {
		name, column := of[0], column{name: of[1], declared: of[2]}
		if !holdsContent(name) {
			continue
		}
		if column.kind, err = kindOf(name, column); err != nil {
			return nil, err
		}
		if len(list) == 0 || list[len(list)-1].name != name {
			list = append(list, table{name: name})
		}
		list[len(list)-1].columns = append(list[len(list)-1].columns, column)
	}
	return ordered(ctx, tx, list)
}

const (
	// Virtual tables, and the shadows that they are kept in, are left out.
	sqliteColumns = `
		SELECT t.name, c.name, lower(c.type)
		FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
		WHERE t.schema = 'main' AND t.type = 'table'
		ORDER BY t.name, c.name`
	postgresColumns = `
		SELECT c.relname, a.attname, CASE t.typtype WHEN 'e' THEN 'text' ELSE format_type(t.oid, NULL) END
		FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid JOIN pg_type AS t ON t.oid = a.atttypid
		WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'p')
			AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY c.relname COLLATE "C", a.attname COLLATE "C"`
	sqliteReferences = `
		SELECT t.name, f."table"
		FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
		WHERE t.schema = 'main'`
	postgresReferences = `
		SELECT c.relname, f.relname
		FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS f ON f.oid = k.confrelid
		WHERE k.contype = 'f' AND c.relnamespace = CAST(current_schema() AS regnamespace)`
	postgresSelfReferences = `
		SELECT c.relname, k.conname
		FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
		WHERE k.contype = 'f' AND k.confrelid = k.conrelid AND NOT k.condeferrable
			AND c.relnamespace = CAST(current_schema() AS regnamespace)`
)

func holdsContent(table string) bool {
	if strings.HasPrefix(table, "river_") {
		return table == "river_job" || table == "river_queue"
	}
	return table != "goose_db_version" && !strings.HasPrefix(table, "sqlite_")
}

// ordered puts each table after those that it refers to.
func ordered(ctx context.Context, tx *Tx, list []table) ([]table, error) {
	refers, err := references(ctx, tx)
	if err != nil {
		return nil, err
	}
	var sorted []table
	done := map[string]bool{}
	ready := func(t table) bool {
		return !done[t.name] && !slices.ContainsFunc(refers[t.name], func(name string) bool { return !done[name] })
	}
	for len(sorted) < len(list) {
		next := slices.IndexFunc(list, ready)
		if next < 0 {
			return nil, fmt.Errorf("%d tables refer to one another in a circle: they cannot be copied in any order", len(list)-len(sorted))
		}
		done[list[next].name] = true
		sorted = append(sorted, list[next])
	}
	return sorted, nil
}

// references says which other tables each table refers to.
func references(ctx context.Context, tx *Tx) (map[string][]string, error) {
	query := map[Engine]string{SQLite: sqliteReferences, Postgres: postgresReferences}[tx.Engine]
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list the foreign keys: %w", err)
	}
	pairs, err := collect(rows, func(scan Scan) (of [2]string, err error) { return of, scan(&of[0], &of[1]) })
	if err != nil {
		return nil, fmt.Errorf("list the foreign keys: %w", err)
	}
	refers := map[string][]string{}
	for _, of := range pairs {
		if of[0] != of[1] {
			refers[of[0]] = append(refers[of[0]], of[1])
		}
	}
	return refers, nil
}

// postpone lets rows of one table refer to rows that are written later: such
// references are looked at when the transaction ends, or when the function that
// it gives puts all back as it was.
func postpone(ctx context.Context, tx *Tx) (resume func() error, err error) {
	if tx.Engine == SQLite { // which does so until the transaction ends
		_, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = on")
		return func() error { return nil }, err
	}
	rows, err := tx.QueryContext(ctx, postgresSelfReferences)
	if err != nil {
		return nil, fmt.Errorf("list the foreign keys: %w", err)
	}
	names, err := collect(rows, func(scan Scan) (of [2]string, err error) { return of, scan(&of[0], &of[1]) })
	if err != nil {
		return nil, fmt.Errorf("list the foreign keys: %w", err)
	}
	alter := func(how string) error {
		for _, of := range names {
			_, err := tx.ExecContext(ctx, "ALTER TABLE "+quoted(of[0])+" ALTER CONSTRAINT "+quoted(of[1])+" "+how)
			if err != nil {
				return fmt.Errorf("postpone a foreign key of %s: %w", of[0], err)
			}
		}
		return nil
	}
	resume = func() error {
		if _, err := tx.ExecContext(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
			return fmt.Errorf("check the foreign keys: %w", err)
		}
		return alter("NOT DEFERRABLE")
	}
	return resume, alter("DEFERRABLE INITIALLY DEFERRED")
}

// quoted is a name of the schema as both engines read it in a query.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// each reads every row of the table, in no order, one at a time.
func (t table) each(ctx context.Context, tx *Tx, do func(row []any) error) error {
	names := make([]string, len(t.columns))
	row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i, c := range t.columns {
		names[i], into[i] = c.read(tx.Engine), &row[i]
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+strings.Join(names, ", ")+" FROM "+quoted(t.name))
	if err != nil {
		return fmt.Errorf("read %s: %w", t.name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("read %s: %w", t.name, err)
		}
		for i, c := range t.columns {
			if row[i], err = c.kind.plain(row[i]); err != nil {
				return fmt.Errorf("read %s.%s: %w", t.name, c.name, err)
			}
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insert adds rows as each read them.
func (t table) insert(ctx context.Context, tx *Tx, rows [][]any) error {
	names, slots := make([]string, len(t.columns)), make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i], slots[i] = quoted(c.name), c.slot(tx.Engine)
	}
	slot := "(" + strings.Join(slots, ", ") + ")"
	var args []any
	for _, row := range rows {
		for i, c := range t.columns {
			args = append(args, c.stored(tx.Engine, row[i]))
		}
	}
	text := "INSERT INTO " + quoted(t.name) + " (" + strings.Join(names, ", ") + ") VALUES " +
		slot + strings.Repeat(", "+slot, len(rows)-1)
	if tx.Engine == Postgres { // to SQLite's driver $1 is a name, sought among all: many times slower
		text = numbered(text)
	}
	if _, err := tx.ExecContext(ctx, text, args...); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	return nil
}

// isEmpty says whether the table has no row.
func (t table) isEmpty(ctx context.Context, tx *Tx) (bool, error) {
	var found bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+quoted(t.name)+")").Scan(&found)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", t.name, err)
	}
	return !found, nil
}
