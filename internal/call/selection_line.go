package call

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
)

// A Line is an application with all that its selection looks at, and what comes
// of it.
type Line struct {
	Application *Application
	Review      *Review
	Scores      []*Score
	Claim
	Lacks    fault.Problems // of what the rules ask for
	Missions int            // that the company took part in before

	Candidate
	// Rank is from 1 among those that are eligible; 0: it is not.
	Rank int
	// Proposed is what the rules make of it, and Turn its turn on the waiting list.
	Proposed State
	Turn     int
	Why      Why
}

// A Why is what decided about an application.
type Why string

// The reasons, each of which has its texts.
const (
	ByRank       Why = "rank"       // it is among the first
	ByQuota      Why = "quota"      // a place was kept for its sector
	QuotaFull    Why = "quota_full" // its sector has all the places that it may have
	BelowPass    Why = "pass_mark"
	NoPlace      Why = "no_place"
	ByRules      Why = "rules" // it is not eligible
	ByRuling     Why = "ruling"
	ByWithdrawal Why = "withdrawal" // of another
)

// Eligible says whether it is, by the ruling of an officer or else by the rules.
func (l *Line) Eligible() bool {
	return l.Review.Ruling == Eligible || l.Review.Ruling == "" && len(l.Lacks) == 0
}

// given are the scores of those who did not stay out of it.
func (l *Line) given() []*Score {
	return slices.DeleteFunc(slices.Clone(l.Scores), func(s *Score) bool { return s.Conflict })
}

// judge sets what follows from the rules of a selection.
func (l *Line) judge(s *Selection) {
	a := l.Application
	l.Lacks = s.Lacks(l.Claim)
	l.Candidate = Candidate{
		ID: a.ID, Sector: s.quotaSector(l.Claim.Sectors), Newcomer: l.Missions == 0, SubmittedAt: a.SubmittedAt,
		Marks: eachOf(l.given(), func(score *Score) int { return score.Mark(s.Criteria) }),
	}
}

// linesOf reads the applications to a call that were handed in and not
// withdrawn.
func linesOf(ctx context.Context, tx *db.Tx, c *Call) ([]*Line, error) {
	q := New(tx)
	rows, err := q.handedIn(ctx, c.Territory, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list the applications to the call %s: %w", c.ID, err)
	}
	reviews, err := reviewsOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	scores, err := scoresOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	claims, err := claimsOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	missions, err := missionsBefore(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	lines := make([]*Line, len(rows))
	for i, row := range rows {
		a, err := applicationOf(row)
		if err != nil {
			return nil, err
		}
		review := a.beginReview()
		if kept := reviews[a.ID]; kept != nil {
			review = a.reviewed(kept)
		}
		lines[i] = &Line{
			Application: a, Review: review, Scores: scores[a.ID], Claim: a.claim(claims[a.ID]), Missions: missions[a.Organisation],
		}
	}
	return lines, nil
}

// claim is what an application says of itself; the rest is what the directory
// knows.
func (a *Application) claim(known Claim) Claim {
	c := Claim{Sectors: known.Sectors, Size: a.Company["size"], Postcode: a.Company["postcode"]}
	if c.Size == "" {
		c.Size = known.Size
	}
	if c.Postcode == "" {
		c.Postcode = known.Postcode
	}
	for key := range a.Answers {
		c.Answered = append(c.Answered, key)
	}
	return c
}

// claimsOf is what is known beside the applications themselves, by their ids:
// the sectors named, the size and the seat of the company in the directory.
func claimsOf(ctx context.Context, tx *db.Tx, c *Call) (map[string]Claim, error) {
	claims := map[string]Claim{}
	companies, err := New(tx).companiesOfCall(ctx, c.Territory, c.ID)
	if err != nil {
		return nil, fmt.Errorf("read the companies of the call %s: %w", c.ID, err)
	}
	for _, row := range companies {
		claims[row.ID] = Claim{Size: row.Size, Postcode: row.Postcode}
	}
	named, err := New(tx).sectorsNamed(ctx, c.Territory, c.ID)
	if err != nil {
		return nil, fmt.Errorf("read the sectors of the call %s: %w", c.ID, err)
	}
	for _, row := range named {
		claim := claims[row.ApplicationID]
		claim.Sectors = append(claim.Sectors, row.SectorID)
		claims[row.ApplicationID] = claim
	}
	return claims, nil
}

// missionsBefore counts the other missions that companies took part in.
func missionsBefore(ctx context.Context, tx *db.Tx, c *Call) (map[string]int, error) {
	rows, err := New(tx).countMissions(ctx, c.Territory, c.Mission)
	if err != nil {
		return nil, fmt.Errorf("count the missions of companies: %w", err)
	}
	missions := map[string]int{}
	for _, row := range rows {
		missions[row.OrganisationID] = int(row.N)
	}
	return missions, nil
}

// people are those who travel, as the application names them.
func (a *Application) people(questions []*form.Question) (people []form.Traveller) {
	for _, q := range questions {
		if q.Type == form.People {
			people = append(people, a.Answers[q.Key].People...)
		}
	}
	return people
}
