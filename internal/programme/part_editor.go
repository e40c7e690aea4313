package programme

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// speakerEditor is how people say who speaks.
func (p *Pages) speakerEditor() record.Editor[Speaker] {
	return record.Editor[Speaker]{
		DB: p.db, Frame: p.frame, Noun: Speakers(), List: "/speakers",
		Home: func(v territory.Viewer, s *Speaker) string { return href(v, s.Session) },
		Values: func(_ context.Context, _ *db.Tx, s *Speaker) (url.Values, error) {
			return Speakers().Fields.Values(s), nil
		},
		Fill: fillSpeaker,
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Speaker]) (templ.Component, error) {
			page, p, err := openPart(ctx, tx, form, "speaker", func(s *Speaker) *part { return &s.part })
			if err != nil {
				return nil, err
			}
			return speakerFormPage(f, page, p.named(f)), nil
		},
	}
}

// fillSpeaker sets the fields that a form sent. A new speaker speaks last.
func fillSpeaker(ctx context.Context, tx *db.Tx, s *Speaker, sent url.Values) error {
	of, err := s.enter(ctx, tx, sent)
	if err != nil {
		return err
	}
	p, err := ReadOf(ctx, tx, of)
	if err != nil {
		return err
	}
	if s.Position == 0 {
		s.Position = 1
		for _, other := range p.Speakers[s.Session] {
			s.Position = max(s.Position, other.Position+1)
		}
	}
	texts := Speakers().Fields.Sent(sent)
	delete(texts, "position")
	problems := Speakers().Fields.Apply(s, texts)
	if s.Seat != "" && p.seat(s.Seat) == nil {
		problems.Add("seat", "programme.other_mission")
	}
	return problems.Or()
}

// guestEditor is how people invite guests.
func (p *Pages) guestEditor() record.Editor[Guest] {
	return record.Editor[Guest]{
		DB: p.db, Frame: p.frame, Noun: Guests(), List: "/guests",
		Home: func(v territory.Viewer, g *Guest) string { return href(v, g.Session) },
		Values: func(_ context.Context, _ *db.Tx, g *Guest) (url.Values, error) {
			return Guests().Fields.Values(g), nil
		},
		Fill: fillGuest,
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Guest]) (templ.Component, error) {
			page, _, err := openPart(ctx, tx, form, "guest", func(g *Guest) *part { return &g.part })
			return guestFormPage(f, page), err
		},
	}
}

// fillGuest sets the fields that a form sent. A new guest waits where there is no
// room; one who has a place is not given more than there are.
func fillGuest(ctx context.Context, tx *db.Tx, g *Guest, sent url.Values) error {
	of, err := g.enter(ctx, tx, sent)
	if err != nil {
		return err
	}
	p, err := ReadOf(ctx, tx, of)
	if err != nil {
		return err
	}
	had := 0
	if g.ID != "" && !g.Waiting {
		had = g.places()
	}
	texts := Guests().Fields.Sent(sent)
	delete(texts, "waiting")
	problems := Guests().Fields.Apply(g, texts)
	fits := of.Capacity.fits(Invited, p.taken(of, Invited)-had, g.places())
	switch {
	case g.ID == "":
		g.Waiting = !fits
	case !g.Waiting && !fits:
		problems.Add("companions", "programme.full")
	}
	return problems.Or()
}

// enter finds the session of a part: of a new one, that which the form names. The
// viewer must see it.
func (p *part) enter(ctx context.Context, tx *db.Tx, sent url.Values) (*Session, error) {
	if p.Session == "" {
		p.Session = sent.Get("session")
	}
	if p.Session == "" {
		return nil, fault.New(fault.Invalid, "programme.session_needed")
	}
	s, err := loadSession(ctx, tx, p.Territory, p.Session)
	if err != nil {
		return nil, err
	}
	p.Mission, p.Fictional = s.Mission, p.Fictional || s.Fictional
	return s, territory.ViewerOf(ctx).Check("session", "see", s.Subject())
}

// openPart begins the form of what is of a session.
func openPart[T any](ctx context.Context, tx *db.Tx, form record.Form[T], kind string, at func(*T) *part) (partForm[T], *Programme, error) {
	page := partForm[T]{Form: form, kind: kind}
	of := part{Meta: record.Meta{Territory: form.Viewer.Territory.ID}}
	if form.Record != nil {
		of = *at(form.Record)
	}
	s, err := of.enter(ctx, tx, form.Values)
	if err != nil {
		return page, nil, err
	}
	p, err := ReadOf(ctx, tx, s)
	if err != nil {
		return page, nil, err
	}
	title, _ := s.Title.In(form.Words.Lang())
	home := form.Viewer.Territory.Home() + "/missions/"
	page.whole, page.of, page.Back = p.Whole, s.ID, href(form.Viewer, s.ID)
	page.Trail = []web.Link{
		{Label: p.Name(form.Words.Lang()), Href: home + p.ID},
		{Label: form.Words.T("programme.title"), Href: home + p.ID + MissionPage().Path},
		{Label: title, Href: page.Back},
		form.Trail[len(form.Trail)-1],
	}
	return page, p, nil
}

// named are the seats of the mission whose person is known.
func (p *Programme) named(f web.Frame) (options []web.Option) {
	for _, seat := range p.Seats {
		if p.People[seat.Person] != nil {
			label := strings.Join([]string{p.nameOf(seat, f.Words), p.sides[seat.Participant].Name}, ", ")
			options = append(options, web.Option{Value: seat.ID, Label: label})
		}
	}
	return options
}
