package program

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// writeLP writes the program in the LP format that CPLEX brought into the world
// and CBC and HiGHS read: columns are x0, x1 and so on, missing numbers m0, m1.
func (p *Program) writeLP(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "Maximize\n gain:")
	line := terms{out: out}
	for i := range p.Columns {
		line.add(p.Columns[i].Gain, "x", i)
	}
	for i := range p.Missing {
		line.add(-p.Missing[i].Loss, "m", i)
	}
	fmt.Fprint(out, "\nSubject To\n")
	for i := range p.Rows {
		p.Rows[i].writeLP(out, i)
	}
	fmt.Fprint(out, "Bounds\n")
	for i := range p.Missing {
		fmt.Fprintf(out, " 0 <= m%d <= %d\n", i, p.Missing[i].Most)
	}
	p.writeKinds(out)
	return out.Flush()
}

func (r *Row) writeLP(out *bufio.Writer, i int) {
	fmt.Fprintf(out, " r%d:", i)
	line := terms{out: out}
	for _, c := range r.Columns {
		line.add(1, "x", c)
	}
	if r.Missing >= 0 {
		line.add(1, "m", r.Missing)
	}
	if r.Least > 0 {
		fmt.Fprintf(out, " >= %d\n", r.Least)
	} else {
		fmt.Fprintf(out, " <= %d\n", r.Most)
	}
}

func (p *Program) writeKinds(out *bufio.Writer) {
	if len(p.Missing) > 0 {
		fmt.Fprint(out, "Generals\n")
		for i := range p.Missing {
			fmt.Fprintf(out, " m%d\n", i)
		}
	}
	fmt.Fprint(out, "Binaries\n")
	for i := range p.Columns {
		fmt.Fprintf(out, " x%d\n", i)
	}
	fmt.Fprint(out, "End\n")
}

// terms writes a sum, a few terms a line, since readers limit a line's length.
type terms struct {
	out   *bufio.Writer
	count int
}

func (t *terms) add(factor int, name string, i int) {
	if t.count++; t.count%8 == 0 {
		fmt.Fprint(t.out, "\n ")
	}
	fmt.Fprintf(t.out, " %+d %s%d", factor, name, i)
}

// The program as CP-SAT's CpModelProto, in JSON.
type (
	satModel struct {
		Variables   []satVariable   `json:"variables"`
		Constraints []satConstraint `json:"constraints"`
		Objective   satObjective    `json:"objective"`
	}
	satVariable struct {
		Domain [2]int `json:"domain"`
	}
	satConstraint struct {
		Linear satLinear `json:"linear"`
	}
	satLinear struct {
		Vars   []int  `json:"vars"`
		Coeffs []int  `json:"coeffs"`
		Domain [2]int `json:"domain"`
	}
	// satObjective is minimised: the gains are written negated.
	satObjective struct {
		Vars          []int   `json:"vars"`
		Coeffs        []int   `json:"coeffs"`
		ScalingFactor float64 `json:"scalingFactor"`
	}
)

// writeJSON writes the program for CP-SAT; missing numbers follow the columns.
func (p *Program) writeJSON(w io.Writer) error {
	m := satModel{Objective: satObjective{ScalingFactor: -1}}
	add := func(most, gain int) {
		m.Objective.Vars = append(m.Objective.Vars, len(m.Variables))
		m.Objective.Coeffs = append(m.Objective.Coeffs, -gain)
		m.Variables = append(m.Variables, satVariable{Domain: [2]int{0, most}})
	}
	for i := range p.Columns {
		add(1, p.Columns[i].Gain)
	}
	for i := range p.Missing {
		add(p.Missing[i].Most, -p.Missing[i].Loss)
	}
	for i := range p.Rows {
		m.Constraints = append(m.Constraints, satConstraint{p.Rows[i].linear(len(p.Columns))})
	}
	return json.NewEncoder(w).Encode(m)
}

// linear is the row, whose missing numbers are counted from the given one on.
func (r *Row) linear(missing int) satLinear {
	l := satLinear{Vars: r.Columns, Domain: [2]int{0, r.Most}}
	if r.Missing >= 0 {
		l.Vars = append(append([]int{}, r.Columns...), missing+r.Missing)
	}
	for range l.Vars {
		l.Coeffs = append(l.Coeffs, 1)
	}
	if r.Least > 0 {
		l.Domain = [2]int{r.Least, len(l.Vars) * r.Least}
	}
	return l
}
