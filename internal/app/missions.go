package app

import (
	"github.com/escale-hq/escale/internal/desk"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/matchmaking"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/outcome"
	"github.com/escale-hq/escale/internal/programme"
)

// missions makes the pages of missions, with what the features above add to
// them.
func (a *App) missions() *mission.Pages {
	return mission.NewPages(a.db, a.frame, a.kinds, mission.Doors{
		PublicURL: a.settings.PublicURL, Words: a.words, Copy: []mission.Copier{programme.Copy, funding.Copy}, Lacking: []mission.Lacking{mission.TravelLacks},
	})
}

// desk makes the pages that show many nouns, with what each feature says there.
func (a *App) desk() *desk.Pages {
	return desk.NewPages(a.db, a.frame, a.kinds, desk.Doors{
		Dates: a.missions().Between, Waiting: []desk.Waiting{matchmaking.Waiting, outcome.Waiting},
	})
}
