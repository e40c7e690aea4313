package workbook

import (
	"cmp"
	"slices"

	"github.com/escale-hq/escale/planner"
)

// reportUnmet lists the wishes that the plan does not meet.
type reportUnmet struct {
	Title string
	// Reasons counts them by reason, most frequent first.
	Reasons     []string
	First, Rest []reportWish
}

// reportWish is one of them, why, and what would meet it.
type reportWish struct {
	From, To string
	Must     bool
	// Kind says in a word how much it is wanted.
	Kind          string
	Why, Detail   string
	Change, Cost  string
	Found         bool
	Gain          string
	weight, order int
}

// unmetOpen is how many unmet wishes, and changes, the page opens on.
const unmetOpen = 20

func (r *reporter) unmet() reportUnmet {
	wishes := make([]reportWish, len(r.o.Unmet))
	for i, u := range r.o.Unmet {
		wishes[i] = r.wish(u)
	}
	slices.SortStableFunc(wishes, compareWishes)
	open, rest := unfold(wishes, unmetOpen)
	return reportUnmet{Title: r.unmetTitle(len(wishes)), Reasons: r.reasons(), First: open, Rest: rest}
}

// compareWishes puts what is indispensable first, then what a change would meet,
// then what is worth most, and keeps the order of the workbook.
func compareWishes(a, b reportWish) int {
	return cmp.Or(trueFirst(a.Must, b.Must), trueFirst(a.Found, b.Found), cmp.Compare(b.weight, a.weight), cmp.Compare(a.order, b.order))
}

// trueFirst puts what is so before what is not.
func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

func (r *reporter) wish(u planner.Unmet) reportWish {
	wish := r.o.Problem.Wishes[u.Wish]
	line := reportWish{
		From:   r.book.Participants[wish.From].Name,
		To:     r.book.Participants[wish.To].Name,
		Must:   wish.Kind == planner.Must,
		Kind:   WishText(r.w.Lang(), wish.Kind),
		Why:    ReasonText(r.o, u),
		Detail: ReasonDetail(r.o, u),
		Change: WouldMeetText(r.o, u),
		Found:  u.Change != nil,
		weight: wish.Points(),
		order:  int(u.Wish),
	}
	if u.Change != nil {
		line.Gain, line.Cost = r.w.Signed(u.Change.Gain), RemedyCost(r.o, u.Change)
	}
	return line
}

// reasons says how many wishes each reason keeps unmet.
func (r *reporter) reasons() []string {
	type tally struct {
		text  string
		count int
	}
	var tallies []tally
	for _, u := range r.o.Unmet {
		text := r.w.T("words.reason." + reasonCodes[u.Reason])
		i := slices.IndexFunc(tallies, func(t tally) bool { return t.text == text })
		if i < 0 {
			i = len(tallies)
			tallies = append(tallies, tally{text: text})
		}
		tallies[i].count++
	}
	slices.SortStableFunc(tallies, func(a, b tally) int { return cmp.Compare(b.count, a.count) })
	said := make([]string, len(tallies))
	for i, t := range tallies {
		said[i] = r.t("unmet.tally", t.count, t.text)
	}
	return said
}

func (r *reporter) unmetTitle(count int) string {
	if count == 0 {
		return r.t("unmet.none")
	}
	return r.n("unmet.title", count)
}
