// Package docx fills the office's own Word documents. In such a template,
// {{title}} stands for a field, and what is between {{#people}} and
// {{/people}} comes once for each of a list: words of a sentence, paragraphs,
// rows of a table. Word may cut a field into pieces as people write it; it is
// found all the same, in headers, footers and notes too.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The limits of a template: a small file may unfold to a huge one.
const (
	mostParts    = 1000
	mostUnfolded = 64 << 20 // of all parts together
	mostDepth    = 200      // of elements in each other
	mostNodes    = 2_000_000
)

// MostBytes is how large the file of a template may be.
const MostBytes = 10 << 20

// ErrNoDocument says that a file is no Word document.
var ErrNoDocument = errors.New("this is no Word document (.docx)")

// ErrLarge says that a file, or what it unfolds to, is too large.
var ErrLarge = errors.New("the document is too large")

// ErrMacros says that a document brings programs along.
var ErrMacros = errors.New("the document holds macros: save it as .docx without them")

// A Template is a document to fill.
type Template struct {
	parts []part
	wrong Problems // what holds whatever the values are
}

// A part is a file of the document. Those that hold text are read.
type part struct {
	name string
	data []byte
	root *node
}

// Read reads a template.
func Read(data []byte) (*Template, error) {
	if len(data) > MostBytes {
		return nil, ErrLarge
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoDocument, err)
	}
	if len(archive.File) > mostParts {
		return nil, ErrLarge
	}
	t := &Template{}
	left := int64(mostUnfolded)
	for _, file := range archive.File {
		content, err := unfold(file, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(content))
		t.parts = append(t.parts, part{name: file.Name, data: content})
	}
	return t, t.readTexts()
}

// unfold gives what a file of the archive holds, if that is not more than left.
func unfold(file *zip.File, left int64) ([]byte, error) {
	reader, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoDocument, err)
	}
	defer reader.Close()
	content, err := io.ReadAll(io.LimitReader(reader, left+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrNoDocument, err)
	case int64(len(content)) > left:
		return nil, ErrLarge
	}
	return content, nil
}

// contentTypes is the part that says what the others are.
const contentTypes = "[Content_Types].xml"

// textual are the ends of the types of parts that hold text; the first is that
// of the document itself.
var textual = []string{"document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml"}

// readTexts reads the parts that hold text.
func (t *Template) readTexts() error {
	types, err := t.types()
	if err != nil {
		return err
	}
	found := false
	for i := range t.parts {
		p := &t.parts[i]
		kind := types["/"+p.name]
		if !strings.Contains(kind, "wordprocessingml.") || !slices.ContainsFunc(textual, func(end string) bool { return strings.HasSuffix(kind, end) }) {
			continue
		}
		if p.root, err = parse(p.data); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrNoDocument, p.name, err)
		}
		found = found || strings.HasSuffix(kind, textual[0])
		t.wrong = append(t.wrong, findTags(p.root)...)
	}
	if !found {
		return ErrNoDocument
	}
	return nil
}

// types gives the type of each part by its name.
func (t *Template) types() (map[string]string, error) {
	var listed struct {
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	for _, p := range t.parts {
		if p.name != contentTypes {
			continue
		}
		if err := xml.Unmarshal(p.data, &listed); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNoDocument, err)
		}
	}
	types := map[string]string{}
	for _, o := range listed.Override {
		if strings.Contains(o.ContentType, "macroEnabled") || strings.Contains(o.ContentType, "vbaProject") {
			return nil, ErrMacros
		}
		types[o.PartName] = o.ContentType
	}
	return types, nil
}

// Values are what fields stand for, by name: texts, whose lines become lines of
// the document, and lists, as []Values. A field that an item of a list does not
// have is that of what is around the list.
type Values map[string]any

// Fill writes the document with its fields filled. What is wrong is a
// [Problems].
func (t *Template) Fill(w io.Writer, values Values) error {
	roots, problems := t.filled(values)
	if len(problems) > 0 {
		return problems
	}
	archive := zip.NewWriter(w)
	for i, p := range t.parts {
		out, err := archive.Create(p.name)
		if err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
		if roots[i] == nil {
			_, err = out.Write(p.data)
		} else {
			err = roots[i].write(out)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	return archive.Close()
}

// Check says all that is wrong with a template, for values that have every field
// and an item in every list.
func (t *Template) Check(sample Values) Problems {
	_, problems := t.filled(sample)
	return problems
}

// filled are the parts that hold text, filled, and all that is wrong.
func (t *Template) filled(values Values) ([]*node, Problems) {
	f := filling{left: mostNodes}
	roots := make([]*node, len(t.parts))
	for i, p := range t.parts {
		if p.root != nil {
			roots[i] = &node{children: f.expand(p.root.children, scope{values})}
		}
	}
	return roots, unique(slices.Concat(t.wrong, f.problems))
}

// Fields are the names of the fields and lists of the template, each once, in
// the order in which they come.
func (t *Template) Fields() []string {
	var names []string
	seen := map[string]bool{}
	for _, p := range t.parts {
		if p.root == nil {
			continue
		}
		for _, n := range p.root.tags() {
			if name := n.tag.name; !seen[name] && n.tag.kind != closes {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}
