package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

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
	// Travelled is that of what somebody confided for a journey, which is over; it is
	// no ending of a rule.
	Travelled Ending = "travelled"
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

// An Eraser collects and removes what is known of people: in records, and in the
// traces beside them.
type Eraser struct {
	Kinds      record.Kinds
	Objections Objections
	Traces     []record.Trace
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
		proof.Counts, err = e.empty(ctx, tx, act, of)
	}
	if err != nil {
		return Erasure{}, fmt.Errorf("end the record of %s: %w", of, err)
	}
	return proof, KeepErasure(ctx, tx, territory, proof)
}

// empty erases somebody from all that holds something of them, and counts it.
func (e Eraser) empty(ctx context.Context, tx *db.Tx, act record.Act, of ref.Ref) (map[string]int, error) {
	held, err := e.Kinds.Held(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	who := humanOf(held, of)
	if objected(held, of) {
		if err := e.Objections.keep(ctx, tx, of.Territory, who.Emails); err != nil {
			return nil, err
		}
	}
	counts, err := e.Kinds.Erase(ctx, tx, act, of)
	if err != nil {
		return nil, err
	}
	for _, trace := range e.Traces {
		n, err := trace.Erase(ctx, tx, act, who)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			counts[trace.Kind] += n
		}
	}
	return counts, nil
}

// held is all that is held of a person.
func (e Eraser) held(ctx context.Context, tx *db.Tx, of ref.Ref) ([]record.Held, error) {
	all, err := e.Kinds.Held(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	who := humanOf(all, of)
	for _, trace := range e.Traces {
		held, err := trace.Held(ctx, tx, who)
		if err != nil {
			return nil, err
		}
		all = append(all, held...)
	}
	return all, nil
}

// humanOf is what somebody is known by: in their record, and in those that were
// merged into it.
func humanOf(held []record.Held, of ref.Ref) record.Human {
	who := record.Human{Territory: of.Territory}
	for _, h := range held {
		if h.Ref.Kind != of.Kind {
			continue
		}
		who.Records = append(who.Records, h.Ref)
		who.Emails = append(who.Emails, record.Split(h.Texts["email"]+";"+h.Texts["other_emails"])...)
		given, family := h.Texts["given_name"], h.Texts["family_name"]
		who.Names = append(who.Names, given+" "+family, family+" "+given, h.Texts["original_name"])
	}
	return who
}

// objected says whether somebody wants to hear nothing more.
func objected(held []record.Held, of ref.Ref) bool {
	return slices.ContainsFunc(held, func(h record.Held) bool {
		return h.Ref.Kind == of.Kind && h.Texts["consent"] == ConsentObjected
	})
}

// KeepErasure keeps a proof.
func KeepErasure(ctx context.Context, tx *db.Tx, territory int, e Erasure) error {
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
