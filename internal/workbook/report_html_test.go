package workbook

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// reportPageOf writes a report and reads it back.
func reportPageOf(t testing.TB, o *Outcome) *html.Node {
	t.Helper()
	var out bytes.Buffer
	if err := WriteReport(&out, o); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// reportSelect lists the elements that a selector names: steps apart by a
// space, each a tag, #id, .class or a tag with one of them.
func reportSelect(root *html.Node, selector string) []*html.Node {
	found := []*html.Node{root}
	for step := range strings.FieldsSeq(selector) {
		var next []*html.Node
		for _, n := range found {
			for d := range n.Descendants() {
				if reportMatches(d, step) && !slices.Contains(next, d) {
					next = append(next, d)
				}
			}
		}
		found = next
	}
	return found
}

func reportMatches(n *html.Node, step string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	if tag, id, ok := strings.Cut(step, "#"); ok {
		return (tag == "" || n.Data == tag) && reportAttr(n, "id") == id
	}
	tag, class, _ := strings.Cut(step, ".")
	return (tag == "" || n.Data == tag) &&
		(class == "" || slices.Contains(strings.Fields(reportAttr(n, "class")), class))
}

func reportAttr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// reportText is the text of an element; what is in different elements is apart
// by a space, and several spaces are one.
func reportText(n *html.Node) string {
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.FieldsFunc(text.String(), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

func reportTexts(root *html.Node, selector string) []string {
	var texts []string
	for _, n := range reportSelect(root, selector) {
		texts = append(texts, reportText(n))
	}
	return texts
}
