package call

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// Documents are those that are made of an application.
func Documents() template.Source {
	return template.Source{
		Of: "application", Makes: []string{"selection-letter"},
		Fields: []template.Field{
			{Name: "territory"},
			{Name: "today"},
			{Name: "company"},
			{Name: "contact"},
			{Name: "function"},
			{Name: "state"},
			{Name: "submitted_on"},
			{Name: "call"},
			{Name: "mission"},
			{Name: "mission_dates"},
		},
		Read: letterOf,
	}
}

// letterOf reads what a letter tells of an application.
func letterOf(ctx context.Context, tx *db.Tx, of ref.Ref, w *i18n.Words) (docx.Values, error) {
	home := territory.ViewerOf(ctx).Territory
	a, err := loadApplication(ctx, tx, of.Territory, of.ID)
	if err != nil {
		return nil, err
	}
	c, err := Calls().Load(ctx, tx, of.Territory, a.Call)
	if err != nil {
		return nil, err
	}
	m, err := mission.Missions().Load(ctx, tx, of.Territory, a.Mission)
	if err != nil {
		return nil, err
	}
	title, _ := c.Title.In(w.Lang())
	submitted := ""
	if !a.SubmittedAt.IsZero() {
		submitted = w.DateOnly(home.At(a.SubmittedAt))
	}
	return docx.Values{
		"territory": home.Name, "today": w.DateOnly(home.At(tx.Now)), "company": a.Title(), "contact": a.Contact,
		"function": a.Function, "state": w.T("application.state." + string(a.State)), "submitted_on": submitted, "call": title,
		"mission": m.Name(w.Lang()), "mission_dates": m.When(w),
	}, nil
}
