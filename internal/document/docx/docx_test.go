package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A tester is what both tests and properties report to.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

const namespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

const types = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>
</Types>`

// packed is a document with a body, and a header.
func packed(t tester, body, header string) []byte {
	t.Helper()
	return archive(t, map[string]string{
		contentTypes:          types,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document ` + namespace + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/header1.xml":    `<?xml version="1.0"?><w:hdr ` + namespace + `>` + header + `</w:hdr>`,
		"word/media/logo.png": "\x89PNG as it is",
	})
}

func archive(t tester, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		out, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(out, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func para(runs ...string) string {
	var b strings.Builder
	for _, text := range runs {
		b.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`)
	}
	return "<w:p>" + b.String() + "</w:p>"
}

func row(cells ...string) string {
	return "<w:tr><w:tc>" + strings.Join(cells, "</w:tc><w:tc>") + "</w:tc></w:tr>"
}

// fill fills and reads the result with the standard library alone: each part is
// well-formed, and its paragraphs are lines, cells end in "|", rows in "#".
func fill(t tester, body string, values Values) (string, error) {
	t.Helper()
	template, err := Read(packed(t, body, para("{{title}}")))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := template.Fill(&b, values); err != nil {
		return "", err
	}
	parts := unpacked(t, b.Bytes())
	if parts["word/media/logo.png"] != "\x89PNG as it is" {
		t.Errorf("the picture became %q", parts["word/media/logo.png"])
	}
	return read(t, parts["word/document.xml"]), nil
}

func unpacked(t tester, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range r.File {
		in, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[file.Name] = string(content)
	}
	return parts
}

func read(t tester, part string) string {
	t.Helper()
	var b strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(part))
	inText := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, part)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "t"
			if token.Name.Local == "br" {
				b.WriteString("/")
			}
		case xml.CharData:
			if inText {
				b.Write(token)
			}
		case xml.EndElement:
			inText = false
			b.WriteString(map[string]string{"p": "\n", "tc": "|", "tr": "#"}[token.Name.Local])
		}
	}
}

var mission = Values{
	"title": "Miami & <Haïfa>", "lines": "one\ntwo", "none": []Values{}, "empty": "",
	"people": []Values{
		{"name": "Ada", "cities": []Values{{"city": "Miami"}, {"city": "Tel-Aviv"}}},
		{"name": "Bob", "cities": []Values{}},
	},
}

func TestFill(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"a field", para("To {{title}}!"), "To Miami & <Haïfa>!\n"},
		{"cut by Word", para("To {", "{ti", "tle", " }} now"), "To Miami & <Haïfa> now\n"},
		{"two in a run, the second cut", para("{{title}} {{em", "pty}}{{title}}"), "Miami & <Haïfa> Miami & <Haïfa>\n"},
		{"lines", para("{{lines}}"), "one/two\n"},
		{"paragraphs", para("{{#people}}") + para("{{name}} of {{title}}") + para("{{/people}}"), "Ada of Miami & <Haïfa>\nBob of Miami & <Haïfa>\n"},
		{"one paragraph", para("{{#people}}{{name}}{{/people}}"), "Ada\nBob\n"},
		{"within a sentence", para("With {{#people}}{{name}}, {{/people}}all."), "With Ada, Bob, all.\n"},
		{"two lists in a sentence", para("{{#people}}{{name}} {{/people}}and {{#people}}{{name}} {{/people}}"), "Ada Bob and Ada Bob \n"},
		{"lists in lists", para("{{#people}}{{name}}: {{#cities}}{{city}} {{/cities}}{{/people}}"), "Ada: Miami Tel-Aviv \nBob: \n"},
		{"text around its ends", para("A {{#people}}") + para("{{name}}") + para("{{/people}} Z"), "A \nAda\n Z\nA \nBob\n Z\n"},
		{"a row", "<w:tbl>" + row(para("Name")) + row(para("{{#people}}{{name}}"), para("{{title}}{{/people}}")) + "</w:tbl>", "Name\n|#Ada\n|Miami & <Haïfa>\n|#Bob\n|Miami & <Haïfa>\n|#"},
		{"rows", "<w:tbl>" + row(para("{{#people}}")) + row(para("{{name}}")) + row(para("{{/people}}")) + "</w:tbl>", "Ada\n|#Bob\n|#"},
		{"a list in a cell", "<w:tbl>" + row(para("{{#people}}{{name}}"), para("{{#cities}}")+para("{{city}}")+para("{{/cities}}"), para("{{/people}}")) + "</w:tbl>", "Ada\n|Miami\nTel-Aviv\n|\n|#Bob\n|\n|\n|#"},
		{"nothing", para("{{#none}}") + para("{{unheard}}") + para("{{/none}}") + para("After"), "After\n"},
		{"no rows", "<w:tbl>" + row(para("{{#none}}x{{/none}}")) + "</w:tbl>" + para("After"), "After\n"},
		{"a cell of nothing", "<w:tbl>" + row(para("{{#none}}")+para("x")+para("{{/none}}"), para("y")) + "</w:tbl>", "\n|y\n|#"},
		{"a text box", "<w:p><w:r><w:pict><w:txbxContent>" + para("{{ti", "tle}}") + "</w:txbxContent></w:pict></w:r></w:p>", "Miami & <Haïfa>\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := fill(t, c.body, mission)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeadersAreFilledAndLooksKept(t *testing.T) {
	template, err := Read(packed(t, para("{{ti", "tle}}"), para("{{", "title}}")))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := template.Fill(&b, mission); err != nil {
		t.Fatal(err)
	}
	parts := unpacked(t, b.Bytes())
	if got := read(t, parts["word/header1.xml"]); got != "Miami & <Haïfa>\n" {
		t.Errorf("the header says %q", got)
	}
	if want := `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Miami &amp; &lt;Haïfa&gt;</w:t></w:r>`; !strings.Contains(parts["word/document.xml"], want) {
		t.Errorf("the run lost its look:\n%s", parts["word/document.xml"])
	}
}

func TestProblemsNameTheField(t *testing.T) {
	for _, c := range []struct {
		body string
		want Problem
	}{
		{para("{{unheard}}"), Problem{Unknown, "{{unheard}}"}},
		{para("{{#unheard}}x{{/unheard}}"), Problem{Unknown, "{{#unheard}}"}},
		{para("{{#people}}"), Problem{Unclosed, "{{#people}}"}},
		{para("{{/people}}"), Problem{Unopened, "{{/people}}"}},
		{para("{{#title}}x{{/title}}"), Problem{NoList, "{{#title}}"}},
		{para("{{people}}"), Problem{NoText, "{{people}}"}},
		{para("{{two words}}"), Problem{Malformed, "{{two words}}"}},
		{para("{{title}"), Problem{Malformed, "{{title}"}},
		{"<w:tbl>" + row(para("a {{#people}}"), para("{{/people}}")) + "</w:tbl>", Problem{AcrossRow, "{{#people}}"}},
	} {
		_, err := fill(t, c.body, mission)
		var problems Problems
		if !errors.As(err, &problems) || problems[0] != c.want {
			t.Errorf("%s: %v", c.body, err)
		}
	}
}

// TestAllProblemsAtOnce: one does not hide those after it, nor make others.
func TestAllProblemsAtOnce(t *testing.T) {
	template, err := Read(packed(t, para("{{tilte}} {{#people}}")+para("{{name}} {{nmae}}"), ""))
	if err != nil {
		t.Fatal(err)
	}
	want := Problems{{Unclosed, "{{#people}}"}, {Unknown, "{{tilte}}"}, {Unknown, "{{nmae}}"}}
	if diff := cmp.Diff(want, template.Check(mission)); diff != "" {
		t.Error(diff)
	}
}

func TestFields(t *testing.T) {
	template, err := Read(packed(t, para("{{title}} {{#people}}{{name}} {{title}}{{/people}}"), para("{{he", "ad}}")))
	if err != nil {
		t.Fatal(err)
	}
	fields := template.Fields()
	for _, name := range []string{"title", "people", "name", "head"} {
		if !strings.Contains(strings.Join(fields, " "), name) {
			t.Errorf("%q is not among %q", name, fields)
		}
	}
	if len(fields) != 4 {
		t.Errorf("fields: %q", fields)
	}
}

// TestAnyCutIsFound: however a text is cut into runs, it is filled as if it were
// one; an oracle that knows no XML replaces in the text.
func TestAnyCutIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "é ", "{{title}}", "{{ empty }}", "{", "}", " b"}), 1, 12).Draw(t, "words")
		text := strings.Join(words, "")
		want := strings.NewReplacer("{{title}}", "T", "{{ empty }}", "").Replace(text)
		if strings.Contains(want, "{{") || strings.Contains(want, "}}") || tagShape.ReplaceAllString(text, "") != strings.NewReplacer("{{title}}", "", "{{ empty }}", "").Replace(text) {
			t.Skip("braces that are no field")
		}
		var runs []string
		for rest := []rune(text); len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			runs, rest = append(runs, string(rest[:n])), rest[n:]
		}
		got, err := fill(t, para(runs...), Values{"title": "T", "empty": ""})
		if err != nil || got != want+"\n" {
			t.Fatalf("%q cut as %q: %q, %v", text, runs, got, err)
		}
	})
}

func TestRefused(t *testing.T) {
	deep := strings.Repeat("<w:sdt>", mostDepth+1) + strings.Repeat("</w:sdt>", mostDepth+1)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"no archive":   {[]byte("PK no"), ErrNoDocument},
		"no document":  {archive(t, map[string]string{"a": "b"}), ErrNoDocument},
		"broken":       {packed(t, "<w:p>", ""), ErrNoDocument},
		"a doctype":    {packed(t, "<!DOCTYPE x>", ""), ErrNoDocument},
		"deep":         {packed(t, deep, ""), ErrLarge},
		"a bomb":       {packed(t, "", strings.Repeat(" ", mostUnfolded)), ErrLarge},
		"many parts":   {many(t), ErrLarge},
		"with macros":  {archive(t, map[string]string{contentTypes: strings.Replace(types, "document.main+xml", "document.macroEnabled.main+xml", 1)}), ErrMacros},
		"a large file": {make([]byte, MostBytes+1), ErrLarge},
	} {
		if _, err := Read(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func many(t tester) []byte {
	files := map[string]string{contentTypes: types}
	for i := range mostParts {
		files[fmt.Sprint(i)] = ""
	}
	return archive(t, files)
}

// TestListsInListsAreBounded: a small template can ask for more than there is
// memory.
func TestListsInListsAreBounded(t *testing.T) {
	body := strings.Repeat("{{#people}}", 30) + "x" + strings.Repeat("{{/people}}", 30)
	_, err := fill(t, para(body), mission)
	var problems Problems
	if !errors.As(err, &problems) || problems[0].Fault != TooLarge {
		t.Errorf("got %v", err)
	}
}
