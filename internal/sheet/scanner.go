package sheet

import "strings"

// scanner cuts a CSV text into records. encoding/csv would do, but for two
// things: it skips empty lines without saying so, and row numbers are then no
// longer those of a spreadsheet; and a quotation mark left open makes it, at
// its most lenient, swallow the rest of the file.
//
// A quotation mark opens a field only at its start; elsewhere it is a letter
// like others, as in 12" pipe.
type scanner struct {
	text      string
	separator byte
	at        int
}

func (s *scanner) done() bool { return s.at >= len(s.text) }

// next reads one record; closed is false when the text ends within quotation
// marks.
func (s *scanner) next() (fields []string, closed bool) {
	for {
		field, closed := s.field()
		if !closed {
			return nil, false
		}
		fields = append(fields, field)
		if s.done() || s.text[s.at] != s.separator {
			s.endLine()
			return fields, true
		}
		s.at++
	}
}

// endLine steps over the end of a line: LF, CR LF, or the CR of old files.
func (s *scanner) endLine() {
	if !s.done() && s.text[s.at] == '\r' {
		s.at++
	}
	if !s.done() && s.text[s.at] == '\n' {
		s.at++
	}
}

// field reads up to the separator or the end of the line, which it leaves.
func (s *scanner) field() (string, bool) {
	var b strings.Builder
	if !s.done() && s.text[s.at] == '"' {
		s.at++
		if !s.quoted(&b) {
			return "", false
		}
	}
	start := s.at
	for !s.done() && s.text[s.at] != s.separator && s.text[s.at] != '\n' && s.text[s.at] != '\r' {
		s.at++
	}
	b.WriteString(s.text[start:s.at])
	return b.String(), true
}

// quoted reads up to the closing quotation mark, and steps over it.
func (s *scanner) quoted(b *strings.Builder) bool {
	for {
		length := strings.IndexByte(s.text[s.at:], '"')
		if length < 0 {
			return false
		}
		b.WriteString(s.text[s.at : s.at+length])
		s.at += length + 1
		if s.done() || s.text[s.at] != '"' {
			return true
		}
		b.WriteByte('"')
		s.at++
	}
}
