package wordstest

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/i18n"
)

const source = `package p

func say(w words, lang string) {
	w.T("visit.title", 1)
	w.N("visit.seats", 2)
	w.T("visit.kind." + lang)
	fault.New(fault.Invalid, "visit.refused", 1, 2)
	open("visit.html")
	w.T("other.key")
}
`

// load makes a catalogue whose two languages say the same.
func load(t *testing.T, texts string) *i18n.Catalogue {
	t.Helper()
	file := &fstest.MapFile{Data: []byte(texts)}
	return Load(t, fstest.MapFS{"words/visit.en.json": file, "words/visit.fr.json": file})
}

// TestDifferencesAreFound breaks each rule once.
func TestDifferencesAreFound(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	const sound = `"visit.title": "{0}", "visit.seats": {"one": "{n}", "other": "{n}"}, "visit.kind.fair": "a"`
	for _, test := range []struct {
		name, texts string
		want        []string
	}{
		{"all agree", `{` + sound + `, "visit.refused": "{0} {1}"}`, nil},
		{"no text", `{` + sound + `}`, []string{`the source names "visit.refused", which has no text`}},
		{
			"a text too many", `{` + sound + `, "visit.refused": "{0} {1}", "visit.old": "a"}`,
			[]string{`nothing in the source names "visit.old"`},
		},
		{"an argument too many", `{` + sound + `, "visit.refused": "{0}"}`, []string{`"visit.refused" is given 2 arguments and wants 1`}},
		{
			"no number", `{"visit.title": {"one": "{n} {0}", "other": "{n} {0}"}, "visit.seats": "a", "visit.kind.fair": "a", "visit.refused": "{1}"}`,
			[]string{`"visit.title" depends on a number: call N`},
		},
	} {
		if diff := cmp.Diff(test.want, compare(load(t, test.texts), dir)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestFrenchSlips(t *testing.T) {
	for text, wanted := range map[string]int{
		"Voulez-vous publier ?": 0,
		"Voulez-vous publier?":  1,
		"A la une...":           2,
		"Une réunion":           1,
	} {
		got := french(load(t, `{"visit.text": "`+text+`"}`).For("fr"), nil)
		if len(got) != wanted {
			t.Errorf("%q: %v, want %d slips", text, got, wanted)
		}
	}
	if got := french(load(t, `{"visit.cell": "a..."}`).For("fr"), []string{"visit.cell"}); got != nil {
		t.Errorf("an exception is no sentence: %v", got)
	}
}
