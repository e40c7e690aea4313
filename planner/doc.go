// Package planner gives meetings their slots, places and people, and proves
// how good the plan is.
//
// A [Problem] says who may meet whom, when and where; [Solve] returns a
// [Result]: the best [Plan] found, its [Quality] tier by tier, and a
// [Certificate] from which [CheckBound] derives, without the search, a value
// that no plan can exceed. [Check] judges any plan, also one made by hand.
// [Repair] changes a published plan as little as possible, and [Explain] says
// why a wish is not met and what single change would meet it.
//
// The package uses the standard library only, does no input or output, keeps
// no global state, and for a given seed, number of workers and number of steps
// always gives the same answer.
//
// Times are whole minutes; zones are the caller's business. Values, shortfalls,
// breaks and travel are integers, so that comparing two plans is exact.
package planner
