package programme

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// A Speaker speaks at a session, in the order of Position.
type Speaker struct {
	part
	Position int
	Seat     string // id of a seat of the mission, or ""
	Name     string // where there is no seat
	Role     string // one of SpeakerRoles
	Minutes  int    // 0: nothing said
}

// SpeakerRoles are what a speaker does.
func SpeakerRoles() []string {
	return []string{"welcomes", "opens", "moderates", "speaks", "signs", "closes"}
}

// Speakers is how speakers are kept.
func Speakers() record.Noun[Speaker] {
	noun := record.Noun[Speaker]{
		Name: "speaker",
		Fields: record.Fields[Speaker]{
			record.CountField("position", 0, func(s *Speaker) *int { return &s.Position }),
			record.ReferenceField("seat", "seat", func(s *Speaker) *string { return &s.Seat }),
			record.TextField("name", func(s *Speaker) *string { return &s.Name }),
			record.ChoiceField("role", SpeakerRoles(), func(s *Speaker) *string { return &s.Role }),
			record.CountField("minutes", 1, func(s *Speaker) *int { return &s.Minutes }),
		},
		Meta: func(s *Speaker) *record.Meta { return &s.Meta },
		Load: loadSpeaker,
		Insert: func(ctx context.Context, tx *db.Tx, s *Speaker) error {
			if err := insertSpeaker(ctx, tx, s); err != nil {
				return err
			}
			return settleAll(ctx, tx, s.Territory, s.Mission)
		},
		Update: func(ctx context.Context, tx *db.Tx, s *Speaker) error {
			if err := updateSpeaker(ctx, tx, s); err != nil {
				return err
			}
			return settleAll(ctx, tx, s.Territory, s.Mission)
		},
		Settle: (*Speaker).settle,
		Found:  func(s *Speaker) record.Found { return record.Found{Title: s.Name, Subject: s.Subject(), On: s.on()} },
	}
	noun.Fields[2].Personal = true
	return noun
}

func (s *Speaker) settle() error {
	var p fault.Problems
	if s.Seat == "" && s.Name == "" {
		p.Add("name", "programme.speaker_needed")
	}
	if s.Role == "" {
		s.Role = "speaks"
	}
	return p.Or()
}
