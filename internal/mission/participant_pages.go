package mission

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

const participantsPath = "/participants"

func participantPart(p *Participant) *Part { return &p.Part }

func seatPart(s *Seat) *Part { return &s.Part }

// participantRoutes are the addresses of participants and their seats; they are
// shown on a page of the mission.
func (p *Pages) participantRoutes() []web.Route {
	home := onPage(participantsPath, participantPart)
	const one = "/t/{territory}/participants/{id}"
	return append(p.participantEditor().Routes(), []web.Route{
		{Pattern: "GET /t/{territory}/missions/{id}" + participantsPath, Noun: "mission", Action: "see", Handle: p.showParticipants},
		{Pattern: "GET " + one, Noun: "participant", Action: "see", Handle: p.findParticipant},
		{Pattern: "POST " + one + "/state", Noun: "participant", Action: "edit", Handle: change(p, Participants(), home, setState)},
		{Pattern: "GET " + one + "/seats", Noun: "participant", Action: "edit", Handle: p.editSeats},
		{Pattern: "POST " + one + "/seats", Noun: "participant", Action: "edit", Handle: change(p, Participants(), home, setSeats)},
		{Pattern: "GET /t/{territory}/seats/{id}", Noun: "seat", Action: "see", Handle: find(p, Seats(), onPage(participantsPath, seatPart))},
	}...)
}

func viewerOf(r *http.Request) territory.Viewer { return territory.ViewerOf(r.Context()) }

// findParticipant answers GET /t/{territory}/participants/{id}: it leads to the
// page of its mission, or of the organisation for those who do not see that one.
func (p *Pages) findParticipant(w http.ResponseWriter, r *http.Request) error {
	home := func(v territory.Viewer, participant *Participant) string {
		if v.May("mission", "see", territory.Subject{Owner: participant.Owner, Mission: participant.Mission}) {
			return href(v, participant.Mission) + participantsPath
		}
		return v.Territory.Home() + "/organisations/" + participant.Organisation
	}
	return find(p, Participants(), home)(w, r)
}

// participantsView is what the page of the participants of a mission shows.
type participantsView struct {
	Cover
	*Whole
	seats map[string][]*Seat
}

// showParticipants answers GET /t/{territory}/missions/{id}/participants.
func (p *Pages) showParticipants(w http.ResponseWriter, r *http.Request) error {
	var page participantsView
	f, err := p.open(r, "mission", participantsPath, func(_ *db.Tx, c Cover, whole *Whole) error {
		page = participantsView{c, whole, whole.SeatsOfEach()}
		return nil
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("participant.list")
	return web.Render(w, r, http.StatusOK, participantsPage(f, page))
}

// on are the participants of a side, those that withdrew last.
func (v participantsView) on(side Side) []*Participant {
	on := slices.DeleteFunc(slices.Clone(v.Participants), func(p *Participant) bool { return p.Side != side })
	slices.SortStableFunc(on, func(a, b *Participant) int { return strings.Compare(a.State, b.State) })
	return on
}

// people says who comes: names, and how many without one.
func (v participantsView) people(p *Participant) string {
	var names []string
	unnamed := 0
	for _, s := range v.seats[p.ID] {
		if person := v.People[s.Person]; person != nil {
			names = append(names, person.Name())
		} else {
			unnamed++
		}
	}
	if unnamed > 0 {
		names = append(names, v.words.N("participant.unnamed", unnamed))
	}
	return v.words.List(names)
}

// limits say what a participant accepts, and when it is not there.
func (v participantsView) limits(p *Participant) string {
	var said []string
	for _, limit := range []struct {
		n   int
		key string
	}{{p.Least, "participant.least"}, {p.Most, "participant.most"}, {p.MostADay, "participant.most_a_day"}} {
		if limit.n > 0 {
			said = append(said, v.words.T(limit.key, limit.n))
		}
	}
	spans, err := Spans(p.Busy)
	for _, s := range spans {
		if err == nil {
			at := v.local(s)
			said = append(said, v.words.T("participant.busy", v.words.DateBrief(at.Start), v.words.Span(at.Start, at.End)))
		}
	}
	return strings.Join(said, " · ")
}

// setState withdraws a participant, or takes it back.
func setState(ctx context.Context, tx *db.Tx, act record.Act, p *Participant, _ url.Values) (string, error) {
	said := "participant.withdrew"
	if p.State == Withdrawn {
		p.State, said = TakesPart, "participant.came_back"
	} else {
		p.State = Withdrawn
	}
	return said, Participants().Save(ctx, tx, act, p)
}

// participantForm is the form of a participant.
type participantForm struct {
	partForm[Participant]
	found []web.Option // the organisations to choose from
}

// participantEditor is how people add and change participants.
func (p *Pages) participantEditor() record.Editor[Participant] {
	return record.Editor[Participant]{
		DB: p.db, Frame: p.frame, Noun: Participants(), List: "/participants", Home: onPage(participantsPath, participantPart),
		Values: participantValues, Fill: fillParticipant,
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Participant]) (templ.Component, error) {
			page, err := openPart(ctx, tx, form, "participant", participantsPath, participantPart)
			if err != nil {
				return nil, err
			}
			found, err := pick(ctx, tx, form.Viewer, form.Values)
			return participantFormPage(f, participantForm{page, found}), err
		},
	}
}

func participantValues(ctx context.Context, tx *db.Tx, p *Participant) (url.Values, error) {
	values := Participants().Fields.Values(p)
	values["languages"], values["legs"] = p.Languages, p.Legs
	w, err := Read(ctx, tx, p.Territory, p.Mission)
	if err == nil {
		values.Set("busy", w.writeLocal(p.Busy))
	}
	return values, err
}

// fillParticipant sets the fields that a form sent. The organisation is that of a
// new participant, and stays; it is seen by who adds it.
func fillParticipant(ctx context.Context, tx *db.Tx, p *Participant, sent url.Values) error {
	if sent.Get("find") != "" {
		return fault.Problems{{Field: "organisation", Key: "participant.choose_found"}}
	}
	isNew := p.ID == ""
	w, err := p.wholeOf(ctx, tx, sent, 0)
	if err != nil {
		return err
	}
	texts := Participants().Fields.Sent(sent)
	delete(texts, "busy") // it is given in local time
	if !isNew {
		delete(texts, "organisation")
	}
	texts["languages"], texts["legs"] = strings.Join(sent["languages"], "; "), strings.Join(sent["legs"], "; ")
	problems := Participants().Fields.Apply(p, texts)
	busy, err := w.localSpans(sent.Get("busy"))
	problems.AddError("busy", err)
	p.Busy = busy
	if isNew && p.Organisation != "" {
		if err := p.take(ctx, tx, w); err != nil {
			return err
		}
	}
	return problems.Or()
}

// take gives a new participant its organisation's name, if the viewer sees that
// one and it does not take part yet.
func (p *Participant) take(ctx context.Context, tx *db.Tx, w *Whole) error {
	o, err := directory.Organisations().Load(ctx, tx, p.Territory, p.Organisation)
	if err != nil {
		return err
	}
	if err := territory.ViewerOf(ctx).Check("organisation", "see", o.Subject()); err != nil {
		return err
	}
	p.Name, p.Position = o.Name, len(w.Participants)
	taken := func(other *Participant) bool { return other.Organisation == p.Organisation && other.Side == p.Side }
	if slices.ContainsFunc(w.Participants, taken) {
		return fault.Problems{{Field: "organisation", Key: "participant.twice", Args: []any{o.Name}}}
	}
	return nil
}

// seatsForm says who comes for a participant: people of its organisation, and how
// many without a name.
type seatsForm struct {
	partForm[Participant]
	people []web.Option
}

// editSeats answers GET /t/{territory}/participants/{id}/seats.
func (p *Pages) editSeats(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	v := viewerOf(r)
	form := record.Form[Participant]{Form: web.Form{Words: f.Words, Values: url.Values{}}, Viewer: v}
	var page seatsForm
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.Record, err = Participants().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		f.Title = f.Words.T("seat.edit", form.Record.Name)
		form.Trail = []web.Link{{Label: f.Title, Current: true}}
		if page.partForm, err = openPart(r.Context(), tx, form, "seat", participantsPath, participantPart); err != nil {
			return err
		}
		page.people, err = staffOf(r.Context(), tx, v, form.Record.Organisation)
		return err
	})
	if err != nil {
		return err
	}
	unnamed := 0
	for _, s := range page.whole.SeatsOfEach()[form.Record.ID] {
		if s.Person == "" {
			unnamed++
		} else {
			page.Values.Add("people", s.Person)
		}
	}
	page.Values.Set("unnamed", strconv.Itoa(unnamed))
	page.Action = v.Territory.Home() + "/participants/" + form.Record.ID + "/seats"
	return web.Render(w, r, http.StatusOK, seatsPage(f, page))
}

// staffOf are the people of an organisation whom the viewer may see.
func staffOf(ctx context.Context, tx *db.Tx, v territory.Viewer, organisation string) ([]web.Option, error) {
	rows, _, err := directory.ListPeople(ctx, tx, v, directory.PersonFilter{Organisation: organisation})
	return each(rows, func(row directory.PersonRow) web.Option {
		return web.Option{Value: row.ID, Label: row.Name(), Note: row.Function}
	}), err
}

// mostUnnamed bounds how many people without a name a participant sends.
const mostUnnamed = 50

// setSeats gives a participant the seats that a form asks for. Those that stay
// keep their number.
func setSeats(ctx context.Context, tx *db.Tx, act record.Act, p *Participant, sent url.Values) (string, error) {
	unnamed, err := strconv.Atoi(sent.Get("unnamed"))
	if err != nil || unnamed < 0 || unnamed > mostUnnamed {
		return "", fault.New(fault.Invalid, "seat.unnamed", mostUnnamed)
	}
	options, err := staffOf(ctx, tx, territory.ViewerOf(ctx), p.Organisation)
	if err != nil {
		return "", err
	}
	wanted := make([]string, unnamed) // people by id, and "" for one without a name
	for _, o := range options {
		if slices.Contains(sent["people"], o.Value) {
			wanted = append(wanted, o.Value)
		}
	}
	seats, err := SeatsOf(ctx, tx, p.Territory, p.Mission)
	if err != nil {
		return "", err
	}
	last := 0
	for _, s := range seats {
		if s.Participant != p.ID {
			continue
		}
		last = max(last, s.Number)
		unseen := s.Person != "" && !slices.ContainsFunc(options, func(o web.Option) bool { return o.Value == s.Person })
		if unseen {
			continue // the form did not show them
		}
		if at := slices.Index(wanted, s.Person); at >= 0 {
			wanted = slices.Delete(wanted, at, at+1)
		} else if err := Seats().Delete(ctx, tx, act, p.Territory, s.ID); err != nil {
			return "", err
		}
	}
	for i, person := range wanted {
		part := Part{Meta: record.Meta{Territory: p.Territory, Owner: p.Owner, Fictional: p.Fictional}, Mission: p.Mission}
		if err := Seats().Add(ctx, tx, act, &Seat{Part: part, Participant: p.ID, Number: last + 1 + i, Person: person}); err != nil {
			return "", err
		}
	}
	return "seat.saved", nil
}

// mostPicked is how many organisations a form offers to begin with.
const mostPicked = 8

// pick finds the organisations that a form offers: those of a query, or a few.
func pick(ctx context.Context, tx *db.Tx, v territory.Viewer, values url.Values) ([]web.Option, error) {
	found, err := directory.Pick(ctx, tx, v, values.Get("organisation.q"))
	return found[:min(len(found), mostPicked)], err
}
