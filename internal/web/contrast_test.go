package web_test

import (
	"math"
	"testing"

	"github.com/escale-hq/escale/internal/web"
)

// TestContrast compares with the ratios that the look's table gives, to a
// tenth, and with the ends of the scale.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#FFFFFF", 21},
		{"#ffffff", "#FFFFFF", 1},
		{"#1D2A35", "#FBF8F2", 13.8},
		{"#56616B", "#FFFFFF", 6.3},
		{"#0B5C7A", "#FBF8F2", 7.0},
		{"#F7F2E7", "#0A3344", 12.0},
		{"#857C6C", "#F3EEE4", 3.6},
	} {
		got, err := web.Contrast(c.a, c.b)
		if err != nil || math.Abs(got-c.want) > 0.06 {
			t.Errorf("%s on %s is %.2f, not %.1f; %v", c.a, c.b, got, c.want, err)
		}
	}
	for _, colour := range []string{"", "#12345", "123456", "#12345G", "red", "#123456;"} {
		if _, err := web.Contrast(colour, "#FFFFFF"); err == nil {
			t.Errorf("%q passes for a colour", colour)
		}
	}
}
