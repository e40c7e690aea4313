package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFrame says where the reader is, in the title, the navigation and the
// preferences.
func TestFrame(t *testing.T) {
	f := Frame{
		Words: testWords(t, "fr"), Title: "Annuaire", Path: "/marseille/annuaire?q=port", Theme: "dark",
		Territory: Brand{Name: "Ville de Marseille", Home: "/marseille"},
		Nav:       []NavSection{{Items: []NavItem{{Label: "Annuaire", Href: "/a", Current: true, Count: 1487}, {Label: "2"}, {Label: "3"}, {Label: "4"}}}},
		Toast:     &Toast{Text: "Fait.", UndoAction: "/undo"},
	}
	page := render(t, Page(f))
	for _, want := range []string{
		"<title>Annuaire · Ville de Marseille · Escale</title>", `lang="fr"`, `data-theme="dark"`,
		`value="/marseille/annuaire?q=port"`, `aria-current="page"`, "1\u202f487", `action="/undo"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if got := len(f.firstItems()); got != 3 {
		t.Errorf("the bottom bar has %d parts, want 3 beside its menu", got)
	}
	if bare := render(t, Bare(f)); strings.Contains(bare, "<nav") {
		t.Error("a bare page has a navigation")
	}
}

// TestALinkHasItsOwnLanguageOnly: an empty one would hide the page's.
func TestALinkHasItsOwnLanguageOnly(t *testing.T) {
	for lang, want := range map[string]bool{"": false, "he": true} {
		for _, post := range []bool{false, true} {
			page := render(t, LinkOrButton(Link{Label: "Out", Href: "/out", Lang: lang, Post: post}))
			if got := strings.Contains(page, "lang="); got != want {
				t.Errorf("language %q: %s", lang, page)
			}
		}
	}
}

// TestTranslatedOpensOnItsProblem, or else on the first language.
func TestTranslatedOpensOnItsProblem(t *testing.T) {
	f := Form{Words: testWords(t, "en")}
	languages := []Option{{Value: "fr", Label: "French"}, {Value: "en", Label: "English"}}
	got := []string{f.shown("offer", languages)}
	f.Problems.Add("offer.en", "web.more")
	got = append(got, f.shown("offer", languages))
	if diff := cmp.Diff([]string{"fr", "en"}, got); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
}

// TestStyle: every token that the style uses has a value, and nothing in it
// depends on the side of the page on which a language begins.
func TestStyle(t *testing.T) {
	style, err := styleSheet()
	if err != nil {
		t.Fatal(err)
	}
	for _, used := range regexp.MustCompile(`var\((--[\w-]+)\)`).FindAllStringSubmatch(style, -1) {
		if !strings.Contains(style, used[1]+":") {
			t.Errorf("the style uses %s, which is no token", used[1])
		}
	}
	physical := regexp.MustCompile(`(?m)[{;]\s*((?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:float|text-align): *(?:left|right))\b`)
	for _, found := range physical.FindAllStringSubmatch(style, -1) {
		t.Errorf("%q is no logical property", found[1])
	}
}

// TestIcons: every icon that a page of the house names is in the sprite.
func TestIcons(t *testing.T) {
	sprite := string(assets().assets["icons.svg"].plain)
	used := regexp.MustCompile(`Icon(?:\(|: *)"([a-z0-9-]+)"`)
	sources, err := filepath.Glob("../*/*.templ")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, name := range sources {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, icon := range used.FindAllSubmatch(source, -1) {
			named++
			if !strings.Contains(sprite, `id="`+string(icon[1])+`"`) {
				t.Errorf("%s names the icon %q, which is not in icons.svg", name, icon[1])
			}
		}
	}
	if named < 10 {
		t.Errorf("only %d icons were found", named)
	}
}
