package web

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/fault"
)

// TestPagerOffersEveryEnd: whatever the list, the first, this, the next and the
// last page are offered, in order, each once, and pages are missing where a gap
// says so and nowhere else. What was not counted to its end has no last page: a
// gap stands there.
func TestPagerOffersEveryEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.IntRange(1, 2*Counted).Draw(t, "total")
		p := Pager{Total: total, Least: rapid.Bool().Draw(t, "least")}
		p.Page = rapid.IntRange(1, p.pages()).Draw(t, "page")
		near := p.near()
		offered := []int{1, p.Page, min(p.Page+1, p.pages())}
		if p.counted() {
			offered = append(offered, p.pages())
		}
		for _, page := range offered {
			if !slices.Contains(near, page) {
				t.Fatalf("page %d of %+v is not offered: %v", page, p, near)
			}
		}
		last := 0
		for i, page := range near {
			open := i == len(near)-1 && !p.counted()
			switch {
			case page == 0 && !open && (i == 0 || i == len(near)-1 || near[i+1] <= near[i-1]+1):
				t.Fatalf("a gap hides nothing: %v", near)
			case page != 0 && page <= last:
				t.Fatalf("out of order: %v", near)
			case page != 0 && page != last+1 && near[i-1] != 0:
				t.Fatalf("pages are missing without a gap: %v", near)
			case page != 0:
				last = page
			}
		}
	})
}

func TestPagerSaysWhatIsKnown(t *testing.T) {
	words := testWords(t, "en")
	for want, p := range map[string]Pager{
		"51 to 100 of 120":                    {Page: 2, Total: 120},
		"9,951 to 10,000 of 10,000":           {Page: 200, Total: Counted},
		"1 to 50 of more than 10,000":         {Page: 1, Total: Counted + 1},
		"9,951 to 10,000 of more than 10,000": {Page: 200, Total: Counted + 1},
		"51 to 100":                           {Page: 2, Total: 101, Least: true},
		"75,001 to 75,050":                    {Page: 1501, Total: 75_051},
		"75,051 to 75,060":                    {Page: 1502, Total: 75_060},
		"The list ends before this page":      {Page: 4, Total: 120},
	} {
		if got := p.sentence(words); got != want {
			t.Errorf("%+v says %q, want %q", p, got, want)
		}
	}
}

func TestMeterStaysOnItsBar(t *testing.T) {
	m := Meter{Top: 300}
	for value, want := range map[float64]string{0: "0%", 150: "50%", 281: "93.7%", 400: "100%", -1: "0%"} {
		if got := m.share(value); got != want {
			t.Errorf("%v of 300 is at %s, want %s", value, got, want)
		}
	}
	if got := (Meter{}).share(5); got != "0%" {
		t.Errorf("a bar without a top is filled to %s", got)
	}
}

// TestInstantSaysBothTimes: on either side of a change of clocks, the field says
// the offset of that day and the time at home.
func TestInstantSaysBothTimes(t *testing.T) {
	miami, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	home, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	field := Instant{Field: Field{Name: "start"}, Place: "Miami", PlaceZone: miami, Home: "Marseille", HomeZone: home}
	for typed, want := range map[string]string{
		"2017-11-04T10:30": "Time in Miami (UTC\u00a0−4) · 15:30 in Marseille.",
		"2017-11-07T10:30": "Time in Miami (UTC\u00a0−5) · 16:30 in Marseille.",
		"":                 "Time in Miami.",
	} {
		f := Form{Words: testWords(t, "en"), Values: url.Values{"start": {typed}}}
		if got := f.times(field); got != want {
			t.Errorf("%q is said %q, want %q", typed, got, want)
		}
	}
}

// TestARefusedFieldKeepsWhatWasTyped and says what to do beside it, for the eye
// and for the ear.
func TestARefusedFieldKeepsWhatWasTyped(t *testing.T) {
	f := Form{
		Words: testWords(t, "fr"), Values: url.Values{"siret": {`123 "<456>`}},
		Problems: fault.Problems{{Field: "siret", Key: "web.form.found_none"}},
	}
	page := render(t, f.Text(Field{Name: "siret", Label: "SIRET", Help: "14 chiffres."}))
	document := parse(t, page)
	input := document.find("input")
	want := map[string]string{
		"value": `123 "<456>`, "aria-invalid": "true", "aria-describedby": "siret-help siret-problem",
	}
	got := map[string]string{}
	for name := range want {
		got[name] = input.attribute(name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the input (-want +got):\n%s\n%s", diff, page)
	}
	for _, id := range []string{"siret-help", "siret-problem"} {
		if document.byID(id) == nil {
			t.Errorf("nothing has the id %s: %s", id, page)
		}
	}
}

// TestTheSummaryLeadsToEachField: each problem is a link to what has its id.
func TestTheSummaryLeadsToEachField(t *testing.T) {
	f := Form{Words: testWords(t, "fr"), Problems: fault.Problems{
		{Field: "name", Key: "web.form.none"}, {Field: "kinds", Key: "web.form.none"}, {Field: "text.en", Key: "web.form.none"},
	}}
	languages := []Option{{Value: "fr", Label: "Français"}, {Value: "en", Label: "English"}}
	page := render(t, f.Summary()) + render(t, f.Text(Field{Name: "name"})) +
		render(t, f.Checkboxes(Field{Name: "kinds"}, languages)) + render(t, f.Translated(Field{Name: "text"}, languages, 3))
	document := parse(t, page)
	for _, p := range f.Problems {
		if document.link("#"+p.Field) == nil || document.byID(p.Field) == nil {
			t.Errorf("the summary does not lead to %s: %s", p.Field, page)
		}
	}
	if shown := document.byID("shown.text.en"); shown == nil || !shown.has("checked") {
		t.Error("the language with the problem is not the one shown")
	}
}

func TestInitial(t *testing.T) {
	for name, want := range map[string]string{"Biogalène": "B", "« étang »": "É", "3 Îles": "3", "נמל": "נ", "—": "?"} {
		if got := initial(name); got != want {
			t.Errorf("the initial of %q is %q, want %q", name, got, want)
		}
	}
}
