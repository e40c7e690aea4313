package app

import "github.com/escale-hq/escale/internal/mission"

// missions makes the pages of missions, with what the features above add to
// them.
func (a *App) missions() *mission.Pages {
	return mission.NewPages(a.db, a.frame, a.kinds, mission.Doors{PublicURL: a.settings.PublicURL, Words: a.words})
}
