package planner

import "slices"

// Room is how many meetings each kind of resource could hold if it were the
// only one that is short. A figure of None says that the resource has no such
// limit. The least figure bounds what a plan holds of the meetings asked for,
// and names what binds first.
type Room struct {
	// Asked are the different meetings that are asked for and can be held at
	// all: some slot suits everybody, and a place and an interpreter are there.
	Asked int
	// Tables counts tables over the slots in which they are open.
	Tables int
	// Delegates counts the free seats of delegates over the slots, as far as
	// their maximums allow; None when a meeting is asked for without delegates.
	// Counterparts are counted alike.
	Delegates, Counterparts int
	// Everybody counts the free seats of all participants, two a meeting.
	Everybody int
}

// Least is the figure that binds first.
func (r Room) Least() int {
	least := min(r.Asked, r.Everybody)
	for _, n := range []int{r.Tables, r.Delegates, r.Counterparts} {
		if n != None {
			least = min(least, n)
		}
	}
	return least
}

// RoomOf counts the room of a valid problem.
func RoomOf(p *Problem) Room {
	j := newJudge(p)
	room := Room{Tables: j.tableRoom()}
	of := map[Side]int{}
	for who := range p.Participants {
		seats := j.seatRoom(ParticipantID(who))
		of[p.Participants[who].Side] += seats
		room.Everybody += seats
	}
	room.Everybody /= 2
	room.Delegates, room.Counterparts = of[Delegate], of[Counterpart]
	for i := range j.asked {
		a := &j.asked[i]
		if len(j.starts(a)) == 0 {
			continue
		}
		room.Asked++
		if !j.attendedBy(a, Delegate) {
			room.Delegates = None
		}
		if !j.attendedBy(a, Counterpart) {
			room.Counterparts = None
		}
	}
	return room
}

// attendedBy says whether somebody of the side attends the meeting.
func (j *judge) attendedBy(a *asked, side Side) bool {
	return slices.ContainsFunc(a.attendees, func(x Attendee) bool {
		return j.problem.Participants[x.Participant].Side == side
	})
}

// tableRoom is how many meetings of one slot the tables hold.
func (j *judge) tableRoom() int {
	room := 0
	for id, place := range j.problem.Places {
		for _, slot := range j.problem.Slots {
			if !j.placeOpen(PlaceID(id), slot.Leg, slot.Span) {
				continue
			}
			if place.Tables == 0 {
				return None
			}
			room += place.Tables
		}
	}
	return room
}

// seatRoom is how many meetings of one slot the participant can have.
func (j *judge) seatRoom(who ParticipantID) int {
	participant := j.problem.Participants[who]
	perDay := make([]int, len(j.days))
	for s, free := range j.free[who] {
		if free {
			perDay[j.problem.Slots[s].Day] += j.seats(who)
		}
	}
	room := 0
	for _, n := range perDay {
		if participant.MaxDay > 0 {
			n = min(n, participant.MaxDay)
		}
		room += n
	}
	if participant.Max > 0 {
		room = min(room, participant.Max)
	}
	return room
}

// Counted is the same problem with all meetings that are asked for worth the
// same, so many points. So the value of a plan counts those of them that it
// holds; a certificate bounds their number, and its prices say how many more
// one more of a resource would allow at most.
func Counted(p *Problem) (counted *Problem, points int) {
	j := newJudge(p)
	points = 1
	for i := range j.asked {
		points = max(points, len(j.asked[i].wishes))
	}
	c := *p
	c.Wishes, c.Requests = slices.Clone(p.Wishes), slices.Clone(p.Requests)
	for i := range j.asked {
		a := &j.asked[i]
		rest := points
		if met := j.metBy(a); len(met) > 0 {
			for _, w := range met {
				c.Wishes[w].Weight = 1
			}
			c.Wishes[met[0]].Weight = points - len(met) + 1
			rest = 0
		}
		if a.request != None {
			c.Requests[a.request].Value = rest
		}
	}
	return &c, points
}

// metBy lists the wishes that the meeting meets when it is held. Another one
// names a seat that does not attend.
func (j *judge) metBy(a *asked) []WishID {
	var met []WishID
	for _, w := range a.wishes {
		if meets(j.problem.Wishes[w], a.attendees) {
			met = append(met, w)
		}
	}
	return met
}
