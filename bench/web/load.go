package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A measured is how long an answer took, in milliseconds, and whether it was
// the one that was wanted.
type measured struct {
	kind   string
	millis float64
	failed bool
}

// load sends requests for some seconds, each when it is due. How long an answer
// took counts from then, and not from when it could be sent: a server that
// falls behind does not slow down those who come to it.
func (m *mix) load(ctx context.Context, rate, seconds int) (map[string]figures, error) {
	calls := make([]call, rate*seconds)
	for i := range calls {
		calls[i] = m.draw()
	}
	answers := make([]measured, len(calls))
	var under sync.WaitGroup
	begun := time.Now()
	for i, c := range calls {
		due := begun.Add(time.Duration(i) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		if ctx.Err() != nil {
			break
		}
		under.Go(func() { answers[i] = m.send(ctx, c, i, due) })
	}
	under.Wait()
	return sumUp(answers), ctx.Err()
}

// send sends the i-th request, and waits for the whole answer.
func (m *mix) send(ctx context.Context, c call, i int, due time.Time) measured {
	status, err := m.answer(ctx, c, i)
	return measured{c.kind, time.Since(due).Seconds() * 1000, err != nil || status != c.want}
}

// answer asks as one of the members; one in ten lists is the partner's.
func (m *mix) answer(ctx context.Context, c call, i int) (int, error) {
	session := m.officers[i%len(m.officers)]
	if c.form != nil {
		answer, err := session.Post(ctx, c.path, c.form)
		return answer.Status, err
	}
	switch {
	case c.kind == floorKind:
		session = m.stranger
	case i%10 == 0 && slices.Contains(open, c.kind):
		session = m.partner
	}
	answer, err := session.Get(ctx, c.path)
	return answer.Status, err
}

// times is how often each kind is asked for alone.
const times = 50

// alone asks for each kind, one request after the other: what it
// takes when nothing else goes on.
func (m *mix) alone(ctx context.Context) (map[string]figures, error) {
	var answers []measured
	for _, k := range kinds {
		for i := range times {
			answers = append(answers, m.send(ctx, m.make(k), i, time.Now()))
		}
	}
	return sumUp(answers), ctx.Err()
}
