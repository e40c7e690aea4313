package docx

import (
	"fmt"
	"slices"
	"strings"
)

// A Fault is a way in which a template can be wrong.
type Fault string

// The faults.
const (
	Malformed Fault = "malformed" // braces around what is no name
	Unknown   Fault = "unknown"   // nobody knows the field
	Unclosed  Fault = "unclosed"  // a list has no end, or ends elsewhere
	Unopened  Fault = "unopened"  // the end of what did not begin
	AcrossRow Fault = "across"    // a list begins in a cell and ends in another, within the row
	NoList    Fault = "no-list"   // {{#name}} of a text
	NoText    Fault = "no-text"   // {{name}} of a list
	TooLarge  Fault = "too-large" // lists within lists make too much of it
)

// A Problem is something wrong with a template: the field as it is written.
type Problem struct {
	Fault Fault
	Tag   string
}

// Error says it for programmers: people are told in their words.
func (p Problem) Error() string { return fmt.Sprintf("template: %s: %s", p.Tag, p.Fault) }

// Problems are all that is wrong with a template.
type Problems []Problem

// Error joins what they say.
func (p Problems) Error() string {
	said := make([]string, len(p))
	for i, one := range p {
		said[i] = one.Error()
	}
	return strings.Join(said, "; ")
}

func unique(problems Problems) (once Problems) {
	for _, p := range problems {
		if !slices.Contains(once, p) {
			once = append(once, p)
		}
	}
	return once
}

// filling is the filling of one document.
type filling struct {
	problems Problems
	left     int // how many nodes it may still make
}

func (f *filling) wrong(fault Fault, t tag) {
	f.problems = append(f.problems, Problem{fault, t.String()})
}

// A scope is the values in sight, the nearest last.
type scope []Values

func (s scope) find(name string) (any, bool) {
	for _, values := range slices.Backward(s) {
		if value, found := values[name]; found {
			return value, true
		}
	}
	return nil, false
}

// inside is the scope of the first item of a list, if there is one.
func (s scope) inside(list string) scope {
	value, _ := s.find(list)
	if items, _ := value.([]Values); len(items) > 0 {
		return append(s[:len(s):len(s)], items[0])
	}
	return s
}

// expand fills nodes that stand side by side.
func (f *filling) expand(nodes []*node, s scope) (filled []*node) {
	for i := 0; i < len(nodes); i++ {
		first, last, to := listAt(nodes, i)
		switch {
		case first == nil:
			filled = append(filled, f.one(nodes[i], s)...)
		case last == nil:
			f.wrong(Unclosed, *first.tag)
			s = s.inside(first.tag.name) // so that what follows is judged too
			filled = append(filled, f.one(nodes[i], s)...)
		case nodes[i].name == "w:tc":
			f.wrong(AcrossRow, *first.tag)
			return filled
		default:
			filled = append(filled, f.repeat(nodes[i:to+1], first, last, s)...)
			i = to
		}
	}
	return filled
}

// repeat fills the nodes of a list once for each of its items.
func (f *filling) repeat(nodes []*node, first, last *node, s scope) (filled []*node) {
	value, found := s.find(first.tag.name)
	items, isList := value.([]Values)
	switch {
	case !found:
		f.wrong(Unknown, *first.tag)
	case !isList:
		f.wrong(NoList, *first.tag)
	}
	var inner []*node
	for _, n := range nodes {
		if n = n.without(first, last); n != nil {
			inner = append(inner, n)
		}
	}
	for _, item := range items {
		if f.left <= 0 {
			return nil
		}
		filled = append(filled, f.expand(inner, append(s[:len(s):len(s)], item))...)
	}
	return filled
}

// one fills a node in which no list of its level begins: it gives one node, or
// none where nothing is left of it.
func (f *filling) one(n *node, s scope) []*node {
	if f.left--; f.left == 0 {
		f.problems = append(f.problems, Problem{Fault: TooLarge})
	}
	switch {
	case f.left <= 0:
		return nil
	case n.tag != nil && n.tag.kind == opens:
		return nil // it has no end, which was said
	case n.tag != nil:
		return []*node{f.field(n, s)}
	case len(s) > 1 && strings.HasPrefix(n.name, "w:bookmark"):
		return nil // its name would be there twice
	case n.name == "":
		return []*node{n}
	}
	made := *n
	made.children = f.expand(n.children, s)
	if n.name == "w:tbl" && made.child("w:tr") == nil {
		return nil // a table needs a row
	}
	made.close()
	return []*node{&made}
}

// close adds the empty paragraph that a cell, a header or a text box cannot be
// without.
func (n *node) close() {
	if !slices.Contains([]string{"w:tc", "w:hdr", "w:ftr", "w:txbxContent"}, n.name) {
		return
	}
	for _, child := range slices.Backward(n.children) {
		switch child.name {
		case "":
			continue
		case "w:tbl", "w:tcPr":
			n.children = append(n.children, &node{name: "w:p", start: []byte("<w:p/>")})
		}
		return
	}
	n.children = append(n.children, &node{name: "w:p", start: []byte("<w:p/>")})
}

// field is the run of a field with its value, line by line.
func (f *filling) field(n *node, s scope) *node {
	value, found := s.find(n.tag.name)
	_, isList := value.([]Values)
	switch {
	case n.tag.kind == closes:
		f.wrong(Unopened, *n.tag)
	case !found:
		f.wrong(Unknown, *n.tag)
	case isList:
		f.wrong(NoText, *n.tag)
	}
	run := *n
	run.tag, run.children = nil, slices.Clone(n.children)
	for i, line := range strings.Split(fmt.Sprint(value), "\n") {
		if i > 0 {
			run.children = append(run.children, &node{name: "w:br", start: []byte("<w:br/>")})
		}
		run.children = append(run.children, textNode(line))
	}
	return &run
}
