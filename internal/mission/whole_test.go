package mission_test

import (
	"testing"

	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

func TestMinutesBetweenVenues(t *testing.T) {
	venue := func(id string, at geo.Point) *mission.Venue {
		return &mission.Venue{Part: mission.Part{Meta: record.Meta{ID: id}}, At: at, Placed: at != geo.Point{}}
	}
	hub, port := venue("hub", geo.Point{Latitude: 25.76, Longitude: -80.19}), venue("port", geo.Point{Latitude: 25.77, Longitude: -80.17})
	nowhere := venue("nowhere", geo.Point{})
	w := &mission.Whole{Journeys: []mission.Journey{{From: "hub", To: "nowhere", Minutes: 7}}}
	for _, it := range []struct {
		name     string
		from, to *mission.Venue
		want     int
	}{
		{"the same", hub, hub, 0},
		{"as was noted", hub, nowhere, 7},
		{"the other way, which nobody noted", nowhere, hub, 0},
		{"by distance", hub, port, geo.CityMinutes(hub.At, port.At)},
		{"from nowhere in particular", nil, hub, 0},
	} {
		if got := w.Minutes(it.from, it.to); got != it.want {
			t.Errorf("%s: %d minutes, want %d", it.name, got, it.want)
		}
	}
	if w.Minutes(hub, port) == 0 {
		t.Error("no time at all between two places")
	}
}

func TestLegOnADay(t *testing.T) {
	leg := func(name, zone, first, last string) *mission.Leg {
		return &mission.Leg{Name: name, Zone: zone, StartsOn: first, EndsOn: last}
	}
	w := &mission.Whole{Legs: []*mission.Leg{
		leg("Toronto", "America/Toronto", "2019-09-23", "2019-09-25"), leg("Montréal", "America/Toronto", "2019-09-26", "2019-09-28"),
		leg("Vancouver", "America/Vancouver", "", ""),
	}}
	for _, it := range []struct{ zone, day, want string }{
		{"America/Toronto", "2019-09-25", "Toronto"},
		{"America/Toronto", "2019-09-26", "Montréal"},
		{"America/Toronto", "2019-10-01", "Toronto"},
		{"America/Vancouver", "2019-09-26", "Vancouver"},
		{"Europe/Paris", "2019-09-26", ""},
	} {
		got := ""
		if found := w.LegOn(it.zone, it.day); found != nil {
			got = found.Name
		}
		if got != it.want {
			t.Errorf("%s on %s: %q, want %q", it.zone, it.day, got, it.want)
		}
	}
}
