package programme

import "github.com/escale-hq/escale/internal/record"

// Kinds are sessions and what they are made of, as the rest of the house knows
// them.
func Kinds() []record.Kind {
	contact := attached(Contacts().Kind(), "contacts")
	contact.Points = []record.Point{{Field: "person", Table: "programme_contacts", Column: "person_id", To: "person"}}
	guest := Guests().Kind()
	guest.Address = func(id string) string { return "/guests/" + id }
	return []record.Kind{
		attached(Sessions().Kind(), "sessions"), attached(Speakers().Kind(), "speakers"),
		attached(Registrations().Kind(), "registrations"), contact, guest,
	}
}

// attached is a kind of what is seen with its mission, or its session.
func attached(kind record.Kind, path string) record.Kind {
	kind.Attached = true
	kind.Address = func(id string) string { return "/" + path + "/" + id }
	return kind
}
