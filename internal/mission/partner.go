package mission

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Partner is an organisation of the task force of a mission. Its people have
// rights on this mission as long as it is there.
type Partner struct {
	Part
	Organisation string // id
	// Name is the organisation's: it is read with the partner, never written.
	Name string
	Role string // one of Roles
	// Share is its part of the budget, in permille.
	Share int
}

// Roles are what a partner can do in a task force.
func Roles() []string { return []string{"organiser", "co-funder", "host", "expert"} }

// wholeShare is all of a budget, in permille.
const wholeShare = 1000

// Partners is how partners are kept.
func Partners() record.Noun[Partner] {
	return record.Noun[Partner]{
		Name: "partner",
		Fields: record.Fields[Partner]{
			record.ReferenceField("organisation", "organisation", func(p *Partner) *string { return &p.Organisation }),
			record.ChoiceField("role", Roles(), func(p *Partner) *string { return &p.Role }),
			record.CountField("share", 0, func(p *Partner) *int { return &p.Share }),
			positionField(func(p *Partner) *Part { return &p.Part }),
		},
		Meta: func(p *Partner) *record.Meta { return &p.Meta },
		Load: loadPartner, Insert: insertPartner, Update: updatePartner,
		Settle: (*Partner).settle,
		Found: func(p *Partner) record.Found {
			return record.Found{Title: p.Name, Subject: p.subject(), On: p.on()}
		},
	}
}

func (p *Partner) settle() error {
	var problems fault.Problems
	if p.Organisation == "" {
		problems.Add("organisation", "partner.organisation_needed")
	}
	if p.Role == "" {
		problems.Add("role", "partner.role_needed")
	}
	if p.Share > wholeShare {
		problems.Add("share", "partner.share", wholeShare)
	}
	return problems.Or()
}

// charge is the duty that the people of the partner have.
func (p *Partner) charge() territory.Charge {
	return territory.Charge{Mission: p.Mission, Organisation: p.Organisation, Duty: territory.OnMission}
}

func loadPartner(ctx context.Context, tx *db.Tx, territory int, id string) (*Partner, error) {
	row, err := New(tx).partner(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "partner", id)
	}
	return partnerOf(row), nil
}

func partnerOf(row partnerRow) *Partner {
	return &Partner{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Organisation: row.OrganisationID, Name: row.Name, Role: row.Role, Share: row.Share,
	}
}

func insertPartner(ctx context.Context, tx *db.Tx, p *Partner) error {
	err := New(tx).addPartner(ctx, addPartnerParams{
		TerritoryID: p.Territory, ID: p.ID, MissionID: p.Mission, OrganisationID: p.Organisation, Fictional: p.Fictional,
		Position: p.Position, Role: p.Role, Share: p.Share, Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	})
	if err != nil {
		return err
	}
	return p.charge().Give(ctx, tx, p.Territory)
}

// updatePartner writes the row, and gives or takes the duty that goes with it:
// undoing comes this way too.
func updatePartner(ctx context.Context, tx *db.Tx, p *Partner) error {
	before, err := loadPartner(ctx, tx, p.Territory, p.ID)
	if err != nil {
		return err
	}
	if err := before.charge().Take(ctx, tx, p.Territory); err != nil {
		return err
	}
	err = New(tx).editPartner(ctx, editPartnerParams{
		OrganisationID: p.Organisation, Position: p.Position, Role: p.Role, Share: p.Share, Version: p.Version,
		UpdatedAt: p.UpdatedAt, DeletedAt: p.DeletedAt, TerritoryID: p.Territory, ID: p.ID,
	})
	if err != nil || p.Deleted() {
		return err
	}
	return p.charge().Give(ctx, tx, p.Territory)
}

// PartnersOf lists those of a mission, in order.
func PartnersOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Partner, error) {
	rows, err := New(tx).partnersOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the partners of the mission %s: %w", mission, err)
	}
	return each(rows, func(row partnersOfRow) *Partner { return partnerOf(partnerRow(row)) }), nil
}
