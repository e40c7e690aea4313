package workbook

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/wordstest"
	"github.com/escale-hq/escale/planner"
)

// TestWords: the examples of a workbook are cells, not sentences.
func TestWords(t *testing.T) { wordstest.Check(t, catalogue(), "read.example.") }

// wordsSources parses the Go files of a folder, tests aside.
func wordsSources(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// wordsConstants counts the constants of a type of the planner in its source,
// so that a constant added there without words fails here.
func wordsConstants(t *testing.T, typeName string) int {
	t.Helper()
	count := 0
	for _, file := range wordsSources(t, "../../planner") {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST && len(d.Specs) > 0 {
				first := d.Specs[0].(*ast.ValueSpec)
				if id, ok := first.Type.(*ast.Ident); ok && id.Name == typeName {
					count += len(d.Specs)
				}
			}
		}
	}
	if count == 0 {
		t.Fatalf("planner has no constants of type %s", typeName)
	}
	return count
}

// wordsSentence fails on a text that is missing or has a hole.
func wordsSentence(t *testing.T, about, text string) {
	t.Helper()
	if text == "" || strings.Contains(text, "words.") || strings.ContainsAny(text, "{}[]") || strings.Contains(text, "  ") {
		t.Errorf("%s: %q is no sentence", about, text)
	}
}

// TestEveryConstantHasWords says every constant in both languages, once with
// all that it may speak of and once with as little as it may.
func TestEveryConstantHasWords(t *testing.T) {
	for _, lang := range catalogue().Languages() {
		o := outputOutcome(t)
		o.Book.Language = lang
		for k := range wordsConstants(t, "Rule") {
			about := fmt.Sprintf("rule %d in %s", k, lang)
			wordsSentence(t, about, ViolationText(o.Book, o.Result.Plan, wordsFullViolation(planner.Rule(k))))
			least := planner.Violation{Rule: planner.Rule(k), Meetings: []int{0}, Place: planner.None, Pool: planner.None, Session: planner.None, Request: planner.None}
			wordsSentence(t, about+", with little", ViolationText(o.Book, o.Result.Plan, least))
			for _, kind := range []planner.ChangeKind{planner.MovedTo, planner.Gone} {
				wordsSentence(t, about+" as a reason", ChangeText(o.Book, wordsChange(o, kind, planner.Rule(k))))
			}
		}
		for k := range wordsConstants(t, "Reason") {
			about := fmt.Sprintf("reason %d in %s", k, lang)
			full := wordsFullUnmet(planner.Reason(k))
			wordsSentence(t, about, ReasonText(o, full))
			wordsSentence(t, about+", with little", ReasonText(o, planner.Unmet{Reason: planner.Reason(k)}))
			if detail := ReasonDetail(o, full); detail != "" {
				wordsSentence(t, about+", detail", detail)
			}
		}
		for k := range wordsConstants(t, "RemedyKind") {
			remedy := &planner.Remedy{Kind: planner.RemedyKind(k), Slot: 1, Slots: 1, By: 1, Breaks: 1, Travel: 5}
			wordsSentence(t, fmt.Sprintf("remedy %d in %s", k, lang), RemedyText(o, remedy))
			wordsSentence(t, "cost", RemedyCost(o, remedy))
		}
		for k := range wordsConstants(t, "CauseKind") {
			about := fmt.Sprintf("cause %d in %s", k, lang)
			wordsSentence(t, about, CauseText(o.Book, planner.Cause{Kind: planner.CauseKind(k)}))
			full := planner.Cause{Kind: planner.CauseKind(k), Requests: []planner.RequestID{0}, Participants: []planner.ParticipantID{0}, Slots: []planner.SlotID{0}}
			o.Book.Meetings = []Meeting{{Attendees: []planner.Attendee{{Participant: 0}, {Participant: 1}}, Start: 2}}
			wordsSentence(t, about, CauseText(o.Book, full))
		}
		for k := range wordsConstants(t, "ChangeKind") {
			wordsSentence(t, fmt.Sprintf("change %d in %s", k, lang), ChangeText(o.Book, wordsChange(o, planner.ChangeKind(k), planner.RuleBusy)))
		}
		wordsNames(t, lang)
	}
}

func wordsNames(t *testing.T, lang string) {
	t.Helper()
	for k := range wordsConstants(t, "Status") {
		wordsSentence(t, fmt.Sprintf("status %d", k), StatusText(lang, planner.Status(k)))
	}
	for k := range wordsConstants(t, "Tier") {
		wordsSentence(t, fmt.Sprintf("tier %d", k), TierText(lang, planner.Tier(k)))
	}
	for k := range wordsConstants(t, "WishKind") {
		wordsSentence(t, fmt.Sprintf("wish %d", k), WishText(lang, planner.WishKind(k)))
	}
}

func wordsFullViolation(rule planner.Rule) planner.Violation {
	return planner.Violation{
		Rule: rule, Meetings: []int{0, 1}, Participants: []planner.ParticipantID{0}, Seat: 2,
		Slots: []planner.SlotID{3}, Place: 0, Pool: 0, Session: 0, Request: planner.None, Have: 1, Want: 2,
	}
}

func wordsFullUnmet(reason planner.Reason) planner.Unmet {
	return planner.Unmet{
		Wish: 3, Reason: reason, Slots: []planner.SlotID{3, 4}, Participants: []planner.ParticipantID{outputMistral},
		Places: []planner.PlaceID{0}, Pools: []planner.PoolID{0}, Against: []int{0, 1}, Searched: true,
	}
}

func wordsChange(o *Outcome, kind planner.ChangeKind, reason planner.Rule) planner.Change {
	c := planner.Change{Kind: kind, Reason: reason}
	if kind != planner.New {
		c.Before = &o.Result.Plan.Meetings[0]
	}
	if kind != planner.Gone {
		c.After = &o.Result.Plan.Meetings[1]
	}
	return c
}

// wordsSpaces shows the spaces that do not break as ordinary ones.
var wordsSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

func TestSentences(t *testing.T) {
	o := outputOutcome(t)
	b, plan := o.Book, o.Result.Plan
	o.Problem.Participants[outputMistral].Max = 3
	violation := func(v planner.Violation) func() string {
		v.Place, v.Pool, v.Request = planner.None, planner.None, planner.None
		return func() string { return ViolationText(b, plan, v) }
	}
	for name, test := range map[string]struct {
		say    func() string
		en, fr string
	}{
		"a seat in two meetings": {
			violation(planner.Violation{Rule: planner.RuleSeatTwice, Meetings: []int{0, 2}, Participants: []planner.ParticipantID{0}, Seat: 2, Session: planner.None}),
			"Nacre Océan (Bruno Tissot) is in two meetings at a time: Nacre Océan (Bruno Tissot) – Biscayne Port Systems (Fri 3, 9:00 – 9:30, Brickell Hub, table 4) and Mistral Data – Nacre Océan (Anne Roux) (Mon 6, 9:00 – 10:00, Brickell Hub, table 3).",
			"Nacre Océan (Bruno Tissot) a deux rendez-vous en même temps : Nacre Océan (Bruno Tissot) – Biscayne Port Systems (ven. 3, 9:00 – 9:30, Brickell Hub, table 4) et Mistral Data – Nacre Océan (Anne Roux) (lun. 6, 9:00 – 10:00, Brickell Hub, table 3).",
		},
		"no time to travel to a session": {
			violation(planner.Violation{Rule: planner.RuleTravel, Meetings: []int{1}, Participants: []planner.ParticipantID{1}, Seat: 1, Have: 10, Want: 65}),
			"Mistral Data has 10 min between Mistral Data – Studio Ocho (Mon 6, 14:00 – 14:30, Studio Ocho, table Suite B) and “Smart ports”, and needs 1 h 05 min.",
			"Mistral Data dispose de 10 min entre Mistral Data – Studio Ocho (lun. 6, 14:00 – 14:30, Studio Ocho, table Suite B) et « Smart ports », il faut 1 h 05.",
		},
		"longer than a slot, which nobody asked for": {
			violation(planner.Violation{Rule: planner.RuleGrid, Meetings: []int{2}, Session: planner.None, Have: 60}),
			"Mistral Data – Nacre Océan (Anne Roux) (Mon 6, 9:00 – 10:00, Brickell Hub, table 3): the meeting takes 1 h and should take 30 min, in slots that follow each other.",
			"Mistral Data – Nacre Océan (Anne Roux) (lun. 6, 9:00 – 10:00, Brickell Hub, table 3) : le rendez-vous dure 1 h et devrait durer 30 min, sur des créneaux qui se suivent.",
		},
		"the wrong person": {
			violation(planner.Violation{Rule: planner.RulePerson, Meetings: []int{1}, Participants: []planner.ParticipantID{0}, Seat: 2, Session: planner.None, Have: 1, Want: 2}),
			"Mistral Data – Studio Ocho (Mon 6, 14:00 – 14:30, Studio Ocho, table Suite B): Anne Roux attends for Nacre Océan, Bruno Tissot was asked for.",
			"Mistral Data – Studio Ocho (lun. 6, 14:00 – 14:30, Studio Ocho, table Suite B) : Anne Roux vient pour Nacre Océan, alors que Bruno Tissot est attendu.",
		},
		"full": {
			func() string { return ReasonDetail(o, wordsFullUnmet(planner.ReasonFull)) },
			"Mistral Data already in a meeting: Mon 6, 9:00 – 10:00",
			"Mistral Data déjà en rendez-vous : lun. 6, 9:00 – 10:00",
		},
		"no table": {
			func() string { return ReasonDetail(o, wordsFullUnmet(planner.ReasonNoTable)) },
			"Mon 6, 9:00 – 10:00: all taken, Brickell Hub (2 tables)",
			"lun. 6, 9:00 – 10:00 : tout est pris, Brickell Hub (2 tables)",
		},
		"maximum": {
			func() string { return ReasonDetail(o, wordsFullUnmet(planner.ReasonMax)) },
			"Mistral Data: 3 meetings at most",
			"Mistral Data : 3 rendez-vous au plus",
		},
		"a maximum of a third party stays unsaid": {
			func() string {
				u := wordsFullUnmet(planner.ReasonMax)
				u.Participants = []planner.ParticipantID{outputNacre}
				return ReasonText(o, u) + "." + ReasonDetail(o, u)
			},
			"Maximum number of meetings reached.",
			"Nombre maximal de rendez-vous atteint.",
		},
		"displaced": {
			func() string { return ReasonDetail(o, wordsFullUnmet(planner.ReasonDisplaced)) },
			"2 meetings in its stead, worth 12 points where this one is worth 5 points",
			"2 rendez-vous à sa place, pour 12 points ; celui-ci vaut 5 points",
		},
		"no common slot": {
			func() string {
				o.Problem.Participants[outputMistral].Busy = []planner.Span{
					o.Problem.Slots[0].Span, o.Problem.Slots[3].Span, o.Problem.Slots[4].Span, o.Problem.Slots[5].Span,
				}
				o.Problem.Sessions = []planner.Session{{Span: o.Problem.Slots[2].Span, Participants: []planner.ParticipantID{outputMistral}}}
				return ReasonDetail(o, planner.Unmet{Wish: 3, Reason: planner.ReasonNoCommonSlot})
			},
			"Mistral Data is there only Fri 3, 9:30 · Mon 6, 14:30 – 15:30",
			"Mistral Data n’est là que ven. 3, 9:30 · lun. 6, 14:30 – 15:30",
		},
		"remedy": {
			func() string {
				return RemedyText(o, &planner.Remedy{Kind: planner.OneMoreTable, Place: 0, Slot: 0, Slots: 2})
			},
			"One more table: Brickell Hub, Fri 3, 9:00 – 10:00",
			"Une table de plus : Brickell Hub, ven. 3, 9:00 – 10:00",
		},
		"a raise": {
			func() string {
				return RemedyText(o, &planner.Remedy{Kind: planner.RaiseMax, Participant: outputMistral, By: 1})
			},
			"Raise the maximum of Mistral Data from 3 to 4",
			"Porter de 3 à 4 le maximum : Mistral Data",
		},
		"no change": {
			func() string { return WouldMeetText(o, planner.Unmet{Searched: true}) },
			"No single change was found", "Aucun changement seul n’a été trouvé",
		},
		"moved": {
			func() string { return ChangeText(b, wordsChange(o, planner.MovedTo, planner.RuleClosed)) },
			"Moved: Mistral Data – Studio Ocho, from Fri 3, 9:00 – 9:30, Brickell Hub, table 4 to Mon 6, 14:00 – 14:30, Studio Ocho, table Suite B, because the place is closed.",
			"Déplacé : Mistral Data – Studio Ocho, de ven. 3, 9:00 – 9:30, Brickell Hub, table 4 à lun. 6, 14:00 – 14:30, Studio Ocho, table Suite B, car le lieu est fermé.",
		},
	} {
		got := [2]string{}
		for i, lang := range []string{"en", "fr"} {
			b.Language = lang
			got[i] = wordsSpaces.Replace(test.say())
		}
		if diff := cmp.Diff([2]string{test.en, test.fr}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestSlotsInWords(t *testing.T) {
	b := outputOutcome(t).Book
	for _, test := range []struct {
		slots  []planner.SlotID
		en, fr string
	}{
		{nil, "", ""},
		{[]planner.SlotID{1}, "Fri 3, 9:30", "ven. 3, 9:30"},
		{[]planner.SlotID{2, 0}, "Fri 3, 9:00 and 14:00", "ven. 3, 9:00 et 14:00"},
		{[]planner.SlotID{0, 1, 2}, "Fri 3, 9:00 – 10:00 and 14:00", "ven. 3, 9:00 – 10:00 et 14:00"},
		{[]planner.SlotID{2, 3, 3, 5, 6, 7}, "Fri 3, 14:00 · Mon 6, 9:00 and 14:00 – 15:30", "ven. 3, 14:00 · lun. 6, 9:00 et 14:00 – 15:30"},
		{[]planner.SlotID{-1, 99}, "", ""},
	} {
		got := [2]string{}
		for i, lang := range []string{"en", "fr"} {
			b.Language = lang
			got[i] = wordsSpaces.Replace(speakerOf(b).slots(test.slots))
		}
		if diff := cmp.Diff([2]string{test.en, test.fr}, got); diff != "" {
			t.Errorf("slots %v (-want +got):\n%s", test.slots, diff)
		}
	}
}

// TestManySlotsAreCounted: a sentence never lists a day in full, nor a week.
func TestManySlotsAreCounted(t *testing.T) {
	b := outputOutcome(t).Book
	first := b.Slots[0]
	b.Slots = nil
	var all []planner.SlotID
	for day := range 5 {
		for n := range 9 {
			start := first.Start.AddDate(0, 0, day).Add(time.Duration(n) * time.Hour)
			all = append(all, planner.SlotID(len(b.Slots)))
			b.Slots = append(b.Slots, Slot{Start: start, End: start.Add(30 * time.Minute), Day: day, Block: len(b.Slots)})
		}
	}
	want := "Fri 3, 9 slots · Sat 4, 9 slots · Sun 5, 9 slots · 2 more days"
	if got := wordsSpaces.Replace(speakerOf(b).slots(all)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestHandMadePlanIsSaidWhateverItHolds: positions that do not exist make a
// sentence, not a crash.
func TestHandMadePlanIsSaidWhateverItHolds(t *testing.T) {
	b := outputOutcome(t).Book
	rapid.Check(t, func(t *rapid.T) {
		position := rapid.IntRange(-2, 12)
		m := planner.Meeting{
			Attendees: []planner.Attendee{
				{Participant: planner.ParticipantID(position.Draw(t, "participant")), Seat: position.Draw(t, "seat")},
				{Participant: 0, Seat: position.Draw(t, "second seat")},
			},
			Start: planner.SlotID(position.Draw(t, "start")), Slots: position.Draw(t, "slots"),
			Place: planner.PlaceID(position.Draw(t, "place")), Table: position.Draw(t, "table"), Pool: planner.None, Request: planner.None,
		}
		v := planner.Violation{
			Rule:         planner.Rule(rapid.IntRange(0, len(ruleCodes)-1).Draw(t, "rule")),
			Meetings:     []int{0},
			Participants: []planner.ParticipantID{planner.ParticipantID(position.Draw(t, "of"))},
			Seat:         position.Draw(t, "of seat"), Slots: []planner.SlotID{planner.SlotID(position.Draw(t, "slot"))},
			Place: planner.PlaceID(position.Draw(t, "at")), Pool: planner.PoolID(position.Draw(t, "pool")),
			Session: position.Draw(t, "session"), Request: planner.RequestID(position.Draw(t, "request")),
			Have: position.Draw(t, "have"), Want: position.Draw(t, "want"),
		}
		if text := ViolationText(b, &planner.Plan{Meetings: []planner.Meeting{m}}, v); text == "" {
			t.Fatalf("nothing is said of %+v", v)
		}
	})
}
