package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/config"
)

// TestRefusalsInWords: every way in which a setting can be wrong is said in
// both languages. A pair names a variable where it is in capitals, or an option.
func TestRefusalsInWords(t *testing.T) {
	type sentences struct{ en, fr string }
	for given, want := range map[string]sentences{
		"ESCALE_ADRESS=x": {
			"There is no setting ESCALE_ADRESS (environment). Did you mean ESCALE_ADDRESS?",
			"Le réglage ESCALE_ADRESS (environnement) n’existe pas. Vouliez-vous écrire ESCALE_ADDRESS ?",
		},
		"ESCALE_ZZZZ=x": {
			"There is no setting ESCALE_ZZZZ (environment): remove it. The settings are those of escale config.",
			"Le réglage ESCALE_ZZZZ (environnement) n’existe pas : retirez-le. Les réglages sont ceux d’escale config.",
		},
		"--address=8080": {
			"address is “8080” (--address): give a host and a port, such as 127.0.0.1:8080, or :8080 for all the machine's addresses.",
			"address vaut « 8080 » (--address) : donnez un hôte et un port, par exemple 127.0.0.1:8080, ou :8080 pour toutes les adresses de la machine.",
		},
		"ESCALE_KEY=short": {
			"The value of key (ESCALE_KEY) is refused: give 32 bytes in base64 or hexadecimal; openssl rand -base64 32 makes some.",
			"La valeur de key (ESCALE_KEY) est refusée : donnez 32 octets en base64 ou en hexadécimal ; openssl rand -base64 32 en fabrique.",
		},
		"ESCALE_KEY=a ESCALE_KEY_FILE=b": {
			"key is given twice, by ESCALE_KEY and ESCALE_KEY_FILE: keep one.",
			"key est donné deux fois, par ESCALE_KEY et ESCALE_KEY_FILE : gardez-en un.",
		},
		"ESCALE_METRICS_TOKEN_FILE=absent": {
			"metrics-token (ESCALE_METRICS_TOKEN_FILE): the file absent cannot be read. Check its name and its rights.",
			"metrics-token (ESCALE_METRICS_TOKEN_FILE) : le fichier absent ne peut pas être lu. Vérifiez son nom et ses droits.",
		},
		"--address=:8080": {
			"public-url is not set: address is open to other machines, so say what links begin with, such as https://escale.example.org.",
			"public-url n’est pas donné : address est ouvert à d’autres machines ; dites par quoi commencent les liens, par exemple https://escale.example.org.",
		},
		"--mail-host=mail.example.org --mail-from=a@example.org --mail-tls=none": {
			"mail-tls is “none” (--mail-tls): mail-host is another machine, so choose starttls or tls.",
			"mail-tls vaut « none » (--mail-tls) : mail-host est une autre machine ; choisissez starttls ou tls.",
		},
		"--session-lifetime=1h": {
			"session-idle is “14d” (default): give no more than session-lifetime.",
			"session-idle vaut « 14d » (par défaut) : ne dépassez pas session-lifetime.",
		},
		"--session-idle=15 --session-lifetime=1h --job-workers=0": {
			"job-workers is “0” (--job-workers): give a whole number from 1 to 64.\n" +
				"session-idle is “15” (--session-idle): give a length of time from 5m to 90d, such as 90s, 12h or 14d.",
			"job-workers vaut « 0 » (--job-workers) : donnez un nombre entier de 1 à 64.\n" +
				"session-idle vaut « 15 » (--session-idle) : donnez une durée de 5m à 90d, par exemple 90s, 12h ou 14d.",
		},
	} {
		t.Run(given, func(t *testing.T) {
			args := []string{"config"}
			for part := range strings.FieldsSeq(given) {
				if name, value, _ := strings.Cut(part, "="); strings.HasPrefix(part, "ESCALE_") {
					t.Setenv(name, value)
				} else {
					args = append(args, part)
				}
			}
			for lang, text := range map[string]string{"en": want.en, "fr": want.fr} {
				code, said := usageSaid(t, lang, args...)
				said = strings.ReplaceAll(usagePlain(said), "machine’s", "machine's")
				if diff := cmp.Diff(text+"\n", said); code != exitUnreadable || diff != "" {
					t.Errorf("exit code %d %s", code, diff)
				}
			}
		})
	}
}

// TestEveryRefusalHasWords: the problems and the wants of internal/config are
// those of the catalogue.
func TestEveryRefusalHasWords(t *testing.T) {
	files, err := filepath.Glob("../../internal/config/*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b(Kind) = "(\w+)"|(want)\("(\w+)"|\t(?:missing|wrong)\((.+), "(\w+)"\)|(within)\(\w+, "(\w+)"`)
	wanted := map[string]bool{"cli.settings.problem.near": true, "cli.settings.problem.wrong_unseen": true}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range named.FindAllStringSubmatch(string(source), -1) {
			area := "cli.settings.want."
			if found[1] != "" {
				area = "cli.settings.problem."
			}
			wanted[area+found[2]+found[4]+found[6]+found[8]] = true
		}
	}
	var told []string
	for _, key := range wordsOf(t).Keys() {
		if strings.HasPrefix(key, "cli.settings.problem.") || strings.HasPrefix(key, "cli.settings.want.") {
			told = append(told, key)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(wanted)), told); diff != "" {
		t.Error(diff)
	}
}

// TestSettingsHaveOptions: the options of the command are those of the
// settings, and their help says the default that is in force.
func TestSettingsHaveOptions(t *testing.T) {
	var flags struct{ settingFlags }
	w := wordsOf(t)
	parser, err := kong.New(&flags, helpTexts(w), settingsGroup(w))
	if err != nil {
		t.Fatal(err)
	}
	_, entries, err := config.Load(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, flag := range parser.Model.Flags {
		if flag.Name == "help" {
			continue
		}
		names = append(names, flag.Name)
		i := slices.IndexFunc(entries, func(e config.Entry) bool { return e.Name == flag.Name })
		if i >= 0 && strings.Contains(flag.Help, "default") && !strings.Contains(flag.Help, entries[i].Value) {
			t.Errorf("--%s is %q by default, and its help says %q", flag.Name, entries[i].Value, flag.Help)
		}
	}
	if diff := cmp.Diff(config.Options(), names); diff != "" {
		t.Error(diff)
	}
}

// TestSecretsAreNeverPrinted puts random secrets in every place that takes one,
// right ones and wrong ones.
func TestSecretsAreNeverPrinted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "escale.conf")
	rapid.Check(t, func(r *rapid.T) {
		secret := rapid.OneOf(
			rapid.StringMatching(`[0-9a-f]{64}`),
			rapid.StringMatching(`[A-Za-z0-9]{17,40}`),
			rapid.StringMatching(`[A-Za-z0-9@:/?#&%=+!]{12,40}`),
			rapid.StringMatching(`[0-9]{1,4}[/?#@][A-Za-z0-9@/?#]{10,20}`),
		)
		var secrets []string
		draw := func(name string) string {
			secrets = append(secrets, secret.Draw(r, name))
			return secrets[len(secrets)-1]
		}
		lines := []string{"mail-user = escale"}
		for _, name := range []string{"key", "mail-password", "oidc-client-secret", "metrics-token"} {
			lines = append(lines, name+" = "+draw(name))
		}
		switch rapid.IntRange(0, 2).Draw(r, "password in") {
		case 0:
			lines = append(lines, "database = postgres://escale:"+draw("database")+"@db/escale")
		case 1:
			lines = append(lines, "database = postgres://escale@db/escale?password="+draw("database"))
		default:
			lines = append(lines, "database = postgres://escale@db/escale", "database-password = "+draw("database"))
		}
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			r.Fatal(err)
		}
		for _, args := range [][]string{{"config", "--config", path}, {"config", "--json", "--config", path}} {
			_, text := usageSaid(t, "en", args...)
			for _, s := range secrets {
				// The end of a secret must not show either, should its
				// beginning be taken for something else.
				if strings.Contains(text, s[len(s)-9:]) {
					r.Fatalf("%q is in\n%s", s, text)
				}
			}
		}
	})
}
