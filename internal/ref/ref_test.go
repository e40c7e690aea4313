package ref_test

import (
	"testing"

	"github.com/escale-hq/escale/internal/ref"
)

func TestParseReadsWhatStringWrites(t *testing.T) {
	want := ref.Ref{Territory: 3, Kind: "organisation", ID: "0193-a"}
	got, err := ref.Parse(3, want.String())
	if err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "organisation", ":1", "organisation:"} {
		if got, err := ref.Parse(1, text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}
