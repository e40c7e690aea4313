package docx

import (
	"regexp"
	"strings"
)

// A tag is what stands between double braces.
type tag struct {
	kind tagKind
	name string
}

type tagKind string

const (
	field  tagKind = ""
	opens  tagKind = "#"
	closes tagKind = "/"
)

func (t tag) String() string { return "{{" + string(t.kind) + t.name + "}}" }

var (
	tagShape = regexp.MustCompile(`\{\{\s*([#/]?)\s*([\pL_][\pL\pN_.]*)\s*\}\}`)
	// braces are what is left of one that was written wrongly.
	braces = regexp.MustCompile(`\{\{.{0,40}|.{0,40}\}\}`)
)

// findTags gives every field below a node a run of its own, however Word cut
// its text, and says which are written wrongly.
func findTags(n *node) (wrong []Problem) {
	if n.name == "w:p" {
		wrong = settle(n)
	}
	for _, child := range n.children {
		wrong = append(wrong, findTags(child)...)
	}
	return wrong
}

// settle does so in a paragraph. Text of paragraphs within it, such as that of a
// text box, is theirs.
func settle(paragraph *node) (wrong []Problem) {
	text := textOf(paragraph)
	found := tagShape.FindAllStringSubmatchIndex(text, -1)
	for _, rest := range braces.FindAllString(tagShape.ReplaceAllString(text, "\n"), -1) {
		wrong = append(wrong, Problem{Malformed, strings.TrimSpace(rest)})
	}
	if len(found) > 0 {
		c := cutter{text: text, found: found}
		c.cut(paragraph)
	}
	return wrong
}

// textOf is the text of a paragraph; what is no text parts it.
func textOf(n *node) string {
	var all strings.Builder
	var walk func(n *node)
	walk = func(n *node) {
		for _, child := range n.children {
			switch {
			case child.name == "w:t":
				all.WriteString(child.words())
			case child.name == "w:tab", child.name == "w:br", child.name == "w:cr", child.name == "w:drawing":
				all.WriteByte('\n')
			case child.name != "w:p" && child.name != "w:pPr" && child.name != "w:rPr":
				walk(child)
			}
		}
	}
	walk(n)
	return all.String()
}

// A cutter goes through the runs of a paragraph, and knows where in its text it
// is.
type cutter struct {
	text  string
	found [][]int // the fields: where they begin and end, as regexp gives them
	at    int
}

// cut cuts the runs among the children of a node.
func (c *cutter) cut(n *node) {
	var children []*node
	for _, child := range n.children {
		switch child.name {
		case "w:r":
			children = append(children, c.run(child)...)
		case "w:p", "w:pPr":
			children = append(children, child)
		default:
			c.cut(child)
			children = append(children, child)
		}
	}
	n.children = children
}

// run cuts a run: each field gets one of its own, in the look of the run in
// which it begins.
func (c *cutter) run(run *node) (runs []*node) {
	look := run.child("w:rPr")
	begin := func(t *tag) *node {
		n := &node{name: run.name, start: run.start, end: run.end, tag: t}
		if look != nil {
			n.children = []*node{look}
		}
		runs = append(runs, n)
		return n
	}
	var current *node
	add := func(child *node) {
		if current == nil {
			current = begin(nil)
		}
		current.children = append(current.children, child)
	}
	for _, child := range run.children {
		switch child.name {
		case "w:rPr":
		case "w:t":
			c.pieces(child.words(), func(text string) { add(textNode(text)) }, func(t *tag) {
				begin(t)
				current = nil
			})
		default:
			c.at += len(textOf(&node{children: []*node{child}}))
			add(child)
		}
	}
	return runs
}

// pieces goes through a text that begins where the cutter is: the texts between
// fields, and the fields that begin in it.
func (c *cutter) pieces(text string, plain func(string), begins func(*tag)) {
	end := c.at + len(text)
	for c.at < end {
		if len(c.found) == 0 || c.found[0][0] >= end {
			plain(c.text[c.at:end])
			c.at = end
			return
		}
		field := c.found[0]
		if c.at < field[0] {
			plain(c.text[c.at:field[0]])
			c.at = field[0]
		}
		if c.at == field[0] {
			begins(&tag{tagKind(c.text[field[2]:field[3]]), c.text[field[4]:field[5]]})
		}
		c.at = min(field[1], end)
		if c.at == field[1] {
			c.found = c.found[1:]
		}
	}
}
