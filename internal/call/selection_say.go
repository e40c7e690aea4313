package call

import (
	"strings"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
)

// sayLacks says in a sentence each what an application does not meet. Questions
// are named where they are given.
func sayLacks(w *i18n.Words, lacks fault.Problems, questions []*form.Question) string {
	said := eachOf(lacks, func(lack fault.Problem) string {
		args := eachOf(lack.Args, func(arg any) any { return sayLacking(w, lack.Field, arg, questions) })
		return w.T(lack.Key, args...)
	})
	return strings.Join(said, " ")
}

func sayLacking(w *i18n.Words, field string, arg any, questions []*form.Question) any {
	text, _ := arg.(string)
	switch field {
	case "sizes":
		return w.T("organisation.size." + text)
	case "answers":
		for _, q := range questions {
			if q.Key == text {
				return q.Name(w.Lang())
			}
		}
	}
	return arg
}
