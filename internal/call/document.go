package call

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// A document came with an application, under a question of its form. It is one
// of the files of that record.
type document struct{ question, id, name string }

// mostDocuments is how many one question takes.
const mostDocuments = 8

func documentsOf(ctx context.Context, tx *db.Tx, a *Application) ([]document, error) {
	rows, err := New(tx).documentRows(ctx, a.Territory, a.ID)
	if err != nil {
		return nil, fmt.Errorf("list the documents of the application %s: %w", a.ID, err)
	}
	documents := make([]document, len(rows))
	for i, row := range rows {
		documents[i] = document{row.Question, row.FileID, row.Name}
	}
	return documents, nil
}

// nameDocuments gives the names by id.
func nameDocuments(documents []document) map[string]string {
	names := map[string]string{}
	for _, d := range documents {
		names[d.id] = d.name
	}
	return names
}

// place is where the documents of an application are kept.
func place(a *Application) panel.Place {
	return panel.Place{On: Applications().Ref(a), Subject: a.Subject()}
}

// attach puts a document on the application, under its question.
func (p *Pages) attach(ctx context.Context, a *applying, q *form.Question, upload panel.Upload) error {
	there := 0
	for _, d := range a.documents {
		if d.question == q.Key {
			there++
		}
	}
	if there >= mostDocuments {
		a.form.Problems.Add(q.Input(), "call.documents", mostDocuments)
		return nil
	}
	v := territory.Viewer{Territory: a.home, Name: a.visitor.Link.Name, Actor: a.visitor.Actor()}
	return p.DB.Write(ctx, func(tx *db.Tx) error {
		f, err := panel.Attach(ctx, tx, a.act(), v, place(a.record), upload)
		if err != nil {
			return err
		}
		if err := New(tx).addDocument(ctx, addDocumentParams{a.home.ID, a.record.ID, q.Key, f.ID}); err != nil {
			return fmt.Errorf("keep the document %q: %w", f.Name, err)
		}
		a.documents, err = documentsOf(ctx, tx, a.record)
		return err
	})
}

// removeDocument takes a document away. One that is another's stays.
func (p *Pages) removeDocument(ctx context.Context, a *applying, id string) error {
	own := func(d document) bool { return d.id == id }
	if !slices.ContainsFunc(a.documents, own) {
		return nil
	}
	a.documents = slices.DeleteFunc(a.documents, own)
	return p.DB.Write(ctx, func(tx *db.Tx) error { return panel.Files().Delete(ctx, tx, a.act(), a.home.ID, id) })
}
