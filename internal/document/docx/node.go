package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A node is a piece of XML as it stands in its file, so that what is not filled
// leaves as it came.
type node struct {
	name       string // of an element, such as "w:p"; "": anything else
	start, end []byte // its tags; of anything else, all of it is start
	text       string // of character data
	children   []*node
	tag        *tag // of a run that holds a field and nothing else
}

// parse reads a part into a tree, whose root has no name.
func parse(data []byte) (*node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	open := []*node{root}
	for {
		from := decoder.InputOffset()
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		raw := data[from:decoder.InputOffset()]
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: nameOf(token.Name), start: raw}
			last.children = append(last.children, n)
			if open = append(open, n); len(open) > mostDepth {
				return nil, ErrLarge
			}
		case xml.EndElement:
			if last.name != nameOf(token.Name) {
				return nil, fmt.Errorf("<%s> ends as </%s>", last.name, nameOf(token.Name))
			}
			last.end, open = raw, open[:len(open)-1]
		case xml.Directive:
			return nil, errors.New("it declares a document type")
		case xml.CharData:
			last.children = append(last.children, &node{start: raw, text: string(token)})
		default:
			last.children = append(last.children, &node{start: raw})
		}
	}
	if len(open) > 1 {
		return nil, fmt.Errorf("<%s> has no end", open[len(open)-1].name)
	}
	return root, nil
}

func nameOf(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}

// write writes the node as XML.
func (n *node) write(w io.Writer) error {
	if _, err := w.Write(n.start); err != nil {
		return err
	}
	for _, child := range n.children {
		if err := child.write(w); err != nil {
			return err
		}
	}
	_, err := w.Write(n.end)
	return err
}

// words is the text in a w:t.
func (n *node) words() string {
	var all strings.Builder
	for _, child := range n.children {
		all.WriteString(child.text)
	}
	return all.String()
}

// textNode is a w:t with a text, whose blanks count.
func textNode(text string) *node {
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(text)) // a buffer takes everything
	return &node{
		name: "w:t", start: []byte(`<w:t xml:space="preserve">`), end: []byte("</w:t>"),
		children: []*node{{start: escaped.Bytes(), text: text}},
	}
}

// child is the first child of a name, or nil.
func (n *node) child(name string) *node {
	for _, child := range n.children {
		if child.name == name {
			return child
		}
	}
	return nil
}

// leaves are, in order, what people see of a node: fields, texts that are not
// blank, and everything that is no text, such as pictures.
func (n *node) leaves() (all []*node) {
	switch {
	case n.tag != nil, n.name == "w:drawing", n.name == "w:pict", n.name == "w:object":
		return []*node{n}
	case n.name == "w:t":
		if strings.TrimSpace(n.words()) != "" {
			return []*node{n}
		}
		return nil
	}
	for _, child := range n.children {
		all = append(all, child.leaves()...)
	}
	return all
}

// tags are the fields in a node, in order.
func (n *node) tags() (all []*node) {
	if n.tag != nil {
		return []*node{n}
	}
	for _, child := range n.children {
		all = append(all, child.tags()...)
	}
	return all
}
