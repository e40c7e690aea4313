package mission

import (
	"slices"

	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

// choices are the values of a choice, in the reader's words.
func choices(w *i18n.Words, prefix string, values []string) []web.Option {
	return each(values, func(value string) web.Option { return web.Option{Value: value, Label: w.T(prefix + value)} })
}

func sectorOptions(sectors []directory.Sector, lang string) []web.Option {
	return each(sectors, func(s directory.Sector) web.Option {
		name, _ := s.Name.In(lang)
		return web.Option{Value: s.ID, Label: name}
	})
}

func countryOptions(codes []string, lang string) []web.Option {
	options := each(codes, func(code string) web.Option { return web.Option{Value: code, Label: places.CountryName(code, lang)} })
	slices.SortFunc(options, func(a, b web.Option) int { return slices.Compare([]string{a.Label}, []string{b.Label}) })
	return options
}

// languages are those that content is written in, the territory's first.
func languages(w *i18n.Words, first []string) []web.Option {
	order := record.ContentLanguages()
	if len(first) > 0 {
		order = first
	}
	return choices(w, "mission.content.", order)
}

// required marks a field that must be filled in.
func required(field web.Field) web.Field {
	field.Required = true
	return field
}
