package programme

import (
	"context"
	"fmt"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
)

// A Scan is what was noted at the door of a session: somebody is in, or is not
// after all. It may come late, twice and in any order: what holds of somebody is
// their latest scan.
type Scan struct {
	ID string // made on the device
	// Attendee is the key of an [Attendee], or of a visitor of a stand: "visit:"
	// and an id.
	Attendee string
	Entered  bool
	At       db.Instant // by the clock of the device
}

// visit begins the key of a visitor of a stand.
const visit = "visit:"

// mostScans is how many a device sends at once, longestID the length of an id.
const (
	mostScans = 500
	longestID = 100
)

// Write writes the scan as a form sends it.
func (s Scan) Write() string {
	what := "out"
	if s.Entered {
		what = "in"
	}
	at := ""
	if !s.At.IsZero() {
		at = s.At.Text()
	}
	return strings.Join([]string{s.ID, what, s.Attendee, at}, "|")
}

// readScan reads what [Scan.Write] wrote. What a form without a script leaves
// out, the id and the time, is made here.
func readScan(text string, now db.Instant) (s Scan, err error) {
	parts := strings.Split(text, "|")
	unread := fault.New(fault.Invalid, "programme.scan_unread")
	if len(parts) != 4 || len(text) > 3*longestID || parts[1] != "in" && parts[1] != "out" || parts[2] == "" {
		return s, unread
	}
	s = Scan{ID: parts[0], Entered: parts[1] == "in", Attendee: parts[2], At: now}
	if s.ID == "" {
		s.ID = db.NewID()
	}
	if s.Attendee == visit {
		s.Attendee += s.ID
	}
	if parts[3] == "" {
		return s, nil
	}
	if s.At.Scan(parts[3]) != nil {
		return s, unread
	}
	if s.At.After(now.Time) { // a clock that is fast would have the last word
		s.At = now
	}
	return s, nil
}

// readScans reads all that a form sent.
func readScans(texts []string, now db.Instant) ([]Scan, error) {
	if len(texts) > mostScans {
		return nil, fault.New(fault.TooLarge, "programme.scans_many", mostScans)
	}
	scans := make([]Scan, len(texts))
	for i, text := range texts {
		var err error
		if scans[i], err = readScan(text, now); err != nil {
			return nil, err
		}
	}
	return scans, nil
}

// Enter keeps scans of a session; those that are kept already change nothing.
func Enter(ctx context.Context, tx *db.Tx, s *Session, user string, scans []Scan) error {
	for _, scan := range scans {
		err := New(tx).addScan(ctx, addScanParams{
			TerritoryID: s.Territory, SessionID: s.ID, ID: scan.ID, Attendee: scan.Attendee, Entered: scan.Entered, At: scan.At,
			ReceivedAt: tx.Now, UserID: user,
		})
		if err != nil {
			return fmt.Errorf("keep what was noted at the door: %w", err)
		}
	}
	return nil
}

// Presence is who is in, by the key of the attendee, since when.
type Presence map[string]db.Instant

// Present tells who is at a session.
func Present(ctx context.Context, tx *db.Tx, s *Session) (Presence, error) {
	rows, err := New(tx).scansOf(ctx, s.Territory, s.ID)
	if err != nil {
		return nil, fmt.Errorf("find who came to the session %s: %w", s.ID, err)
	}
	p := Presence{}
	for _, row := range rows { // the latest last
		p.note(Scan{row.ID, row.Attendee, row.Entered, row.At})
	}
	return p, nil
}

// note applies a scan that comes after those before it.
func (p Presence) note(s Scan) {
	since, there := p[s.Attendee]
	switch {
	case !s.Entered:
		delete(p, s.Attendee)
	case !there || s.At.Before(since.Time):
		p[s.Attendee] = s.At
	}
}

// count is how many are in, visitors of the stand or others.
func (p Presence) count(visitors bool) (n int) {
	for attendee := range p {
		if strings.HasPrefix(attendee, visit) == visitors {
			n++
		}
	}
	return n
}
