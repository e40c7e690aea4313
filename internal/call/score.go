package call

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Score is what an assessor thinks of an application. It is there once it is
// given: before that, the assessor sees no other.
type Score struct {
	record.Meta
	Application, Call, Mission string
	User                       string // id of the assessor
	Points                     []Points
	Comment                    string
	// Conflict says that the assessor stays out of it, for a conflict of interest.
	Conflict bool
}

// Points are those given for a criterion, from 0 to [TopPoints].
type Points struct {
	Criterion string // key
	Points    int
}

// TopPoints are the most that a criterion is given.
const TopPoints = 10

// Of are the points given for a criterion.
func (s *Score) Of(criterion string) int {
	at := slices.IndexFunc(s.Points, func(p Points) bool { return p.Criterion == criterion })
	if at < 0 {
		return 0
	}
	return s.Points[at].Points
}

// Mark is the score against the weights, in tenths of a point out of a hundred.
func (s *Score) Mark(criteria []Criterion) (mark int) {
	for _, c := range criteria {
		mark += c.Weight * s.Of(c.Key)
	}
	return mark
}

// Scores is how scores are kept.
func Scores() record.Noun[Score] {
	return record.Noun[Score]{
		Name: "score",
		Fields: record.Fields[Score]{
			record.TextField("user", func(s *Score) *string { return &s.User }),
			linesField("points", pointsText, parsePoints, func(s *Score) *[]Points { return &s.Points }),
			record.TextField("comment", func(s *Score) *string { return &s.Comment }),
			record.YesField("conflict", func(s *Score) *bool { return &s.Conflict }),
		},
		Meta: func(s *Score) *record.Meta { return &s.Meta },
		Load: loadScore, Insert: insertScore, Update: updateScore,
		Settle: (*Score).settle,
		Found: func(s *Score) record.Found {
			return record.Found{Subject: s.Subject(), On: ref.Ref{Territory: s.Territory, Kind: "application", ID: s.Application}}
		},
	}
}

// Subject says who may do what to it.
func (s *Score) Subject() territory.Subject {
	return territory.Subject{Owner: s.Owner, Mission: s.Mission}
}

var pointsLine = regexp.MustCompile(`^(\S+) (\d+)$`)

func pointsText(p Points) string { return fmt.Sprintf("%s %d", p.Criterion, p.Points) }

func parsePoints(text string) (Points, error) {
	parts := pointsLine.FindStringSubmatch(text)
	if parts == nil {
		return Points{}, fault.New(fault.Invalid, "selection.line", text)
	}
	n, err := strconv.Atoi(parts[2])
	return Points{parts[1], n}, err
}

// settle forgets the points of who stays out of it.
func (s *Score) settle() error {
	if s.Conflict {
		s.Points = nil
		return nil
	}
	var p fault.Problems
	for _, given := range s.Points {
		if given.Points < 0 || given.Points > TopPoints {
			p.Add("points."+given.Criterion, "selection.points", TopPoints)
		}
	}
	return p.Or()
}
