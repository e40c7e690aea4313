package record

import (
	"strings"

	"github.com/escale-hq/escale/internal/db"
)

// The two engines find pieces of words each in its own way: this is one of the
// few places that look at which one it is.

// holding finds the records that hold every word, or words of which it is part.
// The words are folded: letters, digits and marks only.
func (s *search) holding(words []string) *db.Query {
	if s.tx.Engine == db.SQLite {
		return s.matching(`"` + strings.Join(words, `" AND "`) + `"`)
	}
	q := s.query("search_words s")
	for _, word := range words {
		q.Where("s.words LIKE ?", "%"+word+"%")
	}
	return q
}

// resembling finds the records that share pieces with the query, the likest
// first.
func (s *search) resembling() *db.Query {
	if s.tx.Engine == db.SQLite {
		var pieces []string
		for word := range strings.FieldsSeq(s.folded) {
			runes := []rune(word)
			for i := range max(len(runes)-piece+1, 0) {
				pieces = append(pieces, string(runes[i:i+piece]))
			}
		}
		if len(pieces) == 0 {
			return s.query("search_words s").Where("1 = 0")
		}
		return s.matching(`"` + strings.Join(pieces, `" OR "`) + `"`).Order("t.rank")
	}
	return s.query("search_words s").Where("? <% s.words", s.folded).OrderBy("word_similarity(?, s.words) DESC", s.folded)
}

func (s *search) matching(expression string) *db.Query {
	return s.query("search_trigrams t JOIN search_words s ON s.rowid = t.rowid").Where("t.words MATCH ?", expression)
}
