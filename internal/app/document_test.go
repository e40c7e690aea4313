package app

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// officeTemplate is a Word document with a paragraph of each of some texts.
func officeTemplate(t testing.TB, paragraphs ...string) string {
	t.Helper()
	var body strings.Builder
	for _, text := range paragraphs {
		fmt.Fprintf(&body, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", text)
	}
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for name, content := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`,
	} {
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
	return file.String()
}

// template adds one of a territory.
func (h *house) template(in territory.Territory) string {
	h.t.Helper()
	hash, err := h.app.templateShelf().Put(in.ID, strings.NewReader(officeTemplate(h.t, "{{title}}")))
	if err != nil {
		h.t.Fatal(err)
	}
	made := &template.Template{Meta: record.Meta{Territory: in.ID}, Kind: "agreement", Language: "fr", Name: "a.docx", Hash: hash}
	h.write(func(tx *db.Tx) error { return template.Templates().Add(ctx, tx, act, made) })
	return made.ID
}

// sends uploads a template.
func (b *browser) sends(kind, name, content string) *httptest.ResponseRecorder {
	body, kindOfBody := mixed(url.Values{"kind": {kind}, "language": {"fr"}}, "file", name, content)
	r := httptest.NewRequest("POST", b.h.app.settings.PublicURL.String()+"/t/marseille/templates", body)
	r.Header.Set("Content-Type", kindOfBody)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// TestADocumentOfTheOffice: a template is sent, corrected, and a mission's
// document made with it.
func TestADocumentOfTheOffice(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Administrator])
	for name, content := range map[string]string{"note.docx": "no document", "none.docx": ""} {
		if w := b.sends("decision-note", name, content); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s is answered with %d", name, w.Code)
		}
	}
	if w := b.sends("no-such-kind", "note.docx", officeTemplate(t, "x")); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a kind that nobody makes is answered with %d", w.Code)
	}
	w := b.sends("decision-note", "note.docx", officeTemplate(t, "{{title}} {{tilte}}"))
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.Contains(b.get(at).Body.String(), "{{tilte}}") {
		t.Fatalf("the wrong field is not named: %d, %s", w.Code, at)
	}
	made := "/t/marseille/missions/" + h.missions.on + "/documents/make?template=" + at[strings.LastIndex(at, "/")+1:]
	if w := b.get(made); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "{{tilte}}") {
		t.Errorf("a document with a wrong field is answered with %d", w.Code)
	}
	if w := b.sends("decision-note", "note 2.docx", officeTemplate(t, "{{title}}: {{#legs}}{{name}}, {{/legs}}{{budget_planned}}")); w.Header().Get("Location") != at {
		t.Errorf("the new file did not take the place of the former: %d, %s", w.Code, w.Header().Get("Location"))
	}
	officer := h.as(h.users[territory.Officer])
	if page := officer.get("/t/marseille/missions/" + h.missions.on + "/documents").Body.String(); !strings.Contains(page, strings.ReplaceAll(made, "&", "&amp;")) {
		t.Errorf("the page does not lead to the document:\n%s", page)
	}
	w = officer.get(made)
	if text := wordText(t, w.Body.Bytes()); w.Code != http.StatusOK || !strings.HasPrefix(text, "Miami: Miami, ") || !strings.Contains(text, "€") {
		t.Errorf("%d, the document says %q", w.Code, text)
	}
}

// wordText is the text of the body of a Word document.
func wordText(t testing.TB, data []byte) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	file, err := r.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for i, piece := range strings.Split(string(content), "<w:t") {
		if i > 0 {
			_, after, _ := strings.Cut(piece, ">")
			said, _, _ := strings.Cut(after, "</w:t>")
			text.WriteString(said)
		}
	}
	return text.String()
}

// TestEveryFieldOfADocumentIsRead: a template with each field that a source
// lists is filled, in both languages, and each field has its words.
func TestEveryFieldOfADocumentIsRead(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	ids := map[string]string{"mission": h.missions.on, "grant": h.money("grant", h.home.ID, h.ours, ""), "application": h.application(h.home.ID, h.missions.on, h.ours)}
	v := territory.Viewer{Territory: h.home, Role: territory.Administrator, Actor: act.By}
	for _, source := range documents() {
		for _, lang := range []string{"fr", "en"} {
			words := h.app.words.For(lang)
			h.write(func(tx *db.Tx) error {
				in := territory.With(ctx, v)
				values, err := source.Read(in, tx, ref.Ref{Territory: h.home.ID, Kind: source.Of, ID: ids[source.Of]}, words)
				if err != nil {
					return err
				}
				var names []string
				for _, f := range source.Fields {
					names = append(names, f.Name)
					text, isText := values[f.Name].(string)
					items, isList := values[f.Name].([]docx.Values)
					if isText == isList || isList != (f.Of != nil) {
						t.Errorf("%s of a %s is %T", f.Name, source.Of, values[f.Name])
					}
					if strings.Contains(text, "field.") || !words.Has("template.field."+f.Name) {
						t.Errorf("%s of a %s says %q", f.Name, source.Of, text)
					}
					for _, name := range f.Of {
						for _, item := range items {
							if _, found := item[name]; !found {
								t.Errorf("%s of %s is not read", name, f.Name)
							}
						}
						if !words.Has("template.field." + f.Name + "." + name) {
							t.Errorf("%s of %s has no words", name, f.Name)
						}
					}
				}
				for name := range values {
					if !slices.Contains(names, name) {
						t.Errorf("%s of a %s is read and not listed", name, source.Of)
					}
				}
				return nil
			})
		}
	}
	for _, kind := range documents().Kinds() {
		if !h.app.words.For("fr").Has("template.kind." + kind) {
			t.Errorf("the kind %s has no words", kind)
		}
	}
}
