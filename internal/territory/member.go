package territory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
)

// A Member is a user in a territory.
type Member struct {
	User, Name, Email string
	Role              Role
	Organisation      string // for partners and companies
	Disabled          bool
	Since             db.Instant
}

// Validate says what is wrong with a membership.
func (m Member) Validate() error {
	var p fault.Problems
	if !slices.Contains(Roles(), m.Role) {
		p.Add("role", "territory.role_needed")
	}
	if m.Role.Belongs() && m.Organisation == "" {
		p.Add("organisation", "territory.organisation_needed")
	}
	if !m.Role.Belongs() && m.Organisation != "" {
		p.Add("organisation", "territory.organisation_unwanted")
	}
	return p.Or()
}

func (m Member) fields() map[string]string {
	return map[string]string{"role": string(m.Role), "organisation": m.Organisation}
}

func memberRef(territory int, user string) ref.Ref {
	return ref.Ref{Territory: territory, Kind: "member", ID: user}
}

// Join makes a user a member.
func Join(ctx context.Context, tx *db.Tx, by history.Actor, territory int, m Member) error {
	if err := m.Validate(); err != nil {
		return err
	}
	err := New(tx).addMember(ctx, addMemberParams{territory, m.User, string(m.Role), m.Organisation, tx.Now})
	switch {
	case db.IsDuplicate(err):
		return fault.Problems{{Field: "email", Key: "territory.member_already"}}
	case err != nil:
		return fmt.Errorf("add the member: %w", err)
	}
	_, err = history.Write(ctx, tx, history.Event{
		Ref: memberRef(territory, m.User), Actor: by, Action: "create", Changes: history.Diff(nil, m.fields()),
	})
	return err
}

// Change gives a member another role or organisation. The last administrator
// stays one: somebody must be able to let others in.
func Change(ctx context.Context, tx *db.Tx, by history.Actor, territory int, m Member) error {
	if err := m.Validate(); err != nil {
		return err
	}
	before, err := MemberOf(ctx, tx, territory, m.User)
	if err != nil {
		return err
	}
	if err := keepsAdministrator(ctx, tx, territory, before, m.Role); err != nil {
		return err
	}
	if _, err := New(tx).editMember(ctx, editMemberParams{string(m.Role), m.Organisation, territory, m.User}); err != nil {
		return fmt.Errorf("change the member: %w", err)
	}
	_, err = history.Write(ctx, tx, history.Event{
		Ref: memberRef(territory, m.User), Actor: by, Action: "edit", Changes: history.Diff(before.fields(), m.fields()),
	})
	return err
}

// Leave ends a membership.
func Leave(ctx context.Context, tx *db.Tx, by history.Actor, territory int, user string) error {
	before, err := MemberOf(ctx, tx, territory, user)
	if err != nil {
		return err
	}
	if err := keepsAdministrator(ctx, tx, territory, before, ""); err != nil {
		return err
	}
	if _, err := New(tx).removeMember(ctx, territory, user); err != nil {
		return fmt.Errorf("remove the member: %w", err)
	}
	_, err = history.Write(ctx, tx, history.Event{
		Ref: memberRef(territory, user), Actor: by, Action: "delete", Changes: history.Diff(before.fields(), nil),
	})
	return err
}

func keepsAdministrator(ctx context.Context, tx *db.Tx, territory int, m Member, next Role) error {
	if m.Role != Administrator || next == Administrator {
		return nil
	}
	n, err := New(tx).administrators(ctx, territory)
	switch {
	case err != nil:
		return fmt.Errorf("count the administrators: %w", err)
	case n < 2:
		return fault.New(fault.Invalid, "territory.last_administrator")
	}
	return nil
}

// MemberOf finds what a user is in a territory; nobody is a NotFound fault.
func MemberOf(ctx context.Context, tx *db.Tx, territory int, user string) (Member, error) {
	row, err := New(tx).member(ctx, territory, user)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Member{}, fault.New(fault.NotFound, "territory.none")
	case err != nil:
		return Member{}, fmt.Errorf("find the member: %w", err)
	}
	return Member{User: user, Role: Role(row.Role), Organisation: row.OrganisationID}, nil
}

// Members lists everybody in a territory, by name.
func Members(ctx context.Context, tx *db.Tx, territory int) ([]Member, error) {
	rows, err := New(tx).membersOf(ctx, territory)
	if err != nil {
		return nil, fmt.Errorf("list the members: %w", err)
	}
	members := make([]Member, len(rows))
	for i, row := range rows {
		members[i] = Member{
			User: row.UserID, Name: row.Name, Email: row.Email, Role: Role(row.Role), Organisation: row.OrganisationID,
			Disabled: !row.DisabledAt.IsZero(), Since: row.CreatedAt,
		}
	}
	return members, nil
}
