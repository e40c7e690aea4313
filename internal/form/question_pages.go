package form

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// questionRoutes are the addresses on which questions are added, changed and
// put in order; they are shown with the form.
func (p *Pages) questionRoutes() []web.Route {
	return append(p.questionEditor().Routes(),
		web.Route{Pattern: "GET /t/{territory}/questions/{id}", Noun: "question", Action: "see", Handle: p.findQuestion},
		web.Route{Pattern: "POST /t/{territory}/questions/{id}/move", Noun: "question", Action: "edit", Handle: p.moveQuestion},
	)
}

// findQuestion answers GET /t/{territory}/questions/{id}: it leads to the form.
func (p *Pages) findQuestion(w http.ResponseWriter, r *http.Request) error {
	var q *Question
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		q, err = Questions().Find(r.Context(), tx, r, "see")
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, href(territory.ViewerOf(r.Context()), q.Form), http.StatusSeeOther)
	return nil
}

// moveQuestion answers POST /t/{territory}/questions/{id}/move: the question
// changes places with the one before it, or with to=down the one after.
func (p *Pages) moveQuestion(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var q *Question
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if q, err = Questions().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		all, err := QuestionsOf(r.Context(), tx, q.Territory, q.Form)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(other *Question) bool { return other.Key == q.Key })
		with := at - 1
		if r.PostFormValue("to") == "down" {
			with = at + 1
		}
		if at < 0 || with < 0 || with >= len(all) {
			return nil // it is at the end already
		}
		all[at], all[with] = all[with], all[at]
		return order(r.Context(), tx, act, all)
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, href(v, q.Form)+"#"+q.Input(), http.StatusSeeOther)
	return nil
}

// order numbers questions as they follow one another.
func order(ctx context.Context, tx *db.Tx, act record.Act, questions []*Question) error {
	for i, q := range questions {
		q.Position = i
		if err := Questions().Save(ctx, tx, act, q); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pages) questionEditor() record.Editor[Question] {
	return record.Editor[Question]{
		DB: p.db, Frame: p.frame, Noun: Questions(), List: "/questions",
		Home:   func(v territory.Viewer, q *Question) string { return href(v, q.Form) },
		Values: questionValues,
		Fill:   fillQuestion,
		Page:   p.questionPage,
	}
}

// questionForm is the form of a question, with those before it, after whose
// answers it may be asked.
type questionForm struct {
	record.Form[Question]
	kind   Type
	form   string
	before []*Question
}

func (f questionForm) field(name string) web.Field { return f.Field("question", name) }

func (f questionForm) languages() []web.Option {
	var options []web.Option
	for _, lang := range record.ContentLanguages() {
		options = append(options, web.Option{Value: lang, Label: f.Words.T("form.language." + lang)})
	}
	return options
}

// whenOptions are the answers after which the question may be asked.
func (f questionForm) whenOptions() []web.Option {
	var options []web.Option
	for _, q := range f.before {
		for _, value := range q.values() {
			label := q.option(value, f.Words.Lang())
			if q.Type == Yes {
				label = f.Words.T("form." + value)
			}
			options = append(options, web.Option{Value: q.Key + " = " + value, Label: label, Note: q.Name(f.Words.Lang())})
		}
	}
	return options
}

// questionPage shows the form of a question, below the form that it is of.
func (p *Pages) questionPage(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Question]) (templ.Component, error) {
	page := questionForm{Form: form, kind: Type(form.Values.Get("type")), form: form.Values.Get("form")}
	if form.Record != nil {
		page.kind, page.form = form.Record.Type, form.Record.Form
	}
	v := form.Viewer
	of, err := loadForm(ctx, tx, v.Territory.ID, page.form)
	if fault.Is(err, fault.NotFound) {
		page.Back = v.Territory.Home() + "/forms"
		return questionPage(f, page), nil
	}
	if err != nil {
		return nil, err
	}
	page.Back = href(v, of.ID)
	page.Trail = []web.Link{
		{Label: f.Words.T("form.list"), Href: v.Territory.Home() + "/forms"},
		{Label: of.Name(f.Words.Lang()), Href: page.Back},
		{Label: f.Title, Current: true},
	}
	all, err := QuestionsOf(ctx, tx, v.Territory.ID, of.ID)
	for _, q := range all {
		if form.Record != nil && q.Key == form.Record.Key {
			break
		}
		if q.Type.decides() {
			page.before = append(page.before, q)
		}
	}
	return questionPage(f, page), err
}

// questionValues is what the form of a question holds to begin with.
func questionValues(_ context.Context, _ *db.Tx, q *Question) (url.Values, error) {
	values := Questions().Fields.Values(q)
	for _, lang := range record.ContentLanguages() {
		var lines []string
		for _, o := range q.Options {
			lines = append(lines, o.Label[lang])
		}
		values.Set("options."+lang, strings.Join(lines, "\n"))
	}
	values.Del("when")
	for _, value := range q.When.Values {
		values.Add("when", q.When.Question+" = "+value)
	}
	return values, nil
}

// fillQuestion sets what the form of a question sent. A new one comes last.
func fillQuestion(ctx context.Context, tx *db.Tx, q *Question, sent url.Values) error {
	if q.ID == "" {
		q.Form, q.Type = sent.Get("form"), Type(sent.Get("type"))
	}
	if q.Form == "" {
		return fault.Problems{{Field: "form", Key: "form.form_needed"}}
	}
	of, err := loadForm(ctx, tx, q.Territory, q.Form)
	if err != nil {
		return err
	}
	if err := territory.ViewerOf(ctx).Check("form", "edit", Forms().Found(of).Subject); err != nil {
		return err
	}
	all, err := QuestionsOf(ctx, tx, q.Territory, q.Form)
	if err != nil {
		return err
	}
	problems := q.fill(sent)
	if q.ID == "" {
		q.Position = len(all)
		all = append(all, q)
	}
	for i, other := range all {
		if other.ID == q.ID {
			all[i] = q
		}
	}
	return append(problems, check(all)...).Or()
}

func (q *Question) fill(sent url.Values) fault.Problems {
	texts := Questions().Fields.Sent(sent)
	delete(texts, "type")
	delete(texts, "when")
	delete(texts, "options")
	if _, shown := sent["required.shown"]; shown {
		texts["required"] = sent.Get("required")
	}
	problems := Questions().Fields.Apply(q, texts)
	if q.Type.hasOptions() {
		lines := map[string][]string{}
		for _, lang := range record.ContentLanguages() {
			lines[lang] = linesOf(sent.Get("options." + lang))
		}
		options, err := renewOptions(q.Options, lines)
		problems.AddError("options."+record.ContentLanguages()[0], err)
		q.Options = options
	}
	rule, err := ruleSent(sent["when"])
	problems.AddError("when", err)
	q.When = rule
	return problems
}

// linesOf are the lines of a text, without blanks around them and at the end.
func linesOf(text string) []string {
	lines := strings.Split(strings.TrimRight(text, "\r\n "), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	if len(lines) == 1 && lines[0] == "" {
		return nil
	}
	return lines
}

// ruleSent is the rule of the answers that were ticked: all to one question.
func ruleSent(ticked []string) (Rule, error) {
	var rule Rule
	for _, text := range ticked {
		one := ruleOf(text)
		if rule.Question != "" && one.Question != rule.Question {
			return Rule{}, fault.New(fault.Invalid, "form.when_one")
		}
		rule = Rule{one.Question, append(rule.Values, one.Values...)}
	}
	return rule, nil
}

// fieldValues is what the form of a record holds that is made of its fields
// alone, and fillFields sets what that form sent.
func fieldValues[T any](n record.Noun[T]) func(context.Context, *db.Tx, *T) (url.Values, error) {
	return func(_ context.Context, _ *db.Tx, it *T) (url.Values, error) { return n.Fields.Values(it), nil }
}

func fillFields[T any](n record.Noun[T]) func(context.Context, *db.Tx, *T, url.Values) error {
	return func(_ context.Context, _ *db.Tx, it *T, sent url.Values) error {
		return n.Fields.Apply(it, n.Fields.Sent(sent)).Or()
	}
}
