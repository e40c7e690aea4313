package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/i18n"
)

// TestWordsAreWhole: both languages say the same, every key that the source
// names has a text, and every text is named.
func TestWordsAreWhole(t *testing.T) {
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	if err := words.Check(); err != nil {
		t.Error(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	key := regexp.MustCompile(`"(cli\.[a-z_.]+)"|\$\{help_([a-z_]+)\}`)
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range key.FindAllStringSubmatch(string(source), -1) {
			if found[2] != "" {
				found[1] = "cli.help." + found[2]
			}
			named[found[1]] = true
		}
	}
	w := words.For("en")
	for key := range named {
		if !w.Has(key) && !strings.HasSuffix(key, ".") {
			t.Errorf("the source names %q, which has no text", key)
		}
	}
	for _, key := range w.Keys() {
		// What internal/config refuses is compared by TestEveryRefusalHasWords.
		refusal := strings.HasPrefix(key, "cli.settings.problem.") || strings.HasPrefix(key, "cli.settings.want.")
		if !named[key] && !refusal {
			t.Errorf("nothing in the source names %q", key)
		}
	}
}

func TestLocaleOfTheEnvironment(t *testing.T) {
	for want, env := range map[string]map[string]string{
		"en":    {},
		"fr_FR": {"LANG": "fr_FR.UTF-8"},
		"fr_CA": {"LC_ALL": "fr_CA.UTF-8", "LANG": "en_US.UTF-8"},
		"C":     {"LC_MESSAGES": "C", "LANG": "fr_FR"},
	} {
		if got := localeOf(func(name string) string { return env[name] }); got != want {
			t.Errorf("localeOf(%v) = %q, want %q", env, got, want)
		}
	}
}

// wordsOf gives the words in English.
func wordsOf(t *testing.T) *i18n.Words {
	t.Helper()
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	return words.For("en")
}
