package panel_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// none is the place of the territory's tasks that are about no record.
var none panel.Place

func TestATasksLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		page := "/organisations/" + h.ours + "/tasks"
		want(t, h.post(h.officer, page, url.Values{"title": {" Call  the captain "}, "due": {"2017-11-05"}, "member": {h.other.User}}), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, ">Call the captain<", "5\u00a0Nov\u00a02017 · Bo", "late", `<span class="tab-to-do">1</span>`)
		id := h.lastOf("task")
		want(t, h.get(h.other, "/tasks"), http.StatusOK, "Call the captain", ">Belem<")
		want(t, h.get(h.officer, "/tasks/"+id), http.StatusOK, `value="2017-11-05"`)
		want(t, h.post(h.officer, "/tasks/"+id, url.Values{"title": {"Write to the captain"}, "due": {"2017-11-06"}, "member": {h.other.User}, "version": {"1"}}), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, "Write to the captain", "today")
		want(t, h.post(h.other, "/tasks/"+id+"/done", url.Values{"done": {"yes"}}), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, "Nothing to do here", "Take up again: Write to the captain")
		want(t, h.get(h.other, "/tasks?show=done"), http.StatusOK, "Write to the captain")
		want(t, h.post(h.other, "/tasks/"+id+"/done", nil), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, "Mark as done: Write to the captain")
		want(t, h.post(h.other, "/tasks/"+id+"/delete", nil), http.StatusSeeOther)
		want(t, h.get(h.officer, page), http.StatusOK, "1 item in the trash")
		h.undoLast("task", id)
		want(t, h.get(h.officer, page), http.StatusOK, "Mark as done: Write to the captain")
	})
}

func TestTasksThatAreRefused(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for _, c := range []struct {
		form url.Values
		said string
	}{
		{url.Values{"title": {" "}}, "Write what is to be done"},
		{url.Values{"title": {strings.Repeat("é", 201)}}, "200 characters at most"},
		{url.Values{"title": {"Call"}, "due": {"6 November"}}, "is not a date"},
		{url.Values{"title": {"Call"}, "member": {h.crew.User}}, "cannot see the record"},
		{url.Values{"title": {"Call"}, "member": {h.partner.User}}, "cannot see the record"},
		{url.Values{"title": {"Call"}, "member": {"nobody"}}, "cannot see the record"},
	} {
		for _, path := range []string{"/tasks", "/organisations/" + h.ours + "/tasks"} {
			want(t, h.post(h.officer, path, c.form), http.StatusUnprocessableEntity, c.said)
		}
	}
}

func TestPartnersAreOfferedTheirColleaguesOnly(t *testing.T) {
	h := open(t, dbtest.Open(t))
	page := h.get(h.partner, "/organisations/"+h.agencys+"/tasks").Body.String()
	if !strings.Contains(page, ">Pia<") || strings.Contains(page, ">Ana<") {
		t.Errorf("a partner is offered:\n%s", page)
	}
	want(t, h.get(h.officer, "/organisations/"+h.agencys+"/tasks"), http.StatusOK, ">Pia<", ">Ana<")
}

func titles(tasks []panel.Task) (list []string) {
	for _, task := range tasks {
		list = append(list, task.Title)
	}
	return list
}

func TestWhichTasksAreListed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ours, agencys := panel.On(h.card(h.ours)), panel.On(h.card(h.agencys))
		h.task(none, "no day", h.officer.User, "")
		h.task(ours, "late", h.officer.User, "2017-11-04")
		h.task(none, "today", h.officer.User, "2017-11-06")
		h.task(none, "tomorrow", h.officer.User, "2017-11-07")
		h.task(none, "in two days", h.officer.User, "2017-11-08")
		h.task(agencys, "the agency's", h.partner.User, "2017-11-01")
		h.task(ours, "not to be seen", h.partner.User, "2017-11-01")
		for _, c := range []struct {
			what   string
			who    territory.Viewer
			choice panel.Choice
			want   []string
		}{
			{"mine", h.officer, panel.Choice{Member: h.officer.User}, []string{"late", "today", "tomorrow", "in two days", "no day"}},
			{"late", h.officer, panel.Choice{Before: "2017-11-06"}, []string{"the agency's", "not to be seen", "late"}},
			{"on one", h.officer, panel.Choice{Place: ours}, []string{"not to be seen", "late"}},
			{"a partner's", h.partner, panel.Choice{}, []string{"the agency's"}},
			{"a company's", h.crew, panel.Choice{}, nil},
		} {
			h.write(func(tx *db.Tx) error {
				got, err := panel.ListTasks(ctx, tx, h.kinds, c.who, c.choice)
				if diff := cmp.Diff(c.want, titles(got)); diff != "" {
					t.Errorf("%s: %s", c.what, diff)
				}
				return err
			})
		}
		h.write(func(tx *db.Tx) error {
			got, err := panel.Due(ctx, tx, h.kinds, h.officer)
			if diff := cmp.Diff([]string{"late", "today", "tomorrow"}, titles(got)); diff != "" {
				t.Errorf("waiting: %s", diff)
			}
			return err
		})
	})
}

// TestReminders: each member is reminded once a day, in the morning of the
// territory, of what they may see.
func TestReminders(t *testing.T) {
	hand := clock.At(time.Date(2017, time.November, 6, 5, 30, 0, 0, time.UTC)) // 6:30 in Paris
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.task(none, "due", h.officer.User, day(hand))
		h.task(none, "late", h.other.User, "2017-11-01")
		h.task(none, "later", h.other.User, "2099-01-01")
		h.task(panel.On(h.card(h.ours)), "hidden", h.partner.User, day(hand))
		remind := func() (sent []string) {
			t.Helper()
			err := panel.Remind(ctx, d, h.kinds, func(_ context.Context, _ *db.Tx, r panel.Reminder) error {
				sent = append(sent, r.Member.Name+": "+strings.Join(titles(r.Tasks), ", "))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return sent
		}
		if sent := remind(); sent != nil {
			t.Errorf("before seven: %v", sent)
		}
		hand.Advance(time.Hour)
		both := []string{"Ana: due", "Bo: late"}
		if diff := cmp.Diff(both, remind()); diff != "" {
			t.Errorf("in the morning: %s", diff)
		}
		if sent := remind(); sent != nil {
			t.Errorf("a second time: %v", sent)
		}
		hand.Advance(24 * time.Hour)
		if diff := cmp.Diff(both, remind()); diff != "" {
			t.Errorf("the day after: %s", diff)
		}
		hand.Advance(-25 * time.Hour)
	})
}

func day(hand *clock.Hand) string { return hand.Now().Format(time.DateOnly) }
