package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// An Invitation asks one company to apply, by a letter to somebody of it or to
// its own address.
type Invitation struct {
	record.Meta
	Call, Mailing, Mission string
	Organisation           string
	Person                 string // id, or ""
	Name, Email, Language  string
	// Skipped is why nothing was sent: one of Skips, or "".
	Skipped     string
	Application string // that came of it, or ""
	SentAt      db.Instant
	DeclinedAt  db.Instant
}

// Skips are the reasons why a company is not written to.
func Skips() []string { return []string{"objected", "address", "invited", "applied"} }

// Subject says who may do what to it.
func (i *Invitation) Subject() territory.Subject {
	return territory.Subject{Owner: i.Owner, Organisation: i.Organisation, Mission: i.Mission}
}

// Invitations is how invitations are kept.
func Invitations() record.Noun[Invitation] {
	type invitation = Invitation
	return record.Noun[invitation]{
		Name: "invitation",
		Fields: record.Fields[invitation]{
			record.Unlisted(record.ReferenceField("call", "call", func(i *invitation) *string { return &i.Call })),
			record.ReferenceField("organisation", "organisation", func(i *invitation) *string { return &i.Organisation }),
			personal(record.ReferenceField("person", "person", func(i *invitation) *string { return &i.Person })),
			personal(record.TextField("name", func(i *invitation) *string { return &i.Name })),
			personal(record.ParsedField("email", ident.ParseEmail, func(i *invitation) *string { return &i.Email })),
			record.ChoiceField("skipped", Skips(), func(i *invitation) *string { return &i.Skipped }),
			record.InstantField("sent_at", func(i *invitation) *db.Instant { return &i.SentAt }),
			record.InstantField("declined_at", func(i *invitation) *db.Instant { return &i.DeclinedAt }),
		},
		Meta: func(i *invitation) *record.Meta { return &i.Meta },
		Load: loadInvitation, Insert: insertInvitation, Update: updateInvitation,
		Settle: func(*invitation) error { return nil },
		Found: func(i *invitation) record.Found {
			return record.Found{Title: i.Name, Subject: i.Subject(), On: ref.Ref{Territory: i.Territory, Kind: "call", ID: i.Call}}
		},
	}
}

// A Mailing is what was written to a number of companies at once.
type Mailing struct {
	ID            string
	Subject, Body i18n.Text
}

func (m Mailing) validate() error {
	var p fault.Problems
	for _, lang := range record.ContentLanguages() {
		if m.Subject[lang] == "" {
			p.Add("subject."+lang, "invitation.subject_needed")
		}
		if m.Body[lang] == "" {
			p.Add("body."+lang, "invitation.body_needed")
		}
	}
	return p.Or()
}

// Inviting is what the links in invitations are for.
func Inviting() auth.Purpose { return auth.Purpose{Name: "invitation", Letter: invitingLetter} }

func invitingLetter(ctx context.Context, tx *db.Tx, l auth.Link) (string, []any, error) {
	i, err := loadInvitation(ctx, tx, l.TerritoryID, l.RecordID)
	if err != nil {
		return "", nil, err
	}
	m, err := loadMailing(ctx, tx, l.TerritoryID, i.Mailing)
	if err != nil {
		return "", nil, err
	}
	home, err := territory.ByID(ctx, tx, l.TerritoryID)
	if err != nil {
		return "", nil, err
	}
	subject, _ := m.Subject.In(l.Language)
	body, _ := m.Body.In(l.Language)
	return "invitation.letter", []any{subject, body, home.Name}, nil
}

// SendInvitations is the job that sends the letters of a mailing.
type SendInvitations struct {
	Territory int
	Mailing   string
	By        history.Actor
}

// Kind names the job.
func (SendInvitations) Kind() string { return "call-invitations" }

// batch is how many letters are written in one transaction.
const batch = 20

// SendAll sends the letters of a mailing that did not leave yet. What is sent is
// noted in the same transaction, so that nobody is written to twice, however
// often the job runs.
func (p *Pages) SendAll(ctx context.Context, s SendInvitations) error {
	var ids []string
	var all int
	err := p.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if ids, err = New(tx).unsentInvitations(ctx, s.Territory, s.Mailing); err != nil {
			return err
		}
		n, err := New(tx).countMailed(ctx, s.Territory, s.Mailing)
		all = int(n)
		return err
	})
	if err != nil {
		return fmt.Errorf("find the invitations to send: %w", err)
	}
	for len(ids) > 0 {
		some := ids[:min(batch, len(ids))]
		err := p.DB.Write(ctx, func(tx *db.Tx) error {
			for _, id := range some {
				if err := p.invite(ctx, tx, s, id); err != nil {
					return fmt.Errorf("send the invitation %s: %w", id, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		ids = ids[len(some):]
		if err := job.Tell(ctx, job.Progress{Done: all - len(ids), Total: all}); err != nil {
			return err
		}
	}
	return nil
}

// invite sends one invitation, unless whom it is for has objected meanwhile.
func (p *Pages) invite(ctx context.Context, tx *db.Tx, s SendInvitations, id string) error {
	i, err := loadInvitation(ctx, tx, s.Territory, id)
	if err != nil || !i.SentAt.IsZero() || i.Email == "" {
		return err
	}
	act := record.Act{By: s.By, Batch: s.Mailing}
	against, err := p.Objections.Against(ctx, tx, s.Territory, i.Email)
	if err != nil {
		return err
	}
	if against {
		i.Skipped = "objected"
		return Invitations().Save(ctx, tx, act, i)
	}
	c, err := loadCall(ctx, tx, s.Territory, i.Call)
	if err != nil {
		return err
	}
	l, err := p.Auth.MakeLink(ctx, tx, s.By, Inviting(), auth.Link{
		TerritoryID: s.Territory, Kind: "invitation", RecordID: i.ID, SentTo: i.Email, Name: i.Name, Language: i.Language,
		ExpiresAt: linkEnd(c, &Application{}, tx.Now),
	})
	if err != nil {
		return err
	}
	if err := p.Auth.SendLink(ctx, tx, s.By, Inviting(), l); err != nil {
		return err
	}
	i.SentAt = tx.Now
	return Invitations().Save(ctx, tx, act, i)
}
