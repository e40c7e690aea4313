package sat

import "strconv"

// Var is a Boolean variable, numbered from 0 in the order of creation.
type Var int32

// Pos returns the literal that is true when v is.
func (v Var) Pos() Lit { return Lit(v << 1) }

// Neg returns the literal that is true when v is false.
func (v Var) Neg() Lit { return Lit(v<<1 | 1) }

// Lit is a literal: a variable or its negation. The literals of variable v are
// 2v and 2v+1, so that both index a slice directly.
type Lit int32

// NoLit stands for "no literal".
const NoLit Lit = -1

// Not returns the negation of l.
func (l Lit) Not() Lit { return l ^ 1 }

// Var returns the variable of l.
func (l Lit) Var() Var { return Var(l >> 1) }

// IsNeg reports whether l is a negated variable.
func (l Lit) IsNeg() bool { return l&1 == 1 }

// String writes l as its variable's number, preceded by "-" when negated.
func (l Lit) String() string {
	if l == NoLit {
		return "none"
	}
	number := strconv.Itoa(int(l.Var()))
	if l.IsNeg() {
		return "-" + number
	}
	return number
}

// Status is the answer of a search.
type Status int8

// The answers of a search.
const (
	Unknown       Status = iota // stopped before an answer was found
	Satisfiable                 // a model was found
	Unsatisfiable               // there is no model under the assumptions
)

// String returns the name of the status.
func (s Status) String() string {
	switch s {
	case Satisfiable:
		return "satisfiable"
	case Unsatisfiable:
		return "unsatisfiable"
	default:
		return "unknown"
	}
}

// value is the current value of a literal.
type value int8

const (
	isFalse value = -1
	isUnset value = 0
	isTrue  value = 1
)
