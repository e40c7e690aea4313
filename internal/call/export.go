package call

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// export answers GET /t/{territory}/applications/export?call=...&as=csv: the
// list as a workbook or as CSV. Of one call, the answers have their columns.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	words := p.Frame(r).Words
	as := r.URL.Query().Get("as")
	var file bytes.Buffer
	err := p.DB.Read(r.Context(), func(tx *db.Tx) error {
		file.Reset()
		part, err := p.part(r.Context(), tx, v, words, filterOf(r))
		if err != nil {
			return err
		}
		to := exporter.NewExporter(words, exporter.Names(r.Context(), tx, v, p.Kinds))
		if as == "csv" {
			return to.CSV(&file, part)
		}
		return to.XLSX(&file, part)
	})
	if err != nil {
		return err
	}
	web.SendFile(w, &file, words.T("application.list"), as)
	return nil
}

// part is what is exported: the rows of the list, and the columns of the
// questions.
func (p *Pages) part(ctx context.Context, tx *db.Tx, v territory.Viewer, words *i18n.Words, f Filter) (exporter.Part, error) {
	part := exporter.Part{Kind: p.Kinds["application"]}
	q, err := f.seen(ctx, tx, v)
	if err != nil {
		return part, err
	}
	ids, err := db.Collect(ctx, tx, q, db.One)
	if err != nil {
		return part, fmt.Errorf("list what to export: %w", err)
	}
	c, err := p.filtered(ctx, tx, v, f)
	if err != nil {
		return part, err
	}
	var questions []*form.Question
	if c != nil {
		part.Fictional = c.Fictional
		if questions, err = questionsOf(ctx, tx, c); err != nil {
			return part, err
		}
	}
	sectors, err := directory.Sectors(ctx, tx, v.Territory.ID)
	if err != nil {
		return part, err
	}
	part.Kind.Fields = slices.Concat(part.Kind.Fields, form.Columns(questions, words.Lang()))
	part.Rows = rows(ctx, tx, v, ids, questions, form.Reader{Words: words, Sectors: sectors})
	return part, nil
}

// rows gives each application with its fields and its answers, read when it is
// written.
func rows(ctx context.Context, tx *db.Tx, v territory.Viewer, ids []string, questions []*form.Question, say form.Reader) iter.Seq2[exporter.Row, error] {
	return func(yield func(exporter.Row, error) bool) {
		for _, id := range ids {
			row, err := rowOf(ctx, tx, v, id, questions, say)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func rowOf(ctx context.Context, tx *db.Tx, v territory.Viewer, id string, questions []*form.Question, say form.Reader) (row exporter.Row, err error) {
	a, err := loadApplication(ctx, tx, v.Territory.ID, id)
	if err != nil {
		return row, err
	}
	row = exporter.Row{ID: id, Fictional: a.Fictional, Texts: Applications().Fields.Texts(a)}
	documents, err := documentsOf(ctx, tx, a)
	if err != nil {
		return row, err
	}
	say.Documents = nameDocuments(documents)
	maps.Copy(row.Texts, say.Cells(questions, a.Answers))
	return row, nil
}
