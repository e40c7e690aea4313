package call

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

// identified says whether the company is known, by the register or by hand: the
// rest is asked after that.
func (a *applying) identified() bool {
	return a.form.Values.Get("name") != "" || a.form.Values.Get("by_hand") == "yes"
}

// lookFirst makes looking up the first thing to do.
func (a *applying) lookFirst() web.Look {
	if a.identified() {
		return web.Outlined
	}
	return web.Primary
}

// inShort is the company in a line, as the register knows it.
func (a *applying) inShort() string {
	typed := a.form.Values
	place := strings.TrimSpace(typed.Get("postcode") + " " + typed.Get("city"))
	return strings.Join(present(typed.Get("name"), place), ", ")
}

func (a *applying) sizes() []web.Option {
	var options []web.Option
	for _, size := range directory.Sizes() {
		options = append(options, web.Option{Value: size, Label: a.words.T("organisation.size." + size)})
	}
	return options
}

// stateText says to the applicant where the application stands.
func (a *applying) stateText() string {
	switch {
	case a.record.DoubleOf != "":
		return a.words.T("call.stands.double")
	case a.record.State == Draft:
		return a.words.T("call.stands.draft", stamp(a.words, a.home, a.call.ClosesAt))
	case a.record.State == Withdrawn:
		return a.words.T("call.stands.withdrawn")
	default:
		return a.words.T("call.stands.received", stamp(a.words, a.home, a.record.SubmittedAt))
	}
}

func (a *applying) stateTone() web.Tone {
	switch a.record.State {
	case Draft, Withdrawn:
		return web.Plain
	default:
		return web.Pine
	}
}

// badges are how the states look.
var badges = map[State]web.State{
	Draft: web.Draft, Submitted: web.ToDecide, Eligible: web.Good, Ineligible: web.Refused, Selected: web.Confirmed,
	Waiting: web.Waiting, Refused: web.Refused, Withdrawn: web.Draft,
}

func stateBadge(w *i18n.Words, s State) templ.Component {
	return web.Badge(badges[s], w.T("application.state."+string(s)))
}

// paragraphs are those of a text in a language, or in another.
func paragraphs(t i18n.Text, lang string) []string {
	text, _ := t.In(lang)
	return lines(text)
}

func lines(text string) []string {
	return present(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })...)
}

func languageOf(t i18n.Text, want string) string {
	_, lang := t.In(want)
	return lang
}
