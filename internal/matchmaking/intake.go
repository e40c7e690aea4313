package matchmaking

import (
	"context"
	"fmt"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// An Intake makes a mission of a workbook.
type Intake struct {
	Territory int
	Book      *workbook.Book
	// Source is what the workbook is called, for the records that come of it.
	Source string
	People record.Noun[directory.Person]
}

// Bring makes the mission, with its organisations and people: those of the
// directory where one of the same name is there and is as fictional as the
// workbook, else new ones. It gives the mission's id.
func (in Intake) Bring(ctx context.Context, tx *db.Tx, act record.Act) (string, error) {
	i := &intake{Intake: in, ctx: ctx, tx: tx, act: act}
	for _, step := range []func() error{
		i.mission, i.legs, i.venues, i.places, i.interpreters, i.participants, i.sessions, i.wishes, i.requests,
	} {
		if err := step(); err != nil {
			return "", fmt.Errorf("make a mission of a workbook: %w", err)
		}
	}
	return i.made.ID, nil
}

// intake is a workbook on its way into records: their ids by position.
type intake struct {
	Intake
	ctx  context.Context
	tx   *db.Tx
	act  record.Act
	made *mission.Mission

	legIDs, venueIDs, placeIDs, participantIDs []string
}

func (in *intake) meta() record.Meta {
	return record.Meta{Territory: in.Territory, Fictional: in.Book.Fictional}
}

func (in *intake) part(position int) mission.Part {
	return mission.Part{Meta: in.meta(), Mission: in.made.ID, Position: position}
}

func (in *intake) ofMission() ofMission { return ofMission{Meta: in.meta(), Mission: in.made.ID} }

func (in *intake) mission() error {
	b := in.Book
	name := b.Name
	if name == "" {
		name = in.Source
	}
	in.made = &mission.Mission{
		Meta: in.meta(), Title: i18n.Text{b.Language: name}, Stage: mission.Preparation, Language: b.Language,
		MeetingMinutes: b.MeetingMinutes, GapMinutes: b.GapMinutes, Source: in.Source,
	}
	for i, slot := range b.Slots {
		day := slot.Start.Format("2006-01-02")
		if i == 0 || day < in.made.StartsOn {
			in.made.StartsOn = day
		}
		in.made.EndsOn = max(in.made.EndsOn, slot.End.Format("2006-01-02"))
	}
	return mission.Missions().Add(in.ctx, in.tx, in.act, in.made)
}

func (in *intake) legs() error {
	grids := make([][]string, len(in.Book.Legs))
	for _, s := range in.Book.Stretches() {
		zone := in.Book.LegZone(s.Leg)
		text := mission.Stretch{Start: s.Start.In(zone), End: s.End.In(zone)}.Text()
		grids[s.Leg] = append(grids[s.Leg], text)
	}
	for i, leg := range in.Book.Legs {
		l := &mission.Leg{Part: in.part(i), Name: leg.Name, Zone: in.Book.LegZone(i).String(), Grid: grids[i]}
		if l.Name == "" {
			l.Name = in.made.Name(in.Book.Language)
		}
		if n := len(grids[i]); n > 0 {
			l.StartsOn, l.EndsOn = grids[i][0][:10], grids[i][n-1][:10]
		}
		var err error
		if l.City, err = directory.CityIn(in.ctx, in.tx, in.act, in.Territory, l.Name, l.Zone); err != nil {
			return err
		}
		if err := mission.Legs().Add(in.ctx, in.tx, in.act, l); err != nil {
			return err
		}
		in.legIDs = append(in.legIDs, l.ID)
	}
	return nil
}

func (in *intake) venues() error {
	for i, v := range in.Book.Venues {
		made := &mission.Venue{
			Part: in.part(i), Code: v.ID, Name: v.Name, Address: v.Address, At: geo.Point{Latitude: v.Latitude, Longitude: v.Longitude},
			Placed: v.Located, Legs: ids(v.Legs, in.legIDs), Closed: spanTexts(v.Closed),
		}
		if err := mission.Venues().Add(in.ctx, in.tx, in.act, made); err != nil {
			return err
		}
		in.venueIDs = append(in.venueIDs, made.ID)
	}
	for from, row := range in.Book.Travel {
		for to, minutes := range row {
			if from == to || in.Book.Estimated[from][to] {
				continue
			}
			journey := mission.Journey{From: in.venueIDs[from], To: in.venueIDs[to], Minutes: minutes}
			if err := journey.Keep(in.ctx, in.tx, in.Territory); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *intake) places() error {
	for i, p := range in.Book.Places {
		made := &mission.Place{
			Part: in.part(i), Venue: in.venueIDs[p.Venue], Tables: p.Tables, First: p.First, Label: p.Label, Reserved: p.Reserved,
			Closed: spanTexts(p.Closed),
		}
		if err := mission.Places().Add(in.ctx, in.tx, in.act, made); err != nil {
			return err
		}
		in.placeIDs = append(in.placeIDs, made.ID)
	}
	return nil
}

func (in *intake) interpreters() error {
	for i, pool := range in.Book.Interpreters {
		made := &mission.Interpreters{
			Part: in.part(i), Languages: pool.Languages[:], Number: pool.Count, Legs: ids(pool.Legs, in.legIDs),
			Busy: spanTexts(pool.Unavailable),
		}
		if err := mission.InterpreterNoun().Add(in.ctx, in.tx, in.act, made); err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) participants() error {
	asked := make([]string, len(in.Book.Participants))
	for i, p := range in.Book.Participants {
		asked[i] = p.Name
	}
	known, err := directory.OrganisationsNamed(in.ctx, in.tx, in.Territory, asked, in.Book.Fictional)
	if err != nil {
		return err
	}
	for i, p := range in.Book.Participants {
		organisation := known[p.Name]
		if organisation == "" {
			if organisation, err = in.organisation(p); err != nil {
				return err
			}
			known[p.Name] = organisation
		}
		if err := in.participant(i, p, organisation); err != nil {
			return err
		}
	}
	return nil
}

// organisation makes one that the directory does not have.
func (in *intake) organisation(p workbook.Participant) (string, error) {
	lang := in.Book.Language
	made := &directory.Organisation{
		Meta: in.meta(), Name: p.Name, Kind: "company", Email: p.Email, Source: in.Source,
		Offers: content(p.Offers, lang), Needs: content(p.Needs, lang),
	}
	err := directory.Organisations().Add(in.ctx, in.tx, in.act, made)
	return made.ID, err
}

func (in *intake) participant(position int, p workbook.Participant, organisation string) error {
	made := &mission.Participant{
		Part: in.part(position), Organisation: organisation, Name: p.Name, Code: p.ID, Side: sideOf(p.Side),
		Languages: p.Languages, Legs: ids(p.Legs, in.legIDs), Places: ids(p.Places, in.placeIDs), Busy: spanTexts(p.Unavailable),
		Least: p.Min, Most: p.Max, MostADay: p.MaxDay,
	}
	people := map[string]string{}
	for _, name := range append([]string{p.Contact}, p.People...) {
		if name == "" || people[name] != "" {
			continue
		}
		email := ""
		if name == p.Contact {
			email = p.Email
		}
		id, err := in.person(name, email, organisation)
		if err != nil {
			return err
		}
		people[name] = id
	}
	made.Contact = people[p.Contact]
	if err := mission.Participants().Add(in.ctx, in.tx, in.act, made); err != nil {
		return err
	}
	in.participantIDs = append(in.participantIDs, made.ID)
	for n := range max(p.Seats, 1) {
		seat := &mission.Seat{Part: in.part(0), Participant: made.ID, Number: n + 1}
		if n < len(p.People) {
			seat.Person = people[p.People[n]]
		}
		if err := mission.Seats().Add(in.ctx, in.tx, in.act, seat); err != nil {
			return err
		}
	}
	return nil
}

// person finds somebody of an organisation by their name, or adds them: the
// workbook has names as they are said, the last word of which is taken for the
// family's.
func (in *intake) person(name, email, organisation string) (string, error) {
	id, err := directory.PersonNamed(in.ctx, in.tx, in.Territory, name, organisation)
	if err != nil || id != "" {
		return id, err
	}
	words := strings.Fields(name)
	last := len(words) - 1
	p := &directory.Person{
		Meta: in.meta(), Given: strings.Join(words[:last], " "), Family: words[last], Order: "given", Email: email,
		Organisation: organisation, Source: in.Source, AddressSource: in.Source,
	}
	if names.Person(p.Given, p.Family, names.GivenFirst) != name {
		p.Given, p.Family, p.Original = "", "", name
	}
	err = in.People.Add(in.ctx, in.tx, in.act, p)
	return p.ID, err
}

func (in *intake) sessions() error {
	for _, s := range in.Book.Sessions {
		made := &programme.Session{
			Meta: in.meta(), Mission: in.made.ID, Title: i18n.Text{in.Book.Language: s.Name}, Start: db.At(s.Start), End: db.At(s.End),
			Leg: in.legOf(s), Published: true,
		}
		if s.Venue != planner.None {
			made.Venue = in.venueIDs[s.Venue]
		}
		if len(s.Participants) < len(in.participantIDs) {
			made.Participants = ids(s.Participants, in.participantIDs)
		}
		if err := programme.Sessions().Add(in.ctx, in.tx, in.act, made); err != nil {
			return err
		}
	}
	return nil
}

// legOf is the leg in whose days and zone a session is.
func (in *intake) legOf(s workbook.Session) string {
	if len(in.legIDs) == 0 {
		return ""
	}
	return in.legIDs[max(in.Book.SessionLeg(s), 0)]
}

func (in *intake) wishes() error {
	kinds := map[planner.WishKind]string{planner.Must: Must, planner.Nice: Nice, planner.Never: Never}
	for _, w := range in.Book.Wishes {
		made := &Wish{
			ofMission: in.ofMission(), From: in.participantIDs[w.From], To: in.participantIDs[w.To], Kind: kinds[w.Kind],
			Weight: w.Weight, Minutes: w.Minutes, Venues: ids(w.Venues, in.venueIDs), FromSeat: w.FromSeat, ToSeat: w.ToSeat,
			Note: w.Note,
		}
		if err := Wishes().Add(in.ctx, in.tx, in.act, made); err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) requests() error {
	for _, m := range in.Book.Meetings {
		made := &Request{ofMission: in.ofMission(), Table: m.Table, Venues: ids(m.Venues, in.venueIDs), Locked: m.Locked}
		if m.Start != planner.None {
			made.Start = db.At(in.Book.Slots[m.Start].Start)
		}
		if m.Place != planner.None {
			made.Place = in.placeIDs[m.Place]
		}
		for _, a := range m.Attendees {
			made.Seats = append(made.Seats, seatText(in.participantIDs[a.Participant], a.Seat))
		}
		if err := Requests().Add(in.ctx, in.tx, in.act, made); err != nil {
			return err
		}
	}
	return nil
}

// ids are those of some positions.
func ids(positions []int, of []string) []string {
	var list []string
	for _, i := range positions {
		list = append(list, of[i])
	}
	return list
}

func spanTexts(spans []workbook.Span) []string {
	var texts []string
	for _, s := range spans {
		texts = append(texts, mission.Span{Start: s.Start, End: s.End}.Text())
	}
	return texts
}

func sideOf(s planner.Side) mission.Side {
	switch s {
	case planner.Delegate:
		return mission.Delegate
	case planner.Counterpart:
		return mission.Counterpart
	default:
		return mission.Pool
	}
}
