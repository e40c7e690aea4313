package mission

import (
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

// A Stretch is a time in which meetings can be held, in the zone of its leg,
// written "2017-11-06 09:00/12:30". One that ends on another day says so:
// "2017-11-06 22:00/2017-11-07 01:00".
type Stretch struct{ Start, End time.Time }

const (
	stretchStart = "2006-01-02 15:04"
	stretchEnd   = "15:04"
)

// stretchText checks a stretch as people write it, and gives it the one shape
// that is kept.
func stretchText(text string) (string, error) {
	s, err := stretchIn(text, time.UTC)
	if err != nil {
		return "", err
	}
	return s.Text(), nil
}

// stretchIn is the stretch that a text means in a zone. An hour that the change
// of clocks leaves out is the one that follows it.
func stretchIn(text string, zone *time.Location) (s Stretch, err error) {
	first, last, _ := strings.Cut(strings.Join(strings.Fields(text), " "), "/")
	start, end := strings.TrimSpace(first), strings.TrimSpace(last)
	if len(end) <= len(stretchEnd) && len(start) > len(time.DateOnly) {
		end = start[:len(time.DateOnly)] + " " + end
	}
	var failed error
	s.Start, err = time.ParseInLocation(stretchStart, start, zone)
	s.End, failed = time.ParseInLocation(stretchStart, end, zone)
	if err != nil || failed != nil || !s.Start.Before(s.End) {
		return s, fault.New(fault.Invalid, "mission.stretch", text)
	}
	return s, nil
}

// Text is the stretch as it is kept.
func (s Stretch) Text() string {
	end := stretchStart
	if s.Start.Format(time.DateOnly) == s.End.Format(time.DateOnly) {
		end = stretchEnd
	}
	return s.Start.Format(stretchStart) + "/" + s.End.Format(end)
}

// A Span is a stretch of real time, kept in UTC: "2017-11-06T14:00Z/2017-11-06T17:30Z".
type Span struct{ Start, End time.Time }

const spanLayout = "2006-01-02T15:04Z"

// Text is the span as it is kept.
func (s Span) Text() string {
	return s.Start.UTC().Format(spanLayout) + "/" + s.End.UTC().Format(spanLayout)
}

// spanOf reads a span as it is kept.
func spanOf(text string) (s Span, err error) {
	start, end, _ := strings.Cut(text, "/")
	if s.Start, err = time.Parse(spanLayout, start); err == nil {
		s.End, err = time.Parse(spanLayout, end)
	}
	if err != nil || !s.Start.Before(s.End) {
		return s, fault.New(fault.Invalid, "mission.span", text)
	}
	return s, nil
}

func spanText(text string) (string, error) {
	s, err := spanOf(text)
	return s.Text(), err
}

// Spans reads spans that were checked when they were kept.
func Spans(texts []string) ([]Span, error) {
	var all []Span
	for _, text := range texts {
		s, err := spanOf(text)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}
