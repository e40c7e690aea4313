package auth_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, auth.Words)) }

func (h *house) byEmail(email string) (user auth.User) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		user, err = auth.ByEmail(ctx, tx, email)
		return err
	})
	return user
}

func TestUsers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made := h.add(" Zoé@Münster.example ")
		want := auth.User{ID: made.ID, Email: "Zoé@Münster.example", Name: "Ada Lovelace", Language: "en", CreatedAt: h.db.Now()}
		if diff := cmp.Diff(want, made); diff != "" {
			t.Error(diff)
		}
		for _, email := range []string{"zoé@münster.example", "ZOÉ@MÜNSTER.EXAMPLE", "Zoe\u0301@xn--mnster-3ya.example"} {
			if diff := cmp.Diff(want, h.byEmail(email)); diff != "" {
				t.Errorf("%s: %s", email, diff)
			}
		}
		err := h.db.Write(ctx, func(tx *db.Tx) error {
			_, err := auth.AddUser(ctx, tx, auth.User{Email: "zoé@münster.example", Name: "Z", Language: "fr"})
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("adding an address again gives %v", err)
		}
		disable(h, made)
		want.Disabled = true
		h.write(func(tx *db.Tx) error {
			users, err := auth.Users(ctx, tx)
			if diff := cmp.Diff([]auth.User{want}, users); diff != "" {
				t.Error(diff)
			}
			return err
		})
		h.write(func(tx *db.Tx) error { return auth.Enable(ctx, tx, made.ID) })
		if h.byEmail(made.Email).Disabled {
			t.Error("a user who is enabled is disabled")
		}
	})
}

// TestEmailKey: folding twice is folding once, and a key is found whatever the
// case that its address is written in.
func TestEmailKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringMatching(`[A-Za-zéÉﬁＫ.+-]{1,12}@[A-Za-zäÄß-]{1,10}\.[a-zÀ-ö]{2,4}`).Draw(t, "address")
		key, err := auth.EmailKey(address)
		if err != nil {
			return
		}
		again, err := auth.EmailKey(key)
		if err != nil || again != key {
			t.Fatalf("%q has the key %q, whose key is %q: %v", address, key, again, err)
		}
		if lower, err := auth.EmailKey(strings.ToLower(address)); err != nil || lower != key {
			t.Fatalf("%q in lower case has the key %q, not %q: %v", address, lower, key, err)
		}
		if strings.ContainsAny(key, " \r\n<>,") {
			t.Fatalf("the key of %q is %q", address, key)
		}
	})
}

func TestLimit(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		try := func(bucket string) error {
			return h.db.Write(ctx, func(tx *db.Tx) error { return auth.Limit(ctx, tx, bucket, 2, time.Minute) })
		}
		for i, want := range []bool{false, false, true, true} {
			if got := fault.Is(try("a"), fault.TooMany); got != want {
				t.Errorf("try %d is refused: %t, want %t", i+1, got, want)
			}
		}
		if err := try("b"); err != nil {
			t.Errorf("another bucket is refused: %v", err)
		}
		h.hand.Advance(time.Minute)
		if err := try("a"); err != nil {
			t.Errorf("after the span it is refused: %v", err)
		}
	})
}
