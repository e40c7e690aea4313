// Package ref is what a link between records points with.
package ref

import (
	"fmt"
	"strings"
)

// A Ref names one record: the territory that owns it, its kind, such as
// "organisation", and its id.
type Ref struct {
	Territory int
	Kind      string
	ID        string
}

// String is the kind and the id, as forms and addresses carry them:
// "organisation:0193...". The territory is that of whoever reads it.
func (r Ref) String() string { return r.Kind + ":" + r.ID }

// IsZero says whether the reference names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// Parse reads what [Ref.String] wrote, within a territory.
func Parse(territory int, text string) (Ref, error) {
	kind, id, found := strings.Cut(text, ":")
	if !found || kind == "" || id == "" {
		return Ref{}, fmt.Errorf("%q is no reference: a reference is a kind and an id, such as organisation:0193", text)
	}
	return Ref{Territory: territory, Kind: kind, ID: id}, nil
}
