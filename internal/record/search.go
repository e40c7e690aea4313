package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Hit is a record that a search found.
type Hit struct {
	Ref           ref.Ref
	Title, Detail string
	// share and title say how much it is like the query: see [rank].
	share, title float64
}

// piece is the length of the pieces that words are found by.
const piece = 3

// beginning is how much of a title is kept to find it by its beginning.
const beginning = 24

// index keeps how a record is found; one without a title is not.
func index(ctx context.Context, tx *db.Tx, of ref.Ref, found Found) error {
	if found.Title == "" {
		return forget(ctx, tx, of)
	}
	err := New(tx).putWords(ctx, putWordsParams{
		TerritoryID: of.Territory, Kind: of.Kind, RecordID: of.ID,
		OwnerID: found.Subject.Owner, OrganisationID: found.Subject.Organisation, MissionID: found.Subject.Mission,
		Title: found.Title, Detail: found.Detail,
		Beginning: begin(names.Fold(found.Title)), Words: fold(append([]string{found.Title}, found.Words...)),
	})
	if err != nil {
		return fmt.Errorf("index %s: %w", of, err)
	}
	return nil
}

func forget(ctx context.Context, tx *db.Tx, of ref.Ref) error {
	return New(tx).dropWords(ctx, of.Territory, of.Kind, of.ID)
}

// fold joins texts as search sees them, each word once.
func fold(texts []string) string {
	var words []string
	for _, text := range texts {
		for word := range strings.FieldsSeq(names.Fold(text)) {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return strings.Join(words, " ")
}

func begin(folded string) string {
	runes := []rune(folded)
	return string(runes[:min(len(runes), beginning)])
}

// Search finds the records of some kinds that the viewer may see, the best
// first: those whose title begins with the query, then those that hold all its
// words or parts of words; if there is none, those that resemble it.
func Search(ctx context.Context, tx *db.Tx, v territory.Viewer, kinds []string, query string, limit int) ([]Hit, error) {
	s := search{tx: tx, viewer: v, kinds: kinds, folded: names.Fold(query), limit: limit, seen: map[ref.Ref]bool{}}
	if s.folded == "" {
		return nil, nil
	}
	s.wanted = names.Trigrams(s.folded)
	for _, pass := range []func(context.Context) error{s.beginnings, s.parts, s.likenesses} {
		if err := pass(ctx); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		if len(s.hits) >= limit {
			break
		}
	}
	return s.hits[:min(len(s.hits), limit)], nil
}

// subjectColumns are where search keeps who may find a record.
var subjectColumns = territory.Columns{Owner: "s.owner_id", Organisation: "s.organisation_id", Mission: "s.mission_id"}

type search struct {
	tx     *db.Tx
	viewer territory.Viewer
	kinds  []string
	folded string
	wanted []string // the pieces of folded
	limit  int
	hits   []Hit
	seen   map[ref.Ref]bool
}

// query begins a query for the records that the viewer may see.
func (s *search) query(from db.SQL) *db.Query {
	q := db.Select("s.kind, s.record_id, s.title, s.detail, s.words", from).Where("s.territory_id = ?", s.viewer.Territory.ID)
	var open []db.Condition
	for _, kind := range s.kinds {
		if condition, may := s.viewer.Condition(kind, subjectColumns); may {
			open = append(open, db.Both(db.Condition{SQL: "s.kind = ?", Args: []any{kind}}, condition))
		}
	}
	return q.Any(open...)
}

// collect adds what a query finds and was not found yet, the likest first.
func (s *search) collect(ctx context.Context, q *db.Query) error {
	hits, err := db.Collect(ctx, s.tx, q, s.scan)
	if err != nil {
		return err
	}
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return s.seen[h.Ref] })
	rank(hits)
	for _, h := range hits {
		s.seen[h.Ref] = true
	}
	s.hits = append(s.hits, hits...)
	return nil
}

func (s *search) scan(scan db.Scan) (h Hit, err error) {
	var words string
	err = scan(&h.Ref.Kind, &h.Ref.ID, &h.Title, &h.Detail, &words)
	h.Ref.Territory = s.viewer.Territory.ID
	h.share, h.title = s.likeness(words), names.Similarity(s.folded, names.Fold(h.Title))
	return h, err
}

func (s *search) beginnings(ctx context.Context) error {
	from := begin(s.folded)
	return s.collect(ctx, s.query("search_words s").
		Where("s.beginning >= ? AND s.beginning < ?", from, from+string(utf8.MaxRune)).
		Order("s.beginning", "s.record_id").Page(1, s.limit))
}

// candidates bounds how many rows a pass reads before they are ranked.
const candidates = 400

// parts finds the records that hold every word of the query, or words of which
// they are part. Words too short to be found by pieces are looked for in what
// the longer ones found.
func (s *search) parts(ctx context.Context) error {
	var long, short []string
	for word := range strings.FieldsSeq(s.folded) {
		if utf8.RuneCountInString(word) < piece {
			short = append(short, word)
		} else {
			long = append(long, word)
		}
	}
	if len(long) == 0 {
		return nil
	}
	q := s.holding(way(long))
	for _, word := range short {
		q.Where("s.words LIKE ?", "%"+word+"%")
	}
	return s.collect(ctx, q.Page(1, candidates))
}

// likenesses finds records that resemble the query where nothing else was
// found, so that a slip of the finger still finds.
func (s *search) likenesses(ctx context.Context) error {
	words := slices.DeleteFunc(strings.Fields(s.folded), func(w string) bool { return utf8.RuneCountInString(w) < piece })
	if len(s.hits) > 0 || len(words) == 0 {
		return nil
	}
	words = words[:min(len(words), mostResembled)]
	for _, word := range words {
		if err := s.collect(ctx, s.holding(slips(word)...).Page(1, candidates/len(words))); err != nil {
			return err
		}
	}
	s.hits = slices.DeleteFunc(s.hits, func(h Hit) bool { return h.share < likeEnough })
	rank(s.hits)
	return nil
}

// mostResembled is how many words of a query are looked for with slips.
const mostResembled = 4

// slips are the ways to find a word wherever one letter of it is wrong, missing
// or too much, or two are exchanged: by what is before the slip and what is
// after it, as far as that is long enough to be found by. The word itself is
// one.
func slips(word string) []way {
	ways := []way{{word}}
	letters := []rune(word)
	for at := range len(letters) - 1 {
		var w way
		for _, part := range [][]rune{letters[:at], letters[at+2:]} {
			if len(part) >= piece {
				w = append(w, string(part))
			}
		}
		if len(w) > 0 {
			ways = append(ways, w)
		}
	}
	return ways
}

// likeEnough is the least share of the query's pieces that a record must hold
// to resemble it.
const likeEnough = 0.4

// likeness is the share of the query's pieces that the words of a record hold.
func (s *search) likeness(words string) float64 {
	padded := "  " + strings.ReplaceAll(words, " ", "   ") + " " // as names.Trigrams pads them
	n := 0
	for _, w := range s.wanted {
		if strings.Contains(padded, w) {
			n++
		}
	}
	return float64(n) / float64(len(s.wanted))
}

// rank puts first what holds most of the query, and then what is called most
// like it.
func rank(hits []Hit) {
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(-cmp.Compare(a.share, b.share), -cmp.Compare(a.title, b.title), cmp.Compare(a.Title, b.Title))
	})
}
