package call

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Selection is how the companies of a call are chosen. Each call has one.
type Selection struct {
	record.Meta
	Call, Mission string
	Criteria      []Criterion
	Assessors     []string // ids of users
	Quotas        []Quota
	Ties          []Tie
	Seed          int // of the lots
	// PassMark is the mark under which nobody is selected, out of a hundred.
	PassMark int
	// Waiting is how many companies the waiting list takes.
	Waiting int
	Eligibility
	// DecidedAt is when it was decided about all applications at once.
	DecidedAt db.Instant
}

// A Criterion is one of those that marks are given for. Weights add up to 100.
type Criterion struct {
	Key    string
	Weight int
	Title  i18n.Text
}

// Name is the title in a language, or in another.
func (c Criterion) Name(lang string) string {
	title, _ := c.Title.In(lang)
	return title
}

// Subject says who may do what to it.
func (s *Selection) Subject() territory.Subject {
	return territory.Subject{Owner: s.Owner, Mission: s.Mission}
}

// Selections is how selections are kept.
func Selections() record.Noun[Selection] {
	type sel = Selection
	return record.Noun[sel]{
		Name: "selection",
		Fields: record.Fields[sel]{
			linesField("criteria", criterionText, parseCriterion, func(s *sel) *[]Criterion { return &s.Criteria }),
			record.ListField("assessors", func(s *sel) *[]string { return &s.Assessors }),
			linesField("quotas", quotaText, parseQuota, func(s *sel) *[]Quota { return &s.Quotas }),
			linesField("ties", func(t Tie) string { return string(t) }, parseTie, func(s *sel) *[]Tie { return &s.Ties }),
			record.CountField("seed", 0, func(s *sel) *int { return &s.Seed }),
			record.CountField("pass_mark", 0, func(s *sel) *int { return &s.PassMark }),
			record.CountField("waiting", 0, func(s *sel) *int { return &s.Waiting }),
			record.ListField("sectors", func(s *sel) *[]string { return &s.Sectors }),
			record.ListField("sizes", func(s *sel) *[]string { return &s.Sizes }),
			record.ListField("postcodes", func(s *sel) *[]string { return &s.Postcodes }),
			record.ListField("answers", func(s *sel) *[]string { return &s.Answers }),
			record.InstantField("decided_at", func(s *sel) *db.Instant { return &s.DecidedAt }),
		},
		Meta: func(s *sel) *record.Meta { return &s.Meta },
		Load: loadSelection, Insert: insertSelection, Update: updateSelection,
		Settle: (*sel).settle,
		Found: func(s *sel) record.Found {
			return record.Found{Subject: s.Subject(), On: ref.Ref{Territory: s.Territory, Kind: "call", ID: s.Call}}
		},
	}
}

// selectionKinds are selections, scores and reviews, as the rest of the house
// knows them: parts of a call and of an application.
func selectionKinds() []record.Kind {
	kinds := []record.Kind{Selections().Kind(), Scores().Kind(), Reviews().Kind()}
	for i := range kinds {
		kinds[i].Attached, kinds[i].Quiet = true, true
	}
	return kinds
}

// linesField is a field that holds several things, each written as a line.
func linesField[T, L any](name string, write func(L) string, read func(string) (L, error), at func(*T) *[]L) record.Field[T] {
	return record.Field[T]{
		Info: record.Info{Name: name, Type: record.List},
		Get:  func(it *T) string { return strings.Join(eachOf(*at(it), write), "; ") },
		Set: func(it *T, text string) error {
			lines, err := readEach(record.Split(text), read)
			*at(it) = lines
			return err
		},
	}
}

func readEach[L any](texts []string, read func(string) (L, error)) (lines []L, err error) {
	for _, text := range texts {
		line, err := read(text)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func eachOf[A, B any](list []A, do func(A) B) []B {
	made := make([]B, len(list))
	for i, it := range list {
		made[i] = do(it)
	}
	return made
}

var (
	criterionLine = regexp.MustCompile(`^(\S+) (\d+) % ([^|]*)\|(.*)$`)
	criterionKey  = regexp.MustCompile(`^[a-z0-9-]+$`)
	quotaLine     = regexp.MustCompile(`^(\S+) (\d+)-(\d+)$`)
)

func criterionText(c Criterion) string {
	return fmt.Sprintf("%s %d %% %s | %s", c.Key, c.Weight, c.Title["fr"], c.Title["en"])
}

func parseCriterion(text string) (Criterion, error) {
	parts := criterionLine.FindStringSubmatch(text)
	if parts == nil {
		return Criterion{}, fault.New(fault.Invalid, "selection.line", text)
	}
	weight, err := strconv.Atoi(parts[2])
	title := i18n.Text{}
	for i, lang := range []string{"fr", "en"} {
		if said := strings.TrimSpace(parts[3+i]); said != "" {
			title[lang] = said
		}
	}
	return Criterion{Key: parts[1], Weight: weight, Title: title}, err
}

func quotaText(q Quota) string { return fmt.Sprintf("%s %d-%d", q.Sector, q.Least, q.Most) }

func parseQuota(text string) (Quota, error) {
	parts := quotaLine.FindStringSubmatch(text)
	if parts == nil {
		return Quota{}, fault.New(fault.Invalid, "selection.line", text)
	}
	least, err := strconv.Atoi(parts[2])
	if err != nil {
		return Quota{}, err
	}
	most, err := strconv.Atoi(parts[3])
	return Quota{Sector: parts[1], Least: least, Most: most}, err
}

func parseTie(text string) (Tie, error) {
	for _, tie := range Ties() {
		if tie == text {
			return Tie(tie), nil
		}
	}
	return "", fault.New(fault.Invalid, "selection.line", text)
}

// settle says what is wrong with the rules.
func (s *Selection) settle() error {
	var p fault.Problems
	if s.weights() != 100 {
		p.Add("criteria", "selection.weights", s.weights())
	}
	for _, c := range s.Criteria {
		if c.Weight < 1 || c.Title.IsZero() || strings.ContainsAny(c.Title["fr"]+c.Title["en"], ";|") {
			p.Add("criteria", "selection.criterion_needed")
			break
		}
	}
	for _, q := range s.Quotas {
		if q.Most > 0 && q.Least > q.Most {
			p.Add("quotas", "selection.least_above_most", q.Least, q.Most)
		}
	}
	if s.PassMark > 100 {
		p.Add("pass_mark", "selection.pass_mark_high")
	}
	return p.Or()
}

func (s *Selection) weights() (total int) {
	for _, c := range s.Criteria {
		total += c.Weight
	}
	return total
}

// kept is how many places are kept for sectors.
func (s *Selection) kept() (n int) {
	for _, q := range s.Quotas {
		n += q.Least
	}
	return n
}

// quotaSector is the sector whose places an application may take: the first of
// those that have a quota which it names, in the order of the quotas.
func (s *Selection) quotaSector(named []string) string {
	for _, q := range s.Quotas {
		for _, sector := range named {
			if sector == q.Sector {
				return sector
			}
		}
	}
	return ""
}

// beginSelection is the selection of a call that nobody set up yet: three criteria, and
// newcomers first at equal marks.
func (c *Call) beginSelection(words *i18n.Catalogue) *Selection {
	s := &Selection{
		Meta: record.Meta{Territory: c.Territory, Owner: c.Owner, Fictional: c.Fictional},
		Call: c.ID, Mission: c.Mission, Ties: []Tie{Newcomers, Earlier}, Seed: usualSeed, Waiting: usualWaiting,
	}
	for _, usual := range usualCriteria {
		usual.Title = i18n.Text{}
		for _, lang := range record.ContentLanguages() {
			usual.Title[lang] = words.For(lang).T("selection.usual." + usual.Key)
		}
		s.Criteria = append(s.Criteria, usual)
	}
	return s
}

const (
	usualSeed    = 1
	usualWaiting = 10
)

// usualCriteria are titled by the catalogue.
var usualCriteria = []Criterion{{Key: "project", Weight: 40}, {Key: "market", Weight: 30}, {Key: "readiness", Weight: 30}}
