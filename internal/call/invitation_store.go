package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadInvitation(ctx context.Context, tx *db.Tx, territory int, id string) (*Invitation, error) {
	row, err := New(tx).invitation(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "invitation", id)
	}
	return &Invitation{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Call: row.CallID, Mailing: row.MailingID, Mission: row.MissionID, Organisation: row.OrganisationID,
		Person: string(row.PersonID), Name: row.Name, Email: row.Email, Language: row.Language, Skipped: row.Skipped,
		Application: string(row.ApplicationID), SentAt: row.SentAt, DeclinedAt: row.DeclinedAt,
	}, nil
}

func insertInvitation(ctx context.Context, tx *db.Tx, i *Invitation) error {
	return New(tx).addInvitation(ctx, addInvitationParams{
		TerritoryID: i.Territory, ID: i.ID, CallID: i.Call, MailingID: i.Mailing, MissionID: i.Mission, OwnerID: i.Owner,
		Fictional: i.Fictional, OrganisationID: i.Organisation, PersonID: db.ID(i.Person), Name: i.Name, Email: i.Email,
		Language: i.Language, Skipped: i.Skipped, ApplicationID: db.ID(i.Application), SentAt: i.SentAt,
		DeclinedAt: i.DeclinedAt, Version: i.Version, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
	})
}

func updateInvitation(ctx context.Context, tx *db.Tx, i *Invitation) error {
	return New(tx).editInvitation(ctx, editInvitationParams{
		OrganisationID: i.Organisation, PersonID: db.ID(i.Person), Name: i.Name, Email: i.Email, Skipped: i.Skipped,
		ApplicationID: db.ID(i.Application), SentAt: i.SentAt, DeclinedAt: i.DeclinedAt, Version: i.Version,
		UpdatedAt: i.UpdatedAt, DeletedAt: i.DeletedAt, TerritoryID: i.Territory, ID: i.ID,
	})
}

func loadMailing(ctx context.Context, tx *db.Tx, territory int, id string) (Mailing, error) {
	row, err := New(tx).mailing(ctx, territory, id)
	if err != nil {
		return Mailing{}, missing(err, "mailing", id)
	}
	return Mailing{ID: row.ID, Subject: row.Subject, Body: row.Body}, nil
}

func keepMailing(ctx context.Context, tx *db.Tx, c *Call, m *Mailing) error {
	m.ID = db.NewID()
	err := New(tx).addMailing(ctx, addMailingParams{
		TerritoryID: c.Territory, ID: m.ID, CallID: c.ID, Subject: m.Subject, Body: m.Body, CreatedAt: tx.Now,
	})
	if err != nil {
		return fmt.Errorf("keep the letter of the invitations: %w", err)
	}
	return nil
}

// An Answer is what became of an invitation.
type Answer string

// The answers.
const (
	Queued   Answer = "queued"
	Skipped  Answer = "skipped"
	Sent     Answer = "sent"
	Opened   Answer = "opened" // a draft was begun
	Applied  Answer = "applied"
	Declined Answer = "declined"
)

// An Invited is a company that was invited, as the list shows it.
type Invited struct {
	ID, Organisation, Company, Name, Email, Why, Application string
	Answer                                                   Answer
	SentAt, DeclinedAt                                       db.Instant
}

// InvitedTo lists the companies that were invited to a call, by name.
func InvitedTo(ctx context.Context, tx *db.Tx, c *Call) ([]Invited, error) {
	rows, err := New(tx).invitedTo(ctx, c.Territory, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list who was invited: %w", err)
	}
	invited := make([]Invited, len(rows))
	for i, row := range rows {
		invited[i] = Invited{
			ID: row.ID, Organisation: row.OrganisationID, Company: row.Company, Name: row.Name, Email: row.Email, Why: row.Skipped,
			Application: row.ApplicationID, SentAt: row.SentAt, DeclinedAt: row.DeclinedAt, Answer: answerOf(row),
		}
	}
	return invited, nil
}

func answerOf(row invitedToRow) Answer {
	switch state := State(row.State); {
	case state != "" && state != Draft:
		return Applied
	case !row.DeclinedAt.IsZero():
		return Declined
	case state == Draft:
		return Opened
	case row.Skipped != "":
		return Skipped
	case row.SentAt.IsZero():
		return Queued
	default:
		return Sent
	}
}
