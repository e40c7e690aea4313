package call

import (
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Review is what the office made of an application.
type Review struct {
	record.Meta
	Application, Call, Mission string
	// Ruling is [Eligible] or [Ineligible] where an officer decided otherwise than
	// the rules, on the Grounds; or "".
	Ruling  State
	Grounds string
	// Reason says why it was decided so, in the applicant's language.
	Reason string
	// Turn orders the waiting list, from 1; 0: it is not on it.
	Turn                int
	DecidedAt, LetterAt db.Instant
}

// Reviews is how reviews are kept.
func Reviews() record.Noun[Review] {
	return record.Noun[Review]{
		Name: "review",
		Fields: record.Fields[Review]{
			record.ChoiceField("ruling", []string{string(Eligible), string(Ineligible)}, func(r *Review) *string { return (*string)(&r.Ruling) }),
			record.TextField("grounds", func(r *Review) *string { return &r.Grounds }),
			record.TextField("reason", func(r *Review) *string { return &r.Reason }),
			record.CountField("turn", 0, func(r *Review) *int { return &r.Turn }),
			record.InstantField("decided_at", func(r *Review) *db.Instant { return &r.DecidedAt }),
			record.InstantField("letter_at", func(r *Review) *db.Instant { return &r.LetterAt }),
		},
		Meta: func(r *Review) *record.Meta { return &r.Meta },
		Load: loadReview, Insert: insertReview, Update: updateReview,
		Settle: (*Review).settle,
		Found: func(r *Review) record.Found {
			return record.Found{Subject: r.Subject(), On: ref.Ref{Territory: r.Territory, Kind: "application", ID: r.Application}}
		},
	}
}

// Subject says who may do what to it.
func (r *Review) Subject() territory.Subject {
	return territory.Subject{Owner: r.Owner, Mission: r.Mission}
}

func (r *Review) settle() error {
	var p fault.Problems
	if r.Ruling != "" && r.Grounds == "" {
		p.Add("grounds", "selection.grounds_needed")
	}
	return p.Or()
}

// beginReview is the review of an application of which nobody made anything yet.
func (a *Application) beginReview() *Review {
	return &Review{
		Meta:        record.Meta{Territory: a.Territory, Owner: a.Owner, Fictional: a.Fictional},
		Application: a.ID, Call: a.Call, Mission: a.Mission,
	}
}

// Decided says whether it was decided about the application.
func (s State) Decided() bool {
	return slices.Contains([]State{Ineligible, Selected, Waiting, Refused}, s)
}
