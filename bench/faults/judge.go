package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/ref"
)

// A verdict is what is wrong with what a database holds; nothing should be.
type verdict struct {
	Lost   []string `json:"lost"`   // acknowledged, and not there as it was
	Halved []string `json:"halved"` // record, history and search do not agree
	Chain  []string `json:"chain"`  // of the history's chains
	Stray  []string `json:"stray"`  // there, and never asked for
}

func (v *verdict) add(other verdict) {
	v.Lost, v.Halved = append(v.Lost, other.Lost...), append(v.Halved, other.Halved...)
	v.Chain, v.Stray = append(v.Chain, other.Chain...), append(v.Stray, other.Stray...)
}

func (v *verdict) problems() int { return len(v.Lost) + len(v.Halved) + len(v.Chain) + len(v.Stray) }

// A judge looks into the database itself, past the program that wrote it.
type judge struct {
	tx        *db.Tx
	territory int
	verdict   verdict
}

// judgeAll says what is wrong after the writers were cut off, and settles for
// each whether what was open then was kept.
func judgeAll(ctx context.Context, d *db.DB, territory int, writers []*writer) (v verdict, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		j := judge{tx: tx, territory: territory}
		for _, w := range writers {
			if err := j.writer(ctx, w); err != nil {
				return err
			}
		}
		if err := j.strays(ctx, writers); err != nil {
			return err
		}
		report, err := history.Verify(ctx, tx, territory)
		j.verdict.Chain = report.Problems
		v = j.verdict
		return err
	})
	return v, err
}

func (j *judge) writer(ctx context.Context, w *writer) error {
	if w.open.as.name != "" {
		if err := j.settle(ctx, w); err != nil {
			return err
		}
	}
	for id, want := range w.kept {
		o, err := directory.Organisations().Load(ctx, j.tx, j.territory, id)
		if err != nil {
			j.verdict.Lost = append(j.verdict.Lost, fmt.Sprintf("%s: %v", want.name, err))
			continue
		}
		if got := (written{o.Name, o.Street, o.Version}); got != want {
			j.verdict.Lost = append(j.verdict.Lost, fmt.Sprintf("%v is %v", want, got))
		}
		if err := j.whole(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// settle finds out whether what was open was kept.
func (j *judge) settle(ctx context.Context, w *writer) error {
	a := w.open
	w.open = attempt{}
	q := db.Select("o.id, o.version", "organisations o").Where("o.territory_id = ? AND o.name = ?", j.territory, a.as.name)
	type row struct {
		id      string
		version int
	}
	rows, err := db.Collect(ctx, j.tx, q, func(scan db.Scan) (r row, err error) { return r, scan(&r.id, &r.version) })
	if err == nil && len(rows) == 1 && rows[0].version == a.as.version {
		w.keep(rows[0].id, a.as)
	}
	return err
}

// whole checks that a record, its history and how it is found tell the same.
func (j *judge) whole(ctx context.Context, o *directory.Organisation) error {
	noun := directory.Organisations()
	entries, err := history.Of(ctx, j.tx, noun.Ref(o), o.Version+1)
	if err != nil {
		return err
	}
	told := map[string]string{}
	for i := len(entries) - 1; i >= 0; i-- {
		for _, change := range entries[i].Changes {
			told[change.Field] = change.After
		}
	}
	if len(entries) != o.Version || len(history.Diff(told, noun.Fields.Texts(o))) > 0 {
		j.halved(o, fmt.Sprintf("version %d, %d entries of history, which tell %v", o.Version, len(entries), told))
	}
	q := db.Select("s.words", "search_words s").
		Where("s.territory_id = ? AND s.kind = ? AND s.record_id = ?", j.territory, noun.Name, o.ID)
	words, err := db.Collect(ctx, j.tx, q, db.One)
	if err == nil && (len(words) != 1 || !strings.HasPrefix(words[0], names.Fold(o.Name))) {
		j.halved(o, fmt.Sprintf("it is found by %q", words))
	}
	return err
}

func (j *judge) halved(o *directory.Organisation, how string) {
	j.verdict.Halved = append(j.verdict.Halved, o.Name+": "+how)
}

// strays are the organisations, and the words of some, that no writer asked
// for, or that were left behind by a write that was not kept.
func (j *judge) strays(ctx context.Context, writers []*writer) error {
	known := map[string]bool{}
	for _, w := range writers {
		for id := range w.kept {
			known[id] = true
		}
	}
	for _, q := range []*db.Query{
		db.Select("o.id", "organisations o").Where("o.territory_id = ? AND o.name LIKE 'Essai %'", j.territory),
		db.Select("s.record_id", "search_words s").Where("s.territory_id = ? AND s.title LIKE 'Essai %'", j.territory),
		db.Select("h.record_id", "history_entries h").Where(`h.territory_id = ? AND h.kind = 'organisation'
			AND h.actor <> ?`, j.territory, history.System().ID),
	} {
		ids, err := db.Collect(ctx, j.tx, q, db.One)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if !known[id] {
				j.verdict.Stray = append(j.verdict.Stray, ref.Ref{Territory: j.territory, Kind: "organisation", ID: id}.String())
			}
		}
	}
	return nil
}
