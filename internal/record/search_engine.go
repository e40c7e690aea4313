package record

import (
	"strings"

	"github.com/escale-hq/escale/internal/db"
)

// The two engines find pieces of words each in its own way: this is one of the
// few places that look at which one it is.

// A way to be found is a list of pieces of words that a record holds all of.
// They are folded: letters, digits and marks only.
type way []string

// holding finds the records that hold all pieces of one of the ways. None are
// ranked by the engine: to weigh each piece it would read all that hold it.
func (s *search) holding(ways ...way) *db.Query {
	if s.tx.Engine == db.SQLite {
		either := make([]string, len(ways))
		for i, w := range ways {
			either[i] = `("` + strings.Join(w, `" AND "`) + `")`
		}
		return s.query("search_trigrams t JOIN search_words s ON s.rowid = t.rowid").
			Where("t.words MATCH ?", strings.Join(either, " OR "))
	}
	either := make([]db.Condition, len(ways))
	for i, w := range ways {
		for _, piece := range w {
			either[i] = db.Both(either[i], db.Condition{SQL: "s.words LIKE ?", Args: []any{"%" + piece + "%"}})
		}
	}
	return s.query("search_words s").Any(either...)
}
