package docx

import "slices"

// listAt finds the list that begins in a node and is repeated at its level: its
// first and its last tag, and the node in which it ends. Where none begins, first
// is nil; where it does not end, last is.
func listAt(nodes []*node, at int) (first, last *node, to int) {
	tags := nodes[at].tags()
	if len(tags) == 0 {
		return nil, nil, at
	}
	if first, last := nodes[at].whole(tags); first != nil {
		return first, last, at
	}
	var p pairs
	for _, n := range tags {
		p.next(n)
	}
	if len(p.open) == 0 {
		return nil, nil, at
	}
	first = p.open[0]
	for to = at + 1; to < len(nodes); to++ {
		for _, n := range nodes[to].tags() {
			if p.next(n) == first {
				return first, n, to
			}
		}
	}
	return first, nil, at
}

// whole finds the list that is all of a paragraph or of a row: it is repeated
// with it.
func (n *node) whole(tags []*node) (first, last *node) {
	if n.name != "w:p" && n.name != "w:tr" || tags[0].tag.kind != opens {
		return nil, nil
	}
	leaves := n.leaves()
	first, last = leaves[0], leaves[len(leaves)-1]
	if first != tags[0] || last != tags[len(tags)-1] {
		return nil, nil
	}
	var p pairs
	for _, n := range tags {
		if p.next(n) == first && n != last {
			return nil, nil // it ends earlier
		}
	}
	if len(p.open) > 0 {
		return nil, nil
	}
	return first, last
}

// pairs tells which tag ends which list, as tags come one after the other.
type pairs struct{ open []*node }

// next takes a tag, and gives the beginning of the list that it ends, or nil.
func (p *pairs) next(n *node) *node {
	top := len(p.open) - 1
	switch {
	case n.tag.kind == opens:
		p.open = append(p.open, n)
	case n.tag.kind == closes && top >= 0 && p.open[top].tag.name == n.tag.name:
		begin := p.open[top]
		p.open = p.open[:top]
		return begin
	}
	return nil
}

// without is the node without some of the runs in it, or nil where nothing is
// left: a paragraph or a row that held nothing else is gone too, unless it ends a
// section.
func (n *node) without(runs ...*node) *node {
	if slices.Contains(runs, n) {
		return nil
	}
	if !slices.ContainsFunc(n.tags(), func(t *node) bool { return slices.Contains(runs, t) }) {
		return n
	}
	left := *n
	left.children = nil
	for _, child := range n.children {
		if child = child.without(runs...); child != nil {
			left.children = append(left.children, child)
		}
	}
	if (n.name == "w:p" || n.name == "w:tr") && len(left.leaves()) == 0 && !left.endsSection() {
		return nil
	}
	return &left
}

func (n *node) endsSection() bool {
	look := n.child("w:pPr")
	return look != nil && look.child("w:sectPr") != nil
}
