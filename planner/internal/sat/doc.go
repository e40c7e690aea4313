// Package sat decides Boolean formulas of clauses and cardinality constraints,
// and minimises sums over them.
//
// The solver is a conflict-driven clause-learning solver in the tradition of
// MiniSat (Eén and Sörensson, "An Extensible SAT-solver", SAT 2003): two watched
// literals, first-UIP learning, activity-ordered decisions, restarts, and
// solving under assumptions with a core when they fail. Constraints of the form
// "at most k of these literals" are propagated natively by counting and are
// explained only when conflict analysis asks for them.
//
// Above the solver stand unary counters ([PrefixCounts], [Totalizer]) and
// [Minimizer], a core-guided search for the least value of a sum.
//
// Everything is deterministic for a given seed and conflict limit. A Solver is
// not safe for concurrent use; separate Solvers share nothing.
package sat
