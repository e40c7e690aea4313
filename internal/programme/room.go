package programme

import (
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

// A Group is a kind of people that a session has room for: those of a side of
// the mission, or guests.
type Group string

// Invited is the group of the guests.
const Invited Group = "guest"

// Groups lists the groups.
func Groups() []Group {
	return []Group{Group(mission.Delegate), Group(mission.Counterpart), Group(mission.Official), Group(mission.Pool), Invited}
}

// A Capacity is how many of each group there is room for. A group that it does
// not name has no limit.
type Capacity map[Group]int

// capacityOf reads what texts wrote.
func capacityOf(texts []string) Capacity {
	c := Capacity{}
	for _, text := range texts {
		group, number, _ := strings.Cut(text, " ")
		if n, err := strconv.Atoi(number); err == nil {
			c[Group(group)] = n
		}
	}
	return c
}

// texts writes a capacity for the database: "delegate 40".
func (c Capacity) texts() []string {
	var texts []string
	for _, group := range Groups() {
		if n := c[group]; n > 0 {
			texts = append(texts, string(group)+" "+strconv.Itoa(n))
		}
	}
	return texts
}

// fits says whether there is room for some more of a group that has taken a
// number of places.
func (c Capacity) fits(group Group, taken, more int) bool {
	most, limited := c[group]
	return !limited || taken+more <= most
}

// roomField is how many of a group there is room for: "capacity.delegate".
func roomField(group Group) record.Field[Session] {
	count := record.CountField("capacity."+string(group), 1, func(n *int) *int { return n })
	return record.Field[Session]{
		Info: count.Info,
		Get: func(s *Session) string {
			n := s.Capacity[group]
			return count.Get(&n)
		},
		Set: func(s *Session, text string) error {
			var n int
			if err := count.Set(&n, text); err != nil {
				return err
			}
			if s.Capacity == nil {
				s.Capacity = Capacity{}
			}
			s.Capacity[group] = n
			if n == 0 {
				delete(s.Capacity, group)
			}
			return nil
		},
	}
}

// groupOf is that of a participant's people.
func groupOf(p *mission.Participant) Group { return Group(p.Side) }
