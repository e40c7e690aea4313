package config

import (
	"fmt"
	"strings"
)

// A Kind is a way in which settings can be wrong.
type Kind string

// The kinds.
const (
	// Unknown is a name that no setting has; Near names the nearest, or none.
	Unknown Kind = "unknown"
	// Wrong is a value that a setting may not have; Want says what it may be.
	Wrong Kind = "wrong"
	// Missing is a setting that must be given; Want says why.
	Missing Kind = "missing"
	// Twice is a setting given twice in one place; Value says where first.
	Twice Kind = "twice"
	// Unread is a file, named by Value, that cannot be read.
	Unread Kind = "unread"
	// NoValue is a line of the file that has no name or no equals sign.
	NoValue Kind = "no_value"
	// Exposed is a key file, named by Value, that others can read.
	Exposed Kind = "exposed"
	// NoKey is a key file, named by Value, that holds no key.
	NoKey Kind = "no_key"
)

// A Problem is one thing that is wrong with the settings.
type Problem struct {
	Kind Kind
	// Setting is the name of the setting, or what was taken for one.
	Setting string
	// Value is what was given; empty where it must not be shown.
	Value  string
	Source Source
	// Near is the name that was perhaps meant, as the source would write it.
	Near string
	Want Want
}

// Problems are all that is wrong with the settings. They are an error.
type Problems []Problem

// Error is for logs: people read the words of the command.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = fmt.Sprintf("setting %s: %s (%s)", one.Setting, one.Kind, one.Source.Where)
	}
	return strings.Join(lines, "; ")
}

// A Want says what a setting may be: a text of the catalogue and what stands
// for its {0}, {1} and so on. It is the error of what reads values.
type Want struct {
	Key  string
	Args []any
}

func want(key string, args ...any) Want { return Want{Key: key, Args: args} }

// Error is for logs.
func (w Want) Error() string { return strings.TrimSpace(w.Key + " " + fmt.Sprint(w.Args...)) }

// nearest is the one of the names that takes the fewest changes of a letter to
// make of another; none when that takes more than half as many as it has.
func nearest(name string, names []string) string {
	best, least := "", len(name)/2+1
	for _, candidate := range names {
		if d := distance(name, candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance counts the letters to add, drop or change to make one text of the
// other (Levenshtein's).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0]++
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
