package workbook

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/planner"
)

// reportPage is all that the report says, in words, ready to be laid out.
type reportPage struct {
	words    *i18n.Words
	Head     reportHead
	Figures  []reportFigure
	Changes  reportChanges
	Value    reportValue
	Worth    reportWorth
	Loads    []reportLoad
	Days     []reportDay
	Unmet    reportUnmet
	Fairness reportFairness
	Proof    []reportProof
	Notes    []reportNote
	Travel   reportTravel
}

// T is a text of the report's own.
func (p reportPage) T(key string, args ...any) string { return p.words.T("report."+key, args...) }

// N is a text of the report's own that depends on a number.
func (p reportPage) N(key string, n int, args ...any) string {
	return p.words.N("report."+key, n, args...)
}

// reportHead is what stands at the top of the page.
type reportHead struct {
	Lang, Title, Dates, Made string
	Sentences                []string
	Fictional                string
	// Description is for those who list pages, not for readers.
	Description string
}

// reportFigure is a key figure with its words. Sure says that it is proven.
type reportFigure struct {
	Figure, Noun string
	Context      []string
	State        string
	Sure         bool
}

// reportChanges says what became of the meetings of the previous plan, if there
// was one: how many are kept, then each other one.
type reportChanges struct {
	Kept        string
	First, Rest []string
}

// reporter knows the planned workbook, and how to speak of it.
type reporter struct {
	o       *Outcome
	book    *Book
	plan    *planner.Plan
	w       *i18n.Words
	agendas []Agenda
	// met counts the meetings of each participant.
	met []int
	// common says which places have tables for anyone.
	common []bool
}

func newReporter(o *Outcome) *reporter {
	r := &reporter{
		o: o, book: o.Book, plan: o.Result.Plan,
		w:       wordsFor(o.Book.Language),
		agendas: Agendas(o),
		met:     make([]int, len(o.Book.Participants)),
		common:  commonPlaces(o.Book),
	}
	for _, m := range r.plan.Meetings {
		for _, a := range m.Attendees {
			r.met[a.Participant]++
		}
	}
	return r
}

func newReportPage(o *Outcome) reportPage {
	r := newReporter(o)
	return reportPage{
		words:    r.w,
		Head:     r.head(),
		Figures:  r.figures(),
		Changes:  r.changes(),
		Value:    r.value(),
		Worth:    r.worth(),
		Loads:    r.loads(),
		Days:     r.days(),
		Unmet:    r.unmet(),
		Fairness: r.fairness(),
		Proof:    r.proof(),
		Notes:    r.notes(),
		Travel:   r.travel(),
	}
}

func (r *reporter) t(key string, args ...any) string { return r.w.T("report."+key, args...) }

func (r *reporter) n(key string, n int, args ...any) string { return r.w.N("report."+key, n, args...) }

// tier gives what is known of a tier, if it was sought at all.
func (r *reporter) tier(tier planner.Tier) (planner.TierQuality, bool) {
	tiers := r.o.Result.Quality.Tiers
	i := slices.IndexFunc(tiers, func(t planner.TierQuality) bool { return t.Tier == tier })
	if i < 0 {
		return planner.TierQuality{}, false
	}
	return tiers[i], true
}

// bounded says whether there is a bound on value.
func (r *reporter) bounded() bool {
	t, sought := r.tier(planner.Value)
	return sought && t.Status != planner.NoBound
}

// oneSided says whether anyone may meet anyone.
func (r *reporter) oneSided() bool {
	return !slices.ContainsFunc(r.book.Participants, func(p Participant) bool { return p.Side == planner.Delegate })
}

// hosts are the participants for whom the plan is made: the delegates, or all
// of a convention.
func (r *reporter) hosts() []int {
	var hosts []int
	all := r.oneSided()
	for i, p := range r.book.Participants {
		if all || p.Side == planner.Delegate {
			hosts = append(hosts, i)
		}
	}
	return hosts
}

// noun is the key of a text about delegates, or about participants where there
// are no sides.
func (r *reporter) noun(key string) string {
	if r.oneSided() {
		return key + ".participants"
	}
	return key + ".delegates"
}

func (r *reporter) head() reportHead {
	title := r.book.Name
	if title == "" {
		title = r.t("untitled")
	}
	h := reportHead{
		Lang:  r.w.Lang(),
		Title: title,
		Dates: r.dates(),
		Made:  r.made(),
		Sentences: []string{
			r.n(r.noun("sentence"), len(r.plan.Meetings), len(r.hosts())),
			r.proven(),
		},
	}
	h.Description = h.Sentences[0] + " " + h.Sentences[1]
	if r.book.Fictional {
		h.Fictional = r.t("fictional", title)
	}
	return h
}

// dates are those of the slots, and the legs where they have names.
func (r *reporter) dates() string {
	parts := []string{}
	if n := len(r.book.Slots); n > 0 {
		first, last := r.book.Slots[0], r.book.Slots[0]
		for _, s := range r.book.Slots {
			if s.Start.Before(first.Start) {
				first = s
			}
			if s.Start.After(last.Start) {
				last = s
			}
		}
		parts = append(parts, r.w.Dates(r.local(first.Start, first.Leg), r.local(last.Start, last.Leg)))
	}
	if names := r.legNames(); len(names) > 0 {
		parts = append(parts, r.w.List(names))
	}
	return strings.Join(parts, " · ")
}

func (r *reporter) legNames() []string {
	var names []string
	for _, l := range r.book.Legs {
		if l.Name != "" {
			names = append(names, l.Name)
		}
	}
	return names
}

func (r *reporter) local(t time.Time, leg int) time.Time { return t.In(r.book.LegZone(leg)) }

// made says which plan this is: that, and the seed, make it again.
func (r *reporter) made() string {
	at := r.o.Made.In(r.book.Zone)
	return strings.Join([]string{
		r.t("version", r.o.Version),
		r.w.Stamp(at) + " (" + r.w.Offset(at) + ")",
		r.t("seed", int(r.o.Seed)),
		r.w.Seconds(r.o.Result.Quality.Elapsed),
	}, " · ")
}

// proven says how good the plan is, in a sentence.
func (r *reporter) proven() string {
	value, quality := r.o.Result.Score.Value, r.o.Result.Quality
	switch {
	case !r.bounded():
		return r.t("proven.none", value)
	case value >= quality.Bound:
		return r.t("proven.best", value)
	default:
		return r.t("proven.gap", quality.Bound, value)
	}
}

func (r *reporter) changes() reportChanges {
	lines := ChangeLines(r.o)
	if len(lines) == 0 {
		return reportChanges{}
	}
	first, rest := unfold(lines[1:], unmetOpen)
	return reportChanges{Kept: lines[0], First: first, Rest: rest}
}

// unfold parts a list in what a page opens on and the rest, unless that would be
// hardly any.
func unfold[T any](list []T, open int) (first, rest []T) {
	if len(list) <= open+2 {
		return list, nil
	}
	return list[:open], list[open:]
}

// reportShare is a value as a share of the largest of its table.
func reportShare(value, largest int) float64 {
	if largest <= 0 {
		return 0
	}
	return float64(value) / float64(largest)
}

// reportTicks places the figures of an axis that ends with its last tick.
func (r *reporter) ticks(top int) (ticks []chart.Tick, end int) {
	values := chart.Ticks(top)
	end = values[len(values)-1]
	for _, v := range values {
		ticks = append(ticks, chart.Tick{At: reportShare(v, end), Text: r.w.Number(v)})
	}
	return ticks, end
}

// rightToLeft says whether a name has letters that are written so.
func rightToLeft(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.In(r, unicode.Hebrew, unicode.Arabic) })
}
