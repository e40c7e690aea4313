package db

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// SQL is text of a query that is written in the program. Constants become it
// by themselves; internal/archtest refuses its making from anything else, so
// no input ever becomes part of a query.
type SQL string

// A Condition is part of a query's filter, with its arguments.
type Condition struct {
	SQL  SQL
	Args []any
}

// Both holds where two conditions do; one without text always holds.
func Both(a, b Condition) Condition {
	if a.SQL == "" {
		return b
	}
	if b.SQL == "" {
		return a
	}
	return Condition{"(" + a.SQL + ") AND (" + b.SQL + ")", append(a.Args[:len(a.Args):len(a.Args)], b.Args...)}
}

// Either holds where one of the conditions does; of none, nowhere.
func Either(conditions ...Condition) Condition {
	if len(conditions) == 0 {
		return Condition{SQL: "1 = 0"}
	}
	var either Condition
	for i, c := range conditions {
		if i > 0 {
			either.SQL += " OR "
		}
		either.SQL += "(" + c.SQL + ")"
		either.Args = append(either.Args, c.Args...)
	}
	return either
}

// Among holds for the rows whose column has one of the values; of none, nowhere.
func Among(column SQL, values ...string) Condition {
	if len(values) == 0 {
		return Condition{SQL: "1 = 0"}
	}
	args := make([]any, len(values))
	for i, value := range values {
		args[i] = value
	}
	return Condition{column + SQL(" IN (?"+strings.Repeat(", ?", len(values)-1)+")"), args}
}

// A Query is a list built from filters: what sqlc cannot write for both
// engines. In its parts, ? stands for an argument.
type Query struct {
	columns, from SQL
	where         []string
	args          []any
	order         []string
	orderArgs     []any
	limit, offset int
}

// Select begins a query.
func Select(columns, from SQL) *Query { return &Query{columns: columns, from: from} }

// Only gives other columns of the same rows.
func (q *Query) Only(columns SQL) *Query {
	q.columns = columns
	return q
}

// Where keeps the rows for which a condition holds.
func (q *Query) Where(condition SQL, args ...any) *Query {
	q.where = append(q.where, "("+string(condition)+")")
	q.args = append(q.args, args...)
	return q
}

// In keeps the rows whose column has one of the values. No value keeps none.
func (q *Query) In(column SQL, values ...string) *Query {
	among := Among(column, values...)
	return q.Where(among.SQL, among.Args...)
}

// InQuery keeps the rows whose column has one of the values that another query
// gives.
func (q *Query) InQuery(column SQL, of *Query) *Query {
	return q.Where(column+" IN ("+SQL(of.text())+")", of.Args()...)
}

// Any keeps the rows for which one of the conditions holds: none, if there are
// no conditions.
func (q *Query) Any(conditions ...Condition) *Query {
	either := Either(conditions...)
	return q.Where(either.SQL, either.Args...)
}

// OrderBy sorts by a term that has arguments.
func (q *Query) OrderBy(term SQL, args ...any) *Query {
	q.orderArgs = append(q.orderArgs, args...)
	return q.Order(term)
}

// Order sorts by terms such as "name DESC", the first first.
func (q *Query) Order(terms ...SQL) *Query {
	for _, term := range terms {
		q.order = append(q.order, string(term))
	}
	return q
}

// Page keeps the rows of a page; pages count from 1.
func (q *Query) Page(page, size int) *Query {
	q.limit, q.offset = size, (max(page, 1)-1)*size
	return q
}

// Text is the query as the engines read it.
func (q *Query) Text() string { return numbered(q.text()) }

func (q *Query) text() string {
	var text strings.Builder
	fmt.Fprintf(&text, "SELECT %s FROM %s", q.columns, q.from)
	if len(q.where) > 0 {
		text.WriteString(" WHERE " + strings.Join(q.where, " AND "))
	}
	if len(q.order) > 0 {
		text.WriteString(" ORDER BY " + strings.Join(q.order, ", "))
	}
	if q.limit > 0 {
		fmt.Fprintf(&text, " LIMIT %d OFFSET %d", q.limit, q.offset)
	}
	return text.String()
}

// Args are the arguments of the text, in order.
func (q *Query) Args() []any { return append(q.args[:len(q.args):len(q.args)], q.orderArgs...) }

// numbered replaces each ? by $1, $2 and so on.
func numbered(text string) string {
	var out strings.Builder
	for i, part := range strings.Split(text, "?") {
		if i > 0 {
			out.WriteString("$" + strconv.Itoa(i))
		}
		out.WriteString(part)
	}
	return out.String()
}

// Count is how many rows the query has on all its pages.
func (q *Query) Count(ctx context.Context, tx *Tx) (int, error) {
	all := *q
	all.columns, all.order, all.orderArgs, all.limit = "count(*)", nil, nil, 0
	return count(ctx, tx, all.Text(), all.Args())
}

// CountTo is Count where there are no more than most, and most+1 where there
// are: to count on would read them all.
func (q *Query) CountTo(ctx context.Context, tx *Tx, most int) (int, error) {
	some := *q
	some.columns, some.order, some.orderArgs, some.limit, some.offset = "1", nil, nil, most+1, 0
	return count(ctx, tx, "SELECT count(*) FROM ("+some.Text()+") counted", some.Args())
}

func count(ctx context.Context, tx *Tx, text string, args []any) (n int, err error) {
	if err := tx.QueryRowContext(ctx, text, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count: %w", err)
	}
	return n, nil
}

// A Scan reads the present row.
type Scan func(into ...any) error

// Collect runs a query and reads every row.
func Collect[T any](ctx context.Context, tx *Tx, q *Query, read func(scan Scan) (T, error)) ([]T, error) {
	rows, err := tx.QueryContext(ctx, q.Text(), q.Args()...)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	return collect(rows, read)
}

func collect[T any](rows *sql.Rows, read func(scan Scan) (T, error)) (list []T, err error) {
	defer rows.Close()
	for rows.Next() {
		item, err := read(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read a row: %w", err)
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// CollectPage reads a page of a query, and how many rows there are in all: the
// number itself up to most, and beyond it the least that there can be. Rows are
// counted only where those of the page do not tell.
func CollectPage[T any](ctx context.Context, tx *Tx, q *Query, most int, read func(scan Scan) (T, error)) (page []T, all int, err error) {
	more := *q
	more.limit++ // the first row of the next page, if there is one
	if page, err = Collect(ctx, tx, &more, read); err != nil {
		return nil, 0, err
	}
	found := q.offset + len(page)
	beyond, last := found > most, len(page) <= q.limit
	if (beyond || last) && (len(page) > 0 || q.offset == 0) {
		return page[:min(len(page), q.limit)], found, nil
	}
	all, err = q.CountTo(ctx, tx, most)
	return page[:min(len(page), q.limit)], all, err
}

// One reads a column of text, such as an id.
func One(scan Scan) (text string, err error) { return text, scan(&text) }

// parameters is how many arguments a statement has at most: SQLite looks for the
// name of each among all before it, so that more take longer, not less.
const parameters = 1000

// Insert adds many rows to a table, in as few statements as the engines take.
// Each row has one value a column.
func Insert(ctx context.Context, tx *Tx, table SQL, columns []SQL, rows [][]any) error {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = string(column)
	}
	head := "INSERT INTO " + string(table) + " (" + strings.Join(names, ", ") + ") VALUES "
	row := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	for size := max(parameters/len(columns), 1); len(rows) > 0; {
		chunk := rows[:min(size, len(rows))]
		rows = rows[len(chunk):]
		args := make([]any, 0, len(chunk)*len(columns))
		for _, values := range chunk {
			args = append(args, values...)
		}
		text := numbered(head + row + strings.Repeat(", "+row, len(chunk)-1))
		if _, err := tx.ExecContext(ctx, text, args...); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
	}
	return nil
}
