package i18n

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// load makes a catalogue of files given as name, text, name, text.
func load(t *testing.T, files ...string) *Catalogue {
	t.Helper()
	c, err := Load(folder(files...), "words")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func folder(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys["words/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func TestTexts(t *testing.T) {
	c := load(t,
		"a.en.json", `{"table": "Table {0}", "meet": "{1} meets {0}", "wishes": {"one": "{n} wish of {0}", "other": "{n} wishes of {0}"}}`,
		"a.fr.json", `{"table": "Table {0}", "meet": "{0} rencontre {1}", "wishes": {"one": "{n} souhait de {0}", "other": "{n} souhaits de {0}"}}`,
		"b.en.json", `{"title": "Report"}`,
		"b.fr.json", `{"title": "Rapport"}`,
	)
	en, fr := c.For("en"), c.For("fr")
	for _, test := range []struct{ got, want string }{
		{en.T("table", 1234), "Table 1,234"},
		{fr.T("table", 1234), "Table 1\u202f234"},
		{fr.T("table", "Suite B"), "Table Suite B"},
		{en.T("meet", "A", "B"), "B meets A"},
		{fr.T("meet", "A", "B"), "A rencontre B"},
		{en.N("wishes", 0, "A"), "0 wishes of A"},
		{en.N("wishes", 1, "A"), "1 wish of A"},
		{fr.N("wishes", 0, "A"), "0 souhait de A"},
		{fr.N("wishes", 1, "A"), "1 souhait de A"},
		{fr.N("wishes", 2000, "A"), "2\u202f000 souhaits de A"},
		{en.T("title"), "Report"},
		{c.For("fr-CA").T("title"), "Rapport"},
		{c.For("FR_fr").T("title"), "Rapport"},
		{c.For("de").T("title"), "Report"},
		{c.For("").T("title"), "Report"},
		{fr.T("unknown", 1), "unknown"},
		{fr.N("unknown", 1), "unknown"},
		{fr.T("table"), "Table {0}"},
		{fr.T("table", "{0}"), "Table {0}"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if err := c.Check(); err != nil {
		t.Errorf("Check: %v", err)
	}
}

func TestTypography(t *testing.T) {
	c := load(t,
		"a.en.json", `{"k": "It's here: \"so\"; 9:30", "end": "'so'"}`,
		"a.fr.json", `{"k": "L'un : « ceci » ; quoi ? oui ! 3 % à 9:30, 5 €", "end": "'ainsi'"}`,
	)
	want := "L’un\u00a0: «\u00a0ceci\u00a0»\u202f; quoi\u202f? oui\u202f! 3\u00a0% à 9:30, 5\u00a0€"
	if got := c.For("fr").T("k"); got != want {
		t.Errorf("French: got %q, want %q", got, want)
	}
	if got, want := c.For("en").T("k"), `It’s here: "so"; 9:30`; got != want {
		t.Errorf("English: got %q, want %q", got, want)
	}
	if got, want := c.For("fr").T("end"), "'ainsi'"; got != want {
		t.Errorf("a quotation mark is no apostrophe: got %q, want %q", got, want)
	}
}

func TestCheckFindsEveryDifference(t *testing.T) {
	c := load(t,
		"a.en.json", `{"same": "A {0}", "english": "B", "empty": "C", "args": "{0} {1}", "plural": {"one": "{n}", "other": "{n}"}, "forms": {"one": "x", "other": "{n} x"}}`,
		"a.fr.json", `{"same": "A {0}", "french": "B", "empty": "", "args": "{0} {2}", "plural": "{n}", "forms": {"one": "", "other": "{n} x"}}`,
	)
	err := c.Check()
	if err == nil {
		t.Fatal("no problem was found")
	}
	want := []string{
		`args: arguments [0 2] in "fr", [0 1] in "en"`,
		`empty: an empty text in "fr"`,
		`english: no text in "fr"`,
		`forms: an empty text in "fr"`,
		`french: no text in "en"`,
		`plural: has plural forms in "fr" or in "en", not in both`,
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		files []string
		want  string
	}{
		"a key twice in a file":   {[]string{"a.en.json", `{"k": "1", "k": "2"}`}, `key "k" appears twice`},
		"a key in two files":      {[]string{"a.en.json", `{"k": "1"}`, "b.en.json", `{"k": "2"}`}, `key "k" is in another file too`},
		"three plural forms":      {[]string{"a.en.json", `{"k": {"one": "1", "few": "2", "other": "3"}}`}, `exactly the forms`},
		"a plural of one form":    {[]string{"a.en.json", `{"k": {"other": "3"}}`}, `exactly the forms`},
		"a value that is no text": {[]string{"a.en.json", `{"k": 3}`}, `key "k"`},
		"a list":                  {[]string{"a.en.json", `["k"]`}, `one JSON object`},
		"an unfinished file":      {[]string{"a.en.json", `{"k": "1"`}, `EOF`},
		"two objects":             {[]string{"a.en.json", `{"k": "1"} {}`}, `something follows`},
		"a name without language": {[]string{"a.json", `{}`}, `area.language.json`},
		"an unknown language":     {[]string{"a.xx.json", `{}`}, `language "xx" is not one of [en fr]`},
		"no English":              {[]string{"a.fr.json", `{}`}, `no catalogue of language "en"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(folder(test.files...), "words")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestPlaceholders(t *testing.T) {
	w := load(t, "a.en.json", `{"b": "{1} {0} {0}", "a": {"one": "{0}", "other": "{n} {0}"}, "c": "{name} {10}"}`).For("en")
	got := map[string][]string{}
	for _, key := range w.Keys() {
		got[key] = w.Placeholders(key)
	}
	want := map[string][]string{"a": {"0", "n"}, "b": {"0", "1"}, "c": nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("placeholders (-want +got):\n%s", diff)
	}
	if !w.Has("a") || w.Has("d") {
		t.Error("Has does not follow the keys")
	}
}

func TestJoin(t *testing.T) {
	a := load(t, "a.en.json", `{"a.hello": "Hello {0}"}`, "a.fr.json", `{"a.hello": "Bonjour {0}"}`)
	b := load(t, "b.en.json", `{"b.ships": {"one": "{n} ship", "other": "{n} ships"}}`, "b.fr.json", `{"b.ships": {"one": "{n} navire", "other": "{n} navires"}}`)
	both, err := Join(a, b)
	if err != nil {
		t.Fatal(err)
	}
	fr := both.For("fr")
	got := []string{fr.T("a.hello", "Nina"), fr.N("b.ships", 2), both.For("en").N("b.ships", 1)}
	if diff := cmp.Diff([]string{"Bonjour Nina", "2 navires", "1 ship"}, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if a.For("fr").Has("b.ships") {
		t.Error("joining changed one of the catalogues")
	}
	if _, err := Join(a, b, a); err == nil || !strings.Contains(err.Error(), `"a.hello" is in two catalogues`) {
		t.Errorf("the same key twice: %v", err)
	}
}
