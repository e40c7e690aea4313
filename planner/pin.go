package planner

// pin is a candidate that must be held, where it is said to be.
type pin struct {
	candidate int32
	// at is where, as far as it is said: a place of None is any.
	at    spot
	seats []int32 // nil means any that may attend
	table int     // 0 means any
}

// pins lists the locked requests.
func (m *model) pins() []pin {
	var list []pin
	for c := range m.candidates {
		d := &m.candidates[c]
		if !d.locked {
			continue
		}
		r := &m.problem.Requests[d.request]
		list = append(list, pin{
			candidate: int32(c), table: r.Table,
			at: spot{start: r.Starts[0], place: r.Place, pool: None},
		})
	}
	return list
}

// hold puts every pin in its place, and returns the demands that conflict when
// one cannot be held.
func (s *state) hold(pins []pin) []Cause {
	for _, pin := range pins {
		if s.held(pin.candidate) {
			continue
		}
		if !s.holdPin(pin) {
			return s.pinCauses(pin)
		}
	}
	s.keep()
	return nil
}

func (s *state) holdPin(pin pin) bool {
	for i := range s.optionsOf(pin.candidate) {
		o := &s.optionsOf(pin.candidate)[i]
		if pin.at.place != None && o.place != pin.at.place || !o.starts.has(pin.at.start) {
			continue
		}
		if tables := s.problem.Places[o.place].Tables; tables > 0 && pin.table > tables {
			continue
		}
		p := &s.trying
		s.propose(p, pin.candidate, pin.at.start, o.place)
		ok := false
		if pin.seats == nil {
			ok = s.examine(p, unaffordable) && len(p.blockers) == 0
		} else {
			p.seats = append(p.seats[:0], pin.seats...)
			ok = s.allowedSeats(p) && s.fits(p)
		}
		if ok {
			s.put(pin.candidate, p.at, p.seats)
			s.fixed[pin.candidate] = true
			return true
		}
	}
	return false
}

// pinCauses names the pin that cannot be held, and the pins that are in its way
// where it should be.
func (s *state) pinCauses(pin pin) []Cause {
	causes := []Cause{s.lockedCause(pin.candidate)}
	for i := range s.optionsOf(pin.candidate) {
		o := &s.optionsOf(pin.candidate)[i]
		if pin.at.place != None && o.place != pin.at.place || !o.starts.has(pin.at.start) {
			continue
		}
		s.propose(&s.trying, pin.candidate, pin.at.start, o.place)
		s.examine(&s.trying, unaffordable*64)
		for _, b := range s.trying.blockers {
			causes = append(causes, s.lockedCause(b))
		}
		break
	}
	return causes
}

func (s *state) lockedCause(c int32) Cause {
	cause := Cause{Kind: CauseLocked}
	if r := s.candidates[c].request; r != None {
		cause.Requests = []RequestID{r}
	}
	for _, x := range s.membersOf(c) {
		cause.Participants = append(cause.Participants, ParticipantID(x.participant))
	}
	if s.held(c) {
		cause.Slots = []SlotID{s.spots[c].start}
	} else if r := s.candidates[c].request; r != None && len(s.problem.Requests[r].Starts) > 0 {
		cause.Slots = s.problem.Requests[r].Starts[:1]
	}
	return cause
}
