package app

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// company is how the n-th of the companies that applied is called, by its rank.
func company(n int) string { return fmt.Sprintf("Company %02d", n) }

// received hands applications in, the best first: the marks that their assessors
// give go down with their number.
func (c *calling) received(n int, assessors ...string) {
	c.h.t.Helper()
	c.published()
	c.h.write(func(tx *db.Tx) error {
		now, err := call.Calls().Load(ctx, tx, c.h.home.ID, c.call.ID)
		if err != nil {
			return err
		}
		c.call = now
		for i := range n {
			if err := c.receive(tx, i+1, assessors); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *calling) receive(tx *db.Tx, n int, assessors []string) error {
	meta := record.Meta{Territory: c.h.home.ID}
	o := &directory.Organisation{Meta: meta, Name: company(n), Size: "10-19", Postcode: fmt.Sprintf("1300%d", n%9+1)}
	if err := directory.Organisations().Add(ctx, tx, act, o); err != nil {
		return err
	}
	a := &call.Application{
		Meta: meta, Call: c.call.ID, Mission: c.call.Mission, Organisation: o.ID, State: call.Submitted, Name: o.Name,
		Email: fmt.Sprintf("company-%02d@example.org", n), Contact: "Ada King", Language: []string{"fr", "en"}[n%2],
		Form: c.call.Form, FormNumber: c.call.FormNumber, SubmittedAt: tx.Now,
		Answers: form.Answers{c.asked[form.People].Key: {People: []form.Traveller{{Name: "Ada King"}, {Name: "Grace Hopper"}}}},
	}
	if err := call.Applications().Add(ctx, tx, act, a); err != nil {
		return err
	}
	sector := []string{"health", "maritime"}[n%2]
	_, err := tx.Exec("INSERT INTO application_sectors (territory_id, application_id, sector_id) VALUES ($1, $2, $3)", c.h.home.ID, a.ID, sector)
	for _, user := range assessors {
		if err != nil {
			return err
		}
		err = call.Scores().Add(ctx, tx, act, &call.Score{
			Meta: meta, Application: a.ID, Call: a.Call, Mission: a.Mission, User: user, Points: points(100 - n),
		})
	}
	return err
}

// points give the two digits of a number to two criteria, of which the first
// weighs so much more that the marks are ordered as the numbers are.
func points(mark int) []call.Points {
	return []call.Points{{Criterion: "project", Points: mark / 10}, {Criterion: "market", Points: mark % 10}}
}

// rules is the form of the rules, with the officer and the administrator as
// assessors.
func (c *calling) rules() url.Values {
	return url.Values{
		"criterion.0.key": {"project"}, "criterion.0.en": {"Project"}, "criterion.0.weight": {"91"},
		"criterion.1.key": {"market"}, "criterion.1.en": {"Market"}, "criterion.1.weight": {"9"},
		"assessors": {c.h.users[territory.Officer].ID, c.h.users[territory.Administrator].ID},
		"waiting":   {"10"}, "seed": {"7"}, "tie.0": {"newcomers"},
	}
}

func (c *calling) page() string { return "/t/marseille/calls/" + c.call.ID + "/selection" }

// post sends a form as the officer does.
func (c *calling) post(path string, form url.Values) {
	c.h.t.Helper()
	if w := c.h.as(c.h.users[territory.Officer]).post(path, form); w.Code != http.StatusSeeOther {
		c.h.t.Fatalf("%s is answered with %d:\n%s", path, w.Code, w.Body)
	}
}

// states count the applications by what was decided; a page holds fewer of them
// than there are.
func (c *calling) states() map[call.State]int {
	c.h.t.Helper()
	n := map[call.State]int{}
	for _, state := range c.decided() {
		n[state]++
	}
	return n
}

// decided is what became of each company.
func (c *calling) decided() map[string]call.State {
	c.h.t.Helper()
	decided := map[string]call.State{}
	c.h.write(func(tx *db.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT name, state FROM applications WHERE territory_id = $1 AND call_id = $2", c.h.home.ID, c.call.ID)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name, state string
			if err := rows.Scan(&name, &state); err != nil {
				return err
			}
			decided[name] = call.State(state)
		}
		return rows.Err()
	})
	return decided
}

// named is the id of the application of a company.
func (c *calling) named(company string) (id string) {
	c.h.t.Helper()
	c.h.write(func(tx *db.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT id FROM applications WHERE territory_id = $1 AND name = $2", c.h.home.ID, company).Scan(&id)
	})
	return id
}

// delegates are who takes part in the mission, and with how many people.
func (c *calling) delegates() map[string]int {
	c.h.t.Helper()
	seats := map[string]int{}
	c.h.write(func(tx *db.Tx) error {
		whole, err := mission.Read(ctx, tx, c.h.home.ID, c.call.Mission)
		if err != nil {
			return err
		}
		of := whole.SeatsOfEach()
		for _, p := range whole.Participants {
			if p.State == mission.TakesPart {
				named := slices.DeleteFunc(of[p.ID], func(s *mission.Seat) bool { return s.Person == "" })
				seats[p.Name] = len(named)
			}
		}
		return nil
	})
	return seats
}

// written are the addresses to which a letter with some words was sent.
func (c *calling) written(words string) (n int) {
	c.h.t.Helper()
	c.h.write(func(tx *db.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM messages WHERE content LIKE $1", "%"+words+"%").Scan(&n)
	})
	return n
}

// TestSelection selects 40 of 61: who is selected takes part in the mission, a
// withdrawal moves the first of the waiting list up and tells it, undoing takes
// all of it back, and letters are sent once.
func TestSelection(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			h := build(t, address(t))
			h.withSectors()
			c := h.calling()
			c.received(61, h.users[territory.Officer].ID, h.users[territory.Administrator].ID)
			c.fixRules()
			officer := h.as(h.users[territory.Officer])
			if page := officer.get(c.page()).Body.String(); !strings.Contains(page, "Decide: 40 selected, 10 waiting, 11 refused") {
				t.Fatalf("the page proposes something else:\n%s", page)
			}
			w := officer.post(c.page()+"/decide", nil)
			if w.Code != http.StatusSeeOther {
				t.Fatalf("deciding is answered with %d:\n%s", w.Code, w.Body)
			}
			c.sawDecided(t)

			undo := c.batch()
			c.post("/t/marseille/undo/"+undo, nil)
			if n := c.states(); n[call.Submitted] != 61 || len(c.delegates()) != 0 {
				t.Errorf("undone, there are %v and %d delegates", n, len(c.delegates()))
			}
			c.post(c.page()+"/decide", nil)
			c.sawDecided(t)

			for range 2 { // a job may be run twice
				if err := h.app.calls().SendDecisions(ctx, call.SendDecisions{Territory: h.home.ID, Call: c.call.ID}); err != nil {
					t.Fatal(err)
				}
			}
			if n := c.written("Application selected") + c.written("Candidature retenue"); n != 40 {
				t.Errorf("%d letters say that the application is selected", n)
			}
			c.post("/t/marseille/applications/"+c.named(company(3))+"/withdraw", nil)
			got := c.decided()
			if got[company(41)] != call.Selected || got[company(42)] != call.Waiting || got[company(3)] != call.Withdrawn {
				t.Errorf("after a withdrawal: %v", got)
			}
			there := c.delegates()
			if _, stays := there[company(3)]; stays || there[company(41)] != 2 {
				t.Errorf("after a withdrawal the delegates are %v", there)
			}
			if n := c.written("Application selected") + c.written("Candidature retenue"); n != 41 {
				t.Errorf("after a withdrawal %d letters say that the application is selected", n)
			}
			page := officer.get("/t/marseille/applications/" + c.named(company(41)) + "/review").Body.String()
			if !strings.Contains(page, "withdrew") {
				t.Errorf("the review does not say why it is selected now:\n%s", page)
			}
		})
	}
}

// fixRules sets weights that tell all marks apart, which nobody may change once
// scores are there: so it goes past the form.
func (c *calling) fixRules(quotas ...call.Quota) {
	c.h.t.Helper()
	sel := &call.Selection{
		Meta: record.Meta{Territory: c.h.home.ID}, Call: c.call.ID, Mission: c.call.Mission, Waiting: 10, Ties: []call.Tie{call.Newcomers}, Quotas: quotas,
		Criteria:  []call.Criterion{{Key: "project", Weight: 91, Title: map[string]string{"en": "Project"}}, {Key: "market", Weight: 9, Title: map[string]string{"en": "Market"}}},
		Assessors: []string{c.h.users[territory.Officer].ID, c.h.users[territory.Administrator].ID},
	}
	c.h.write(func(tx *db.Tx) error { return call.Selections().Add(ctx, tx, act, sel) })
}

// sawDecided checks that the first 40 are selected, with their people.
func (c *calling) sawDecided(t *testing.T) {
	t.Helper()
	got := c.decided()
	for n := 1; n <= 61; n++ {
		want := call.Refused
		if n <= 40 {
			want = call.Selected
		} else if n <= 50 {
			want = call.Waiting
		}
		if got[company(n)] != want {
			t.Fatalf("%s is %s, not %s", company(n), got[company(n)], want)
		}
	}
	there := c.delegates()
	if len(there) != 40 || slices.ContainsFunc(slices.Collect(maps.Values(there)), func(seats int) bool { return seats != 2 }) {
		t.Errorf("the delegates and their seats are %v", there)
	}
}

// batch is the last thing that the officer did.
func (c *calling) batch() (batch string) {
	c.h.t.Helper()
	c.h.write(func(tx *db.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT batch FROM history_entries WHERE kind = 'selection' ORDER BY id DESC LIMIT 1").Scan(&batch)
	})
	return batch
}

// TestAssessorsAreBlind: an assessor sees no ranking and no score of others
// before giving theirs, and none at all where they stay out of it.
func TestAssessorsAreBlind(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling()
	c.received(2, h.users[territory.Administrator].ID)
	c.fixRules()
	officer := h.as(h.users[territory.Officer])
	one, two := "/t/marseille/applications/"+c.named(company(1)), "/t/marseille/applications/"+c.named(company(2))
	hidden := func(path, text string) {
		t.Helper()
		if page := officer.get(path).Body.String(); strings.Contains(page, text) {
			t.Errorf("%s shows %q too early", path, text)
		}
	}
	hidden(c.page(), "Ranking")
	hidden(one+"/review", "out of 100")
	if w := officer.post(c.page()+"/decide", nil); w.Code != http.StatusConflict {
		t.Errorf("an assessor decides before scoring: %d", w.Code)
	}
	c.post(one+"/score", url.Values{"points.project": {"5"}, "points.market": {"5"}, "comment": {"Sound"}})
	if page := officer.get(one + "/review").Body.String(); strings.Count(page, "out of 100") != 2 {
		t.Errorf("having scored, the assessor sees:\n%s", page)
	}
	hidden(c.page(), "Ranking")
	hidden(two+"/review", "out of 100")
	if w := officer.post(two+"/score", url.Values{"points.project": {"11"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("eleven points are given: %d", w.Code)
	}
	c.post(two+"/score", url.Values{"conflict": {"yes"}})
	hidden(two+"/review", "out of 100")
	if page := officer.get(c.page()).Body.String(); !strings.Contains(page, "Ranking") {
		t.Errorf("with all scores given, there is no ranking:\n%s", page)
	}
	if w := h.as(h.users[territory.Partner]).get(one + "/score"); w.Code != http.StatusForbidden {
		t.Errorf("a partner without the duty scores: %d", w.Code)
	}
}

// TestRulesOfASelection: what is wrong with them is said, a rule excludes with
// its reason, an officer decides otherwise and says why, and criteria stay once
// somebody scored.
func TestRulesOfASelection(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling()
	c.received(3)
	officer := h.as(h.users[territory.Officer])
	wrong := c.rules()
	wrong.Set("criterion.0.weight", "50")
	wrong.Set("least.health", "41")
	if w := officer.post(c.page()+"/rules", wrong); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "41 places are kept") {
		t.Errorf("wrong rules are answered with %d", w.Code)
	}
	wrong.Del("least.health")
	if w := officer.post(c.page()+"/rules", wrong); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "add up to 59") {
		t.Errorf("weights that are no hundred are answered with %d", w.Code)
	}
	rules := c.rules()
	rules["sectors"], rules["most.health"] = []string{"health"}, []string{"2"}
	c.post(c.page()+"/rules", rules)
	review := "/t/marseille/applications/" + c.named(company(1))
	if page := officer.get(review + "/review").Body.String(); !strings.Contains(page, "sectors is among those of the call") {
		t.Errorf("the review does not say what is lacking:\n%s", page)
	}
	if w := officer.post(review+"/ruling", url.Values{"ruling": {"eligible"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a ruling without grounds is answered with %d", w.Code)
	}
	c.post(review+"/ruling", url.Values{"ruling": {"eligible"}, "grounds": {"It opens a health branch"}})
	c.post("/t/marseille/applications/"+c.named(company(2))+"/score", url.Values{"points.project": {"5"}, "points.market": {"5"}})
	rules.Set("criterion.0.weight", "90")
	rules.Set("criterion.1.weight", "10")
	if w := officer.post(c.page()+"/rules", rules); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "as they were published") {
		t.Errorf("criteria are changed under way: %d", w.Code)
	}
}

// TestOneDecision: after the committee, a late application waits behind the
// others or gets a place that is free, and a place taken back goes to whose turn
// it is.
func TestOneDecision(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling()
	c.received(42, h.users[territory.Officer].ID, h.users[territory.Administrator].ID)
	c.fixRules()
	officer := h.as(h.users[territory.Officer])
	decide := func(n int, state call.State, reason string) int {
		return officer.post("/t/marseille/applications/"+c.named(company(n))+"/decide", url.Values{"state": {string(state)}, "reason": {reason}}).Code
	}
	if status := decide(1, call.Selected, "A reason"); status != http.StatusConflict {
		t.Errorf("one is decided about before all are: %d", status)
	}
	c.post(c.page()+"/decide", nil)
	if w := officer.post(c.page()+"/decide", nil); w.Code != http.StatusConflict {
		t.Errorf("it is decided twice: %d", w.Code)
	}
	h.write(func(tx *db.Tx) error { return c.receive(tx, 43, nil) })
	if status := decide(43, call.Selected, "Late"); status != http.StatusConflict {
		t.Errorf("a place beyond the last is given: %d", status)
	}
	if status := decide(43, call.Waiting, ""); status != http.StatusUnprocessableEntity {
		t.Errorf("no reason is given: %d", status)
	}
	for _, step := range []struct {
		n      int
		state  call.State
		reason string
	}{{43, call.Waiting, "Late"}, {2, call.Refused, "It ceased its activity"}, {3, call.Refused, "It ceased"}, {4, call.Refused, "It ceased"}} {
		if status := decide(step.n, step.state, step.reason); status != http.StatusSeeOther {
			t.Fatalf("%+v is answered with %d", step, status)
		}
	}
	got := c.decided()
	for _, n := range []int{41, 42, 43} {
		if got[company(n)] != call.Selected {
			t.Errorf("three places became free, and %s is %s", company(n), got[company(n)])
		}
	}
	if there := c.delegates(); len(there) != 40 || there[company(43)] != 2 || there[company(2)] != 0 {
		t.Errorf("the delegates are %v", there)
	}
}

// TestSelectingInABrowser: in each language an officer looks at the rules, tries
// others, scores, decides about 61 and reads the letters.
func TestSelectingInABrowser(t *testing.T) {
	for lang, decide := range map[string]string{"fr": "Décider", "en": "Decide"} {
		t.Run(lang, func(t *testing.T) {
			h := build(t, dbtest.SQLite(t))
			h.withSectors()
			c := h.calling()
			c.received(61, h.users[territory.Administrator].ID)
			c.fixRules(call.Quota{Sector: "health", Least: 12, Most: 19}, call.Quota{Sector: "maritime", Least: 8})
			site := h.serve()
			p := browsertest.Open(t, site+h.link(h.administrator(lang)), browsertest.View{})
			p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
			for name, path := range map[string]string{
				"rules": c.page() + "/rules", "trial": c.page() + "?places=41&weight.market=50", "ranking": c.page(),
				"review": "/t/marseille/applications/" + c.named(company(1)) + "/review",
			} {
				p.Go(site + path)
				p.Check()
				p.Shot("selection-" + name + "-" + lang)
			}
			p.Go(site + c.page())
			p.Do(chromedp.Click(`//main//button[contains(., "`+decide+`")]`), chromedp.WaitVisible(".toast", chromedp.ByQuery))
			p.Check()
			p.Shot("selection-decided-" + lang)
			p.Go(site + c.page() + "/letters")
			p.Check()
			p.Shot("selection-letters-" + lang)
			c.post("/t/marseille/applications/"+c.named(company(7))+"/withdraw", nil)
			if n := c.states(); n[call.Selected] != 40 || n[call.Waiting] != 9 || c.decided()[company(7)] != call.Withdrawn {
				t.Errorf("after a withdrawal: %v", n)
			}
		})
	}
}
