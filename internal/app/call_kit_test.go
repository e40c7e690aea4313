package app

import (
	"time"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// callTargets are the forms, calls and applications that the walk over the
// rights tries.
func (h *house) callTargets(noun string) []target {
	switch noun {
	case "form", "question":
		put := h.formOf
		if noun == "question" {
			put = func(in int) string { return h.questions(in, h.formOf(in))[0].ID }
		}
		return []target{
			{"the territory's", put(h.home.ID), territory.Subject{}, false},
			{"another territory's", put(h.away.ID), territory.Subject{}, true},
		}
	case "call":
		targets := h.onMissions(func(in int, of, _ string) string { return h.callOf(in, of).ID })
		for i := range targets {
			targets[i].subject.Organisation = ""
		}
		return targets
	default:
		return h.onMissions(h.application)
	}
}

// formOf adds the usual form.
func (h *house) formOf(in int) (id string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		f, err := form.Begin(ctx, tx, act, record.Meta{Territory: in}, h.app.words, "EUR")
		if err == nil {
			id = f.ID
		}
		return err
	})
	return id
}

func (h *house) questions(in int, of string) (questions []*form.Question) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		questions, err = form.QuestionsOf(ctx, tx, in, of)
		return err
	})
	return questions
}

// callOf adds an open call to a mission.
func (h *house) callOf(in int, of string) *call.Call {
	h.t.Helper()
	c := &call.Call{
		Meta: record.Meta{Territory: in}, Mission: of, Slug: "c-" + db.NewID(), Title: i18n.Text{"fr": "Miami", "en": "Miami"},
		Form: h.formOf(in), Places: 40, Published: true,
	}
	h.write(func(tx *db.Tx) (err error) {
		c.OpensAt, c.ClosesAt = tx.Now.Add(-time.Hour), tx.Now.Add(24*time.Hour)
		if c.FormNumber, err = form.Fix(ctx, tx, in, c.Form); err != nil {
			return err
		}
		return call.Calls().Add(ctx, tx, act, c)
	})
	return c
}

// application adds one that an organisation handed in.
func (h *house) application(in int, of, organisation string) string {
	h.t.Helper()
	c := h.callOf(in, of)
	a := &call.Application{
		Meta: record.Meta{Territory: in}, Call: c.ID, Mission: of, Organisation: organisation, State: call.Submitted, Name: "A",
		Email: "ada@example.org", Language: "fr", Form: c.Form, FormNumber: c.FormNumber,
	}
	h.write(func(tx *db.Tx) error { return call.Applications().Add(ctx, tx, act, a) })
	return a.ID
}
