package form

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

// usual are the questions of most calls, in order: a form begins with them.
func usual(money string) []Question {
	return []Question{
		{Key: "sectors", Type: Sectors, Required: true},
		{Key: "project", Type: Area, Required: true},
		{Key: "offers", Type: Offers, Required: true},
		{Key: "abroad", Type: Yes, Required: true},
		{Key: "markets", Type: Line, When: Rule{"abroad", []string{yes}}},
		{Key: "turnover", Type: Amount, Currency: money},
		{Key: "languages", Type: Languages},
		{Key: "people", Type: People, Required: true},
		{Key: "aid", Type: Amount, Currency: money},
		{Key: "document", Type: Document},
		{Key: "consent", Type: Consent, Required: true, Edition: "1"},
	}
}

// Begin adds a form with the usual questions, in the languages of content.
func Begin(ctx context.Context, tx *db.Tx, act record.Act, meta record.Meta, words *i18n.Catalogue, money string) (*Form, error) {
	say := func(key string) i18n.Text {
		text := i18n.Text{}
		for _, lang := range record.ContentLanguages() {
			if w := words.For(lang); w.Has(key) {
				text[lang] = w.T(key)
			}
		}
		return text
	}
	f := &Form{Meta: meta, Title: say("form.usual.title")}
	if err := Forms().Add(ctx, tx, act, f); err != nil {
		return nil, err
	}
	keys := map[string]string{}
	for i, q := range usual(money) {
		name := q.Key
		q.Meta, q.Form, q.Position = meta, f.ID, i
		q.Label, q.Help = say("form.usual."+name), say("form.usual_help."+name)
		q.When.Question = keys[q.When.Question]
		if err := Questions().Add(ctx, tx, act, &q); err != nil {
			return nil, err
		}
		keys[name] = q.Key
	}
	return f, nil
}
