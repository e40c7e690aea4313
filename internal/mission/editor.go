package mission

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// editor is how people add and change missions.
func (p *Pages) editor() record.Editor[Mission] {
	return record.Editor[Mission]{
		DB: p.db, Frame: p.frame, Noun: Missions(), List: "/missions",
		Values: func(_ context.Context, _ *db.Tx, m *Mission) (url.Values, error) {
			values := missionFields().Values(m)
			values["sectors"] = m.Sectors
			return values, nil
		},
		Fill: func(_ context.Context, _ *db.Tx, m *Mission, sent url.Values) error {
			texts := missionFields().Sent(sent)
			texts["sectors"] = strings.Join(sent["sectors"], "; ") // none chosen sends nothing
			return missionFields().Apply(m, texts).Or()
		},
		Page: p.missionForm,
	}
}

// missionForm is the form of a mission, with what it offers to choose from.
type missionForm struct {
	record.Form[Mission]
	sectors          []directory.Sector
	members, earlier []web.Option
}

func (f missionForm) field(name string) web.Field { return f.Field("mission", name) }

func (f missionForm) number(name string) web.Field {
	field := f.field(name)
	field.Type = "number"
	return field
}

func (f missionForm) sectorValues() []string {
	return each(f.sectors, func(s directory.Sector) string { return s.ID })
}

func (f missionForm) sectorMarks() []web.Sector {
	return each(f.sectors, func(s directory.Sector) web.Sector { return directory.SectorMark(f.sectors, s.ID, f.Words.Lang()) })
}

func (p *Pages) missionForm(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Mission]) (templ.Component, error) {
	page := missionForm{Form: form}
	v := form.Viewer
	var err error
	if page.sectors, err = directory.Sectors(ctx, tx, v.Territory.ID); err != nil {
		return nil, err
	}
	if page.members, err = members(ctx, tx, v); err != nil {
		return nil, err
	}
	rows, _, err := List(ctx, tx, v, Filter{})
	for _, row := range rows {
		if form.Record == nil || row.ID != form.Record.ID {
			page.earlier = append(page.earlier, web.Option{Value: row.ID, Label: row.Name(f.Words.Lang()) + " · " + when(f.Words, row.Mission)})
		}
	}
	return missionFormPage(f, page), err
}

// members are those who can lead or prepare a mission.
func members(ctx context.Context, tx *db.Tx, v territory.Viewer) ([]web.Option, error) {
	all, err := territory.Members(ctx, tx, v.Territory.ID)
	var options []web.Option
	for _, m := range all {
		known := v.Reach("member", "see") != territory.Nothing || m.Organisation == v.Organisation
		if known && !m.Disabled && m.Role != territory.Company && m.Role != territory.Observer {
			options = append(options, web.Option{Value: m.User, Label: m.Name})
		}
	}
	return options, err
}
