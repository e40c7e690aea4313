// Package mission keeps missions abroad: their legs, venues and places, who
// takes part and with which seats, and who prepares them. A mission's noun is
// [Missions]; what it is made of has nouns of its own, each with its history.
package mission

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Mission takes companies abroad, to one city or several.
type Mission struct {
	record.Meta
	Title, Pitch i18n.Text
	Kind         string   // one of Kinds, or ""
	Origin       string   // one of Origins, or ""
	Sectors      []string // ids
	Stage        Stage
	// StartsOn and EndsOn are the first and the last day, or "" as long as they
	// are not known; those of the call likewise.
	StartsOn, EndsOn string
	CallFrom, CallTo string
	// Companies, Meetings and RoundTables are what is aimed at; 0: nothing said.
	Companies, Meetings, RoundTables int
	// Language is that of its documents. A meeting lasts MeetingMinutes, and
	// GapMinutes are kept free after it.
	Language                   string
	MeetingMinutes, GapMinutes int
	Lead                       string // id of the user who leads it, or ""
	// EditionOf is the earlier mission that this one is an edition of, or "".
	EditionOf string
	// Source names the document that a recorded fact comes from, or is "".
	Source string
}

// What a mission's planning begins with.
const (
	usualMinutes = 30
	mostMinutes  = 8 * 60
)

// KindNames are what a mission can be.
func KindNames() []string { return []string{"multi-sector", "single-sector", "fair", "institutional"} }

// Origins are what a mission can come of.
func Origins() []string { return []string{"companies", "partner-city", "yearly", "agreement"} }

// Subject says who may do what to it.
func (m *Mission) Subject() territory.Subject {
	return territory.Subject{Owner: m.Owner, Mission: m.ID}
}

// Name is the title in a language, or in another.
func (m *Mission) Name(lang string) string {
	title, _ := m.Title.In(lang)
	return title
}

// Missions is how missions are kept.
func Missions() record.Noun[Mission] {
	return record.Noun[Mission]{
		Name:   "mission",
		Fields: missionFields(),
		Meta:   func(m *Mission) *record.Meta { return &m.Meta },
		Load:   loadMission,
		Insert: insertMission,
		Update: updateMission,
		Settle: (*Mission).settle,
		Found:  (*Mission).found,
	}
}

func missionFields() record.Fields[Mission] {
	var fields record.Fields[Mission]
	for _, lang := range record.ContentLanguages() {
		fields = append(
			fields,
			record.ContentField("title", lang, func(m *Mission) *i18n.Text { return &m.Title }),
			record.ContentField("pitch", lang, func(m *Mission) *i18n.Text { return &m.Pitch }),
		)
	}
	return append(
		fields,
		record.ChoiceField("kind", KindNames(), func(m *Mission) *string { return &m.Kind }),
		record.ChoiceField("origin", Origins(), func(m *Mission) *string { return &m.Origin }),
		record.ReferencesField("sectors", "sector", func(m *Mission) *[]string { return &m.Sectors }),
		record.ChoiceField("stage", stageNames(), func(m *Mission) *string { return (*string)(&m.Stage) }),
		record.DateField("starts_on", func(m *Mission) *string { return &m.StartsOn }),
		record.DateField("ends_on", func(m *Mission) *string { return &m.EndsOn }),
		record.Unlisted(record.DateField("call_from", func(m *Mission) *string { return &m.CallFrom })),
		record.Unlisted(record.DateField("call_to", func(m *Mission) *string { return &m.CallTo })),
		record.CountField("companies", 1, func(m *Mission) *int { return &m.Companies }),
		record.CountField("meetings", 1, func(m *Mission) *int { return &m.Meetings }),
		record.CountField("round_tables", 1, func(m *Mission) *int { return &m.RoundTables }),
		record.ChoiceField("language", record.ContentLanguages(), func(m *Mission) *string { return &m.Language }),
		record.CountField("meeting_minutes", 5, func(m *Mission) *int { return &m.MeetingMinutes }),
		record.CountField("gap_minutes", 0, func(m *Mission) *int { return &m.GapMinutes }),
		record.ReferenceField("lead", "member", func(m *Mission) *string { return &m.Lead }),
		record.ReferenceField("edition_of", "mission", func(m *Mission) *string { return &m.EditionOf }),
		record.Unlisted(record.TextField("source", func(m *Mission) *string { return &m.Source })),
	)
}

// settle gives what was left open its usual value, and says what is wrong.
func (m *Mission) settle() error {
	var p fault.Problems
	if m.Title.IsZero() {
		p.Add("title."+i18n.Fallback, "mission.title_needed")
	}
	if m.Stage == "" {
		m.Stage = Idea
	}
	if m.Language == "" {
		m.Language = record.ContentLanguages()[0]
	}
	if m.MeetingMinutes == 0 {
		m.MeetingMinutes = usualMinutes
	}
	if m.MeetingMinutes > mostMinutes {
		p.Add("meeting_minutes", "mission.minutes", mostMinutes)
	}
	if m.GapMinutes > mostMinutes {
		p.Add("gap_minutes", "mission.minutes", mostMinutes)
	}
	inOrder(&p, "ends_on", m.StartsOn, m.EndsOn)
	inOrder(&p, "call_to", m.CallFrom, m.CallTo)
	if m.EditionOf != "" && m.EditionOf == m.ID {
		p.Add("edition_of", "mission.edition_of_itself")
	}
	return p.Or()
}

// inOrder refuses a last day before the first, or without one.
func inOrder(p *fault.Problems, field, first, last string) {
	if last != "" && (first == "" || last < first) {
		p.Add(field, "mission.days")
	}
}

func (m *Mission) found() record.Found {
	title, _ := m.Title.In(m.Language)
	words := []string{m.StartsOn[:min(4, len(m.StartsOn))]}
	for _, lang := range record.ContentLanguages() {
		words = append(words, m.Title[lang])
	}
	words = slices.DeleteFunc(words, func(w string) bool { return strings.TrimSpace(w) == "" })
	return record.Found{Title: title, Detail: m.StartsOn, Words: words, Subject: m.Subject()}
}
