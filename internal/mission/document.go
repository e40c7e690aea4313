package mission

import (
	"context"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// Documents are those that are made of a mission, with the fields that other
// features add.
func Documents(more ...template.Source) template.Source {
	source := template.Source{
		Of: "mission", Makes: []string{"decision-note", "deliberation", "agreement"},
		Fields: []template.Field{
			{Name: "territory"},
			{Name: "today"},
			{Name: "title"},
			{Name: "pitch"},
			{Name: "mission_kind"},
			{Name: "dates"},
			{Name: "cities"},
			{Name: "sectors"},
			{Name: "lead"},
			{Name: "companies_aimed"},
			{Name: "meetings_aimed"},
			{Name: "companies_count"},
			{Name: "legs", Of: []string{"name", "dates"}},
			{Name: "partners", Of: []string{"name", "role", "share"}},
			{Name: "companies", Of: []string{"name"}},
			{Name: "officials", Of: []string{"name"}},
		},
		Read: documentOf,
	}
	return source.With(more...)
}

// documentOf reads what documents tell of a mission.
func documentOf(ctx context.Context, tx *db.Tx, of ref.Ref, w *i18n.Words) (docx.Values, error) {
	v := territory.ViewerOf(ctx)
	whole, err := Read(ctx, tx, of.Territory, of.ID)
	if err != nil {
		return nil, err
	}
	partners, err := PartnersOf(ctx, tx, of.Territory, of.ID)
	if err != nil {
		return nil, err
	}
	sectors, err := directory.Sectors(ctx, tx, of.Territory)
	if err != nil {
		return nil, err
	}
	lead, err := leadOf(ctx, tx, whole.Mission)
	if err != nil {
		return nil, err
	}
	pitch, _ := whole.Pitch.In(w.Lang())
	values := docx.Values{
		"territory": v.Territory.Name, "today": w.DateOnly(v.Territory.At(tx.Now)), "title": whole.Name(w.Lang()), "pitch": pitch,
		"mission_kind": said(w, "mission.kind.", whole.Kind), "dates": when(w, *whole.Mission), "lead": lead,
		"companies_aimed": strconv.Itoa(whole.Companies), "meetings_aimed": strconv.Itoa(whole.Meetings),
		"companies_count": strconv.Itoa(whole.Count(Delegate)),
		"cities":          w.List(whole.namesOf(nil)), "sectors": w.List(sectorNames(sectors, whole.Sectors, w.Lang())),
		"companies": named(whole.taking(Delegate)), "officials": named(whole.taking(Official)),
		"legs": each(whole.Legs, func(l *Leg) docx.Values { return docx.Values{"name": l.Name, "dates": days(w, l.StartsOn, l.EndsOn)} }),
		"partners": each(partners, func(p *Partner) docx.Values {
			return docx.Values{"name": p.Name, "role": said(w, "partner.role.", p.Role), "share": shareSaid(w, p)}
		}),
	}
	return values, nil
}

// said is the text of a choice, or "" where none was made.
func said(w *i18n.Words, prefix, value string) string {
	if value == "" {
		return ""
	}
	return w.T(prefix + value)
}

func sectorNames(sectors []directory.Sector, ids []string, lang string) (names []string) {
	for _, o := range sectorOptions(sectors, lang) {
		if slices.Contains(ids, o.Value) {
			names = append(names, o.Label)
		}
	}
	return names
}

// taking are the participants of a side who take part.
func (w *Whole) taking(side Side) (all []*Participant) {
	for _, p := range w.Participants {
		if p.Side == side && p.State == TakesPart {
			all = append(all, p)
		}
	}
	return all
}

func named(participants []*Participant) []docx.Values {
	return each(participants, func(p *Participant) docx.Values { return docx.Values{"name": p.Name} })
}

// shareSaid says a partner's part of the budget.
func shareSaid(w *i18n.Words, p *Partner) string {
	if p.Share == 0 {
		return ""
	}
	return w.Percent(float64(p.Share)/wholeShare, min(p.Share%10, 1))
}

// When says the days of a mission, or that they are not known.
func (m *Mission) When(w *i18n.Words) string { return when(w, *m) }
