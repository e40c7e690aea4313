package agenda

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Notice is a message to people of a mission, such as that the bus leaves at a
// quarter past eight: by mail, and on their agenda until they have read it.
type Notice struct {
	record.Meta
	Mission  string
	Audience string // see [Audience]
	Text     i18n.Text
	SentBy   string // the name of who wrote it
}

// The audiences; those of a leg or a session end in its id.
const (
	everybody     = "all"
	ofSide        = "side:"
	ofLeg         = "leg:"
	ofSession     = "session:"
	longestNotice = 1000 // characters
)

// Notices is how notices are kept. Their audience is who they were sent to: it
// does not change.
func Notices() record.Noun[Notice] {
	var fields record.Fields[Notice]
	for _, lang := range record.ContentLanguages() {
		fields = append(fields, record.ContentField("text", lang, func(n *Notice) *i18n.Text { return &n.Text }))
	}
	return record.Noun[Notice]{
		Name: "notice", Fields: fields,
		Meta: func(n *Notice) *record.Meta { return &n.Meta },
		Load: loadNotice, Insert: insertNotice, Update: updateNotice,
		Settle: (*Notice).settle,
		Found: func(n *Notice) record.Found {
			return record.Found{Subject: territory.Subject{Mission: n.Mission}, On: ref.Ref{Territory: n.Territory, Kind: "mission", ID: n.Mission}}
		},
	}
}

// Kinds are notices as the rest of the house knows them.
func Kinds() []record.Kind {
	notice := Notices().Kind()
	notice.Attached, notice.Quiet = true, true
	notice.Address = func(id string) string { return "/notices/" + id }
	return []record.Kind{notice}
}

func (n *Notice) settle() error {
	var p fault.Problems
	if n.Text.IsZero() {
		p.Add("text."+i18n.Fallback, "notice.text_needed")
	}
	for lang, text := range n.Text {
		if len([]rune(text)) > longestNotice {
			p.Add("text."+lang, "notice.text_long", longestNotice)
		}
	}
	return p.Or()
}

// audience are the participants that a notice is for, without those who
// withdrew.
func audience(ctx context.Context, tx *db.Tx, w *mission.Whole, name string) ([]*mission.Participant, error) {
	var keep func(*mission.Participant) bool
	side, isSide := strings.CutPrefix(name, ofSide)
	leg, isLeg := strings.CutPrefix(name, ofLeg)
	session, isSession := strings.CutPrefix(name, ofSession)
	switch {
	case name == everybody:
		keep = func(*mission.Participant) bool { return true }
	case isSide:
		keep = func(p *mission.Participant) bool { return string(p.Side) == side }
	case isLeg:
		keep = func(p *mission.Participant) bool { return len(p.Legs) == 0 || slices.Contains(p.Legs, leg) }
	case isSession:
		seated, err := New(tx).seatedAt(ctx, w.Territory, "session", session)
		if err != nil {
			return nil, fmt.Errorf("find who is at the session %s: %w", session, err)
		}
		keep = func(p *mission.Participant) bool { return slices.Contains(seated, p.ID) }
	default:
		return nil, fault.Problems{{Field: "audience", Key: "notice.audience_needed"}}
	}
	var people []*mission.Participant
	for _, p := range w.Participants {
		if p.State != mission.Withdrawn && keep(p) {
			people = append(people, p)
		}
	}
	if len(people) == 0 {
		return nil, fault.Problems{{Field: "audience", Key: "notice.nobody"}}
	}
	return people, nil
}

// send keeps a notice and writes to those it is for; it gives how many there
// are.
func (p *Pages) sendNotice(ctx context.Context, tx *db.Tx, act record.Act, w *mission.Whole, n *Notice) (int, error) {
	people, err := audience(ctx, tx, w, n.Audience)
	if err != nil {
		return 0, err
	}
	if err := Notices().Add(ctx, tx, act, n); err != nil {
		return 0, err
	}
	for _, one := range people {
		contact := w.People[one.Contact]
		mailed := contact != nil && contact.Email != ""
		if err := New(tx).addReader(ctx, addReaderParams{n.Territory, n.ID, one.ID, mailed}); err != nil {
			return 0, fmt.Errorf("note who a notice is for: %w", err)
		}
		if !mailed {
			continue
		}
		text, _ := n.Text.In(w.Language)
		link := auth.Link{
			TerritoryID: n.Territory, Kind: "participant", RecordID: one.ID, SentTo: contact.Email, Name: contact.Name(),
			Language: w.Language, ExpiresAt: linkEnd(w.Mission, tx.Now),
		}
		if err := p.auth.HandWith(ctx, tx, act.By, Purpose(), link, "notice.letter", w.Name(w.Language), text); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}

func loadNotice(ctx context.Context, tx *db.Tx, territory int, id string) (*Notice, error) {
	row, err := New(tx).notice(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "notice", id)
	}
	return noticeOf(row), nil
}

func noticeOf(row noticeRow) *Notice {
	return &Notice{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version, CreatedAt: row.CreatedAt,
			UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Audience: row.Audience, Text: row.Text, SentBy: row.SentBy,
	}
}

func insertNotice(ctx context.Context, tx *db.Tx, n *Notice) error {
	return New(tx).addNotice(ctx, addNoticeParams{
		TerritoryID: n.Territory, ID: n.ID, MissionID: n.Mission, Fictional: n.Fictional, Audience: n.Audience, Text: n.Text,
		SentBy: n.SentBy, Version: n.Version, CreatedAt: n.CreatedAt, UpdatedAt: n.UpdatedAt,
	})
}

func updateNotice(ctx context.Context, tx *db.Tx, n *Notice) error {
	return New(tx).editNotice(ctx, editNoticeParams{
		Text: n.Text, Version: n.Version, UpdatedAt: n.UpdatedAt, DeletedAt: n.DeletedAt, TerritoryID: n.Territory, ID: n.ID,
	})
}
