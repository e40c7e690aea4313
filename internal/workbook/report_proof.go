package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/planner"
)

// reportFairness says how meetings are shared out.
type reportFairness struct {
	// Sub says what is counted, Who of whom.
	Sub, Who string
	Columns  chart.Columns
	// Spread holds the same figures for the table under the drawing.
	Spread []reportSpread
	// Minimums says what is guaranteed, where the drawing cannot.
	Minimums string
	Worst    []reportServed
}

// reportSpread is how many participants have so many meetings.
type reportSpread struct{ Meetings, Participants string }

// reportServed is a participant that is among the worst served.
type reportServed struct{ Name, Points, Share string }

// reportProof is what is known of a tier, or another fact about the search.
type reportProof struct {
	Name, Text, Status string
	Sure               bool
}

// reportNote is a remark of the reader about the workbook.
type reportNote struct{ Where, Found, Text string }

const (
	worstNamed  = 5
	columnsMost = 12
)

func (r *reporter) fairness() reportFairness {
	hosts := r.hosts()
	low, high := r.spread(hosts)
	width := (high-low)/columnsMost + 1
	f := reportFairness{
		Sub:     r.t(r.noun("fairness.sub")),
		Who:     r.t(r.noun("head")),
		Columns: chart.Columns{Mark: planner.None},
		Worst:   r.worst(),
	}
	counts := make([]int, (high-low)/width+1)
	for _, p := range hosts {
		counts[(r.met[p]-low)/width]++
	}
	var said []string
	for i, count := range counts {
		name := r.columnName(low+i*width, width)
		f.Columns.Columns = append(f.Columns.Columns, chart.Column{
			Share: reportShare(count, slices.Max(counts)), Name: name, Text: r.w.Number(count),
		})
		f.Spread = append(f.Spread, reportSpread{name, r.w.Number(count)})
		said = append(said, r.n("fairness.column", count, name))
	}
	f.Columns.Label = strings.Join(said, ", ")
	r.markMinimum(&f, hosts, low, width)
	return f
}

// spread is the fewest and the most meetings that anyone has, or should have.
func (r *reporter) spread(hosts []int) (low, high int) {
	for i, p := range hosts {
		least, most := r.met[p], r.met[p]
		if guaranteed := r.book.Participants[p].Min; guaranteed > 0 {
			least, most = min(least, guaranteed-1), max(most, guaranteed)
		}
		if i == 0 {
			low, high = least, most
		}
		low, high = min(low, least), max(high, most)
	}
	return low, high
}

func (r *reporter) columnName(first, width int) string {
	if width == 1 {
		return r.w.Number(first)
	}
	return r.w.Number(first) + "–" + r.w.Number(first+width-1)
}

// markMinimum draws what is guaranteed when all have the same, else says it.
func (r *reporter) markMinimum(f *reportFairness, hosts []int, low, width int) {
	least, most := 0, 0
	for i, p := range hosts {
		guaranteed := r.book.Participants[p].Min
		if i == 0 {
			least = guaranteed
		}
		least, most = min(least, guaranteed), max(most, guaranteed)
	}
	switch {
	case most == 0:
	case least == most && (least-low)%width == 0:
		f.Columns.Mark = (least - low) / width
		f.Columns.MarkText = r.t("fairness.minimum", least)
	case least == most:
		f.Minimums = r.t("fairness.minimum", least)
	default:
		f.Minimums = r.t("fairness.minimums", least, most)
	}
}

func (r *reporter) worst() []reportServed {
	served := r.o.Result.Score.Served
	var worst []reportServed
	for _, s := range served[:min(len(served), worstNamed)] {
		worst = append(worst, reportServed{
			Name:   r.book.Participants[s.Participant].Name,
			Points: r.t("of", s.Met, s.Best),
			Share:  r.servedShare(s),
		})
	}
	return worst
}

// proof goes through the tiers in their order, then says how ties were broken
// and whether the search went to its end.
func (r *reporter) proof() []reportProof {
	var lines []reportProof
	for _, t := range r.o.Result.Quality.Tiers {
		if r.o.Previous != nil || (t.Tier != planner.Lost && t.Tier != planner.Moved) {
			lines = append(lines, r.tierProof(t))
		}
	}
	lines = append(lines, reportProof{Name: r.t("proof.ties"), Text: r.t("proof.ties_text", int(r.o.Seed))})
	if r.o.Result.Quality.Cut {
		lines = append(lines, reportProof{Name: r.t("proof.cut"), Text: r.t("proof.cut_text")})
	}
	return lines
}

func (r *reporter) tierProof(t planner.TierQuality) reportProof {
	say := r.w.Number
	switch t.Tier {
	case planner.WorstServed:
		say = func(permille int) string { return r.w.Percent(float64(permille)/1000, 1) }
	case planner.Travel:
		say = r.w.Minutes
	}
	line := reportProof{
		Name:   capital(TierText(r.w.Lang(), t.Tier)),
		Text:   r.t("proof.figure", say(t.Figure)),
		Status: StatusText(r.w.Lang(), t.Status),
		Sure:   t.Status == planner.Certified || t.Status == planner.Proven,
	}
	switch {
	case t.Tier == planner.Shortfall && t.Figure == 0:
		line.Text, line.Status, line.Sure = r.t("proof.held"), r.t("state.held"), true
	case t.Tier == planner.Shortfall:
		line.Text = r.n("proof.short", t.Figure)
	case t.Tier == planner.Value:
		line.Text = r.valueProof(t)
	case t.Status == planner.Gap:
		line.Text = r.t(proofKeys[t.Tier], say(t.Figure), say(t.Bound))
	case t.Status != planner.NoBound:
		line.Text = r.t("proof.best", say(t.Figure))
	}
	return line
}

// proofKeys tells tiers where less is better from the one where more is.
var proofKeys = [...]string{
	planner.WorstServed: "proof.most",
	planner.Breaks:      "proof.least",
	planner.Travel:      "proof.least",
	planner.Lost:        "proof.least",
	planner.Moved:       "proof.least",
}

// valueProof says where the bound on value comes from.
func (r *reporter) valueProof(t planner.TierQuality) string {
	if t.Status == planner.NoBound {
		return r.t("proof.figure", r.w.Number(t.Figure))
	}
	text := r.t("proof.worth", r.w.Number(t.Figure), r.w.Number(t.Bound))
	if r.o.Result.Certificate != nil {
		text += " " + r.t("proof.value")
	}
	return text
}

// capital begins a line.
func capital(text string) string {
	for i, c := range text {
		return strings.ToUpper(string(c)) + text[i+len(string(c)):]
	}
	return text
}

func (r *reporter) notes() []reportNote {
	notes := make([]reportNote, len(r.book.Notes))
	for i, n := range r.book.Notes {
		parts := []string{}
		if n.Sheet != "" {
			parts = append(parts, n.Sheet)
		}
		if n.Row > 0 {
			parts = append(parts, r.t("notes.row", n.Row))
		}
		if n.Column != "" {
			parts = append(parts, r.t("notes.column", n.Column))
		}
		notes[i] = reportNote{strings.Join(parts, ", "), n.Found, n.Text}
	}
	return notes
}

// reportTravel says which minutes of travel were estimated.
type reportTravel struct {
	Sentence string
	// Used are the estimated ways that someone goes, most travelled first.
	Used []reportWay
}

// reportWay is a way between two venues.
type reportWay struct {
	From, To, Minutes, Journeys string
	journeys                    int
}

func (r *reporter) travel() reportTravel {
	estimated, known := 0, 0
	for i, row := range r.book.Estimated {
		for j, guess := range row {
			if i == j {
				continue
			}
			known++
			if guess {
				estimated++
			}
		}
	}
	if estimated == 0 {
		return reportTravel{}
	}
	return reportTravel{
		Sentence: r.n("travel.estimated", estimated, known, geo.CitySpeed, geo.DoorMinutes),
		Used:     r.usedWays(),
	}
}

// usedWays counts the journeys on each estimated way.
func (r *reporter) usedWays() []reportWay {
	counts := map[[2]int]int{}
	for _, a := range r.agendas {
		for _, d := range a.Days {
			r.countWays(d.Stops, counts)
		}
	}
	var ways []reportWay
	for way, n := range counts {
		ways = append(ways, reportWay{
			From: r.book.Venues[way[0]].Name, To: r.book.Venues[way[1]].Name,
			Minutes:  r.w.Minutes(r.book.Travel[way[0]][way[1]]),
			Journeys: r.w.Number(n), journeys: n,
		})
	}
	slices.SortFunc(ways, func(a, b reportWay) int {
		return cmp.Or(cmp.Compare(b.journeys, a.journeys), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return ways
}

// countWays adds the estimated ways of a day.
func (r *reporter) countWays(stops []Stop, counts map[[2]int]int) {
	at := planner.None
	for _, s := range stops {
		if s.Kind == TravelStop || s.Venue == planner.None {
			continue
		}
		if at != planner.None && at != s.Venue && r.book.Estimated[at][s.Venue] {
			counts[[2]int{at, s.Venue}]++
		}
		at = s.Venue
	}
}
