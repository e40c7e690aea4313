package workbook

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/escale-hq/escale/planner"
)

// planFormat is the number of the format of plan.json; it rises when a reader
// of the older one would misunderstand.
const planFormat = 1

// PlanFile is plan.json, as docs/plan.schema.json describes it: a public
// format. Everything in it goes by the identifiers of the workbook, never by
// positions, so that it outlives changes of the workbook.
type PlanFile struct {
	Format       int               `json:"format"`
	Mission      PlanMission       `json:"mission"`
	Version      int               `json:"version"`
	Made         time.Time         `json:"made"`
	Seed         uint64            `json:"seed"`
	Quality      PlanQuality       `json:"quality"`
	Meetings     []PlanMeeting     `json:"meetings"`
	Unmet        []PlanUnmet       `json:"unmet"`
	Participants []PlanParticipant `json:"participants"`
	Sessions     []PlanSession     `json:"sessions"`
	// Changes are those since the previous plan; absent from a first plan.
	Changes []PlanChange `json:"changes,omitempty"`
	// Withdrawn are meetings of earlier plans that are no longer held: their
	// calendar identity must not be given to another, and their revision goes
	// on should they come back.
	Withdrawn   []PlanMeeting    `json:"withdrawn"`
	Certificate *PlanCertificate `json:"certificate"`
}

// PlanMission names the mission.
type PlanMission struct {
	Name      string `json:"name"`
	Language  string `json:"language"`
	Timezone  string `json:"timezone"`
	Fictional bool   `json:"fictional"`
}

// PlanMeeting is one meeting.
type PlanMeeting struct {
	// ID is the meeting's UID in calendars, and Sequence its revision there.
	ID           string       `json:"id"`
	Sequence     int          `json:"sequence"`
	Participants []PlanSeat   `json:"participants"`
	Leg          string       `json:"leg,omitempty"`
	Start        time.Time    `json:"start"`
	End          time.Time    `json:"end"`
	Venue        string       `json:"venue"`
	Table        *string      `json:"table"`
	Interpreter  *string      `json:"interpreter"`
	Locked       bool         `json:"locked"`
	Value        int          `json:"value"`
	Wishes       []PlanWished `json:"wishes"`
}

// PlanSeat is a seat of a participant, counted from 1.
type PlanSeat struct {
	ID   string `json:"id"`
	Seat int    `json:"seat"`
}

// PlanWished is a wish that a meeting meets.
type PlanWished struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Points int    `json:"points"`
}

// PlanParticipant says how a participant fares: wishes made and met, in number
// and in points, and what its agenda holds. Best is the most points that it
// could get alone.
type PlanParticipant struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Wished        int    `json:"wished"`
	Met           int    `json:"met"`
	PointsMet     int    `json:"points_met"`
	PointsBest    int    `json:"points_best"`
	Meetings      int    `json:"meetings"`
	Breaks        int    `json:"breaks"`
	TravelMinutes int    `json:"travel_minutes"`
}

// PlanSession is an item of the programme, with its calendar identity.
type PlanSession struct {
	ID           string    `json:"id"`
	Sequence     int       `json:"sequence"`
	Name         string    `json:"name"`
	Start        time.Time `json:"start"`
	End          time.Time `json:"end"`
	Venue        *string   `json:"venue"`
	Participants []string  `json:"participants"`
}

// WritePlanFile writes plan.json.
func WritePlanFile(w io.Writer, o *Outcome) error {
	compact, err := json.Marshal(NewPlanFile(o))
	if err != nil {
		return err
	}
	_, err = w.Write(indentShallow(compact))
	return err
}

// NewPlanFile gathers what plan.json holds.
func NewPlanFile(o *Outcome) *PlanFile {
	b := o.Book
	return &PlanFile{
		Format:       planFormat,
		Mission:      PlanMission{b.Name, b.Language, b.Zone.String(), b.Fictional},
		Version:      o.Version,
		Made:         o.Made.UTC().Truncate(time.Second),
		Seed:         o.Seed,
		Quality:      planQuality(o),
		Meetings:     planMeetings(o),
		Unmet:        planUnmet(o),
		Participants: planParticipants(o),
		Sessions:     planSessions(o),
		Changes:      planChanges(o),
		Withdrawn:    append([]PlanMeeting{}, o.Withdrawn...),
		Certificate:  planCertificate(b, o.Result.Certificate),
	}
}

// planMeetings lists the meetings in the order in which they are held.
func planMeetings(o *Outcome) []PlanMeeting {
	d := newDiary(o)
	meetings := make([]PlanMeeting, 0, len(o.Result.Plan.Meetings))
	for i, m := range o.Result.Plan.Meetings {
		line := o.Book.planMeeting(m)
		line.ID, line.Sequence = o.UIDs[i], o.Sequences[i]
		line.Value, line.Wishes = d.value(m)
		meetings = append(meetings, line)
	}
	slices.SortStableFunc(meetings, func(x, y PlanMeeting) int { return x.Start.Compare(y.Start) })
	return meetings
}

// planMeeting says where and when, and who; the identity is the caller's.
func (b *Book) planMeeting(m planner.Meeting) PlanMeeting {
	span := b.MeetingSpan(m)
	line := PlanMeeting{
		Leg:         b.legName(b.Slots[m.Start].Leg),
		Start:       span.Start,
		End:         span.End,
		Venue:       b.Venues[b.Places[m.Place].Venue].ID,
		Table:       orNull(b.TableLabel(m)),
		Interpreter: orNull(b.InterpreterLabel(m)),
		Locked:      m.Locked,
		Wishes:      []PlanWished{},
	}
	for _, a := range m.Attendees {
		line.Participants = append(line.Participants, PlanSeat{b.Participants[a.Participant].ID, a.Seat})
	}
	return line
}

// legName is empty for a mission of one leg, which needs no name.
func (b *Book) legName(leg int) string {
	if len(b.Legs) < 2 {
		return ""
	}
	return b.Legs[leg].Name
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// value is what a meeting is worth, and the wishes that make it so.
func (d *diary) value(m planner.Meeting) (int, []PlanWished) {
	value, wished := 0, []PlanWished{}
	if m.Request != planner.None {
		value = d.problem.Requests[m.Request].Value
	}
	for _, id := range d.wishesMet(m) {
		w := d.problem.Wishes[id]
		value += w.Points()
		from, to := d.book.Participants[w.From].ID, d.book.Participants[w.To].ID
		wished = append(wished, PlanWished{from, to, w.Points()})
	}
	return value, wished
}

func planParticipants(o *Outcome) []PlanParticipant {
	lines := make([]PlanParticipant, len(o.Book.Participants))
	for i, wished := range wishedBy(o.Problem) {
		p := o.Book.Participants[i]
		lines[i] = PlanParticipant{ID: p.ID, Name: p.Name, Wished: wished}
	}
	d := newDiary(o)
	for _, m := range d.plan.Meetings {
		for _, a := range m.Attendees {
			lines[a.Participant].Meetings++
		}
		for _, id := range d.wishesMet(m) {
			lines[d.problem.Wishes[id].From].Met++
		}
	}
	for _, s := range o.Result.Score.Served {
		lines[s.Participant].PointsMet, lines[s.Participant].PointsBest = s.Met, s.Best
	}
	for _, a := range Agendas(o) {
		lines[a.Participant].Breaks += breaksOf(o, a)
		lines[a.Participant].TravelMinutes += travelOf(a)
	}
	return lines
}

func planSessions(o *Outcome) []PlanSession {
	b := o.Book
	lines := make([]PlanSession, len(b.Sessions))
	for i, s := range b.Sessions {
		zone := b.LegZone(b.SessionLeg(s))
		line := PlanSession{
			ID: o.SessionUIDs[i], Sequence: o.SessionSequences[i],
			Name: s.Name, Start: s.Start.In(zone), End: s.End.In(zone), Participants: []string{},
		}
		if s.Venue != planner.None {
			line.Venue = &b.Venues[s.Venue].ID
		}
		for _, p := range s.Participants {
			line.Participants = append(line.Participants, b.Participants[p].ID)
		}
		lines[i] = line
	}
	return lines
}
