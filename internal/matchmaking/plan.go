package matchmaking

import (
	"github.com/escale-hq/escale/internal/record"
)

// The states of a plan.
const (
	Asked     = "asked"    // a job makes it
	Stopping  = "stopping" // somebody thinks it good enough
	Drafted   = "draft"
	Failed    = "failed" // there is none: its causes say why
	Published = "published"
	Replaced  = "replaced" // by a plan that was published after it
)

// A Plan is a plan of a mission's meetings: what was asked for, and what came
// of it.
type Plan struct {
	ofMission
	Number int // counts the plans of the mission, from 1
	State  string
	// Seconds may cut the search; 0: as long as it takes. Slack is how much of the
	// value may be given up for what comes after, in thousandths.
	Seconds, Slack, Seed int
	Previous             string // id of the plan that it changes as little as possible, or ""
	Job                  int64
	// Meetings and Unmet count meetings and wishes that are not met. Value is what
	// the plan is worth, in points, and no plan is worth more than Bound.
	Meetings, Unmet, Value, Bound int
	Proven                        bool
	// Causes say why there is no plan.
	Causes []string
}

// Plans is how plans are kept.
func Plans() record.Noun[Plan] {
	states := []string{Asked, Stopping, Drafted, Failed, Published, Replaced}
	return record.Noun[Plan]{
		Name: "plan",
		Fields: record.Fields[Plan]{
			record.ChoiceField("state", states, func(p *Plan) *string { return &p.State }),
			record.CountField("meetings", 0, func(p *Plan) *int { return &p.Meetings }),
			record.CountField("unmet", 0, func(p *Plan) *int { return &p.Unmet }),
			record.CountField("value", 0, func(p *Plan) *int { return &p.Value }),
			record.CountField("bound", 0, func(p *Plan) *int { return &p.Bound }),
			record.YesField("proven", func(p *Plan) *bool { return &p.Proven }),
			record.ListField("causes", func(p *Plan) *[]string { return &p.Causes }),
		},
		Meta: func(p *Plan) *record.Meta { return &p.Meta },
		Load: loadPlan, Insert: insertPlan, Update: updatePlan,
		Settle: func(*Plan) error { return nil },
		Found:  func(p *Plan) record.Found { return p.unfound() },
	}
}

// NewPlan begins a plan of a mission.
func NewPlan(meta record.Meta, mission string) *Plan {
	return &Plan{ofMission: ofMission{Meta: meta, Mission: mission}, Seconds: usualSeconds, Slack: usualSlack, Seed: 1}
}

// Working says that a job is making the plan.
func (p *Plan) Working() bool { return p.State == Asked || p.State == Stopping }

// Made says that there is a plan.
func (p *Plan) Made() bool { return p.State == Drafted || p.State == Published || p.State == Replaced }

// Kinds are wishes, requests, plans and meetings as the rest of the house knows
// them.
func Kinds() []record.Kind {
	kinds := []record.Kind{Wishes().Kind(), Requests().Kind(), Plans().Kind(), Meetings().Kind()}
	for i, path := range []string{"/wishes/", "/requests/", "/plans/", "/meetings/"} {
		kinds[i].Attached, kinds[i].Quiet = true, true
		kinds[i].Address = func(id string) string { return path + id }
	}
	return kinds
}
