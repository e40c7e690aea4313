package directory

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// exportRoutes are the addresses that give a list as a file: with the rights,
// the filters and the order of the list.
func (p *Pages) exportRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}/organisations/export", Noun: "organisation", Action: "see", Handle: p.exportOrganisations},
		{Pattern: "GET /t/{territory}/people/export", Noun: "person", Action: "see", Handle: p.exportPeople},
	}
}

// exportOrganisations answers GET /t/{territory}/organisations/export.
func (p *Pages) exportOrganisations(w http.ResponseWriter, r *http.Request) error {
	return p.export(w, r, "organisation", func(ctx context.Context, tx *db.Tx, v territory.Viewer) (*db.Query, error) {
		f := filterOf(r)
		q, err := f.seen(ctx, tx, v)
		if err != nil {
			return nil, err
		}
		f.order(q)
		return q.Only("o.id, o.fictional"), nil
	})
}

// exportPeople answers GET /t/{territory}/people/export.
func (p *Pages) exportPeople(w http.ResponseWriter, r *http.Request) error {
	return p.export(w, r, "person", func(ctx context.Context, tx *db.Tx, v territory.Viewer) (*db.Query, error) {
		f := personFilterOf(r)
		q, err := f.seen(ctx, tx, v)
		if err != nil {
			return nil, err
		}
		f.order(q)
		return q.Only("p.id, p.fictional"), nil
	})
}

// export answers with the rows of a list, as XLSX or, with ?as=csv, as CSV. The
// file is whole before it is sent.
func (p *Pages) export(w http.ResponseWriter, r *http.Request, kind string,
	list func(context.Context, *db.Tx, territory.Viewer) (*db.Query, error),
) error {
	v := territory.ViewerOf(r.Context())
	words := p.frame(r).Words
	var file bytes.Buffer
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		file.Reset()
		q, err := list(r.Context(), tx, v)
		if err != nil {
			return err
		}
		rows, err := db.Collect(r.Context(), tx, q, func(scan db.Scan) (row exporter.Row, err error) {
			return row, scan(&row.ID, &row.Fictional)
		})
		if err != nil {
			return fmt.Errorf("list what to export: %w", err)
		}
		part := exporter.Part{Kind: p.kinds[kind], Rows: p.texts(r.Context(), tx, v, kind, rows)}
		for _, row := range rows {
			part.Fictional = part.Fictional || row.Fictional
		}
		to := exporter.NewExporter(words, exporter.Names(r.Context(), tx, v, p.kinds))
		if r.URL.Query().Get("as") == "csv" {
			return to.CSV(&file, part)
		}
		return to.XLSX(&file, part)
	})
	if err != nil {
		return err
	}
	web.SendFile(w, &file, words.T(kind+".list"), r.URL.Query().Get("as"))
	return nil
}

// texts gives each row with what it says, read when it is written.
func (p *Pages) texts(ctx context.Context, tx *db.Tx, v territory.Viewer, kind string, rows []exporter.Row) iter.Seq2[exporter.Row, error] {
	return func(yield func(exporter.Row, error) bool) {
		for _, row := range rows {
			var err error
			row.Texts, err = p.kinds[kind].Texts(ctx, tx, v.Territory.ID, row.ID)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
