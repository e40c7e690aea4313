package directory

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/db"
)

// Objections remember whose addresses must not be used any more, once the
// record of their owner is erased: as digests, keyed with what the database
// does not hold, so that they tell nobody's address.
type Objections struct{ key []byte }

// NewObjections makes objections whose digests are made with a key.
func NewObjections(key []byte) Objections { return Objections{key} }

func (o Objections) digest(territory int, email string) string {
	mac := hmac.New(sha256.New, o.key)
	fmt.Fprintf(mac, "objection:%d:%s", territory, email)
	return hex.EncodeToString(mac.Sum(nil))
}

// keep remembers addresses of somebody who objected.
func (o Objections) keep(ctx context.Context, tx *db.Tx, territory int, emails []string) error {
	for _, email := range emails {
		if err := New(tx).addObjection(ctx, territory, o.digest(territory, email), tx.Now); err != nil {
			return fmt.Errorf("keep an objection: %w", err)
		}
	}
	return nil
}

// Against says whether nobody may write to an address any more: whoever has it
// objected, and is in the directory or was.
func (o Objections) Against(ctx context.Context, tx *db.Tx, territory int, email string) (bool, error) {
	at, err := New(tx).objections(ctx, territory, o.digest(territory, email))
	if err != nil {
		return false, fmt.Errorf("look for an objection: %w", err)
	}
	n, err := db.Select("p.id", "people p").Where("p.territory_id = ? AND p.email = ?", territory, email).
		Where("p.consent = ? AND p.deleted_at IS NULL", ConsentObjected).Count(ctx, tx)
	if err != nil {
		return false, fmt.Errorf("look for an objection: %w", err)
	}
	return n > 0 || len(at) > 0, nil
}

// heed marks somebody who objected once and whose address comes back, unless
// they agreed since.
func (o Objections) heed(ctx context.Context, tx *db.Tx, p *Person) error {
	for _, email := range p.Emails() {
		at, err := New(tx).objections(ctx, p.Territory, o.digest(p.Territory, email))
		if err != nil {
			return fmt.Errorf("look for an objection: %w", err)
		}
		if len(at) > 0 && !(p.Consent == ConsentGiven && p.ConsentDate >= at[0].Format(time.DateOnly)) {
			p.Consent = ConsentObjected
		}
	}
	return nil
}
