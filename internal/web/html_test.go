package web

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A node is part of a page, read back with another library than the one that
// wrote it.
type node struct{ *html.Node }

func parse(t *testing.T, page string) *node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return &node{root}
}

// first is the first element for which is is true, or nil.
func (n *node) first(is func(*node) bool) *node {
	for d := range n.Descendants() {
		if found := (&node{d}); d.Type == html.ElementNode && is(found) {
			return found
		}
	}
	return nil
}

func (n *node) find(tag string) *node {
	return n.first(func(d *node) bool { return d.Data == tag })
}

func (n *node) byID(id string) *node {
	return n.first(func(d *node) bool { return d.attribute("id") == id })
}

func (n *node) link(href string) *node {
	return n.first(func(d *node) bool { return d.Data == "a" && d.attribute("href") == href })
}

func (n *node) attribute(name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (n *node) has(name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
