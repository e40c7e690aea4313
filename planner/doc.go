// Package planner gives meetings their slots, places and people, and proves
// how good the plan is.
//
// A [Problem] says who may meet whom, when and where; [Solve] returns a
// [Result]: the best [Plan] found, its [Quality] tier by tier, and a
// [Certificate] from which [CheckBound] derives, without the search, a value
// that no plan can exceed. [Check] judges any plan, also one made by hand, and
// [Evaluate] says what it is worth. [Repair] changes a published plan as little
// as possible, [Changes] lists what became of each meeting, and [Explain] says
// why a wish is not met and what single change would meet it. [Capacity] and
// [RoomOf] answer what a mission can hold before or whatever anybody wishes.
//
// The package uses the standard library only, does no input or output, keeps
// no global state, and for a given seed, number of workers and number of steps
// always gives the same answer. All functions may be called concurrently; none
// modifies a problem or a plan that it is given.
//
// Times are whole minutes; zones are the caller's business. Values, shortfalls,
// breaks and travel are integers, so that comparing two plans is exact.
//
// # Reading the code
//
// The definitions stand in problem.go, plan.go and options.go. The judge reads
// them as plainly as they are written: validate, check, score, certificate. The
// search shares no code with it. It reads the problem into a model, and keeps a
// plan under construction in a state, which moves change (fit, insert, chain)
// and annealing accepts or takes back (anneal, phase, solve). The bounds are
// prices of what meetings use up (ledger, dual, prices, bound_breaks,
// bound_served). What is told of a plan afterwards stands in judge_tiers, cause,
// obstacle and explain.
package planner
