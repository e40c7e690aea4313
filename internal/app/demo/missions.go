package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A recordedMission is what the record tells of a mission.
type recordedMission struct {
	Territory, Title, Origin, Source string
	Year                             int
	Companies                        int
	Sectors                          []string
	Legs                             []struct{ City, Country, From, To string }
}

// missions adds what the record tells of a territory's missions. They are long
// over, so that nothing is to be done for them.
func (f *filler) missions(ctx context.Context, home territory.Territory) error {
	for _, recorded := range f.facts.Missions {
		if recorded.Territory != home.Slug {
			continue
		}
		title := recorded.Title
		if year := strconv.Itoa(recorded.Year); recorded.Year != 0 && !strings.Contains(title, year) {
			title += " " + year
		}
		m := &mission.Mission{
			Meta: record.Meta{Territory: home.ID}, Title: i18n.Text{"en": title}, Sectors: recorded.Sectors, Stage: mission.Closed,
			Companies: recorded.Companies, Source: recorded.Source,
		}
		if n := len(recorded.Legs); n > 0 {
			m.StartsOn, m.EndsOn = recorded.Legs[0].From, recorded.Legs[n-1].To
		}
		if err := mission.Missions().Add(ctx, f.tx, act, m); err != nil {
			return fmt.Errorf("add the mission %s: %w", title, err)
		}
		if err := f.legs(ctx, home, m.ID, recorded); err != nil {
			return fmt.Errorf("add the legs of the mission %s: %w", title, err)
		}
	}
	return nil
}

// legs adds those of a mission whose city is recorded.
func (f *filler) legs(ctx context.Context, home territory.Territory, id string, recorded recordedMission) error {
	for i, leg := range recorded.Legs {
		if leg.City == "" {
			continue
		}
		city, err := f.city(ctx, home, leg.City, leg.Country)
		if err != nil {
			return err
		}
		place, _ := places.Find(leg.City, leg.Country) // the city above came from there
		err = mission.Legs().Add(ctx, f.tx, act, &mission.Leg{
			Part: mission.Part{Meta: record.Meta{Territory: home.ID}, Mission: id, Position: i},
			Name: leg.City, City: city, Zone: place.Zone, StartsOn: leg.From, EndsOn: leg.To,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
