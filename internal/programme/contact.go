package programme

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// A Contact is somebody who was met at a stand.
type Contact struct {
	part
	// Device is an id that the device made on which the contact was noted: sent
	// twice, it is kept once.
	Device  string
	TakenAt db.Instant

	Name, Organisation, Function, Email, Phone, Note string
	// Person is who they are in the directory, or "" as long as nobody said so.
	Person string
}

// Contacts is how contacts are kept.
func Contacts() record.Noun[Contact] {
	noun := record.Noun[Contact]{
		Name: "contact",
		Fields: record.Fields[Contact]{
			record.TextField("name", func(c *Contact) *string { return &c.Name }),
			record.TextField("organisation", func(c *Contact) *string { return &c.Organisation }),
			record.TextField("function", func(c *Contact) *string { return &c.Function }),
			record.TextField("email", func(c *Contact) *string { return &c.Email }),
			record.TextField("phone", func(c *Contact) *string { return &c.Phone }),
			record.TextField("note", func(c *Contact) *string { return &c.Note }),
			record.ReferenceField("person", "person", func(c *Contact) *string { return &c.Person }),
		},
		Meta: func(c *Contact) *record.Meta { return &c.Meta },
		Load: loadContact, Insert: insertContact, Update: updateContact,
		Settle: (*Contact).settle,
		Found: func(c *Contact) record.Found {
			return record.Found{Title: c.Name, Detail: c.Organisation, Words: []string{c.Name, c.Organisation}, Subject: c.Subject(), On: c.on()}
		},
	}
	for i := range 6 {
		noun.Fields[i].Personal = true
	}
	return noun
}

// longestText bounds what is typed at a stand.
const longestText = 2000

func (c *Contact) settle() error {
	var p fault.Problems
	if c.Name == "" {
		p.Add("name", "programme.contact_needed")
	}
	for name, text := range map[string]string{
		"name": c.Name, "organisation": c.Organisation, "function": c.Function, "email": c.Email, "phone": c.Phone, "note": c.Note,
	} {
		if len(text) > longestText {
			p.Add(name, "programme.too_long", longestText)
		}
	}
	return p.Or()
}

// Take keeps a contact, unless its device sent it before.
func Take(ctx context.Context, tx *db.Tx, act record.Act, c *Contact) error {
	n, err := New(tx).contactOfDevice(ctx, c.Territory, c.Session, c.Device)
	if err != nil || n > 0 {
		return err
	}
	if c.TakenAt.IsZero() || c.TakenAt.After(tx.Now.Time) {
		c.TakenAt = tx.Now
	}
	return Contacts().Add(ctx, tx, act, c)
}
