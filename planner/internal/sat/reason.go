package sat

// reason says why a variable has its value: which constraint forced it, or
// none for a decision. It packs a kind and the constraint's reference into one
// word.
type reason uint32

const (
	noReason reason = iota
	clauseKind
	binaryKind
	cardKind
	kindMask = 3
)

func clauseReason(ref clauseRef) reason { return reason(ref)<<2 | clauseKind }

// binaryReason is the clause made of the forced literal and other.
func binaryReason(other Lit) reason { return reason(other)<<2 | binaryKind }

func cardReason(c Card) reason { return reason(c)<<2 | cardKind }

func (r reason) kind() reason      { return r & kindMask }
func (r reason) clause() clauseRef { return clauseRef(r >> 2) }
func (r reason) other() Lit        { return Lit(r >> 2) }
func (r reason) card() Card        { return Card(r >> 2) }

// explain appends to buf the false literals that forced l to be true.
func (s *Solver) explain(buf []Lit, l Lit) []Lit {
	state := &s.vars[l.Var()]
	switch r := state.reason; r.kind() {
	case clauseKind:
		// Propagation keeps the forced literal first.
		return append(buf, s.arena.lits(r.clause())[1:]...)
	case binaryKind:
		return append(buf, r.other())
	case cardKind:
		c := &s.cards[r.card()]
		return s.appendEarliestTrue(buf, c, state.position, c.bound)
	default:
		return buf
	}
}
