package outcome

import (
	"strings"
	"time"

	"github.com/bojanz/currency"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// listView is what the page of a mission's outcomes shows.
type listView struct {
	mission.Cover
	words    *i18n.Words
	viewer   territory.Viewer
	mission  *mission.Mission
	outcomes []*Outcome
}

func (v listView) name() string { return v.mission.Name(v.words.Lang()) }

// figures count what is confirmed and what is declared, apart.
func (v listView) figures() []web.Figure {
	w, c := v.words, Count(v.outcomes)
	return []web.Figure{
		{Value: w.Number(c.Confirmed), Noun: w.N("outcome.confirmed_count", c.Confirmed), Context: w.T("outcome.confirmed_how")},
		{Value: w.Number(c.Declared), Noun: w.N("outcome.declared_count", c.Declared), Context: w.T("outcome.declared_how")},
	}
}

func badge(state string) web.State {
	switch state {
	case Confirmed:
		return web.Confirmed
	case Refused:
		return web.Refused
	default:
		return web.Declared
	}
}

// note says what an outcome is worth, when it came and who said so.
func note(w *i18n.Words, o *Outcome) string {
	var parts []string
	if o.Amount > 0 {
		parts = append(parts, money(w, o))
	}
	if day, err := time.Parse(time.DateOnly, o.HappenedOn); err == nil {
		parts = append(parts, w.Date(day))
	}
	parts = append(parts, w.T("outcome.by", o.DeclaredBy))
	return strings.Join(parts, " · ")
}

func money(w *i18n.Words, o *Outcome) string {
	amount, err := currency.NewAmountFromInt64(o.Amount, o.Currency)
	if err != nil {
		return w.Number(int(o.Amount)) + " " + o.Currency
	}
	return currency.NewFormatter(currency.NewLocale(w.Lang())).Format(amount)
}

// declareView is what the page shows by which a company declares an outcome.
type declareView struct {
	web.Form
	participant *mission.Participant
	mission     *mission.Mission
	currency    string
	before      []*Outcome
	done        bool
}

func (v declareView) kinds() []web.Option {
	var options []web.Option
	for _, kind := range OutcomeKinds() {
		options = append(options, web.Option{Value: kind, Label: v.Words.T("outcome.kind." + kind)})
	}
	return options
}
