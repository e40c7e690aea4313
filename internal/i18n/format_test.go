package i18n

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// spaced shows the spaces that do not break: ~ the wide one, _ the narrow one.
var spaced = strings.NewReplacer(noBreak, "~", narrowNoBreak, "_")

func both(t *testing.T) (en, fr *Words) {
	t.Helper()
	c := load(t, "a.en.json", `{}`, "a.fr.json", `{}`)
	return c.For("en"), c.For("fr")
}

func TestNumbers(t *testing.T) {
	en, fr := both(t)
	for _, test := range []struct {
		name     string
		say      func(w *Words) string
		inEn, fr string
	}{
		{"zero", func(w *Words) string { return w.Number(0) }, "0", "0"},
		{"hundreds", func(w *Words) string { return w.Number(999) }, "999", "999"},
		{"thousands", func(w *Words) string { return w.Number(1487) }, "1,487", "1_487"},
		{"millions", func(w *Words) string { return w.Number(-1000000) }, "−1,000,000", "−1_000_000"},
		{"decimal", func(w *Words) string { return w.Decimal(1234.56, 1) }, "1,234.6", "1_234,6"},
		{"rounded to zero", func(w *Words) string { return w.Decimal(-0.04, 1) }, "0.0", "0,0"},
		{"negative", func(w *Words) string { return w.Decimal(-0.05, 2) }, "−0.05", "−0,05"},
		{"percent", func(w *Words) string { return w.Percent(0.0034, 1) }, "0.3%", "0,3~%"},
		{"whole percent", func(w *Words) string { return w.Percent(0.57, 0) }, "57%", "57~%"},
		{"gain", func(w *Words) string { return w.Signed(6) }, "+6", "+~6"},
		{"loss", func(w *Words) string { return w.Signed(-6) }, "−6", "−~6"},
		{"neither", func(w *Words) string { return w.Signed(0) }, "0", "0"},
		{"minutes", func(w *Words) string { return w.Minutes(25) }, "25~min", "25~min"},
		{"an hour", func(w *Words) string { return w.Minutes(60) }, "1~h", "1~h"},
		{"more than an hour", func(w *Words) string { return w.Minutes(65) }, "1~h~05~min", "1~h~05"},
		{"no time", func(w *Words) string { return w.Minutes(0) }, "0~min", "0~min"},
		{"seconds", func(w *Words) string { return w.Seconds(840 * time.Millisecond) }, "0.8~s", "0,8~s"},
		{"many seconds", func(w *Words) string { return w.Seconds(30 * time.Second) }, "30~s", "30~s"},
	} {
		got := [2]string{spaced.Replace(test.say(en)), spaced.Replace(test.say(fr))}
		if diff := cmp.Diff([2]string{test.inEn, test.fr}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestDates(t *testing.T) {
	en, fr := both(t)
	miami := time.FixedZone("EST", -5*3600)
	day := func(month time.Month, d, hour, minute int) time.Time {
		return time.Date(2017, month, d, hour, minute, 0, 0, miami)
	}
	for _, test := range []struct {
		name     string
		say      func(w *Words) string
		inEn, fr string
	}{
		{"date", func(w *Words) string { return w.Date(day(11, 6, 0, 0)) }, "Monday 6 November 2017", "lundi 6 novembre 2017"},
		{"first", func(w *Words) string { return w.Date(day(11, 1, 0, 0)) }, "Wednesday 1 November 2017", "mercredi 1er novembre 2017"},
		{"day and month", func(w *Words) string { return w.DayMonth(day(8, 6, 0, 0)) }, "Sunday 6 August", "dimanche 6 août"},
		{"short", func(w *Words) string { return w.DateShort(day(11, 6, 0, 0)) }, "Mon~6", "lun.~6"},
		{"brief", func(w *Words) string { return w.DateBrief(day(11, 7, 0, 0)) }, "7~Nov~2017", "7~nov.~2017"},
		{"brief, whole month", func(w *Words) string { return w.DateBrief(day(5, 1, 0, 0)) }, "1~May~2017", "1er~mai~2017"},
		{"one day", func(w *Words) string { return w.Dates(day(11, 6, 9, 0), day(11, 6, 18, 0)) }, "6 November 2017", "6 novembre 2017"},
		{"days of a month", func(w *Words) string { return w.Dates(day(11, 6, 0, 0), day(11, 10, 0, 0)) }, "6~–~10 November 2017", "6~–~10 novembre 2017"},
		{"days of two months", func(w *Words) string { return w.Dates(day(10, 30, 0, 0), day(11, 1, 0, 0)) }, "30 October – 1 November 2017", "30 octobre – 1er novembre 2017"},
		{"days of two years", func(w *Words) string { return w.Dates(day(12, 30, 0, 0), day(13, 2, 0, 0)) }, "30 December 2017 – 2 January 2018", "30 décembre 2017 – 2 janvier 2018"},
		{"clock", func(w *Words) string { return w.Clock(day(11, 6, 9, 5)) }, "9:05", "9:05"},
		{"time", func(w *Words) string { return w.Time(day(11, 6, 9, 30)) }, "9:30", "9~h~30"},
		{"span", func(w *Words) string { return w.Span(day(11, 6, 10, 30), day(11, 6, 11, 0)) }, "10:30~–~11:00", "10:30~–~11:00"},
		{"stamp", func(w *Words) string { return w.Stamp(day(10, 17, 16, 5)) }, "17 October 2017 at 16:05", "17 octobre 2017 à 16~h~05"},
		{"offset", func(w *Words) string { return w.Offset(day(11, 6, 0, 0)) }, "UTC~−5", "UTC~−5"},
		{"half an hour", func(w *Words) string { return w.Offset(time.Now().In(time.FixedZone("IST", 19800))) }, "UTC~+5:30", "UTC~+5:30"},
		{"universal", func(w *Words) string { return w.Offset(time.Now().UTC()) }, "UTC", "UTC"},
	} {
		got := [2]string{spaced.Replace(test.say(en)), spaced.Replace(test.say(fr))}
		if diff := cmp.Diff([2]string{test.inEn, test.fr}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestLists(t *testing.T) {
	en, fr := both(t)
	for _, test := range []struct {
		items    []string
		inEn, fr string
	}{
		{nil, "", ""},
		{[]string{"a"}, "a", "a"},
		{[]string{"a", "b"}, "a and b", "a et b"},
		{[]string{"a", "b", "c"}, "a, b and c", "a, b et c"},
	} {
		got := [2]string{en.List(test.items), fr.List(test.items)}
		if diff := cmp.Diff([2]string{test.inEn, test.fr}, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.items, diff)
		}
	}
	if got := fr.ListOr([]string{"a", "b", "c"}); got != "a, b ou c" {
		t.Errorf("ListOr = %q", got)
	}
}

func TestNamesSortWithoutTheirAccents(t *testing.T) {
	_, fr := both(t)
	names := []string{"Étang Bleu", "Atelier", "zinc", "Ecume", "Aérolit"}
	slices.SortFunc(names, fr.Collate())
	want := []string{"Aérolit", "Atelier", "Ecume", "Étang Bleu", "zinc"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

// TestNumberKeepsItsDigits: whatever the separators, the figure is the same.
func TestNumberKeepsItsDigits(t *testing.T) {
	en, fr := both(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int().Draw(t, "n")
		for _, w := range []*Words{en, fr} {
			plain := strings.NewReplacer(w.how.thousands, "", minus, "-").Replace(w.Number(n))
			if plain != strconv.Itoa(n) {
				t.Fatalf("%d is written %q", n, w.Number(n))
			}
		}
	})
}
