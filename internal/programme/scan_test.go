package programme

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
)

// TestScansInAnyOrder: whatever comes twice, late or first, those who are in are
// those whose latest scan says so.
func TestScansInAnyOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 0)
		rapid.Check(t, func(t *rapid.T) {
			of := s.add(func(*Session) {})
			var scans []Scan
			want := map[string]bool{}
			for minute := range rapid.IntRange(1, 8).Draw(t, "scans") {
				scan := Scan{
					ID: db.NewID(), Attendee: rapid.SampledFrom([]string{"seat:1", "guest:1", "visit:1"}).Draw(t, "who"),
					Entered: rapid.Bool().Draw(t, "entered"), At: after(minute),
				}
				scans, want[scan.Attendee] = append(scans, scan), scan.Entered
			}
			sent := rapid.Permutation(append(scans, scans...)).Draw(t, "sent")
			got := map[string]bool{}
			s.write(func(tx *db.Tx) error {
				cut := rapid.IntRange(0, len(sent)).Draw(t, "cut")
				for _, part := range [][]Scan{sent[:cut], sent[cut:]} {
					if err := Enter(ctx, tx, of, "user", part); err != nil {
						return err
					}
				}
				there, err := Present(ctx, tx, of)
				for attendee := range want {
					_, got[attendee] = there[attendee]
				}
				return err
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		})
	})
}

func TestReadScan(t *testing.T) {
	now := after(60)
	late := Scan{"a", "seat:1", true, after(0)}
	for text, want := range map[string]Scan{
		late.Write():                            late,
		Scan{"a", "g", false, now}.Write():      {"a", "g", false, now},
		Scan{"a", "g", true, after(61)}.Write(): {"a", "g", true, now}, // by a clock that is fast
		"a|in|seat:1|":                          {"a", "seat:1", true, now},
	} {
		got, err := readScan(text, now)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", text, err, diff)
		}
	}
	for _, text := range []string{"", "a|in|seat:1", "a|up|seat:1|", "a|in||", "a|in|seat:1|yesterday"} {
		if _, err := readScan(text, now); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	for i := range 20000 {
		code := Code(1, "seat:"+string(rune(i)))
		if seen[code] {
			t.Fatalf("%s is given twice", code)
		}
		seen[code] = true
	}
	code := Code(1, "seat:1")
	for typed, same := range map[string]bool{code: true, code[:5] + code[6:]: true, " " + code: true, "x": false, code + "0": false} {
		if sameCode(typed, code) != same {
			t.Errorf("%q is %s: %v", typed, code, !same)
		}
	}
	if Code(2, "seat:1") == code {
		t.Error("two territories have the same code")
	}
}
