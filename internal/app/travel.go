package app

import (
	"context"

	"github.com/escale-hq/escale/internal/mission"
)

// travel makes the pages of travellers.
func (a *App) travel() *mission.TravelPages { return mission.NewTravelPages(a.missions(), a.auth) }

// eraseTravellers is the periodic job that erases what journeys needed, after
// the return.
type eraseTravellers struct{}

// Kind names it.
func (eraseTravellers) Kind() string { return "erase-travellers" }

func (a *App) endJourneys(ctx context.Context, _ eraseTravellers) error {
	return mission.EraseTravellers(ctx, a.db)
}
