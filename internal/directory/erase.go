package directory

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// An Ending is what becomes of a person whose time is up.
type Ending string

// The endings.
const (
	Erased   Ending = "erased"   // nothing is left but the shell of the record
	Archived Ending = "archived" // out of the directory, into the trash, as archives demand
)

// An Erasure is the proof that somebody was erased or archived. It holds
// nothing of what was.
type Erasure struct {
	ID     string
	Person string // the id of their record
	Ending Ending
	Months int    // of silence, by rule; 0: on request
	Actor  string // the id of who did it
	// Counts are how many records of each kind were emptied.
	Counts map[string]int
	At     db.Instant
}

// An Eraser removes what is known of people.
type Eraser struct {
	Kinds      record.Kinds
	Objections Objections
}

// Erase removes all that is known of a person for good, and keeps the proof. If
// they objected to being written to, their addresses are remembered as digests.
func (e Eraser) Erase(ctx context.Context, tx *db.Tx, act record.Act, territory int, id string) (Erasure, error) {
	return e.end(ctx, tx, act, territory, id, Rule{Ending: Erased})
}

// end brings about a rule's ending.
func (e Eraser) end(ctx context.Context, tx *db.Tx, act record.Act, territory int, id string, rule Rule) (proof Erasure, err error) {
	proof = Erasure{ID: db.NewID(), Person: id, Ending: rule.Ending, Months: rule.Months, Actor: act.By.ID, At: tx.Now}
	of := ref.Ref{Territory: territory, Kind: "person", ID: id}
	if rule.Ending == Archived {
		err = e.Kinds[of.Kind].Delete(ctx, tx, act, territory, id)
	} else {
		if err = e.rememberObjection(ctx, tx, of); err != nil {
			return Erasure{}, err
		}
		proof.Counts, err = e.Kinds.Erase(ctx, tx, act, of)
	}
	if err != nil {
		return Erasure{}, fmt.Errorf("end the record of %s: %w", of, err)
	}
	return proof, keepErasure(ctx, tx, territory, proof)
}

// rememberObjection keeps the addresses of somebody who objected, those of the
// records that were merged into theirs too.
func (e Eraser) rememberObjection(ctx context.Context, tx *db.Tx, of ref.Ref) error {
	held, err := e.Kinds.Held(ctx, tx, of)
	if err != nil {
		return err
	}
	objected := false
	var emails []string
	for _, h := range held {
		if h.Ref.Kind == of.Kind {
			objected = objected || h.Texts["consent"] == ConsentObjected
			emails = append(emails, record.Split(h.Texts["email"]+";"+h.Texts["other_emails"])...)
		}
	}
	if !objected {
		return nil
	}
	return e.Objections.keep(ctx, tx, of.Territory, emails)
}

func keepErasure(ctx context.Context, tx *db.Tx, territory int, e Erasure) error {
	counts, err := json.Marshal(e.Counts)
	if err != nil {
		return err
	}
	err = New(tx).addErasure(ctx, addErasureParams{
		territory, e.ID, e.Person, string(e.Ending), e.Months, e.Actor, string(counts), e.At,
	})
	if err != nil {
		return fmt.Errorf("keep the proof of an erasure: %w", err)
	}
	return nil
}

// Erasures gives the last proofs of a territory, the newest first.
func Erasures(ctx context.Context, tx *db.Tx, territory, limit int) ([]Erasure, error) {
	rows, err := New(tx).erasures(ctx, territory, int32(limit))
	if err != nil {
		return nil, fmt.Errorf("list the erasures: %w", err)
	}
	list := make([]Erasure, len(rows))
	for i, row := range rows {
		list[i] = Erasure{ID: row.ID, Person: row.PersonID, Ending: Ending(row.Ending), Months: row.Months, Actor: row.Actor, At: row.At}
		if err := json.Unmarshal([]byte(row.Counts), &list[i].Counts); err != nil {
			return nil, fmt.Errorf("read the erasure %s: %w", row.ID, err)
		}
	}
	return list, nil
}
