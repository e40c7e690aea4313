package programme

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadRegistration(ctx context.Context, tx *db.Tx, territory int, id string) (*Registration, error) {
	row, err := New(tx).registration(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "registration", id)
	}
	return registrationOf(row), nil
}

func registrationOf(row registrationRow) *Registration {
	return &Registration{
		part: part{record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		}, row.MissionID, row.SessionID},
		Seat: row.SeatID, Waiting: row.Waiting,
	}
}

func insertRegistration(ctx context.Context, tx *db.Tx, r *Registration) error {
	return New(tx).addRegistration(ctx, addRegistrationParams{
		TerritoryID: r.Territory, ID: r.ID, MissionID: r.Mission, SessionID: r.Session, SeatID: r.Seat, Fictional: r.Fictional,
		Waiting: r.Waiting, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	})
}

func updateRegistration(ctx context.Context, tx *db.Tx, r *Registration) error {
	return New(tx).editRegistration(ctx, editRegistrationParams{
		Waiting: r.Waiting, Version: r.Version, UpdatedAt: r.UpdatedAt, DeletedAt: r.DeletedAt, TerritoryID: r.Territory, ID: r.ID,
	})
}

// RegistrationsOf lists who registered for the sessions of a mission, in the order in
// which they came.
func RegistrationsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Registration, error) {
	rows, err := New(tx).registrationsOf(ctx, territory, mission)
	return listed(rows, err, "registrations", mission, registrationOf)
}

func loadGuest(ctx context.Context, tx *db.Tx, territory int, id string) (*Guest, error) {
	row, err := New(tx).guest(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "guest", id)
	}
	return guestOf(row), nil
}

func guestOf(row guestRow) *Guest {
	return &Guest{
		part: part{record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		}, row.MissionID, row.SessionID},
		Name: row.Name, Organisation: row.Company, Email: row.Email, Companions: row.Companions, Waiting: row.Waiting,
	}
}

func insertGuest(ctx context.Context, tx *db.Tx, g *Guest) error {
	return New(tx).addGuest(ctx, addGuestParams{
		TerritoryID: g.Territory, ID: g.ID, MissionID: g.Mission, SessionID: g.Session, OwnerID: g.Owner, Fictional: g.Fictional,
		Name: g.Name, Company: g.Organisation, Email: g.Email, Companions: g.Companions, Waiting: g.Waiting, Version: g.Version,
		CreatedAt: g.CreatedAt, UpdatedAt: g.UpdatedAt,
	})
}

func updateGuest(ctx context.Context, tx *db.Tx, g *Guest) error {
	return New(tx).editGuest(ctx, editGuestParams{
		Name: g.Name, Company: g.Organisation, Email: g.Email, Companions: g.Companions, Waiting: g.Waiting, Version: g.Version,
		UpdatedAt: g.UpdatedAt, DeletedAt: g.DeletedAt, TerritoryID: g.Territory, ID: g.ID,
	})
}

// GuestsOf lists who is invited to the sessions of a mission, in the order in which
// they were.
func GuestsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Guest, error) {
	rows, err := New(tx).guestsOf(ctx, territory, mission)
	return listed(rows, err, "guests", mission, guestOf)
}

func loadContact(ctx context.Context, tx *db.Tx, territory int, id string) (*Contact, error) {
	row, err := New(tx).contact(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "contact", id)
	}
	return contactOf(row), nil
}

func contactOf(row takenRow) *Contact {
	return &Contact{
		part: part{record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		}, row.MissionID, row.SessionID},
		Device: row.DeviceID, TakenAt: row.TakenAt, Name: row.Name, Organisation: row.Company, Function: row.Function,
		Email: row.Email, Phone: row.Phone, Note: row.Remark, Person: string(row.PersonID),
	}
}

func insertContact(ctx context.Context, tx *db.Tx, c *Contact) error {
	return New(tx).addContact(ctx, addContactParams{
		TerritoryID: c.Territory, ID: c.ID, MissionID: c.Mission, SessionID: c.Session, DeviceID: c.Device, Fictional: c.Fictional,
		TakenAt: c.TakenAt, Name: c.Name, Company: c.Organisation, Function: c.Function, Email: c.Email, Phone: c.Phone,
		Remark: c.Note, PersonID: db.ID(c.Person), Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	})
}

func updateContact(ctx context.Context, tx *db.Tx, c *Contact) error {
	return New(tx).editContact(ctx, editContactParams{
		Name: c.Name, Company: c.Organisation, Function: c.Function, Email: c.Email, Phone: c.Phone, Remark: c.Note,
		PersonID: db.ID(c.Person), Version: c.Version, UpdatedAt: c.UpdatedAt, DeletedAt: c.DeletedAt,
		TerritoryID: c.Territory, ID: c.ID,
	})
}

// ContactsOf lists those who were met at a session, in order.
func ContactsOf(ctx context.Context, tx *db.Tx, s *Session) ([]*Contact, error) {
	rows, err := New(tx).contactsOf(ctx, s.Territory, s.ID)
	return listed(rows, err, "contacts", s.Mission, contactOf)
}
