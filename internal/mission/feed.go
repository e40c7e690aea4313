package mission

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/calendar"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// A Feed is a calendar that programs read at a secret address: that of all that
// its user may see of missions, or of what they lead, are on and have to do.
type Feed struct {
	Digest string // of the address's secret, which is not kept
	User   string
	Own    bool
	MadeAt db.Instant
}

// MakeFeed makes a calendar to follow, and gives its secret.
func MakeFeed(ctx context.Context, tx *db.Tx, territory int, user string, own bool) (token string, err error) {
	token = rand.Text()
	err = New(tx).addFeed(ctx, addFeedParams{TerritoryID: territory, Digest: digest(token), UserID: user, Own: own, CreatedAt: tx.Now})
	if err != nil {
		return "", fmt.Errorf("make a calendar to follow: %w", err)
	}
	return token, nil
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FeedsOf lists the calendars that a user made and did not revoke.
func FeedsOf(ctx context.Context, tx *db.Tx, territory int, user string) ([]Feed, error) {
	rows, err := New(tx).feedsOf(ctx, territory, user)
	if err != nil {
		return nil, fmt.Errorf("list the calendars of %s: %w", user, err)
	}
	return each(rows, feedOf), nil
}

func feedOf(row MissionFeed) Feed {
	return Feed{Digest: row.Digest, User: row.UserID, Own: row.Own, MadeAt: row.CreatedAt}
}

// RevokeFeed ends a calendar of a user: its address gives nothing any more.
func RevokeFeed(ctx context.Context, tx *db.Tx, territory int, user, digest string) error {
	if err := New(tx).revokeFeed(ctx, revokeFeedParams{RevokedAt: tx.Now, TerritoryID: territory, Digest: digest, UserID: user}); err != nil {
		return fmt.Errorf("revoke a calendar of %s: %w", user, err)
	}
	return nil
}

// errNoFeed says the same whether an address was revoked or never was.
var errNoFeed = fault.New(fault.NotFound, "mission.no_feed")

// follow finds who reads by the secret of an address, with the rights that they
// have now.
func follow(ctx context.Context, tx *db.Tx, slug, token string) (Feed, territory.Viewer, error) {
	home, err := territory.BySlug(ctx, tx, slug)
	if err != nil {
		return Feed{}, territory.Viewer{}, err
	}
	row, err := New(tx).feed(ctx, home.ID, digest(token))
	if errors.Is(err, sql.ErrNoRows) {
		return Feed{}, territory.Viewer{}, errNoFeed
	}
	if err != nil {
		return Feed{}, territory.Viewer{}, fmt.Errorf("find a calendar: %w", err)
	}
	user, err := auth.ByID(ctx, tx, row.UserID)
	if err != nil {
		return Feed{}, territory.Viewer{}, err
	}
	if user.Disabled {
		return Feed{}, territory.Viewer{}, errNoFeed
	}
	v, err := territory.Enter(ctx, tx, slug, user)
	if err == nil && v.Reach("mission", "see") == territory.Nothing {
		err = errNoFeed
	}
	return feedOf(row), v, err
}

// The years that a calendar to follow tells of, before and after today.
const (
	yearsBefore = 1
	yearsAfter  = 3
)

// readFeed answers GET /feeds/{territory}/{token}/missions.ics.
func (p *Pages) readFeed(w http.ResponseWriter, r *http.Request) error {
	var c calendar.Calendar
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		feed, v, err := follow(r.Context(), tx, r.PathValue("territory"), r.PathValue("token"))
		if err != nil {
			return err
		}
		words := p.doors.Words.For(v.Language)
		c, err = p.feed(r.Context(), tx, feed, v, words)
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-store")
	return calendar.Write(w, c)
}

// feed is what the calendar tells.
func (p *Pages) feed(ctx context.Context, tx *db.Tx, feed Feed, v territory.Viewer, w *i18n.Words) (calendar.Calendar, error) {
	now := v.Territory.At(tx.Now)
	from, to := now.AddDate(-yearsBefore, 0, 0).Format(time.DateOnly), now.AddDate(yearsAfter, 0, 0).Format(time.DateOnly)
	c := calendar.Calendar{Product: "-//Escale//Missions//" + w.Lang(), Name: w.T("mission.feed_all", v.Territory.Name)}
	dates, err := p.Between(ctx, tx, v, w, from, to)
	if feed.Own && err == nil {
		c.Name = w.T("mission.feed_own", v.Territory.Name)
		dates, err = p.own(ctx, tx, v, w, from, to)
	}
	if err != nil {
		return c, err
	}
	for _, d := range dates {
		event, err := p.event(v, d)
		if err != nil {
			return c, err
		}
		c.Events = append(c.Events, event)
	}
	return c, nil
}

// own are the dates of the missions that the viewer leads or is on, and of their
// tasks.
func (p *Pages) own(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words, from, to string) (dates []Date, err error) {
	missions, err := between(ctx, tx, v, from, to)
	if err != nil {
		return nil, err
	}
	theirs := map[string]bool{}
	for _, m := range missions {
		theirs["/missions/"+m.ID] = m.Lead == v.User || len(v.Charges[m.ID]) > 0
	}
	all, err := missionDates(ctx, tx, v, w, from, to)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if theirs[d.Href] {
			dates = append(dates, d)
		}
	}
	tasks, err := panel.ListTasks(ctx, tx, p.kinds, v, panel.Choice{Member: v.User})
	for _, t := range tasks {
		if t.Due != "" {
			dates = append(dates, Date{From: t.Due, To: t.Due, Title: t.Title, Note: t.OnTitle, Href: "/tasks/" + t.ID, UID: t.ID, Version: t.Version, Changed: tx.Now})
		}
	}
	return dates, err
}

// event is a date as calendar programs read it.
func (p *Pages) event(v territory.Viewer, d Date) (calendar.Event, error) {
	from, err := time.Parse(time.DateOnly, d.From)
	if err != nil {
		return calendar.Event{}, fmt.Errorf("read the day of %s: %w", d.UID, err)
	}
	to, err := time.Parse(time.DateOnly, d.To)
	if err != nil {
		to = from
	}
	return calendar.Event{
		UID: d.UID + "@escale", Sequence: d.Version, Stamp: d.Changed.Time, Start: from, End: to, WholeDays: true,
		Summary: d.Title, Location: d.Note, Description: p.doors.PublicURL.JoinPath(v.Territory.Home(), d.Href).String(), Cancelled: d.Cancelled,
	}, nil
}
