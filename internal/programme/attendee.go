package programme

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/names"
)

// An Attendee is a person who is expected at a session.
type Attendee struct {
	// Key tells them from all others: "seat:0193...", "guest:0193...",
	// "guest:0193...:1" for who comes along.
	Key, Name, Organisation string
	Group                   Group
	Owner                   string // of a guest
}

// Attendees are all who are expected at a session: seats, then guests, those who
// come along with them after each.
func (p *Programme) Attendees(s *Session, w *i18n.Words) []Attendee {
	var all []Attendee
	for _, seat := range p.Attending(s) {
		all = append(all, p.attendee(seat, w))
	}
	for _, g := range p.Guests[s.ID] {
		if g.Waiting {
			continue
		}
		one := Attendee{Key: "guest:" + g.ID, Name: g.Name, Organisation: g.Organisation, Group: Invited, Owner: g.Owner}
		all = append(all, one)
		for i := range g.Companions {
			along := one
			along.Key += ":" + strconv.Itoa(i+1)
			along.Name = w.T("programme.companion", g.Name, i+1)
			all = append(all, along)
		}
	}
	return all
}

// attendee is a seat as one who is expected.
func (p *Programme) attendee(seat *mission.Seat, w *i18n.Words) Attendee {
	participant := p.sides[seat.Participant]
	return Attendee{Key: "seat:" + seat.ID, Name: p.nameOf(seat, w), Organisation: participant.Name, Group: groupOf(participant)}
}

// nameOf is the name of who takes a seat, or which seat of its participant it is.
func (p *Programme) nameOf(seat *mission.Seat, w *i18n.Words) string {
	if person := p.People[seat.Person]; person != nil {
		return person.Name()
	}
	return w.T("programme.representative", seat.Number)
}

// folded is what an attendee is searched for by.
func (a Attendee) folded() string { return names.Fold(a.Name + " " + a.Organisation) }

// codeAlphabet has no letter that is read for another.
const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Code is what the badge of an attendee says to a scanner: it tells nothing of
// them, and is short enough to be typed.
func Code(territory int, key string) string {
	sum := sha256.Sum256([]byte("escale badge\x00" + strconv.Itoa(territory) + "\x00" + key))
	text := base32.NewEncoding(codeAlphabet).EncodeToString(sum[:])
	return text[:5] + "-" + text[5:10]
}

// sameCode says whether what was typed or scanned is a code.
func sameCode(typed, code string) bool {
	plain := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1")
	return plain.Replace(strings.ToUpper(typed)) == plain.Replace(code)
}
