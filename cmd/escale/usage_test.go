package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// usageSaid runs the program in a language and gives what it prints.
func usageSaid(t *testing.T, lang string, args ...string) (code int, text string) {
	t.Helper()
	t.Setenv("LC_ALL", lang)
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), args, &stdout, &stderr)
	return code, stdout.String() + stderr.String()
}

// TestUsageIsSaidInWords: what is wrong with a command line is said in the
// user's language. It notices a version of kong that speaks otherwise.
func TestUsageIsSaidInWords(t *testing.T) {
	for args, want := range map[string][2]string{
		"":                            {"Say what to do: plan, check, capacity, template, serve, init, ", "Dites que faire : plan, check, capacity, template, serve, init, "},
		"move":                        {"“move” is not expected here.", "« move » n’est pas attendu ici."},
		"plna":                        {"There is no “plna”. Did you mean plan?", "« plna » n’existe pas. Vouliez-vous écrire plan ?"},
		"plan -o out":                 {"Give <workbook>.", "Donnez <workbook>."},
		"plan book":                   {"Give --out=OUT.", "Donnez --out=OUT."},
		"plan book -o out --zzz":      {"There is no option --zzz.", "L’option --zzz n’existe pas."},
		"plan book -o out --forse":    {"There is no “--forse”. Did you mean --force?", "« --forse » n’existe pas. Vouliez-vous écrire --force ?"},
		"plan book -o out --time":     {"--time lacks its value.", "Il manque la valeur de --time."},
		"plan book -o out --time 5":   {"--time is “5”: give a length of time, such as 30s or 2m.", "--time vaut « 5 » : donnez une durée, par exemple 30s ou 2m."},
		"plan book -o out --time=-5s": {"--time is -5s: give a length of time that is not negative", "--time vaut -5s : donnez une durée qui ne soit pas négative"},
		"plan book -o out --seed x":   {"--seed is “x”: give a whole number.", "--seed vaut « x » : donnez un nombre entier."},
		"plan book -o out --force=x":  {"--force takes no value.", "--force ne prend pas de valeur."},
		"plan book -o out --lang de":  {"--lang is “de”: choose one of fr, en.", "--lang vaut « de » : choisissez parmi fr, en."},
		"capacity nowhere --time=-5s": {"--time is -5s: give a length of time that is not negative", "--time vaut -5s : donnez une durée qui ne soit pas négative"},
		"plan nowhere -o out":         {"nowhere: There is no such file or folder: check its name.", "nowhere : "},
	} {
		for i, lang := range []string{"en", "fr"} {
			code, text := usageSaid(t, lang, strings.Fields(args)...)
			if text = usagePlain(text); code != exitUnreadable || !strings.Contains(text, want[i]) {
				t.Errorf("escale %s: exit code %d, %q; want %q", args, code, text, want[i])
			}
		}
	}
}

// usagePlain writes ordinary spaces for those that do not break.
func usagePlain(text string) string {
	return strings.NewReplacer(narrowNoBreak, " ", noBreak, " ").Replace(text)
}

// TestHelpIsInTheLanguage: no title of a page of help stays in English, and no
// line begins with the sign that its word must keep.
func TestHelpIsInTheLanguage(t *testing.T) {
	for _, command := range []string{"", "plan", "check", "capacity", "template", "config", "backup", "restore", "copy", "migrate", "doctor", "version"} {
		code, page := usageSaid(t, "fr", append(strings.Fields(command), "--help")...)
		if code != exitDone || !strings.Contains(usagePlain(page), "Usage : escale") {
			t.Errorf("%s: exit code %d\n%s", command, code, page)
		}
		for _, english := range []string{"Flags", "flags", "Commands", "Show", "Run \"", "Arguments:"} {
			if strings.Contains(page, english) {
				t.Errorf("%s: the page says %q", command, english)
			}
		}
		for line := range strings.Lines(page) {
			if line = strings.TrimSpace(line); strings.IndexAny(line, ";:!?»") == 0 || strings.ContainsAny(line, heldNarrow+heldNoBreak) {
				t.Errorf("%s: a line is %q", command, line)
			}
		}
	}
}
