package sat

// Totalizer counts its inputs in unary by a balanced tree of sums (Bailleux
// and Boufkhad, "Efficient CNF Encoding of Boolean Cardinality Constraints", CP
// 2003). It is built only as far as it is asked to count, and can be extended
// later (Martins et al., "Incremental Cardinality Constraints for MaxSAT", CP
// 2014).
type Totalizer struct {
	solver *Solver
	root   *sum
	exact  bool
}

// sum is a node of the tree. outputs[j-1] stands for "at least j of the inputs
// below are true".
type sum struct {
	left, right *sum
	size        int // number of inputs below
	outputs     []Lit
}

// NewTotalizer returns a counter of the inputs, of which there is at least one.
// If exact, then its outputs are equivalent to what they stand for; otherwise
// they are only implied by it, which is enough to bound a sum from above at
// half the clauses.
func NewTotalizer(s *Solver, inputs []Lit, exact bool) *Totalizer {
	return &Totalizer{solver: s, root: newSum(inputs), exact: exact}
}

func newSum(inputs []Lit) *sum {
	if len(inputs) == 1 {
		return &sum{size: 1, outputs: []Lit{inputs[0]}}
	}
	half := len(inputs) / 2
	return &sum{left: newSum(inputs[:half]), right: newSum(inputs[half:]), size: len(inputs)}
}

// Size returns the number of inputs.
func (t *Totalizer) Size() int { return t.root.size }

// AtLeast returns the literal for "at least j inputs are true", for j from 1 to
// Size.
func (t *Totalizer) AtLeast(j int) Lit {
	t.extend(t.root, j)
	return t.root.outputs[j-1]
}

// extend makes a node count up to limit.
func (t *Totalizer) extend(n *sum, limit int) {
	limit = min(limit, n.size)
	counted := len(n.outputs)
	if limit <= counted {
		return
	}
	t.extend(n.left, limit)
	t.extend(n.right, limit)
	for j := counted + 1; j <= limit; j++ {
		n.outputs = append(n.outputs, t.solver.NewVar().Pos())
		if j > 1 {
			t.solver.AddClause(n.outputs[j-1].Not(), n.outputs[j-2])
		}
		t.force(n, j)
		if t.exact {
			t.justify(n, j)
		}
	}
}

// force adds: i on the left and j-i on the right make j.
func (t *Totalizer) force(n *sum, j int) {
	for i := max(0, j-n.right.size); i <= min(j, n.left.size); i++ {
		clause := []Lit{n.outputs[j-1]}
		if i > 0 {
			clause = append(clause, n.left.outputs[i-1].Not())
		}
		if i < j {
			clause = append(clause, n.right.outputs[j-i-1].Not())
		}
		t.solver.AddClause(clause...)
	}
}

// justify adds: j needs more than i on the left or at least j-i on the right.
func (t *Totalizer) justify(n *sum, j int) {
	for i := max(0, j-1-n.right.size); i <= min(j-1, n.left.size); i++ {
		clause := []Lit{n.outputs[j-1].Not()}
		if i < n.left.size {
			clause = append(clause, n.left.outputs[i])
		}
		if j-i <= n.right.size {
			clause = append(clause, n.right.outputs[j-i-1])
		}
		t.solver.AddClause(clause...)
	}
}
