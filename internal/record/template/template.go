// Package template keeps the office's own Word documents, one for each kind of
// document and language, and makes documents of records with them. What can be
// said of a record is the business of its feature, which registers it as a
// [Source].
package template

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// A Source says what documents can tell of the records of a kind.
type Source struct {
	Of string // the kind of the records
	// Makes are the kinds of documents that are made of one.
	Makes  []string
	Fields []Field
	// Read gives the values of the fields of a record, as readers of a language
	// write them.
	Read func(ctx context.Context, tx *db.Tx, of ref.Ref, w *i18n.Words) (docx.Values, error)
}

// A Field is one that a document can hold. Its text is template.field.NAME, that
// of a field of an item template.field.LIST.NAME.
type Field struct {
	Name string
	Of   []string // the fields of an item, where it is a list
}

// With is the source with the fields that others add, of the same records.
func (s Source) With(more ...Source) Source {
	read := s.Read
	for _, other := range more {
		s.Fields = append(s.Fields, other.Fields...)
	}
	s.Read = func(ctx context.Context, tx *db.Tx, of ref.Ref, w *i18n.Words) (docx.Values, error) {
		values, err := read(ctx, tx, of, w)
		for _, other := range more {
			if err != nil {
				return nil, err
			}
			var added docx.Values
			added, err = other.Read(ctx, tx, of, w)
			maps.Copy(values, added)
		}
		return values, err
	}
	return s
}

// sample is a value of each field, and an item in each list.
func (s Source) sample() docx.Values {
	values := docx.Values{}
	for _, f := range s.Fields {
		if f.Of == nil {
			values[f.Name] = f.Name
			continue
		}
		item := docx.Values{}
		for _, name := range f.Of {
			item[name] = name
		}
		values[f.Name] = []docx.Values{item}
	}
	return values
}

// Sources are those of all features.
type Sources []Source

// Kinds are the kinds of documents, each once.
func (s Sources) Kinds() (kinds []string) {
	for _, source := range s {
		for _, kind := range source.Makes {
			if !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}

// of is the source of a kind of documents.
func (s Sources) of(kind string) (Source, bool) {
	at := slices.IndexFunc(s, func(source Source) bool { return slices.Contains(source.Makes, kind) })
	if at < 0 {
		return Source{}, false
	}
	return s[at], true
}

// A Template is a document of the office to fill.
type Template struct {
	record.Meta
	Kind     string // of document
	Language string
	Name     string // of the file that was sent
	Hash     string // what it holds is kept under
}

// Templates is how templates are kept.
func Templates() record.Noun[Template] {
	return record.Noun[Template]{
		Name: "template",
		Fields: record.Fields[Template]{
			record.TextField("kind", func(t *Template) *string { return &t.Kind }),
			record.ChoiceField("language", record.ContentLanguages(), func(t *Template) *string { return &t.Language }),
			record.TextField("name", func(t *Template) *string { return &t.Name }),
			record.Unlisted(record.TextField("hash", func(t *Template) *string { return &t.Hash })),
		},
		Meta: func(t *Template) *record.Meta { return &t.Meta },
		Load: loadTemplate, Insert: insertTemplate, Update: updateTemplate,
		Settle: (*Template).settle,
		Found:  func(t *Template) record.Found { return record.Found{Title: t.Name} },
	}
}

func (t *Template) settle() error {
	var p fault.Problems
	if t.Kind == "" {
		p.Add("kind", "template.kind_needed")
	}
	if t.Language == "" {
		p.Add("language", "template.language_needed")
	}
	if t.Hash == "" {
		p.Add("file", "template.file_needed")
	}
	return p.Or()
}

// Kind is the noun as the rest of the house knows it.
func Kind() record.Kind {
	kind := Templates().Kind()
	kind.Address = func(id string) string { return templatesPath + "/" + id }
	return kind
}

func loadTemplate(ctx context.Context, tx *db.Tx, territory int, id string) (*Template, error) {
	row, err := New(tx).template(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the template %s: %w", id, err)
	}
	return templateOf(row), nil
}

func templateOf(row templateRow) *Template {
	return &Template{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Version: row.Version, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt,
			DeletedAt: row.DeletedAt,
		},
		Kind: row.Kind, Language: row.Language, Name: row.Name, Hash: row.Hash,
	}
}

func insertTemplate(ctx context.Context, tx *db.Tx, t *Template) error {
	return New(tx).addTemplate(ctx, addTemplateParams{
		t.Territory, t.ID, t.Kind, t.Language, t.Name, t.Hash, t.Version, t.CreatedAt, t.UpdatedAt,
	})
}

func updateTemplate(ctx context.Context, tx *db.Tx, t *Template) error {
	return New(tx).editTemplate(ctx, editTemplateParams{
		t.Kind, t.Language, t.Name, t.Hash, t.Version, t.UpdatedAt, t.DeletedAt, t.Territory, t.ID,
	})
}

// TemplatesOf lists those of a territory, by kind and language.
func TemplatesOf(ctx context.Context, tx *db.Tx, territory int) ([]*Template, error) {
	rows, err := New(tx).templatesOf(ctx, territory)
	if err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	all := make([]*Template, len(rows))
	for i, row := range rows {
		all[i] = templateOf(row)
	}
	return all, nil
}

// Put keeps a template: in the place of that of the same kind and language, if
// there is one.
func Put(ctx context.Context, tx *db.Tx, act record.Act, t *Template) error {
	all, err := TemplatesOf(ctx, tx, t.Territory)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(had *Template) bool { return had.Kind == t.Kind && had.Language == t.Language })
	if at < 0 {
		return Templates().Add(ctx, tx, act, t)
	}
	t.Meta = all[at].Meta
	return Templates().Save(ctx, tx, act, t)
}
