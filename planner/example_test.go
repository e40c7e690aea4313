package planner_test

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/planner"
)

// morning is a mission of one morning: two delegates, two counterparts, three
// slots of half an hour and a single table. Minutes count from nine o'clock.
func morning() *planner.Problem {
	p := &planner.Problem{
		Venues: []planner.Venue{{}},
		Places: []planner.Place{{Venue: 0, Tables: 1}},
		Participants: []planner.Participant{
			{Side: planner.Delegate},
			{Side: planner.Delegate},
			{Side: planner.Counterpart},
			{Side: planner.Counterpart},
		},
		Wishes: []planner.Wish{
			{From: 0, To: 2, Kind: planner.Must},
			{From: 0, To: 3, Kind: planner.Nice},
			{From: 1, To: 2, Kind: planner.Nice, Weight: 4},
			{From: 1, To: 3, Kind: planner.Nice, Weight: 3},
		},
		BreakSpread: -1,
	}
	for n := range 3 {
		start := planner.Minute(30 * n)
		p.Slots = append(p.Slots, planner.Slot{Span: planner.Span{Start: start, End: start + 30}})
	}
	return p
}

// steady are options whose result depends on nothing but the problem.
func steady() planner.Options {
	o := planner.DefaultOptions()
	o.Steps = 2_000
	return o
}

// plan is the plan of a problem that has one.
func plan(p *planner.Problem) *planner.Plan {
	result, err := planner.Solve(context.Background(), p, steady())
	if err != nil {
		panic(err)
	}
	return result.Plan
}

func ExampleSolve() {
	result, err := planner.Solve(context.Background(), morning(), steady())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(result.Plan.Meetings), "meetings worth", result.Score.Value)
	for _, tier := range result.Quality.Tiers {
		if tier.Tier == planner.Value {
			fmt.Println("no plan is worth more than", tier.Bound, "-", tier.Status)
		}
	}
	// Output:
	// 3 meetings worth 12
	// no plan is worth more than 12 - optimal by certificate
}

func ExampleCheck() {
	p := morning()
	byHand := &planner.Plan{Meetings: []planner.Meeting{
		{Attendees: []planner.Attendee{{Participant: 0, Seat: 1}, {Participant: 2, Seat: 1}}, Slots: 1, Table: 1, Pool: planner.None, Request: planner.None},
		{Attendees: []planner.Attendee{{Participant: 1, Seat: 1}, {Participant: 3, Seat: 1}}, Slots: 1, Table: 1, Pool: planner.None, Request: planner.None},
	}}
	for _, v := range planner.Check(p, byHand) {
		if v.Rule == planner.RuleTable {
			fmt.Println("meetings", v.Meetings, "share a table at slots", v.Slots)
		}
	}
	byHand.Meetings[1].Start = 1
	fmt.Println(len(planner.Check(p, byHand)), "violations half an hour later")
	// Output:
	// meetings [0 1] share a table at slots [0 0]
	// 0 violations half an hour later
}

func ExampleCheckBound() {
	p := morning()
	// The table costs 3 points in each of its three slots, 9 in all. The wishes of
	// 5 and 4 points are worth 2 and 1 more than that; no plan exceeds the sum.
	prices := &planner.Certificate{
		Scale: 1,
		Seat:  [][]int{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
		Place: [][]int{{3, 3, 3}},
		Max:   []int{0, 0, 0, 0},
		Day:   [][]int{{0}, {0}, {0}, {0}},
	}
	bound, err := planner.CheckBound(p, prices)
	fmt.Println(bound, err)
	// Output: 12 <nil>
}

func ExampleExplain() {
	p := morning()
	unmet, err := planner.Explain(context.Background(), p, plan(p), steady())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, u := range unmet {
		fmt.Println("wish", u.Wish, "lacks a table:", u.Reason == planner.ReasonNoTable)
		fmt.Println("one more table would meet it:", u.Change.Kind == planner.OneMoreTable)
	}
	// Output:
	// wish 1 lacks a table: true
	// one more table would meet it: true
}

func ExampleRepair() {
	p := morning()
	published := plan(p)
	first := published.Meetings[0]
	late := first.Attendees[0].Participant
	p.Participants[late].Busy = []planner.Span{p.Slots[first.Start].Span}
	result, err := planner.Repair(context.Background(), p, published, planner.DefaultRepairOptions())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range result.Changes {
		if change.Kind == planner.MovedTo {
			fmt.Println("moved from slot", change.Before.Start, "to", change.After.Start, "since it could not stay:", !change.Freed)
		}
	}
	fmt.Println("lost", result.Score.Lost, "moved", result.Score.Moved)
	// Output:
	// moved from slot 0 to 1 since it could not stay: true
	// moved from slot 1 to 0 since it could not stay: false
	// lost 0 moved 2
}
