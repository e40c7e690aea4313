package sat

// clauseRef is the offset of a clause in the arena.
type clauseRef uint32

// arena stores every clause of three or more literals in one flat slice, so
// that propagation walks memory without chasing pointers. A clause is two
// header words followed by its literals:
//
//	word 0: number of literals
//	word 1: LBD << 2 | uses, where an LBD of 0 marks an original clause
type arena struct {
	words []Lit
}

const (
	headerWords = 2
	usesMask    = 3
)

// add appends a clause and returns its reference.
func (a *arena) add(lits []Lit, lbd int) clauseRef {
	ref := clauseRef(len(a.words))
	a.words = append(a.words, Lit(len(lits)), Lit(lbd<<2))
	a.words = append(a.words, lits...)
	return ref
}

// lits returns the literals of a clause. The first two are the watched ones.
func (a *arena) lits(ref clauseRef) []Lit {
	start := ref + headerWords
	return a.words[start : start+clauseRef(a.words[ref])]
}

// lbd returns the literal block distance of a learnt clause: the number of
// decision levels among its literals when last seen (Audemard and Simon,
// "Predicting Learnt Clauses Quality in Modern SAT Solvers", IJCAI 2009).
func (a *arena) lbd(ref clauseRef) int { return int(a.words[ref+1]) >> 2 }

// learnt reports whether a clause was learnt.
func (a *arena) learnt(ref clauseRef) bool { return a.words[ref+1]>>2 > 0 }

// uses tells how recently a learnt clause took part in a conflict: 0 not since
// the last reductions, up to 2 just now.
func (a *arena) uses(ref clauseRef) int { return int(a.words[ref+1] & usesMask) }

// setUse records the LBD and the uses of a learnt clause.
func (a *arena) setUse(ref clauseRef, lbd, uses int) {
	a.words[ref+1] = Lit(lbd<<2 | uses)
}

// next returns the reference that follows a clause in memory.
func (a *arena) next(ref clauseRef) clauseRef {
	return ref + headerWords + clauseRef(a.words[ref])
}

// end is the reference past the last clause.
func (a *arena) end() clauseRef { return clauseRef(len(a.words)) }
