package call_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

// keeps adds a record, changes all of it, and says what was not kept, or does
// not come back from its texts as history keeps them.
func keeps[T any](t *testing.T, d *db.DB, n record.Noun[T], before, after *T) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error { return n.Add(ctx, tx, act, before) })
	*n.Meta(after) = *n.Meta(before)
	var kept *T
	write(t, d, func(tx *db.Tx) (err error) {
		if err := n.Save(ctx, tx, act, after); err != nil {
			return err
		}
		kept, err = n.Load(ctx, tx, 1, n.Meta(after).ID)
		return err
	})
	if diff := cmp.Diff(after, kept, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("a %s as it is kept (-want +got):\n%s", n.Name, diff)
	}
	again := *before
	if problems := n.Fields.Apply(&again, n.Fields.Texts(kept)); len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(n.Fields.Texts(kept), n.Fields.Texts(&again)); diff != "" {
		t.Errorf("a %s as it comes back (-want +got):\n%s", n.Name, diff)
	}
}

func criteria() []call.Criterion {
	return []call.Criterion{
		{Key: "project", Weight: 60, Title: i18n.Text{"fr": "Qualité du projet", "en": "Quality of the project"}},
		{Key: "market", Weight: 40, Title: i18n.Text{"fr": "Marché"}},
	}
}

func TestSelectionsAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := prepared(t, d)
		of := call.Selection{Meta: meta, Call: c.call.ID, Mission: c.mission.ID, Criteria: criteria()}
		before, after := of, of
		after.Assessors, after.Seed, after.PassMark, after.Waiting = []string{"ada", "grace"}, 7, 50, 12
		after.Quotas, after.Ties = []call.Quota{{"health", 2, 5}, {"maritime", 0, 3}}, []call.Tie{call.Earlier, call.Newcomers}
		after.Eligibility = call.Eligibility{Sectors: []string{"health"}, Sizes: []string{"10-19"}, Postcodes: []string{"13", "83"}, Answers: []string{"aid"}}
		after.DecidedAt = db.At(dbtest.Now())
		keeps(t, d, call.Selections(), &before, &after)

		review := call.Review{Meta: meta, Application: c.application.ID, Call: c.call.ID, Mission: c.mission.ID}
		begun, ruled := review, review
		ruled.Ruling, ruled.Grounds, ruled.Reason, ruled.Turn = call.Eligible, "A branch", "Rank 3", 2
		ruled.DecidedAt, ruled.LetterAt = db.At(dbtest.Now()), db.At(dbtest.Now().Add(time.Hour))
		keeps(t, d, call.Reviews(), &begun, &ruled)

		score := call.Score{Meta: meta, Application: c.application.ID, Call: c.call.ID, Mission: c.mission.ID, User: "ada"}
		given, changed := score, score
		given.Points = []call.Points{{"project", 5}}
		changed.Points, changed.Comment = []call.Points{{"project", 8}, {"market", 10}}, "Sound"
		keeps(t, d, call.Scores(), &given, &changed)
		if got := changed.Mark(criteria()); got != 880 {
			t.Errorf("the mark is %d tenths", got)
		}
	})
}

// TestScoresAreBlind: the store itself shows nobody the score of another before
// their own, nor to who stays out of it.
func TestScoresAreBlind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := prepared(t, d)
		give := func(user string, conflict bool) {
			write(t, d, func(tx *db.Tx) error {
				return call.Scores().Add(ctx, tx, act, &call.Score{
					Meta: meta, Application: c.application.ID, Call: c.call.ID, Mission: c.mission.ID, User: user, Conflict: conflict,
				})
			})
		}
		sees := func(user string, want ...string) {
			t.Helper()
			var got []string
			write(t, d, func(tx *db.Tx) error {
				scores, err := call.ScoresSeenBy(ctx, tx, c.application, user)
				for _, s := range scores {
					got = append(got, s.User)
				}
				return err
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s sees the scores of (-want +got):\n%s", user, diff)
			}
		}
		give("ada", false)
		give("grace", true)
		sees("ada", "ada", "grace")
		sees("grace", "grace")
		sees("joan")
		give("joan", false)
		sees("joan", "ada", "grace", "joan")
	})
}

// lined are applications with one mark each, the sectors that they name, and
// nothing else.
func lined(marks []int, sectors ...string) []*call.Line {
	lines := make([]*call.Line, len(marks))
	for i, mark := range marks {
		a := &call.Application{Meta: record.Meta{ID: fmt.Sprint("application-", i)}, State: call.Submitted}
		lines[i] = &call.Line{
			Application: a, Review: &call.Review{}, Claim: call.Claim{Sectors: []string{sectors[i]}},
			Scores: []*call.Score{{Points: []call.Points{{"project", mark}}}, {Conflict: true}},
		}
	}
	return lines
}

func TestProposalSaysWhy(t *testing.T) {
	s := &call.Selection{
		Criteria: []call.Criterion{{Key: "project", Weight: 100}}, PassMark: 30, Waiting: 2,
		Quotas: []call.Quota{{"health", 1, 0}, {"maritime", 0, 1}},
	}
	lines := lined([]int{10, 9, 8, 7, 6, 5, 4, 2, 1}, "maritime", "maritime", "tech", "tech", "tech", "tech", "health", "health", "tech")
	lines[8].Review.Ruling = call.Ineligible
	p := call.Propose(lines, s, 3)
	type outcome struct {
		Rank  int
		State call.State
		Turn  int
		Why   call.Why
	}
	var got []outcome
	for _, l := range lines {
		got = append(got, outcome{l.Rank, l.Proposed, l.Turn, l.Why})
	}
	want := []outcome{
		{1, call.Selected, 0, call.ByRank},
		{2, call.Waiting, 1, call.QuotaFull},
		{3, call.Selected, 0, call.ByRank},
		{4, call.Waiting, 2, call.NoPlace},
		{5, call.Refused, 0, call.NoPlace},
		{6, call.Refused, 0, call.NoPlace},
		{7, call.Selected, 0, call.ByQuota},
		{8, call.Refused, 0, call.BelowPass},
		{0, call.Ineligible, 0, call.ByRuling},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is proposed (-want +got):\n%s", diff)
	}
	was := map[string]call.State{}
	for _, l := range p.Ranked {
		was[l.ID] = l.Proposed
	}
	change := call.Propose(lines, s, 4).Against(was)
	if len(change.In) != 1 || change.In[0].ID != "application-3" || len(change.Out) != 0 {
		t.Errorf("one place more changes %+v", change)
	}
}

// TestProposalDecidesAboutAll: every application is proposed for something, no
// more are selected than there are places, and turns count from 1.
func TestProposalDecidesAboutAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := rapid.SliceOfN(rapid.IntRange(0, 10), 0, 12).Draw(t, "marks")
		sectors := rapid.SliceOfN(rapid.SampledFrom([]string{"health", "tech"}), len(marks), len(marks)).Draw(t, "sectors")
		s := &call.Selection{
			Criteria: []call.Criterion{{Key: "project", Weight: 100}}, PassMark: 10 * rapid.IntRange(0, 5).Draw(t, "pass mark"),
			Waiting: rapid.IntRange(0, 3).Draw(t, "waiting"), Quotas: []call.Quota{{"health", 1, 3}},
		}
		places := rapid.IntRange(1, 6).Draw(t, "places")
		p := call.Propose(lined(marks, sectors...), s, places)
		if n := len(p.With(call.Selected)); n > places {
			t.Errorf("%d get one of %d places", n, places)
		}
		if n := len(p.With(call.Selected, call.Waiting, call.Refused)); n != len(marks) {
			t.Errorf("of %d, %d are decided about", len(marks), n)
		}
		for i, l := range p.With(call.Waiting) {
			if l.Turn != i+1 || i >= s.Waiting {
				t.Errorf("number %d of the waiting list has turn %d", i+1, l.Turn)
			}
		}
		for _, l := range p.With(call.Selected, call.Waiting) {
			if l.Mean() < float64(s.PassMark) {
				t.Errorf("%+v is under the pass mark", l)
			}
		}
	})
}

func TestPastGroups(t *testing.T) {
	var past []call.Past
	for i := range 6 {
		past = append(past, call.Past{Company: "regular", Size: "50-99", Postcode: "13002", Sectors: []string{"health"}, Selected: i < 4})
	}
	past = append(past, call.Past{Company: "small", Size: "3-5", Postcode: "13015"})
	want := []call.Group{
		{Kind: "size", Value: "large", Applied: 6, Selected: 4},
		{Kind: "size", Value: "small", Applied: 1, Masked: true},
		{Kind: "history", Value: "newcomers", Applied: 2, Selected: 1, Masked: true},
		{Kind: "history", Value: "regulars", Applied: 5, Selected: 3},
		{Kind: "sector", Value: "health", Applied: 6, Selected: 4},
		{Kind: "place", Value: "13002", Applied: 6, Selected: 4},
		{Kind: "place", Value: "13015", Applied: 1, Masked: true},
	}
	if diff := cmp.Diff(want, call.PastGroups(past)); diff != "" {
		t.Errorf("the groups (-want +got):\n%s", diff)
	}
}
