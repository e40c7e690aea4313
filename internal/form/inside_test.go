package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/i18n"
)

func TestMinorUnits(t *testing.T) {
	for text, want := range map[string]int{
		"12": 1200, "12,5": 1250, "12.50": 1250, "12 500": 1250000, "12\u202f500,00": 1250000, "12,500.50": 1250050,
		"12.500,50": 1250050, "1,234,567": 123456700, "1'234.5": 123450, "0": 0,
	} {
		if got, ok := minorUnits(text, "EUR"); !ok || got != want {
			t.Errorf("%q is read as %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "a lot", "-5", "12,3456", "1e9", "12.50 EUR", strings.Repeat("9", 20)} {
		if got, ok := minorUnits(text, "EUR"); ok {
			t.Errorf("%q is read as %d", text, got)
		}
	}
	if got, ok := minorUnits("1,500", "JPY"); !ok || got != 1500 {
		t.Errorf("yen have no cents: %d, %v", got, ok)
	}
}

// TestAmountsComeBack: an amount as either language writes it is read as it was.
func TestAmountsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.IntRange(0, 1_000_000_000_00).Draw(t, "minor")
		whole, cents := fmt.Sprint(minor/100), fmt.Sprintf("%02d", minor%100)
		for _, signs := range [][2]string{{" ", ","}, {",", "."}, {".", ","}, {"", "."}} {
			text := grouped(whole, signs[0]) + signs[1] + cents
			if got, ok := minorUnits(text, "EUR"); !ok || got != minor {
				t.Fatalf("%q is read as %d, %v", text, got, ok)
			}
		}
	})
}

func grouped(digits, by string) string {
	var groups []string
	for len(digits) > 3 {
		groups = append(groups, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return strings.Join(groups, by)
}

// TestOptionsKeepTheirValue: those that keep a label in one language, in any
// order; a value is never given twice.
func TestOptionsKeepTheirValue(t *testing.T) {
	label := func(fr, en string) i18n.Text { return i18n.Text{"fr": fr, "en": en} }
	former := []Option{{"1", label("Oui", "Yes")}, {"2", label("Non", "No")}, {"5", label("Peut-être", "Perhaps")}}
	got, err := renewOptions(former, map[string][]string{"fr": {"Non", "Souvent", "Certes"}, "en": {"No", "Often", "Yes"}})
	want := []Option{{"2", label("Non", "No")}, {"6", label("Souvent", "Often")}, {"1", label("Certes", "Yes")}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := renewOptions(nil, map[string][]string{"fr": {"Oui; non"}}); err == nil {
		t.Error("a semicolon is taken")
	}
}

// TestOptionsComeBack from the text that history keeps.
func TestOptionsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var options []Option
		for i := range rapid.IntRange(1, 6).Draw(t, "options") {
			word := rapid.StringMatching(`[A-Za-zé=]{1,8}( [a-z=]{1,5})?`)
			options = append(options, Option{fmt.Sprint(i + 1), i18n.Text{"fr": word.Draw(t, "fr"), "en": word.Draw(t, "en")}})
		}
		got, err := optionsOf(optionTexts(options))
		if diff := cmp.Diff(options, got); diff != "" || err != nil {
			t.Fatal(diff, err)
		}
	})
}
