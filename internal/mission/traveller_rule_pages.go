package mission

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

const entryRulesPath = "/entry-rules"

// ruleRoutes are the addresses of the rules of entry.
func (p *TravelPages) ruleRoutes() []web.Route {
	return append(p.ruleEditor().Routes(), web.Route{
		Pattern: "GET /t/{territory}" + entryRulesPath, Noun: "entry_rule", Action: "see", Handle: p.listRules,
	})
}

// rulesView is what the page of the rules of entry shows.
type rulesView struct {
	words  *i18n.Words
	viewer territory.Viewer
	rules  []*EntryRule
}

// listRules answers GET /t/{territory}/entry-rules.
func (p *TravelPages) listRules(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := rulesView{words: f.Words, viewer: viewerOf(r)}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.rules, err = EntryRulesOf(r.Context(), tx, view.viewer.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("entry_rule.list")
	return web.Render(w, r, http.StatusOK, rulesPage(f, view))
}

// ruleEditor is how people set the rules of a territory.
func (p *TravelPages) ruleEditor() record.Editor[EntryRule] {
	return record.Editor[EntryRule]{
		DB: p.db, Frame: p.frame, Noun: EntryRules(), List: entryRulesPath,
		Home: func(v territory.Viewer, _ *EntryRule) string { return v.Territory.Home() + entryRulesPath },
		Values: func(_ context.Context, _ *db.Tx, e *EntryRule) (url.Values, error) {
			return EntryRules().Fields.Values(e), nil
		},
		Fill: func(_ context.Context, _ *db.Tx, e *EntryRule, sent url.Values) error {
			return EntryRules().Fields.Apply(e, EntryRules().Fields.Sent(sent)).Or()
		},
		Page: func(_ context.Context, _ *db.Tx, f web.Frame, form record.Form[EntryRule]) (templ.Component, error) {
			form.Back = form.Viewer.Territory.Home() + entryRulesPath
			return ruleFormPage(f, form), nil
		},
	}
}

// countries are all of them, to choose from.
func countries(w *i18n.Words) []web.Option {
	return each(places.Countries(w.Lang()), func(c places.Country) web.Option { return web.Option{Value: c.Code, Label: c.Name} })
}

// asked says for how long a passport is to be valid.
func (e *EntryRule) asked(w *i18n.Words) string {
	if e.Months == 0 {
		return w.T("entry_rule.until_return")
	}
	return w.N("entry_rule.months_after", e.Months)
}
