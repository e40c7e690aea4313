package territory

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
)

// A Duty is what a member does on one mission, beyond what their role is in the
// territory.
type Duty string

// The duties. OnMission is that of a partner agency: all its members have it.
const (
	OnMission Duty = "partner"
	Assess    Duty = "assess"    // reads and scores applications
	Logistics Duty = "logistics" // knows what travellers confide
	CheckIn   Duty = "check-in"  // welcomes people at sessions
)

// Duties lists those that one person can be given.
func Duties() []Duty { return []Duty{Assess, Logistics, CheckIn} }

// rightsOfDuty is the second half of the table: what a duty lets somebody do on
// its mission, whatever their role.
var rightsOfDuty = map[right][]Duty{
	{"mission", "see"}:     {OnMission, Assess, Logistics, CheckIn},
	{"call", "see"}:        {Assess},
	{"application", "see"}: {Assess},
	{"selection", "see"}:   {Assess},
	{"score", "see"}:       {Assess},
	{"score", "edit"}:      {Assess},
	{"travel", "see"}:      {Logistics},
	{"traveller", "see"}:   {Logistics},
	{"traveller", "add"}:   {Logistics},
	{"traveller", "edit"}:  {Logistics},
	{"session", "see"}:     {CheckIn},
	{"session", "welcome"}: {CheckIn},
}

// A Charge is a duty on a mission of a user, or of the members of an
// organisation.
type Charge struct {
	Mission            string
	User, Organisation string // one of them is empty
	Duty               Duty
}

// Charges are the duties of a member by mission.
type Charges map[string][]Duty

// on says whether one of the duties is held on a mission.
func (c Charges) on(mission string, duties []Duty) bool {
	return mission != "" && slices.ContainsFunc(c[mission], func(d Duty) bool { return slices.Contains(duties, d) })
}

// missions are those on which one of the duties is held, in order.
func (c Charges) missions(duties []Duty) []string {
	var missions []string
	for mission := range c {
		if c.on(mission, duties) {
			missions = append(missions, mission)
		}
	}
	slices.Sort(missions)
	return missions
}

// Give gives a duty. Who has it already keeps it.
func (c Charge) Give(ctx context.Context, tx *db.Tx, territory int) error {
	if err := New(tx).giveDuty(ctx, giveDutyParams{territory, c.Mission, c.User, c.Organisation, string(c.Duty)}); err != nil {
		return fmt.Errorf("give the duty %s: %w", c.Duty, err)
	}
	return nil
}

// Take ends a duty.
func (c Charge) Take(ctx context.Context, tx *db.Tx, territory int) error {
	if err := New(tx).takeDuty(ctx, takeDutyParams{territory, c.Mission, c.User, c.Organisation, string(c.Duty)}); err != nil {
		return fmt.Errorf("take the duty %s: %w", c.Duty, err)
	}
	return nil
}

// ChargesOf finds the duties of a member: their own, and those of the
// organisation that they belong to.
func ChargesOf(ctx context.Context, tx *db.Tx, territory int, user, organisation string) (Charges, error) {
	rows, err := New(tx).dutiesOf(ctx, territory, user, organisation)
	if err != nil {
		return nil, fmt.Errorf("find the duties of %s: %w", user, err)
	}
	charges := Charges{}
	for _, row := range rows {
		charges[row.MissionID] = append(charges[row.MissionID], Duty(row.Duty))
	}
	return charges, nil
}

// ChargesOn lists the duties on a mission.
func ChargesOn(ctx context.Context, tx *db.Tx, territory int, mission string) ([]Charge, error) {
	rows, err := New(tx).dutiesOn(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("find the duties on the mission %s: %w", mission, err)
	}
	charges := make([]Charge, len(rows))
	for i, row := range rows {
		charges[i] = Charge{Mission: mission, User: row.UserID, Organisation: row.OrganisationID, Duty: Duty(row.Duty)}
	}
	return charges, nil
}
