package ident

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

func catalogue(t *testing.T) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWordsAreThoseOfTheCode(t *testing.T) {
	c := catalogue(t)
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`"(ident\.[a-z_]+)"`).FindAllStringSubmatch(string(text), -1) {
			used = append(used, found[1])
		}
	}
	slices.Sort(used)
	if diff := cmp.Diff(slices.Compact(used), c.For("en").Keys()); diff != "" {
		t.Errorf("keys in the code (-) and in the catalogue (+):\n%s", diff)
	}
}

// said is what a person reads of an error.
func said(t *testing.T, lang string, err error) string {
	t.Helper()
	f := fault.Of(err)
	if f == nil {
		t.Fatalf("%v is no fault", err)
	}
	if f.Kind != fault.Invalid {
		t.Errorf("%v is not of the kind Invalid", err)
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(catalogue(t).For(lang).T(f.Key, f.Args...))
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	last := func(_ any, err error) error { return err }
	for _, c := range []struct {
		err  error
		want string
	}{
		{last(ParseSIRET("123 456 782 0001")), "13 chiffres au lieu de 14 : il en manque un."},
		{last(ParseSIRET("123 456 782 000")), "Il manque 2 chiffres : 12 au lieu de 14."},
		{last(ParseSIRET("123456782")), "Ce numéro est un SIREN : ajoutez les 5 chiffres de l'établissement."},
		{last(ParseSIREN("1234567820")), "10 chiffres au lieu de 9 : il y en a un de trop."},
		{last(ParseSIREN("12345678200010")), "Ce numéro est un SIRET : le SIREN est formé de ses 9 premiers chiffres, 123 456 782."},
		{last(ParseSIREN("12345678O")), "Le caractère « O » n'est pas un chiffre : retirez-le."},
		{last(ParseSIREN(" ")), "Indiquez les 9 chiffres du numéro."},
		{last(ParseVAT("DE12345678")), "Ce numéro n'a pas la forme des numéros de TVA qui commencent par DE : vérifiez le nombre de chiffres et de lettres."},
		{last(ParseActivity(Rev2025, "45.20A")), "Aucune activité ne commence par 45 dans cette nomenclature : vérifiez le code ou la nomenclature choisie."},
		{last(ParseEmail("jeanne@exemple")), "« exemple » n'est pas un nom de domaine : vérifiez ce qui suit l'arobase."},
	} {
		if diff := cmp.Diff(c.want, said(t, "fr", c.err)); diff != "" {
			t.Error(diff)
		}
	}
}

func key(err error) string { return fault.Of(err).Key }
