package form

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/i18n"
)

// languages are those that people are asked about, as ISO codes.
var languages = []string{"fr", "en", "es", "it", "de", "pt", "ar", "he", "zh", "ja", "ko", "ru", "tr", "nl", "pl"}

// languageName is a language in the words of a reader.
func languageName(code, lang string) string {
	return display.Languages(language.Make(lang)).Name(language.Make(code))
}

// A Said is an answer as people read it: one line, or several.
type Said struct {
	Question *Question
	Label    string
	Lines    []string
}

// A Reader says answers in the words of one language.
type Reader struct {
	Words   *i18n.Words
	Sectors []directory.Sector
	// Documents are the names of files by their id.
	Documents map[string]string
}

// Say gives the answers in the order of the questions; what was not asked is
// left out, what was not answered has no line.
func (r Reader) Say(questions []*Question, answers Answers) []Said {
	var said []Said
	for _, q := range questions {
		a := answers[q.Key]
		if other, asked := answers[q.When.Question]; q.When.Question != "" && (!asked || !q.When.holds(slices.Concat(other.Values, []string{other.Text}))) {
			continue
		}
		said = append(said, Said{q, q.Name(r.Words.Lang()), r.lines(q, a)})
	}
	return said
}

func (r Reader) lines(q *Question, a Answer) []string {
	switch {
	case a.isZero():
		return nil
	case q.Type == Offers:
		return present(r.labelled("form.offers", a.Offers), r.labelled("form.needs", a.Needs))
	case q.Type == People:
		lines := make([]string, len(a.People))
		for i, t := range a.People {
			lines[i] = strings.Join(present(t.Name, t.Function, t.Email), ", ")
		}
		return lines
	case a.Money != nil:
		return []string{r.Words.Decimal(a.Money.Major(), a.Money.scale()) + "\u00a0" + a.Money.Currency}
	case len(a.Values) > 0:
		lines := make([]string, len(a.Values))
		for i, value := range a.Values {
			lines[i] = r.value(q, value)
		}
		return lines
	default:
		return []string{r.text(q, a.Text)}
	}
}

// labelled is a text under a label, or "".
func (r Reader) labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return r.Words.T("form.labelled", r.Words.T(label), text)
}

func present(parts ...string) []string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return kept
}

// value is one of several values in the reader's words.
func (r Reader) value(q *Question, value string) string {
	switch q.Type {
	case Sectors:
		for _, s := range r.Sectors {
			if s.ID == value {
				name, _ := s.Name.In(r.Words.Lang())
				return name
			}
		}
	case Languages:
		return languageName(value, r.Words.Lang())
	case Document:
		return r.Documents[value]
	}
	return q.option(value, r.Words.Lang())
}

func (q *Question) option(value, lang string) string {
	for _, o := range q.Options {
		if o.Value == value {
			label, _ := o.Label.In(lang)
			return label
		}
	}
	return value
}

func (r Reader) text(q *Question, text string) string {
	switch q.Type {
	case One:
		return q.option(text, r.Words.Lang())
	case Yes:
		return r.Words.T("form." + text)
	case Consent:
		return r.Words.T("form.consented", text)
	case Day:
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return text
		}
		return r.Words.DateOnly(day)
	default:
		return text
	}
}
