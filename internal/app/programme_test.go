package app

import (
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// ofMissions are targets on each mission, of what is about no organisation.
func (h *house) ofMissions(put func(in int, mission string) string) []target {
	targets := h.onMissions(func(in int, mission, _ string) string { return put(in, mission) })
	for i := range targets {
		targets[i].subject.Organisation = ""
	}
	return targets
}

// session adds one to a mission: a fair, which is open for an hour from now on.
func (h *house) session(in int, of string) (id string) {
	h.t.Helper()
	now := db.At(time.Now())
	made := &programme.Session{
		Meta: record.Meta{Territory: in}, Mission: of, Title: i18n.Text{"fr": "Salon", "en": "Fair"}, Kind: "fair",
		Start: now, End: now.Add(time.Hour), Level: programme.Note,
	}
	h.write(func(tx *db.Tx) error { return programme.Sessions().Add(ctx, tx, act, made) })
	return made.ID
}

// speaker adds one to a session of a mission.
func (h *house) speaker(in int, of string) (id string) {
	h.t.Helper()
	made := &programme.Speaker{Name: "Ana Lopez"}
	made.Territory, made.Mission, made.Session = in, of, h.session(in, of)
	h.write(func(tx *db.Tx) error { return programme.Speakers().Add(ctx, tx, act, made) })
	return made.ID
}

// guests are those of the territory, of the agency and of another one.
func (h *house) guests() (targets []target) {
	h.t.Helper()
	add := func(name string, in int, mission, owner string, absent bool) {
		made := &programme.Guest{Name: "Ana Lopez"}
		made.Territory, made.Owner, made.Mission, made.Session = in, owner, mission, h.session(in, mission)
		h.write(func(tx *db.Tx) error { return programme.Guests().Add(ctx, tx, act, made) })
		targets = append(targets, target{name, made.ID, territory.Subject{Owner: owner, Mission: mission}, absent})
	}
	add("the agency's", h.home.ID, h.missions.on, h.agency, false)
	add("the territory's", h.home.ID, h.missions.on, "", false)
	add("another agency's", h.home.ID, h.missions.on, "another", false)
	add("another territory's", h.away.ID, h.missions.foreign, "", true)
	return targets
}
