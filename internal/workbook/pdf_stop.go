package workbook

import (
	"slices"
	"strings"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

// whatOf is who is met or what happens, and the lines under it.
func (p *paper) whatOf(s Stop, a Agenda, look *agendaLook) (name, more []doc.Span) {
	if s.Kind == SessionStop {
		more = p.set(p.words.T("paper.session"), look.second)
		return p.set(p.book.Sessions[s.Session].Name, look.name), more
	}
	var persons []string
	for i, who := range s.With {
		style := look.name
		style.Language = p.book.scriptOf(int(who.Participant))
		if i > 0 {
			name = append(name, doc.Span{Text: ", ", Style: look.name})
		}
		name = append(name, p.set(p.book.Participants[who.Participant].Name, style)...)
		if person := p.whoComes(who); person != "" {
			persons = append(persons, doc.Isolate(person))
		}
	}
	people := strings.Join(persons, ", ")
	switch {
	case people != "" && look.oneLine:
		name = append(name, p.set("  "+people, look.second)...)
	case people != "":
		more = append(more, p.set(people, look.second)...)
	}
	more = append(more, p.changedSpans(s, a, look, len(more) > 0)...)
	for _, id := range s.Why {
		more = append(more, p.whySpans(id, a, look, len(more) > 0)...)
	}
	return name, more
}

// whoComes is the person of a seat, or else the one to ask for.
func (p *paper) whoComes(who planner.Attendee) string {
	if person := p.book.PersonName(who); person != "" {
		return person
	}
	return p.book.Participants[who.Participant].Contact
}

// whySpans says which wish a meeting meets: whose, how much, and in what words.
func (p *paper) whySpans(id planner.WishID, a Agenda, look *agendaLook, below bool) []doc.Span {
	wish := p.book.Wishes[id]
	key := "paper.why.other"
	args := []any{p.strengthOf(id), doc.Isolate(p.book.Participants[wish.From].Name)}
	switch a.Participant {
	case wish.From:
		key = "paper.why.you"
		args = args[:1]
	case wish.To:
		key = "paper.why.them"
	}
	text := p.words.T(key, args...)
	if wish.Note != "" {
		text = p.words.T("paper.why.note", text, doc.Isolate(wish.Note))
	}
	if below {
		text = "\n" + text
	}
	return p.set(text, look.note)
}

// strengthOf is a wish in words and points: must, 5 points.
func (p *paper) strengthOf(id planner.WishID) string {
	wish := p.outcome.Problem.Wishes[id]
	kind := p.words.T("words.wish.nice")
	if wish.Kind == planner.Must {
		kind = p.words.T("words.wish.must")
	}
	return p.words.T("paper.strength", kind, p.words.N("words.points", wish.Points()))
}

// sideOf is where, and in what language.
func (p *paper) sideOf(s Stop, a Agenda, look *agendaLook) []doc.Span {
	place := look.note
	place.Face = doc.Bold
	under := look.note
	under.Color = doc.Muted
	var spans []doc.Span
	add := func(text string, style doc.Style) {
		if text == "" {
			return
		}
		if len(spans) > 0 {
			text = "\n" + text
		}
		spans = append(spans, p.set(text, style)...)
	}
	add(p.placeOf(s), place)
	if s.Venue != planner.None {
		add(p.book.Venues[s.Venue].Address, under)
	}
	add(p.tongueOf(s, a), under)
	return spans
}

// placeOf is the venue and the table.
func (p *paper) placeOf(s Stop) string {
	if s.Venue == planner.None {
		return ""
	}
	venue := p.book.Venues[s.Venue].Name
	if s.Table == "" {
		return venue
	}
	return venue + ", " + p.tableName(s.Table)
}

// tableName says "table 4", but leaves a name such as "Suite B" as it is.
func (p *paper) tableName(label string) string {
	if strings.Trim(label, "0123456789") == "" {
		return p.words.T("paper.table", label)
	}
	return label
}

// tongueOf is the languages that all who attend share, or the interpreter who
// comes; empty when somebody's languages are not known.
func (p *paper) tongueOf(s Stop, a Agenda) string {
	if s.Kind != MeetingStop {
		return ""
	}
	if s.Interpreter != "" {
		pool := p.book.Interpreters[p.outcome.Result.Plan.Meetings[s.Meeting].Pool]
		return p.words.T("paper.interpreter", p.languageName(pool.Languages[0]), p.languageName(pool.Languages[1]))
	}
	shared := slices.Clone(p.book.Participants[a.Participant].Languages)
	for _, who := range s.With {
		spoken := p.book.Participants[who.Participant].Languages
		shared = slices.DeleteFunc(shared, func(l string) bool { return !slices.Contains(spoken, l) })
	}
	for i, l := range shared {
		shared[i] = p.languageName(l)
	}
	return strings.Join(shared, ", ")
}

// languageName is a language in words, or its code where there is no word.
func (p *paper) languageName(code string) string {
	if key := "words.language." + code; p.words.Has(key) {
		return p.words.T(key)
	}
	return code
}
