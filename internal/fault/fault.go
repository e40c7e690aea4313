// Package fault is the closed set of ways in which a request can fail. A fault
// has a kind, which decides the status of the answer once and for all, and a
// text of the catalogue, which is said in the reader's language at the edge.
// Any other error is [Internal]: logged in full, shown as a neutral sentence.
package fault

import (
	"errors"
	"fmt"
)

// A Kind says what sort of failure it is.
type Kind int

// The kinds. Internal is the zero value: what nobody foresaw.
const (
	Internal    Kind = iota
	Invalid          // what was asked does not hold: the person can put it right
	SignIn           // nobody is signed in, or no longer
	Forbidden        // the person may not do this
	NotFound         // there is no such thing, for this person
	Conflict         // somebody else changed it meanwhile
	TooLarge         // more was sent than is taken
	TooMany          // asked too often: later it will do
	Unavailable      // something needed does not answer: later it may
)

var names = [...]string{
	"internal", "invalid", "sign-in", "forbidden", "not found", "conflict", "too large", "too many", "unavailable",
}

// String is the kind in English, for logs.
func (k Kind) String() string { return names[k] }

// A Fault is an error that a person can be told of.
type Fault struct {
	Kind Kind
	// Key is a text of the catalogue; Args stand for its {0}, {1} and so on.
	Key  string
	Args []any
	// Cause is what led to it, for the log. It may be nil.
	Cause error
}

// New is a fault of a kind, said by a text of the catalogue.
func New(kind Kind, key string, args ...any) error {
	return &Fault{Kind: kind, Key: key, Args: args}
}

// Because is a fault that follows from an error, which is for the log only.
func Because(cause error, kind Kind, key string, args ...any) error {
	return &Fault{Kind: kind, Key: key, Args: args, Cause: cause}
}

// Error is for the log: a person reads the text of the catalogue.
func (f *Fault) Error() string {
	text := f.Kind.String() + ": " + f.Key
	if len(f.Args) > 0 {
		text += fmt.Sprint(f.Args)
	}
	if f.Cause != nil {
		text += ": " + f.Cause.Error()
	}
	return text
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// Of finds the fault in an error's chain; it is nil where there is none.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// KindOf is the kind of an error; what is not a fault is Internal.
func KindOf(err error) Kind {
	var problems Problems
	if errors.As(err, &problems) {
		return Invalid
	}
	if f := Of(err); f != nil {
		return f.Kind
	}
	return Internal
}

// Is says whether an error is of a kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
