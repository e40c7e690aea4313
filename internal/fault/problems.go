package fault

import (
	"fmt"
	"strings"
)

// A Problem is what is wrong with one field of a form, in a text of the
// catalogue that says what to do.
type Problem struct {
	Field string
	Key   string
	Args  []any
}

// Problems are all that is wrong with what was filled in, told at once. As an
// error they are [Invalid].
type Problems []Problem

// Add notes a problem with a field.
func (p *Problems) Add(field, key string, args ...any) {
	*p = append(*p, Problem{Field: field, Key: key, Args: args})
}

// AddError notes that a field's value was refused with an error. A nil error
// notes nothing; an error that is no fault is said as "fault.value".
func (p *Problems) AddError(field string, err error) {
	switch f := Of(err); {
	case err == nil:
	case f == nil:
		p.Add(field, "fault.value")
	default:
		p.Add(field, f.Key, f.Args...)
	}
}

// Or gives the problems as an error, or nil where there are none.
func (p Problems) Or() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// On finds the first problem with a field.
func (p Problems) On(field string) (Problem, bool) {
	for _, problem := range p {
		if problem.Field == field {
			return problem, true
		}
	}
	return Problem{}, false
}

// Error lists the fields and texts, for the log.
func (p Problems) Error() string {
	said := make([]string, len(p))
	for i, problem := range p {
		said[i] = fmt.Sprintf("%s: %s%v", problem.Field, problem.Key, problem.Args)
	}
	return "invalid: " + strings.Join(said, "; ")
}
