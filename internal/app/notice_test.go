package app

import (
	"net/url"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// withContact adds a participant to the home's mission who can be written to.
func (h *house) withContact(name string, side mission.Side) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		meta := record.Meta{Territory: h.home.ID}
		o := &directory.Organisation{Meta: meta, Name: name}
		if err := directory.Organisations().Add(ctx, tx, act, o); err != nil {
			return err
		}
		p := &directory.Person{Meta: meta, Given: name, Email: strings.ToLower(name) + "@firm.example", Organisation: o.ID}
		if err := directory.People(h.app.objections).Add(ctx, tx, act, p); err != nil {
			return err
		}
		return mission.Participants().Add(ctx, tx, act, &mission.Participant{
			Part: h.part(h.home.ID, h.missions.on), Organisation: o.ID, Name: name, Side: side, Contact: p.ID,
		})
	})
}

// TestAMessageIsReadByThoseItIsFor: an officer writes to the companies of a
// mission; one of them reads it by their link, and the officer sees who did not.
func TestAMessageIsReadByThoseItIsFor(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withContact("Vigie", mission.Delegate)
	h.withContact("Amarre", mission.Delegate)
	h.withContact("Coral", mission.Counterpart)
	officer, page := h.as(h.users[territory.Officer]), "/t/marseille/missions/"+h.missions.on+"/notices"

	if w := officer.post(page, url.Values{"audience": {"session:none"}, "text.fr": {"Bus"}}); w.Code != 422 {
		t.Errorf("to nobody: %d", w.Code)
	}
	if w := officer.post(page, url.Values{"audience": {"side:delegate"}}); w.Code != 422 {
		t.Errorf("no message: %d", w.Code)
	}
	if w := officer.post(page, url.Values{"audience": {"side:delegate"}, "text.fr": {"Bus à 8:15 devant l'hôtel"}}); w.Code != 303 {
		t.Fatalf("write: %d\n%s", w.Code, w.Body)
	}
	link, outside := h.sentLink("vigie@firm.example", "agenda"), h.nobody()
	if w := outside.get(link); !strings.Contains(w.Body.String(), "Bus à 8:15") {
		t.Errorf("the agenda does not show the message:\n%s", w.Body)
	}
	said := func(what string) {
		t.Helper()
		if body := officer.get(page).Body.String(); !strings.Contains(body, what) {
			t.Errorf("the page does not say %q:\n%s", what, body)
		}
	}
	said("read by 0 of 2") // opening a link is not reading: programs do it too
	id := between(t, outside.get(link).Body.String(), `action="agenda/read/`, `"`)
	if w := outside.post(link+"/read/"+id, nil); w.Code != 303 {
		t.Errorf("say that it is read: %d", w.Code)
	}
	said("read by 1 of 2")
	said("Not read yet: Amarre.")
	if strings.Contains(officer.get(page).Body.String(), "Coral") {
		t.Error("a counterpart was written to")
	}
}

// between is what stands between two texts.
func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, before)
	inner, _, ended := strings.Cut(rest, after)
	if !found || !ended {
		t.Fatalf("nothing between %q and %q", before, after)
	}
	return inner
}
