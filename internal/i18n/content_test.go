package i18n_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/i18n"
)

func TestTextFallsBackAndSaysSo(t *testing.T) {
	for _, c := range []struct {
		text       i18n.Text
		want       string
		said, lang string
	}{
		{i18n.Text{"fr": "Port", "en": "Harbour"}, "fr", "Port", "fr"},
		{i18n.Text{"fr": "Port", "en": "Harbour"}, "de", "Harbour", "en"},
		{i18n.Text{"fr": "Port", "es": "Puerto", "en": ""}, "de", "Puerto", "es"},
		{nil, "fr", "", "fr"},
	} {
		if said, lang := c.text.In(c.want); said != c.said || lang != c.lang {
			t.Errorf("%v in %s is %q in %s", c.text, c.want, said, lang)
		}
	}
}

func TestTextComesBackFromADatabase(t *testing.T) {
	for _, c := range []struct{ text, want i18n.Text }{
		{i18n.Text{"fr": "« Port »", "he": "נמל"}, i18n.Text{"fr": "« Port »", "he": "נמל"}},
		{i18n.Text{"fr": "Port", "en": ""}, i18n.Text{"fr": "Port"}},
		{i18n.Text{"en": ""}, nil},
		{nil, nil},
	} {
		stored, err := c.text.Value()
		if err != nil {
			t.Fatal(err)
		}
		got := i18n.Text{"left": "over"}
		if err := got.Scan(stored); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v: %s", c.text, diff)
		}
	}
}
