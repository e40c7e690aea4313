package call

import (
	"github.com/escale-hq/escale/internal/web"
)

// figuresShown are what the page of a call counts, each with the records behind.
func (v callView) figuresShown() []web.Figure {
	w := v.words
	figure := func(state State, n int, key string) web.Figure {
		return web.Figure{Value: w.Number(n), Noun: w.N(key, n), Href: v.applications() + "&state=" + string(state)}
	}
	handedIn := web.Figure{Value: w.Number(v.figures.HandedIn()), Noun: w.N("call.figure.handed_in", v.figures.HandedIn()), Href: v.applications()}
	if v.call.Places > 0 {
		handedIn.Context = w.N("call.figure.for_places", v.call.Places)
	}
	return []web.Figure{
		handedIn,
		figure(Draft, v.figures.Opened, "call.figure.opened"),
		figure(Draft, v.figures.ByState[Draft]-v.figures.Opened, "call.figure.begun"),
		figure(Withdrawn, v.figures.ByState[Withdrawn], "call.figure.withdrawn"),
	}
}

// facts are what identifies a call.
func (v callView) facts() []web.Fact {
	w, home := v.words, v.viewer.Territory
	facts := []web.Fact{{Label: w.T("call.field.mission"), Value: v.mission.Name(w.Lang()), Href: home.Home() + "/missions/" + v.mission.ID}}
	if !v.call.OpensAt.IsZero() {
		facts = append(facts, web.Fact{Label: w.T("call.field.opens_at"), Value: stamp(w, home, v.call.OpensAt)})
	}
	if !v.call.ClosesAt.IsZero() {
		facts = append(facts, web.Fact{Label: w.T("call.field.closes_at"), Value: stamp(w, home, v.call.ClosesAt)})
	}
	if v.call.Form != "" {
		facts = append(facts, web.Fact{Label: w.T("call.field.form"), Value: w.T("call.form_open"), Href: home.Home() + "/forms/" + v.call.Form})
	}
	return facts
}

// trail is the way to the list: through the call that it is of.
func (l applicationList) trail() []web.Link {
	if l.call == nil {
		return nil
	}
	return []web.Link{
		{Label: l.call.Name(l.words.Lang()), Href: callHref(l.viewer, l.call.ID)},
		{Label: l.words.T("application.list"), Current: true},
	}
}

func (l applicationList) columns() []web.Column {
	return []web.Column{
		{Label: l.words.T("application.field.name")},
		{Label: l.words.T("application.field.state")},
		{Label: l.words.T("application.field.email")},
		{Label: l.words.T("application.field.submitted_at")},
	}
}

// when is when an application was handed in, or last typed in.
func (l applicationList) when(r Row) string {
	if r.SubmittedAt.IsZero() {
		return l.words.T("application.typed_at", l.words.DateBrief(l.viewer.Territory.At(r.UpdatedAt)))
	}
	return l.words.Stamp(l.viewer.Territory.At(r.SubmittedAt))
}

// documentList leads to the documents that came with the application.
func (v applicationView) documentList() []web.Link {
	var links []web.Link
	for _, d := range v.documents {
		links = append(links, web.Link{Label: d.name, Href: v.viewer.Territory.Home() + "/files/" + d.id})
	}
	return links
}
