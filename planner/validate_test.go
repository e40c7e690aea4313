package planner

import (
	"strings"
	"testing"
)

// faultCase puts one fault into the example and says how the one error about it
// begins.
type faultCase struct {
	spoil func(p *Problem)
	want  string
}

func runFaultCases(t *testing.T, tests map[string]faultCase) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := exampleProblem()
			test.spoil(p)
			err := p.Validate()
			if err == nil {
				t.Fatal("no error")
			}
			if got := err.Error(); strings.Count(got, "\n") > 0 || !strings.HasPrefix(got, "planner: "+test.want) {
				t.Errorf("got  %q\nwant one error that begins with %q", got, "planner: "+test.want)
			}
		})
	}
}

func TestValidateNamesTheFault(t *testing.T) {
	runFaultCases(t, map[string]faultCase{
		"empty slot":              {func(p *Problem) { p.Slots[11].End = p.Slots[11].Start }, "slot 11 runs from"},
		"slots out of order":      {func(p *Problem) { p.Slots[11].Leg = 0 }, "slot 11 comes before slot 10"},
		"slots that overlap":      {func(p *Problem) { p.Slots[2].End += 5 }, "slot 3 starts before slot 2 ends"},
		"negative day":            {func(p *Problem) { p.Slots[2].Day = -1 }, "slot 2: day is -1"},
		"negative block":          {func(p *Problem) { p.Slots[2].Block = -1 }, "slot 2: block is -1"},
		"negative gap":            {func(p *Problem) { p.Gap = -5 }, "the gap is -5 minutes"},
		"negative leg of a venue": {func(p *Problem) { p.Venues[2].Legs = []int{-1} }, "venue 2: leg is -1"},
		"closed backwards":        {func(p *Problem) { p.Venues[0].Closed = []Span{{9, 8}} }, "venue 0: closed holds a span from 9 to 8"},
		"place of no venue":       {func(p *Problem) { p.Places[1].Venue = 3 }, "place 1: venue is 3, but there are 3"},
		"negative tables":         {func(p *Problem) { p.Places[2].Tables = -1 }, "place 2: tables is -1"},
		"travel too short":        {func(p *Problem) { p.Travel = p.Travel[:2] }, "travel has 2 rows for 3 venues"},
		"travel row too short":    {func(p *Problem) { p.Travel[1] = p.Travel[1][:2] }, "travel from venue 1 has 2 entries"},
		"negative travel":         {func(p *Problem) { p.Travel[1][2] = -1 }, "travel from venue 1 to venue 2 takes -1"},
		"unknown side":            {func(p *Problem) { p.Participants[3].Side = 3 }, "participant 3: side is 3"},
		"negative maximum":        {func(p *Problem) { p.Participants[3].Max = -1 }, "participant 3: max is -1"},
		"minimum above maximum":   {func(p *Problem) { p.Participants[1].Min = 4 }, "participant 1: min is 4 and max is 3"},
		"language without a name": {func(p *Problem) { p.Participants[1].Languages = []string{"fr", ""} }, "participant 1: a language has no name"},
		"unknown own place":       {func(p *Problem) { p.Participants[2].Places = []PlaceID{1, 7} }, "participant 2: place is 7"},
		"busy backwards":          {func(p *Problem) { p.Participants[4].Busy = []Span{{2, 1}} }, "participant 4: busy holds"},
		"pool of one language":    {func(p *Problem) { p.Pools[0].Languages[1] = "fr" }, "pool 0: languages are \"fr\" and \"fr\""},
		"negative count":          {func(p *Problem) { p.Pools[0].Count = -1 }, "pool 0: count is -1"},
	})
}

func TestValidateNamesTheFaultOfWhatIsAsked(t *testing.T) {
	runFaultCases(t, map[string]faultCase{
		"wish of nobody":           {func(p *Problem) { p.Wishes[1].To = 9 }, "wish 1: participant is 9"},
		"wish for oneself":         {func(p *Problem) { p.Wishes[1].To = 1 }, "wish 1: participant 1 wishes to meet itself"},
		"unknown kind":             {func(p *Problem) { p.Wishes[1].Kind = 3 }, "wish 1: kind is 3"},
		"negative weight":          {func(p *Problem) { p.Wishes[1].Weight = -2 }, "wish 1: weight is -2"},
		"wish for an unknown seat": {func(p *Problem) { p.Wishes[1].ToSeat = 2 }, "wish 1: names seat 2 of participant 4, who has 1"},
		"wish for no venue":        {func(p *Problem) { p.Wishes[1].Venues = []VenueID{3} }, "wish 1: venue is 3"},
		"request of one":           {func(p *Problem) { p.Requests[0].Attendees = p.Requests[0].Attendees[:1] }, "request 0: has 1 attendees"},
		"request of one twice":     {func(p *Problem) { p.Requests[0].Attendees[1].Participant = 0 }, "request 0: names participant 0 twice"},
		"request of an unknown":    {func(p *Problem) { p.Requests[0].Attendees[1].Participant = None }, "request 0: participant is -1"},
		"request at no slot":       {func(p *Problem) { p.Requests[2].Starts = []SlotID{12} }, "request 2: start is 12"},
		"lock without a start":     {func(p *Problem) { p.Requests[1].Starts = nil }, "request 1: is locked and has 0 starts"},
		"lock of an unknown place": {func(p *Problem) { p.Requests[1].Place = 3 }, "request 1: place is 3"},
		"lock of an unknown table": {func(p *Problem) { p.Requests[1].Table = 2 }, "request 1: keeps table 2 of place 1, which has 1"},
		"lock of a table nowhere":  {func(p *Problem) { p.Requests[1].Place = None }, "request 1: keeps table 1 of no place"},
		"lock that is refused": {
			func(p *Problem) { p.Wishes = append(p.Wishes, Wish{From: 4, To: 2, Kind: Never}) },
			"request 1: is locked, but wish 5 keeps participants 2 and 4 apart",
		},
		"empty session":       {func(p *Problem) { p.Sessions[0].End = p.Sessions[0].Start }, "session 0 runs from"},
		"session nowhere":     {func(p *Problem) { p.Sessions[0].Venue = 3 }, "session 0: venue is 3"},
		"session of an other": {func(p *Problem) { p.Sessions[0].Participants = []ParticipantID{5} }, "session 0: participant is 5"},
		"session twice":       {func(p *Problem) { p.Sessions[0].Participants = []ParticipantID{2, 2} }, "session 0: names participant 2 twice"},
		"precedence of none":  {func(p *Problem) { p.Precedences[0].After = 3 }, "precedence 0: after is 3"},
		"precedence of one":   {func(p *Problem) { p.Precedences[0].After = 0 }, "precedence 0: puts request 0 before itself"},
	})
}

func TestValidateTellsAllFaults(t *testing.T) {
	p := exampleProblem()
	p.Gap = -1
	p.Places[1].Venue = None
	p.Wishes[0].Weight = -1
	err := p.Validate()
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("want three errors, got %v", err)
	}
}

func TestValidateAcceptsTheEmptyProblem(t *testing.T) {
	if err := new(Problem).Validate(); err != nil {
		t.Error(err)
	}
}
