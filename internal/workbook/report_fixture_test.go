package workbook

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/escale-hq/escale/planner"
)

// reportSpec is the shape of an invented mission to report on.
type reportSpec struct {
	language               string
	delegates, others      int
	wishes, days, tables   int
	slotsADay, slotMinutes int
	onePool, fictional     bool
	legs                   []string
}

// reportMission has the shape of a real mission: 40 companies, five days.
func reportMission(language string) reportSpec {
	return reportSpec{
		language: language, delegates: 40, others: 120, wishes: 700, days: 5, tables: 6,
		slotsADay: 12, slotMinutes: 30, fictional: true,
	}
}

// reportConvention is an afternoon on which 450 people meet.
func reportConvention() reportSpec {
	return reportSpec{
		language: "en", others: 450, wishes: 2400, days: 1, tables: 110,
		slotsADay: 16, slotMinutes: 15, onePool: true, fictional: true,
	}
}

// reportOutcome invents a mission of that shape and plans it greedily: most
// wished first, at the first slot and table that are free. Bounds and prices
// are invented too; only the score is computed.
func reportOutcome(t testing.TB, spec reportSpec) *Outcome {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	book := reportBook(t, spec, r)
	problem := book.Problem()
	plan, unmet := reportPlan(book, problem)
	score := planner.Evaluate(problem, plan, nil)
	o := &Outcome{
		Book: book, Problem: problem, Made: time.Date(2017, 10, 17, 20, 5, 0, 0, time.UTC), Version: 4, Seed: 1,
		Result: &planner.Result{
			Plan: plan, Score: score, Certificate: reportCertificate(problem, r),
			Quality: planner.Quality{
				BestValue: score.Value + 5, Bound: score.Value + 9, SlackUsed: 5, Elapsed: 800 * time.Millisecond,
				Tiers: []planner.TierQuality{
					{Tier: planner.Shortfall, Figure: score.Shortfall, Bound: score.Shortfall, Status: planner.Certified},
					{Tier: planner.Value, Figure: score.Value, Bound: score.Value + 9, Status: planner.Gap},
					{Tier: planner.WorstServed, Figure: reportWorst(score), Bound: min(1000, reportWorst(score)+30), Status: planner.Gap},
					{Tier: planner.Breaks, Figure: score.Breaks, Bound: score.Breaks, Status: planner.Proven},
					{Tier: planner.Travel, Figure: score.Travel, Status: planner.NoBound},
				},
			},
		},
	}
	for i, u := range unmet {
		o.Unmet = append(o.Unmet, reportUnmetWish(problem, u, i))
	}
	o.UIDs, o.Sequences = make([]string, len(plan.Meetings)), make([]int, len(plan.Meetings))
	return o
}

func reportBook(t testing.TB, spec reportSpec, r *rand.Rand) *Book {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{
		Name: "Mission à Miami", Zone: zone, Language: spec.language, Fictional: spec.fictional,
		MeetingMinutes: spec.slotMinutes, Legs: []Leg{{Name: "Miami", Zone: zone}},
		Interpreters: []Interpreters{{Languages: [2]string{"fr", "es"}, Count: 2}, {Languages: [2]string{"en", "he"}, Count: 1}},
		Notes: []Remark{
			{Sheet: "Souhaits", Row: 12, Column: "vers", Found: "m017 ", Text: "Lu M017."},
			{Sheet: "Participants", Row: 31, Column: "langues", Found: "francais", Text: "Lu fr."},
		},
	}
	if len(spec.legs) > 0 {
		b.Legs = nil
	}
	for _, name := range spec.legs {
		b.Legs = append(b.Legs, Leg{Name: name, Zone: zone})
	}
	reportVenues(b, spec)
	reportSlots(b, spec)
	reportParticipants(b, spec, r)
	reportAsk(b, spec, r)
	return b
}

func reportVenues(b *Book, spec reportSpec) {
	b.Venues = []Venue{{Name: "Pôle de Brickell"}, {Name: "Pavillon du port"}, {Name: "Hôpital universitaire de la baie de Biscayne"}}
	b.Places = []Place{{Venue: 0, Tables: spec.tables}, {Venue: 1, Tables: 2}, {Venue: 2, Tables: 1, Label: "Suite B", Reserved: true}}
	n := len(b.Venues)
	for i := range n {
		b.Travel = append(b.Travel, make([]int, n))
		b.Estimated = append(b.Estimated, make([]bool, n))
		for j := range n {
			if i != j {
				b.Travel[i][j], b.Estimated[i][j] = 10+5*i+3*j, (i+j)%2 == 1
			}
		}
	}
}

// reportSlots fills mornings from 9:00 and, after a pause, afternoons.
func reportSlots(b *Book, spec reportSpec) {
	for day := range spec.days {
		leg := 0
		if len(b.Legs) > 1 {
			leg = day * len(b.Legs) / spec.days
		}
		start := time.Date(2017, 11, 6+day, 9, 0, 0, 0, b.Zone)
		for s := range spec.slotsADay {
			block := 2 * day
			if s == spec.slotsADay/2 {
				start = start.Add(2 * time.Hour)
			}
			if s >= spec.slotsADay/2 {
				block++
			}
			end := start.Add(time.Duration(spec.slotMinutes) * time.Minute)
			b.Slots = append(b.Slots, Slot{Start: start, End: end, Leg: leg, Day: day, Block: block})
			start = end
		}
		if day == spec.days-1 && spec.days > 1 {
			b.Venues[0].Closed = []Span{{start.Add(-2 * time.Hour), start}}
			b.Venues[1].Closed = b.Venues[0].Closed
		}
	}
}

func reportParticipants(b *Book, spec reportSpec, r *rand.Rand) {
	first := []string{"Novaport", "Sémaphore", "Aérolit", "Lumen", "Garrigue", "Tramontane", "Étang", "Calanque", "Phare", "Docks"}
	last := []string{"Santé", "Pixel", "Vins", "IA", "Bleu", "Hydro", "Froid", "Data", "Marine", "Systèmes d’information hospitaliers"}
	for i := range spec.delegates + spec.others {
		p := Participant{
			ID: fmt.Sprintf("P%03d", i), Name: first[i%10] + " " + last[i/10%10], Side: planner.Delegate, Seats: 1, Min: 4, Max: 9,
			People: []string{"Anne Roux", "Bruno Tissot"},
		}
		if i >= 100 {
			p.Name += fmt.Sprint(" ", i/100+1)
		}
		if i%9 == 3 {
			p.Seats, p.MaxDay = 2, 4
		}
		switch {
		case spec.onePool:
			p.Side, p.Min = planner.OnePool, 0
		case i >= spec.delegates:
			p.Side, p.Min, p.Seats = planner.Counterpart, 0, 1
		}
		if s := r.IntN(len(b.Slots)); i%5 == 0 {
			end := min(s+3, len(b.Slots)-1)
			p.Unavailable = []Span{{b.Slots[s].Start, b.Slots[end].End}}
		}
		b.Participants = append(b.Participants, p)
	}
	everyone := make([]int, spec.delegates)
	for i := range everyone {
		everyone[i] = i
	}
	if spec.delegates > 0 {
		at := func(day, hour int) time.Time { return time.Date(2017, 11, day, hour, 0, 0, 0, b.Zone) }
		b.Sessions = []Session{
			{Name: "Table ronde « ports intelligents »", Start: at(7, 17), End: at(7, 18), Venue: 1, Participants: everyone[:len(everyone)/2]},
			{Name: "Accueil", Start: at(5, 18), End: at(5, 20), Venue: planner.None, Participants: everyone},
		}
	}
}

func reportAsk(b *Book, spec reportSpec, r *rand.Rand) {
	if spec.wishes == 0 {
		return
	}
	zipf := rand.NewZipf(r, 1.2, float64(spec.others)/8, uint64(spec.others-1))
	seen := map[[2]int]bool{}
	for range spec.wishes {
		from, to := r.IntN(max(spec.delegates, 1)), spec.delegates+int(zipf.Uint64())
		if spec.onePool {
			from = r.IntN(spec.others)
		}
		if from == to || seen[[2]int{from, to}] {
			continue
		}
		seen[[2]int{from, to}] = true
		w := Wish{From: from, To: to, Kind: planner.Nice, Weight: 1 + r.IntN(4)}
		if r.IntN(5) == 0 {
			w.Kind, w.Weight = planner.Must, 0
		}
		b.Wishes = append(b.Wishes, w)
	}
}

// reportPlan holds what fits, in the order of what wishes are worth.
func reportPlan(b *Book, p *planner.Problem) (*planner.Plan, []planner.WishID) {
	order := make([]planner.WishID, len(p.Wishes))
	for i := range order {
		order[i] = planner.WishID(i)
	}
	slices.SortStableFunc(order, func(x, y planner.WishID) int {
		return cmp.Compare(p.Wishes[y].Points(), p.Wishes[x].Points())
	})
	plan, unmet := &planner.Plan{}, []planner.WishID{}
	busy, tables, count := map[[2]int]bool{}, map[[2]int]int{}, map[int]int{}
	for _, id := range order {
		w := p.Wishes[id]
		from, to := int(w.From), int(w.To)
		held := false
		for s := range len(b.Slots) {
			slot, place := (s*7+int(id))%len(b.Slots), s%2
			if busy[[2]int{from, slot}] || busy[[2]int{to, slot}] || count[from] > 3+from%6 || count[to] > 8 ||
				tables[[2]int{place, slot}] >= b.Places[place].Tables || covers(b.Venues[place].Closed, b.Slots[slot]) ||
				!b.available(from, b.Slots[slot]) || !b.available(to, b.Slots[slot]) {
				continue
			}
			busy[[2]int{from, slot}], busy[[2]int{to, slot}] = true, true
			tables[[2]int{place, slot}]++
			count[from]++
			count[to]++
			plan.Meetings = append(plan.Meetings, planner.Meeting{
				Attendees: []planner.Attendee{{Participant: w.From, Seat: 1}, {Participant: w.To, Seat: 1}},
				Start:     planner.SlotID(slot), Slots: 1, Place: planner.PlaceID(place), Table: tables[[2]int{place, slot}],
				Pool: planner.None, Request: planner.None, Locked: id%50 == 0,
			})
			held = true
			break
		}
		if !held {
			unmet = append(unmet, id)
		}
	}
	return plan, unmet
}

// reportCertificate invents prices: dear where the plan is full, at Scale 4.
func reportCertificate(p *planner.Problem, r *rand.Rand) *planner.Certificate {
	c := &planner.Certificate{Scale: 4, Max: make([]int, len(p.Participants))}
	days := p.Slots[len(p.Slots)-1].Day + 1
	row := func(most int) []int {
		prices := make([]int, len(p.Slots))
		for s := range prices {
			prices[s] = r.IntN(most)
		}
		return prices
	}
	for i := range p.Participants {
		c.Seat = append(c.Seat, row(1+i%2))
		c.Max[i] = r.IntN(5)
		c.Day = append(c.Day, make([]int, days))
		if p.Participants[i].MaxDay > 0 {
			c.Day[i][r.IntN(days)] = 3
		}
	}
	for range p.Places {
		c.Place = append(c.Place, row(4))
	}
	c.Pool = [][]int{row(3), make([]int, len(p.Slots))}
	return c
}

// reportUnmetWish gives each unmet wish one of the reasons, in turn.
func reportUnmetWish(p *planner.Problem, id planner.WishID, i int) planner.Unmet {
	w := p.Wishes[id]
	u := planner.Unmet{Wish: id, Searched: i%7 != 6, Slots: []planner.SlotID{1, 2}}
	switch i % 4 {
	case 0:
		u.Reason, u.Places = planner.ReasonNoTable, []planner.PlaceID{1}
		u.Change = &planner.Remedy{Kind: planner.OneMoreTable, Place: 1, Slot: 2, Slots: 1, Gain: 6, Breaks: 1}
	case 1:
		u.Reason, u.Participants = planner.ReasonMax, []planner.ParticipantID{w.To}
		u.Change = &planner.Remedy{Kind: planner.RaiseMax, Participant: w.To, By: 1, Gain: 3}
	case 2:
		u.Reason, u.Pools = planner.ReasonNoInterpreter, []planner.PoolID{0}
	case 3:
		u.Reason, u.Participants = planner.ReasonFull, []planner.ParticipantID{w.From}
	}
	return u
}

// reportWorst is the ratio of the worst served, in thousandths.
func reportWorst(s planner.Score) int {
	if len(s.Served) == 0 {
		return 1000
	}
	return 1000 * s.Served[0].Met / s.Served[0].Best
}

// reportTiny is a mission of one morning, small enough to judge by hand: Nacre
// meets no one, Mistral meets Biscayne at the hub, then Ocho at the port.
func reportTiny(t testing.TB, language string) *Outcome {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	slot := func(hour, minute int) Slot {
		start := time.Date(2017, 11, 6, hour, minute, 0, 0, zone)
		return Slot{Start: start, End: start.Add(30 * time.Minute)}
	}
	b := &Book{
		Name: "Miami", Zone: zone, Language: language, Legs: []Leg{{Name: "Miami", Zone: zone}},
		Slots:  []Slot{slot(9, 0), slot(9, 30), slot(10, 0), slot(10, 30)},
		Venues: []Venue{{Name: "Hub"}, {Name: "Port"}},
		Places: []Place{{Venue: 0, Tables: 2}, {Venue: 1, Tables: 1}},
		Travel: [][]int{{0, 25}, {25, 0}}, Estimated: [][]bool{{false, true}, {true, false}},
		Participants: []Participant{
			{Name: "Nacre", Side: planner.Delegate, Min: 1},
			{Name: "Mistral", Side: planner.Delegate, Min: 1},
			{Name: "Biscayne", Side: planner.Counterpart},
			{Name: "Ocho", Side: planner.Counterpart},
		},
		Wishes: []Wish{{From: 1, To: 2, Kind: planner.Must}, {From: 1, To: 3, Weight: 4, Kind: planner.Nice}, {From: 0, To: 2, Kind: planner.Nice}},
	}
	meeting := func(other, slot, place int) planner.Meeting {
		return planner.Meeting{
			Attendees: []planner.Attendee{{Participant: 1, Seat: 1}, {Participant: planner.ParticipantID(other), Seat: 1}},
			Start:     planner.SlotID(slot), Slots: 1, Place: planner.PlaceID(place), Table: 1, Pool: planner.None, Request: planner.None,
		}
	}
	return &Outcome{
		Book: b, Problem: b.Problem(), Version: 1, Seed: 7, Made: time.Date(2017, 10, 17, 20, 5, 0, 0, time.UTC),
		UIDs: []string{"a", "b"}, Sequences: []int{0, 0},
		Result: &planner.Result{
			Plan: &planner.Plan{Meetings: []planner.Meeting{meeting(2, 0, 0), meeting(3, 3, 1)}},
			Score: planner.Score{Shortfall: 1, Value: 9, Breaks: 1, Travel: 25, Served: []planner.Served{
				{Participant: 0, Met: 0, Best: 2}, {Participant: 1, Met: 9, Best: 9},
			}},
			Quality: planner.Quality{BestValue: 9, Bound: 11, Tiers: []planner.TierQuality{
				{Tier: planner.Shortfall, Figure: 1, Bound: 0, Status: planner.Gap},
				{Tier: planner.Value, Figure: 9, Bound: 11, Status: planner.Gap},
				{Tier: planner.WorstServed, Status: planner.NoBound},
				{Tier: planner.Breaks, Figure: 1, Bound: 1, Status: planner.Proven},
				{Tier: planner.Travel, Figure: 25, Bound: 25, Status: planner.Certified},
			}},
		},
	}
}
