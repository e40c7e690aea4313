package form_test

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.seed", "20260713"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(dbtest.Run(m))
}

var (
	ctx  = context.Background()
	act  = record.Act{By: history.System()}
	meta = record.Meta{Territory: 1}
)

func TestWords(t *testing.T) {
	if err := wordstest.Load(t, form.Words).Check(); err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// begun is the usual form of a territory, and its questions by their type.
func begun(t *testing.T, d *db.DB) (*form.Form, map[form.Type]*form.Question) {
	t.Helper()
	var f *form.Form
	write(t, d, func(tx *db.Tx) error {
		_, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
		})
		if err != nil {
			return err
		}
		f, err = form.Begin(ctx, tx, act, meta, wordstest.Load(t, form.Words), "EUR")
		return err
	})
	return f, byType(questions(t, d, f))
}

func questions(t *testing.T, d *db.DB, f *form.Form) (all []*form.Question) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		all, err = form.QuestionsOf(ctx, tx, 1, f.ID)
		return err
	})
	return all
}

func byType(all []*form.Question) map[form.Type]*form.Question {
	found := map[form.Type]*form.Question{}
	for _, q := range all {
		found[q.Type] = q
	}
	return found
}

// TestEveryFieldIsKept sets each field of each noun by its text, and reads it
// back from the database: a field that the store forgets is found.
func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, asked := begun(t, d)
		given := map[string]struct {
			id    string
			texts map[string]string
		}{
			"form": {f.ID, map[string]string{"title.fr": "T", "title.en": "U"}},
			"question": {asked[form.Amount].ID, map[string]string{
				"label.fr": "L", "label.en": "M", "help.fr": "H", "help.en": "I", "position": "7", "required": "yes",
				"options": "1 = Oui | Yes; 3 = Non | No", "when": asked[form.Yes].ID + " = yes", "currency": "USD", "edition": "2",
			}},
		}
		for _, kind := range form.Kinds() {
			is := given[kind.Name]
			write(t, d, func(tx *db.Tx) error { return kind.Change(ctx, tx, act, 1, is.id, is.texts) })
			write(t, d, func(tx *db.Tx) error {
				texts, err := kind.Texts(ctx, tx, 1, is.id)
				for name, text := range is.texts {
					if texts[name] != text {
						t.Errorf("the %s of the %s is %q, and was set to %q", name, kind.Name, texts[name], text)
					}
				}
				return err
			})
		}
	})
}

// TestAnswersKeepTheirQuestions: a version never changes, whatever becomes of the
// form; the same questions have one number.
func TestAnswersKeepTheirQuestions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, asked := begun(t, d)
		fix := func() (number int) {
			write(t, d, func(tx *db.Tx) (err error) {
				number, err = form.Fix(ctx, tx, 1, f.ID)
				return err
			})
			return number
		}
		fixed := func(number int) (all []*form.Question) {
			write(t, d, func(tx *db.Tx) (err error) {
				all, err = form.Fixed(ctx, tx, 1, f.ID, number)
				return err
			})
			return all
		}
		first := fix()
		before := fixed(first)
		if again := fix(); again != first {
			t.Errorf("the same questions are version %d, then %d", first, again)
		}
		write(t, d, func(tx *db.Tx) error {
			q := asked[form.Line]
			q.Label = i18n.Text{"en": "Which markets?"}
			if err := form.Questions().Save(ctx, tx, act, q); err != nil {
				return err
			}
			return form.Questions().Delete(ctx, tx, act, 1, asked[form.Area].ID)
		})
		if diff := cmp.Diff(before, fixed(first)); diff != "" {
			t.Errorf("version %d changed: %s", first, diff)
		}
		var changed bool
		write(t, d, func(tx *db.Tx) (err error) {
			changed, err = form.Changed(ctx, tx, 1, f.ID, first)
			return err
		})
		second := fix()
		if !changed || second != first+1 || len(fixed(second)) != len(before)-1 {
			t.Errorf("after a change: changed %v, version %d with %d questions", changed, second, len(fixed(second)))
		}
	})
}

// TestRulesThatDoNotHold: a form is not fixed whose questions depend on what
// comes later or is gone.
func TestRulesThatDoNotHold(t *testing.T) {
	for name, spoil := range map[string]func(asked map[form.Type]*form.Question, tx *db.Tx) error{
		"on a question that is gone": func(asked map[form.Type]*form.Question, tx *db.Tx) error {
			return form.Questions().Delete(ctx, tx, act, 1, asked[form.Yes].ID)
		},
		"on a question that follows": func(asked map[form.Type]*form.Question, tx *db.Tx) error {
			asked[form.Yes].Position = 99
			return form.Questions().Save(ctx, tx, act, asked[form.Yes])
		},
		"on an answer that is gone": func(asked map[form.Type]*form.Question, tx *db.Tx) error {
			asked[form.Line].When.Values = []string{"perhaps"}
			return form.Questions().Save(ctx, tx, act, asked[form.Line])
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.Open(t)
			f, asked := begun(t, d)
			write(t, d, func(tx *db.Tx) error { return spoil(asked, tx) })
			err := d.Write(ctx, func(tx *db.Tx) error {
				_, err := form.Fix(ctx, tx, 1, f.ID)
				return err
			})
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("the form is fixed: %v", err)
			}
		})
	}
}

// TestQuestionsThatAreRefused: what each type needs.
func TestQuestionsThatAreRefused(t *testing.T) {
	label := i18n.Text{"en": "Q"}
	for field, q := range map[string]form.Question{
		"label.fr":   {Type: form.Line},
		"type":       {Label: label, Type: "essay"},
		"options.fr": {Label: label, Type: form.One, Options: []form.Option{{Value: "1", Label: label}}},
		"edition":    {Label: label, Type: form.Consent},
		"currency":   {Label: label, Type: form.Amount},
	} {
		err := form.Questions().Settle(&q)
		problems, _ := err.(fault.Problems)
		if _, found := problems.On(field); !found || len(problems) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// answered are complete answers to the usual form, as they are typed.
func answered(asked map[form.Type]*form.Question) url.Values {
	in := func(t form.Type) string { return asked[t].Input() }
	return url.Values{
		in(form.Sectors): {"maritime", "health"}, in(form.Area): {" Find distributors\r\n"}, in(form.Offers) + ".offers": {"Sails"},
		in(form.Yes): {"yes"}, in(form.Line): {"Spain"}, in(form.Amount): {"12 500,50"}, in(form.Languages): {"fr", "en"},
		in(form.People) + ".1.name": {"Ada King"}, in(form.People) + ".3.name": {"Zoé"}, in(form.People) + ".3.email": {"Zoe@Example.org"},
		in(form.Consent): {"yes"}, in(form.Document): {"another's"},
	}
}

var setting = form.Setting{Lang: "en", Sectors: []string{"maritime", "health"}}

func TestAnswersAreReadWithTheirType(t *testing.T) {
	d := dbtest.Open(t)
	f, asked := begun(t, d)
	in := setting
	in.Documents = map[string][]string{asked[form.Document].Key: {"file-1"}}
	answers, problems := form.Read(questions(t, d, f), answered(asked), in)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := map[form.Type]form.Answer{}
	for kind, q := range asked {
		if a, given := answers[q.Key]; given {
			got[kind] = a
		}
	}
	want := map[form.Type]form.Answer{
		form.Sectors: {Values: []string{"maritime", "health"}}, form.Area: {Text: "Find distributors"}, form.Offers: {Offers: "Sails"},
		form.Yes: {Text: "yes"}, form.Line: {Text: "Spain"}, form.Amount: {Money: &form.Money{Minor: 1250050, Currency: "EUR"}},
		form.Languages: {Values: []string{"fr", "en"}}, form.Consent: {Text: "1"}, form.Document: {Values: []string{"file-1"}},
		form.People: {People: []form.Traveller{{Name: "Ada King"}, {Name: "Zoé", Email: "zoe@example.org"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWhatIsNotAskedCountsForNothing: neither as an answer nor as a gap.
func TestWhatIsNotAskedCountsForNothing(t *testing.T) {
	d := dbtest.Open(t)
	f, asked := begun(t, d)
	all := questions(t, d, f)
	for _, q := range all {
		q.Required = q.Key != asked[form.Document].Key
	}
	typed := answered(asked)
	typed.Set(asked[form.Yes].Input(), "no")
	answers, problems := form.Read(all, typed, setting)
	if _, given := answers[asked[form.Line].Key]; given {
		t.Error("what was typed under a question that is not asked is an answer")
	}
	typed.Del(asked[form.Line].Input())
	if _, again := form.Read(all, typed, setting); !cmp.Equal(problems, again) {
		t.Errorf("a question that is not asked is missed: %v", again)
	}
}

// TestAllThatIsWrongIsSaidAtOnce, each beside its input.
func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	d := dbtest.Open(t)
	f, asked := begun(t, d)
	in := func(t form.Type) string { return asked[t].Input() }
	typed := url.Values{
		in(form.Sectors): {"space"}, in(form.Yes): {"perhaps"}, in(form.Amount): {"a lot"}, in(form.Languages): {"xx"},
		in(form.People) + ".1.email": {"nobody"},
	}
	_, problems := form.Read(questions(t, d, f), typed, setting)
	want := map[string]bool{
		in(form.Sectors): true, in(form.Yes): true, in(form.Amount): true, in(form.Languages): true, in(form.People) + ".1.email": true,
		in(form.People) + ".1.name": true, in(form.Area): true, in(form.Offers): true, in(form.Consent): true,
	}
	got := map[string]bool{}
	for _, p := range problems {
		got[p.Field] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestAnswersAreSaid: to be read, and in columns.
func TestAnswersAreSaid(t *testing.T) {
	d := dbtest.Open(t)
	f, asked := begun(t, d)
	all := questions(t, d, f)
	answers, _ := form.Read(all, answered(asked), setting)
	reader := form.Reader{Words: wordstest.Load(t, form.Words).For("en")}
	got := map[string][]string{}
	for _, said := range reader.Say(all, answers) {
		if len(said.Lines) > 0 {
			got[string(said.Question.Type)] = said.Lines
		}
	}
	want := map[string][]string{
		"sectors": {"maritime", "health"}, "area": {"Find distributors"}, "offers": {"What you offer: Sails"}, "yes": {"Yes"},
		"line": {"Spain"}, "amount": {"12,500.50\u00a0EUR"}, "languages": {"French", "English"}, "people": {"Ada King", "Zoé, zoe@example.org"},
		"consent": {"Agreed (text no. 1)"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	cells := reader.Cells(all, answers)
	if cell := cells[asked[form.Amount].Input()]; cell != "12500.50" {
		t.Errorf("the amount is exported as %q", cell)
	}
	for _, column := range form.Columns(all, "en") {
		if column.Headings[0] == "" {
			t.Errorf("the column %s has no heading", column.Name)
		}
	}
}
