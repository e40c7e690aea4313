package workbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

func TestLetterOfAParticipant(t *testing.T) {
	pages := paperPages(t, paperBytes(t, WriteLettersPDF, outputOutcome(t)))
	own := paperOf(pages[1:2], "Mistral Data")
	for _, want := range []string{
		"What became of your wishes · 20 October 2017", "1 wish met", "Monday 6 November", "14:00 – 14:30",
		"Studio Ocho", "nice, 4 points", "1 wish not met", "Biscayne Port Systems", "must, 5 points",
		"Full at every common slot", "What would meet it:", "Where you stand among all", "stated number (7)",
	} {
		if !paperHas(own, want) {
			t.Errorf("the letter lacks %q:\n%s", want, own)
		}
	}
}

// TestLettersGiveEveryReason goes through the wishes themselves: each is in
// the letter of the one who made it, met or with its reason.
func TestLettersGiveEveryReason(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		o := paperMission(t, language, 8, 2, 5)
		letters := paperLetters(t, o)
		for _, u := range o.Unmet {
			wish := o.Book.Wishes[u.Wish]
			for _, want := range []string{o.Book.Participants[wish.To].Name, ReasonText(o, u), WouldMeetText(o, u)} {
				if !paperHas(letters[wish.From], want) {
					t.Errorf("the letter of participant %d lacks %q", wish.From, want)
				}
			}
		}
		for _, wish := range o.Book.Wishes {
			if !paperHas(letters[wish.From], o.Book.Participants[wish.To].Name) {
				t.Errorf("the letter of participant %d does not speak of its wish for %d", wish.From, wish.To)
			}
		}
	}
}

// paperLetters reads the letters back, by participant: they come in the order
// of those who wished, and each begins with the same words.
func paperLetters(t *testing.T, o *Outcome) map[int]string {
	t.Helper()
	wished := map[int]bool{}
	for _, wish := range o.Book.Wishes {
		if wish.Kind != planner.Never {
			wished[wish.From] = true
		}
	}
	order := slices.Sorted(maps.Keys(wished))
	beginning := wordsFor(o.Book.Language).T("paper.letter", "")
	letters, at := map[int]string{}, -1
	for _, page := range paperPages(t, paperBytes(t, WriteLettersPDF, o)) {
		if paperHas(page, beginning) {
			at++
		}
		letters[order[at]] += page + " "
	}
	if at != len(order)-1 {
		t.Fatalf("%d letters for %d that wished", at+1, len(order))
	}
	return letters
}

// TestLettersNameNoThirdParty reads each letter for the names of those whom
// its wishes do not concern.
func TestLettersNameNoThirdParty(t *testing.T) {
	o := outputOutcome(t)
	for self, page := range paperLetters(t, o) {
		concerned := map[int]bool{self: true}
		for _, wish := range o.Book.Wishes {
			if wish.From == self && wish.Kind != planner.Never {
				concerned[wish.To] = true
			}
		}
		for other, participant := range o.Book.Participants {
			// A venue may bear the name of the one who receives there.
			if !concerned[other] && participant.Name != "Studio Ocho" && paperHas(page, participant.Name) {
				t.Errorf("the letter of %s names %s", o.Book.Participants[self].Name, participant.Name)
			}
		}
	}
}

func TestLettersCountPointsAndOthers(t *testing.T) {
	type figures struct{ Met, Unmet, Points, Asked, Others int }
	got := map[int]figures{}
	for _, l := range lettersOf(outputOutcome(t)) {
		got[l.participant] = figures{len(l.met), len(l.unmet), l.points, l.asked, l.others}
	}
	o := outputOutcome(t)
	want := map[int]figures{}
	for i, wish := range o.Problem.Wishes {
		if wish.Kind == planner.Never {
			continue
		}
		f := want[int(wish.From)]
		f.Asked += wish.Points()
		unmet := false
		for _, u := range o.Unmet {
			unmet = unmet || int(u.Wish) == i
		}
		if unmet {
			f.Unmet++
		} else {
			f.Met++
			f.Points += wish.Points()
		}
		want[int(wish.From)] = f
	}
	for p, f := range want {
		for _, m := range o.Result.Plan.Meetings {
			f.Others += paperUnasked(o, m, p)
		}
		want[p] = f
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures of the letters (-want +got):\n%s", diff)
	}
}

// paperUnasked is 1 for a meeting of a participant with nobody it wished for.
func paperUnasked(o *Outcome, m planner.Meeting, p int) int {
	attends, asked := false, false
	for _, a := range m.Attendees {
		attends = attends || int(a.Participant) == p
		for _, wish := range o.Problem.Wishes {
			asked = asked || (int(wish.From) == p && wish.To == a.Participant && wish.Kind != planner.Never)
		}
	}
	if attends && !asked {
		return 1
	}
	return 0
}

func TestStandingCountsOthers(t *testing.T) {
	p, err := newPaper(paperMission(t, "en", 8, 1, 5), "paper.letters")
	if err != nil {
		t.Fatal(err)
	}
	s := &letterSheet{paper: p}
	served := []planner.Served{
		{Participant: 4, Met: 0, Best: 4},
		{Participant: 2, Met: 1, Best: 3},
		{Participant: 0, Met: 2, Best: 6},
		{Participant: 1, Met: 3, Best: 4},
		{Participant: 3, Met: 5, Best: 5},
	}
	want := "Other participants served less well than you: 1; equally well: 1; better: 2. Half of all get 33% or more."
	if got := s.rankOf(served, served[2]); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if diff := cmp.Diff([chartBins]int{1, 0, 0, 2, 0, 0, 0, 1, 0, 1}, binsOf(served)); diff != "" {
		t.Errorf("bars (-want +got):\n%s", diff)
	}
}

// TestStandingPointsAtNobody: a chart of few would tell who is who.
func TestStandingPointsAtNobody(t *testing.T) {
	tests := []struct {
		companies int
		want      string
	}{
		{4, "too few participants"},
		{8, "Number of participants, by the share they get"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.companies), func(t *testing.T) {
			pages := paperPages(t, paperBytes(t, WriteLettersPDF, paperMission(t, "en", test.companies, 1, 2)))
			if !paperHas(strings.Join(pages, " "), test.want) {
				t.Errorf("no page says %q", test.want)
			}
		})
	}
	o := outputOutcome(t)
	o.Result.Score.Served = o.Result.Score.Served[:1]
	if !paperHas(strings.Join(paperPages(t, paperBytes(t, WriteLettersPDF, o)), " "), "No plan could have met any of your wishes") {
		t.Error("a participant that is not served at all is not told so")
	}
}
