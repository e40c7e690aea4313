package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

// TestReportWorth has [planner.CheckBound] judge each price: with one more of
// the resource, at its price, the bound rises by that many points, or by one
// less since bounds are whole.
func TestReportWorth(t *testing.T) {
	spec := reportMission("en")
	spec.delegates, spec.others, spec.wishes = 10, 20, 120
	o := reportOutcome(t, spec)
	o.Result.Certificate.Scale = 2
	ledger := newPriceReader(newReporter(o), o.Result.Certificate)
	before, err := planner.CheckBound(o.Problem, o.Result.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]int{}
	for _, p := range slices.Concat(ledger.tables(), ledger.pools(), ledger.days(), ledger.seats(), ledger.maxima()) {
		said[p.label] = p.points
	}
	checked := 0
	judge := func(label string, p *planner.Problem, c *planner.Certificate) {
		t.Helper()
		after, err := planner.CheckBound(p, c)
		if err != nil {
			t.Fatal(err)
		}
		if rise := after - before; rise > said[label] || rise < said[label]-1 {
			t.Errorf("%s is said to be worth %d, the bound rises by %d", label, said[label], rise)
		}
		if said[label] > 0 {
			checked++
		}
	}
	for i, name := range []string{"Mon\u00a06", "Tue\u00a07", "Wed\u00a08", "Thu\u00a09", "Fri\u00a010"} {
		p, c := reportWithPlace(o, 0, i)
		judge("A table, Pôle de Brickell, "+name, p, c)
		p, c = reportWithPool(o, 0, i)
		judge("An interpreter fr-es, "+name, p, c)
		p, c = reportWithDay(o, i)
		judge("A day like "+name, p, c)
	}
	for i := range o.Book.Participants {
		p := *o.Problem
		p.Participants = slices.Clone(p.Participants)
		p.Participants[i].Seats++
		judge("A person, "+o.Book.Participants[i].Name, &p, o.Result.Certificate)
		p.Participants = slices.Clone(o.Problem.Participants)
		p.Participants[i].Max++
		judge("One more meeting, "+o.Book.Participants[i].Name, &p, o.Result.Certificate)
	}
	if checked < 20 {
		t.Errorf("only %d prices were above nothing", checked)
	}
}

// reportElsewhere is the time of all days but one.
func reportElsewhere(p *planner.Problem, day int) []planner.Span {
	var spans []planner.Span
	for _, s := range p.Slots {
		if s.Day != day {
			spans = append(spans, s.Span)
		}
	}
	return spans
}

// reportWithPlace adds a table like those of a place, on one day.
func reportWithPlace(o *Outcome, place, day int) (*planner.Problem, *planner.Certificate) {
	p, c := *o.Problem, *o.Result.Certificate
	added := p.Places[place]
	added.Tables, added.Closed = 1, slices.Concat(added.Closed, reportElsewhere(&p, day))
	p.Places, c.Place = append(slices.Clone(p.Places), added), append(slices.Clone(c.Place), c.Place[place])
	return &p, &c
}

// reportWithPool adds an interpreter, on one day.
func reportWithPool(o *Outcome, pool, day int) (*planner.Problem, *planner.Certificate) {
	p, c := *o.Problem, *o.Result.Certificate
	added := p.Pools[pool]
	added.Count, added.Busy = 1, slices.Concat(added.Busy, reportElsewhere(&p, day))
	p.Pools, c.Pool = append(slices.Clone(p.Pools), added), append(slices.Clone(c.Pool), c.Pool[pool])
	return &p, &c
}

// reportWithDay adds a day a hundred days after one of the mission's, on which
// all are busy, closed and in session as on that one.
func reportWithDay(o *Outcome, day int) (*planner.Problem, *planner.Certificate) {
	const later = 100 * 24 * 60
	p, c := *o.Problem, *o.Result.Certificate
	shift := func(spans []planner.Span) []planner.Span {
		all := slices.Clone(spans)
		for _, s := range spans {
			all = append(all, planner.Span{Start: s.Start + later, End: s.End + later})
		}
		return all
	}
	var copied []int
	p.Slots = slices.Clone(p.Slots)
	for i, s := range o.Problem.Slots {
		if s.Day == day {
			copied = append(copied, i)
			s.Span, s.Day, s.Block = planner.Span{Start: s.Start + later, End: s.End + later}, 5, s.Block+100
			p.Slots = append(p.Slots, s)
		}
	}
	widen := func(table [][]int) [][]int {
		wider := make([][]int, len(table))
		for r, row := range table {
			wider[r] = slices.Clone(row)
			for _, s := range copied {
				wider[r] = append(wider[r], row[s])
			}
		}
		return wider
	}
	c.Seat, c.Place, c.Pool, c.Day = widen(c.Seat), widen(c.Place), widen(c.Pool), slices.Clone(c.Day)
	for i, row := range c.Day {
		c.Day[i] = append(slices.Clone(row), row[day])
	}
	p.Participants, p.Venues, p.Sessions = slices.Clone(p.Participants), slices.Clone(p.Venues), slices.Clone(p.Sessions)
	for i := range p.Participants {
		p.Participants[i].Busy = shift(p.Participants[i].Busy)
	}
	for i := range p.Venues {
		p.Venues[i].Closed = shift(p.Venues[i].Closed)
	}
	for _, s := range o.Problem.Sessions {
		s.Span = shift([]planner.Span{s.Span})[1]
		p.Sessions = append(p.Sessions, s)
	}
	return &p, &c
}

// TestReportWorthOpensOnWhatMatters holds the choice: dearest first, three of a
// kind, interpreters even when they are worth nothing.
func TestReportWorthOpensOnWhatMatters(t *testing.T) {
	prices := []price{
		{priceDay, "day 1", 90},
		{priceDay, "day 2", 80},
		{priceDay, "day 3", 70},
		{priceDay, "day 4", 60},
		{priceTable, "table 1", 9},
		{priceTable, "table 2", 9},
		{priceTable, "table 3", 9},
		{priceSeat, "seat 1", 2},
		{priceSeat, "seat 2", 2},
		{priceSeat, "seat 3", 1},
		{pricePool, "pool", 0},
		{priceMax, "nothing", 0},
	}
	top, more := topPrices(prices)
	if diff := cmp.Diff("day 1, day 2, day 3, table 1, table 2, table 3, seat 1, seat 2, pool", reportLabels(top)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("day 4, seat 3", reportLabels(more)); diff != "" {
		t.Error(diff)
	}
}

func reportLabels(prices []price) string {
	var labels []string
	for _, p := range prices {
		labels = append(labels, p.label)
	}
	return strings.Join(labels, ", ")
}

// TestReportLoads counts the cells again: they hold every meeting at a common
// table, never more than are open, and are framed exactly when full.
func TestReportLoads(t *testing.T) {
	o := reportOutcome(t, reportMission("fr"))
	sum, closed := 0, 0
	for _, cell := range reportSelect(reportPageOf(t, o), ".heat td") {
		class := reportAttr(cell, "class")
		if class == "closed" {
			closed++
			continue
		}
		taken, open, _ := strings.Cut(reportText(cell), "/")
		n, _ := strconv.Atoi(strings.TrimSpace(taken))
		of, _ := strconv.Atoi(strings.TrimSpace(open))
		if n > of || (class == "heat-4") != (n == of) || of != 8 {
			t.Errorf("%d of %d is shown as %s", n, of, class)
		}
		sum += n
	}
	if sum != len(o.Result.Plan.Meetings) || closed != 4 {
		t.Errorf("%d tables taken for %d meetings, %d cells closed", sum, len(o.Result.Plan.Meetings), closed)
	}
}

// TestReportDays draws every meeting once at its venue and once for each seat
// that attends, and says it once in words.
func TestReportDays(t *testing.T) {
	o := reportOutcome(t, reportMission("en"))
	meetings, seats, venues := 0, 0, 0
	for _, day := range newReportPage(o).Days {
		meetings += len(day.Meetings)
		for _, list := range day.Lists {
			for _, line := range slices.Concat(list.First, list.Rest) {
				seats += len(line.Strip.Meetings)
				if list.Head[1] == "Tables" {
					n, _ := strconv.Atoi(line.Figures[0])
					venues += n
				}
			}
		}
	}
	want := len(o.Result.Plan.Meetings)
	if meetings != want || seats != 2*want || venues != want {
		t.Errorf("%d meetings: %d in words, %d drawn for seats, %d at venues", want, meetings, seats, venues)
	}
}

// TestReportDay reads a line of time as the eye and the ear do.
func TestReportDay(t *testing.T) {
	o := reportTiny(t, "en")
	o.Book.Participants[1].Unavailable = []Span{{o.Book.Slots[1].Start, o.Book.Slots[2].End}}
	doc := reportPageOf(t, o)
	var got []string
	for _, strip := range reportSelect(doc, ".lines svg.chart-strip") {
		var drawn []string
		for _, r := range reportSelect(strip, "rect") {
			drawn = append(drawn, reportAttr(r, "class"))
		}
		got = append(got, reportAttr(strip, "aria-label")+": "+strings.Join(drawn, " "))
	}
	want := []string{
		"1 meeting, at most 1 at a time: load",
		"1 meeting, at most 1 at a time: load",
		"2 meetings at 9:00 and 10:30: away meet meet journey",
		"meeting at 9:00: meet",
		"meeting at 10:30: meet",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Monday 6 November Miami time (UTC\u00a0−5)"}, reportTexts(doc, ".day h3")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1 company has no meeting on this day."}, reportTexts(doc, ".day p.sub")); diff != "" {
		t.Error(diff)
	}
	rows := reportSelect(doc, ".day .plain tbody tr")
	if diff := cmp.Diff("10:30\u00a0–\u00a011:00 Mistral – Ocho Port, table 1", reportText(rows[1])); diff != "" {
		t.Error(diff)
	}
}

// TestReportNightOfTheClocks holds that a day is named and measured by the
// clock of its place, on the day on which that clock goes back.
func TestReportNightOfTheClocks(t *testing.T) {
	o := reportOutcome(t, reportMission("en"))
	days := newReportPage(o).Days
	if got := []string{days[0].Title, days[0].Zone, days[0].Sessions[0]}; got[0] != "Sunday 5 November" ||
		got[1] != "Miami time (UTC\u00a0−5)" || !strings.HasPrefix(got[2], "18:00\u00a0–\u00a020:00 · Accueil") {
		t.Errorf("the day of the change is %q", got)
	}
	if days[0].Shown || !days[1].Shown {
		t.Error("the page does not open on the first day with meetings")
	}
}

// TestReportProgrammeOfADay holds that sessions are in order of time, whatever
// that of the workbook, and that a venue without meetings is said to have none.
func TestReportProgrammeOfADay(t *testing.T) {
	o := reportTiny(t, "en")
	at := func(hour int) time.Time { return time.Date(2017, 11, 6, hour, 0, 0, 0, o.Book.Zone) }
	o.Book.Venues = append(o.Book.Venues, Venue{ID: "hall", Name: "Hall", Legs: []int{0}})
	hall := len(o.Book.Venues) - 1
	o.Book.Sessions = []Session{
		{Name: "Signing", Start: at(17), End: at(18), Venue: hall},
		{Name: "Breakfast", Start: at(8), End: at(9), Venue: hall},
	}
	got := []string{}
	for _, session := range newReportPage(o).Days[0].Sessions {
		got = append(got, strings.Split(session, " · ")[1])
	}
	if diff := cmp.Diff([]string{"Breakfast", "Signing"}, got); diff != "" {
		t.Error(diff)
	}
	said := reportSelect(reportPageOf(t, o), ".day .chart-strip")
	if got, want := reportAttr(said[2], "aria-label"), "2 sessions 8:00–9:00 and 17:00–18:00"; got != want {
		t.Errorf("a venue without meetings says %q, want %q", got, want)
	}
}

// TestReportUnmet holds that every unmet wish is there once, what matters most
// first, and twenty in the open.
func TestReportUnmet(t *testing.T) {
	o := reportOutcome(t, reportMission("fr"))
	doc := reportPageOf(t, o)
	if diff := cmp.Diff(fmt.Sprint(len(o.Unmet))+" souhaits non satisfaits", reportTexts(doc, "h2#unmet")[0]); diff != "" {
		t.Error(diff)
	}
	if got := len(reportSelect(doc, ".wishes tbody tr")); got != len(o.Unmet) {
		t.Errorf("%d lines for %d unmet wishes", got, len(o.Unmet))
	}
	if got := len(reportSelect(doc, "details .wishes tbody tr")); got != len(o.Unmet)-20 {
		t.Errorf("%d lines are folded of %d", got, len(o.Unmet))
	}
	kinds := reportTexts(doc, ".wishes .badge")
	if !slices.IsSortedFunc(kinds, strings.Compare) {
		t.Errorf("an indispensable wish comes after another: %v", slices.Compact(kinds))
	}
	first := newReportPage(o).Unmet.First[0]
	if first.Why == "" || first.Change == "" || !first.Must {
		t.Errorf("the first is %+v", first)
	}
}

func TestReportAllMet(t *testing.T) {
	o := reportTiny(t, "fr")
	doc := reportPageOf(t, o)
	if diff := cmp.Diff([]string{"Tous les souhaits sont satisfaits"}, reportTexts(doc, "h2#unmet")); diff != "" {
		t.Error(diff)
	}
	if found := reportSelect(doc, ".wishes"); len(found) > 0 {
		t.Error("an empty table")
	}
}

// TestReportFairness counts participants again and places what is guaranteed.
func TestReportFairness(t *testing.T) {
	f := newReportPage(reportTiny(t, "en")).Fairness
	want := []reportSpread{{"0", "1"}, {"1", "0"}, {"2", "1"}}
	if diff := cmp.Diff(want, f.Spread); diff != "" {
		t.Error(diff)
	}
	if f.Columns.Mark != 1 || f.Columns.MarkText != "guaranteed minimum: 1" {
		t.Errorf("the mark %q stands before column %d", f.Columns.MarkText, f.Columns.Mark)
	}
	if diff := cmp.Diff([]reportServed{{"Nacre", "0 of 2", "0%"}, {"Mistral", "9 of 9", "100%"}}, f.Worst); diff != "" {
		t.Error(diff)
	}
	total := 0
	convention := newReportPage(reportOutcome(t, reportConvention())).Fairness
	for _, s := range convention.Spread {
		n, _ := strconv.Atoi(s.Participants)
		total += n
	}
	if total != 450 || len(convention.Spread) > columnsMost+1 {
		t.Errorf("%d participants in %d columns", total, len(convention.Spread))
	}
}

func TestReportFairnessOfDifferentMinimums(t *testing.T) {
	o := reportTiny(t, "fr")
	o.Book.Participants[0].Min = 3
	f := newReportPage(o).Fairness
	if f.Columns.Mark != planner.None || f.Minimums != "Les minimums garantis vont de 1 à 3." {
		t.Errorf("mark %d, words %q", f.Columns.Mark, f.Minimums)
	}
}

// TestReportProof goes through each thing that can be known of a tier.
func TestReportProof(t *testing.T) {
	got := reportTexts(reportPageOf(t, reportTiny(t, "en")), ".proof div")
	want := []string{
		"Guaranteed minimums 1 meeting is missing.",
		"Value 9, bound 11.",
		"Worst served 0.0%. no bound",
		"Breaks 1: no plan as good on what comes above does better. proven by search",
		"Travel 25\u00a0min: no plan as good on what comes above does better. optimal by certificate",
		"Ties broken by a draw of seed 7, never by the alphabet.",
	}
	for i, line := range got {
		if i >= len(want) || !strings.HasPrefix(line, want[i]) {
			t.Errorf("line %d: %q", i, line)
		}
	}
	o := reportTiny(t, "en")
	o.Result.Quality.Cut = true
	if got := reportTexts(reportPageOf(t, o), ".proof div"); !strings.HasPrefix(got[len(got)-1], "Search cut short") {
		t.Errorf("a search that was cut says %q", got[len(got)-1])
	}
}

// TestReportTravel lists the estimated routes that someone takes.
func TestReportTravel(t *testing.T) {
	travel := newReportPage(reportTiny(t, "en")).Travel
	if !strings.HasPrefix(travel.Sentence, "2 routes out of 2") {
		t.Errorf("it says %q", travel.Sentence)
	}
	want := []reportWay{{From: "Hub", To: "Port", Minutes: "25\u00a0min", Journeys: "1", journeys: 1}}
	if diff := cmp.Diff(want, travel.Used, cmp.AllowUnexported(reportWay{})); diff != "" {
		t.Error(diff)
	}
}

// TestReportChanges holds that a re-plan says what it keeps and what it changes,
// and a first plan nothing.
func TestReportChanges(t *testing.T) {
	o := reportTiny(t, "en")
	if found := reportSelect(reportPageOf(t, o), "#changes"); len(found) > 0 {
		t.Error("a first plan changes something")
	}
	kept, gone := o.Result.Plan.Meetings[0], o.Result.Plan.Meetings[1]
	o.Previous = NewPlanFile(o)
	o.Result.Plan.Meetings, o.UIDs, o.Sequences = []planner.Meeting{kept}, o.UIDs[:1], o.Sequences[:1]
	o.Result.Changes = []planner.Change{{Kind: planner.Kept, Before: &kept, After: &kept}, {Kind: planner.Gone, Before: &gone, Freed: true}}
	doc := reportPageOf(t, o)
	if got := reportTexts(doc, ".changes li"); len(got) != 1 || !strings.Contains(got[0], "Mistral – Ocho") {
		t.Errorf("the changes are %q", got)
	}
	if got := reportTexts(doc, "section .sub"); !strings.Contains(strings.Join(got, "|"), ChangeLines(o)[0]) {
		t.Errorf("how much is kept is not said: %q", got)
	}
}

// TestReportNotes says what was read otherwise, and where.
func TestReportNotes(t *testing.T) {
	o := reportTiny(t, "fr")
	o.Book.Notes = []Remark{{Sheet: "Souhaits", Row: 12, Column: "vers", Found: "m017 ", Text: "Lu M017."}, {Sheet: "Lieux", Text: "Vide."}}
	got := reportTexts(reportPageOf(t, o), "section .plain tbody tr")
	want := []string{"Souhaits, ligne 12, colonne vers m017 Lu M017.", "Lieux Vide."}
	if diff := cmp.Diff(want, got[len(got)-2:]); diff != "" {
		t.Error(diff)
	}
}
