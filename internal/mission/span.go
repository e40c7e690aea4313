package mission

import (
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

// A Stretch is a time of one day in which meetings can be held, in the zone of
// its leg, written "2017-11-06 09:00/12:30".
type Stretch struct{ Start, End time.Time }

const (
	stretchStart = "2006-01-02 15:04"
	stretchEnd   = "15:04"
)

// stretchText checks a stretch as people write it, and gives it the one shape
// that is kept.
func stretchText(text string) (string, error) {
	start, end, cut := strings.Cut(text, "/")
	from, err := time.Parse(stretchStart, strings.Join(strings.Fields(start), " "))
	to, errTo := time.Parse(stretchEnd, strings.TrimSpace(end))
	if !cut || err != nil || errTo != nil || to.Format(stretchEnd) <= from.Format(stretchEnd) {
		return "", fault.New(fault.Invalid, "mission.stretch", text)
	}
	return from.Format(stretchStart) + "/" + to.Format(stretchEnd), nil
}

// In is the stretch that a text of a grid means in a zone. An hour that the
// change of clocks leaves out is the one that follows it.
func stretchIn(text string, zone *time.Location) (s Stretch, err error) {
	start, end, _ := strings.Cut(text, "/")
	if s.Start, err = time.ParseInLocation(stretchStart, start, zone); err != nil {
		return s, err
	}
	s.End, err = time.ParseInLocation(stretchStart, start[:len(time.DateOnly)]+" "+end, zone)
	return s, err
}

// Text is the stretch as it is kept.
func (s Stretch) Text() string {
	return s.Start.Format(stretchStart) + "/" + s.End.Format(stretchEnd)
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

// spans reads spans that were checked when they were kept.
func spans(texts []string) ([]Span, error) {
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
