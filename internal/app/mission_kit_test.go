package app

import (
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/matchmaking"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/outcome"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// missions are the house's: one that the agency is on, one that it is not on,
// and another territory's.
type missions struct{ on, off, foreign string }

func (h *house) addMissions(tx *db.Tx) error {
	for id, in := range map[*string]int{&h.missions.on: h.home.ID, &h.missions.off: h.home.ID, &h.missions.foreign: h.away.ID} {
		made := &mission.Mission{Meta: record.Meta{Territory: in}, Title: i18n.Text{"fr": "Miami"}, StartsOn: "2017-11-05", EndsOn: "2017-11-10"}
		if err := mission.Missions().Add(ctx, tx, act, made); err != nil {
			return err
		}
		*id = made.ID
		leg := &mission.Leg{Part: h.part(in, made.ID), Name: "Miami", Zone: "America/New_York", Grid: []string{"2017-11-06 09:00/12:00"}}
		if err := mission.Legs().Add(ctx, tx, act, leg); err != nil {
			return err
		}
	}
	return territory.Charge{Mission: h.missions.on, Organisation: h.agency, Duty: territory.OnMission}.Give(ctx, tx, h.home.ID)
}

func (h *house) part(in int, of string) mission.Part {
	return mission.Part{Meta: record.Meta{Territory: in}, Mission: of}
}

// charges are the duties of a role's user: the agency's.
func (h *house) charges(role territory.Role) territory.Charges {
	if role != territory.Partner {
		return nil
	}
	return territory.Charges{h.missions.on: {territory.OnMission}}
}

// onMissions are targets on each mission: what put makes there, about an
// organisation or about none.
func (h *house) onMissions(put func(in int, mission, organisation string) string) []target {
	one := func(name string, in int, mission, organisation string, absent bool) target {
		return target{name, put(in, mission, organisation), territory.Subject{Organisation: organisation, Mission: mission}, absent}
	}
	return []target{
		one("on the agency's mission", h.home.ID, h.missions.on, h.ours, false),
		one("on a mission without the agency", h.home.ID, h.missions.off, h.ours, false),
		one("of the company", h.home.ID, h.missions.off, h.company, false),
		one("another territory's", h.away.ID, h.missions.foreign, h.foreign, true),
	}
}

// participant adds one to a mission.
func (h *house) participant(in int, of, organisation string) (id string) {
	h.t.Helper()
	made := &mission.Participant{Part: h.part(in, of), Organisation: organisation, Name: "P", Side: mission.Delegate}
	h.write(func(tx *db.Tx) error { return mission.Participants().Add(ctx, tx, act, made) })
	return made.ID
}

// plan adds one that a job is making, with a document.
func (h *house) plan(in int, of string) (id string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		made := matchmaking.NewPlan(record.Meta{Territory: in}, of)
		if err := h.app.planner().Ask(ctx, tx, act, made); err != nil {
			return err
		}
		id = made.ID
		_, err := tx.Exec("INSERT INTO plan_documents (territory_id, plan_id, name, content) VALUES ($1, $2, 'report.html', $3)", in, id, []byte("<p>"))
		return err
	})
	return id
}

// outcome declares one.
func (h *house) outcome(in int, of, organisation string) (id string) {
	h.t.Helper()
	made := &outcome.Outcome{
		Meta: record.Meta{Territory: in}, Mission: of, Organisation: organisation, Name: "O", Kind: "contract", Text: "A contract.",
	}
	h.write(func(tx *db.Tx) error { return outcome.Outcomes().Add(ctx, tx, act, made) })
	return made.ID
}

// traveller adds one to a mission: somebody of an organisation.
func (h *house) traveller(in int, of, organisation string) (id string) {
	h.t.Helper()
	home := h.home
	if in == h.away.ID {
		home = h.away
	}
	made := &mission.Traveller{Part: h.part(in, of), Person: h.person(home, "", organisation), Name: "T"}
	h.write(func(tx *db.Tx) error { return mission.Travellers().Add(ctx, tx, act, made) })
	return made.ID
}

// entryRule adds one of a territory.
func (h *house) entryRule(in territory.Territory) (id string) {
	h.t.Helper()
	made := &mission.EntryRule{Meta: record.Meta{Territory: in.ID}, Country: "US", Months: 6, Source: "A test", CheckedOn: "2026-11-24"}
	h.write(func(tx *db.Tx) error { return mission.EntryRules().Add(ctx, tx, act, made) })
	return made.ID
}
