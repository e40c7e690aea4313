package workbook

import (
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/sheet"
)

// What a mission has when it does not say, and the most that makes sense.
const (
	defaultMeetingMinutes = 30
	mostMinutes           = 24 * 60
	mostCount             = 100_000
)

// pair finds the two first filled cells of a row: a key and its value. Without
// a value, the cell after the key is meant.
func pair(row sheet.Row) (key, value int) {
	key = -1
	for column, cell := range row.Cells {
		switch {
		case cell.Kind == sheet.Blank:
		case key < 0:
			key = column
		default:
			return key, column
		}
	}
	return key, key + 1
}

// readMission reads the sheet of keys and values.
func (r *reader) readMission() {
	r.book.MeetingMinutes = defaultMeetingMinutes
	s := r.found["mission"]
	if s == nil {
		return
	}
	rows := map[string]line{}
	for _, l := range s.lines {
		l.columns["key"], l.columns["value"] = pair(l.row)
		key := l.row.Cell(l.columns["key"]).Text
		l.heads["key"], l.heads["value"] = heading(r.words, "read.column.key"), key
		name, known := r.spellings.find("read.setting.", key, settings[:]...)
		earlier, twice := rows[name]
		switch {
		case !known:
			l.unknownSetting()
		case twice:
			l.field("key").fail("read.error.setting_twice", earlier.number())
		default:
			rows[name] = l
			r.set(name, l.field("value"))
		}
	}
}

// unknownSetting notes a line that means nothing, unless it is the head or a
// title alone.
func (l line) unknownSetting() {
	key := l.field("key")
	_, head := l.r.spellings.find("read.column.", key.cell.Text, "key")
	if !head && !l.field("value").blank() && !l.field("value").cell.Merged {
		key.note("read.note.setting_unknown")
	}
}

// set reads the value of one setting.
func (r *reader) set(name string, f field) {
	switch f.cell.Kind {
	case sheet.Blank:
		return
	case sheet.Failure:
		f.fail("read.error.formula")
		return
	}
	switch name {
	case "name":
		r.book.Name = f.cell.Text
	case "timezone":
		r.book.Zone, _ = f.zone()
	case "language":
		if _, ok := r.documentLanguage(f.cell.Text); !ok {
			f.fail("read.error.language")
		}
	case "meeting_minutes":
		if minutes, ok := f.whole(1, mostMinutes); ok {
			r.book.MeetingMinutes = minutes
		}
	case "gap_minutes":
		r.book.GapMinutes, _ = f.whole(0, mostMinutes)
	case "fictional":
		r.book.Fictional = f.yes()
	}
}

// documentLanguage reads a language that documents can be in.
func (r *reader) documentLanguage(text string) (string, bool) {
	code, known := r.languageCode(text)
	for _, lang := range catalogue().Languages() {
		if known && lang == code {
			return lang, true
		}
	}
	return "", false
}

// zone reads the cell as the IANA name of a time zone. Case and spaces are
// forgiven. One that is not known gives UTC and not ok, so that the rest can be
// read for its errors.
func (f field) zone() (*time.Location, bool) {
	name := strings.ReplaceAll(f.cell.Text, " ", "_")
	for _, spelling := range []string{name, zoneSpelling(name)} {
		if strings.EqualFold(spelling, "local") {
			continue
		}
		if zone := f.r.loadZone(spelling); zone != nil {
			if spelling != f.cell.Text {
				f.noteOnce("read.note.timezone_spelt", spelling)
			}
			return zone, true
		}
	}
	f.fail("read.error.timezone")
	return time.UTC, false
}

// loadZone gives one pointer a zone, so that zones can be compared, or nil.
func (r *reader) loadZone(name string) *time.Location {
	if zone, known := r.zones[name]; known {
		return zone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	r.zones[name] = zone
	return zone
}

// zoneSpelling puts capitals where the names of zones have them.
func zoneSpelling(name string) string {
	parts := strings.Split(strings.ToLower(name), "/")
	for i, part := range parts {
		words := strings.Split(part, "_")
		for j, word := range words {
			if word != "" && word != "of" && word != "es" {
				words[j] = strings.ToUpper(word[:1]) + word[1:]
			}
		}
		parts[i] = strings.Join(words, "_")
	}
	return strings.Join(parts, "/")
}
