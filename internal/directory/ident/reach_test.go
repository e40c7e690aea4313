package ident

import "testing"

func TestParseEmail(t *testing.T) {
	for text, want := range map[string]string{
		"Jeanne.Martin@Exemple.FR":          "jeanne.martin@exemple.fr",
		" jeanne@exemple.fr; ":              "jeanne@exemple.fr",
		"mailto:jeanne@exemple.fr":          "jeanne@exemple.fr",
		"Jeanne Martin <jeanne@exemple.fr>": "jeanne@exemple.fr",
		"jeanne+salon@exemple.fr":           "jeanne+salon@exemple.fr",
		"contact@forêt.example":             "contact@xn--fort-ipa.example",
		"ｊ＠ｅｘｅｍｐｌｅ.ｆｒ":                      "j@exemple.fr",
	} {
		if got, err := ParseEmail(text); got != want || err != nil {
			t.Errorf("ParseEmail(%q) = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "jeanne", "jeanne@", "@exemple.fr", "jeanne@exemple", "a@b.fr, c@d.fr", "jeanne@exem ple.fr", "j@-a-.fr"} {
		if got, err := ParseEmail(text); err == nil {
			t.Errorf("ParseEmail(%q) = %q, want an error", text, got)
		}
	}
}

func TestEmailDomain(t *testing.T) {
	if got := EmailDomain("jeanne@exemple.fr"); got != "exemple.fr" {
		t.Errorf("EmailDomain = %q", got)
	}
	if !IsFreemail("gmail.com") || IsFreemail("exemple.fr") {
		t.Error("gmail.com is anyone's, exemple.fr is not")
	}
}

func TestParseSite(t *testing.T) {
	for text, want := range map[string]Site{
		"www.Exemple.fr":                {"https://www.exemple.fr", "exemple.fr"},
		"http://exemple.fr/a?b=c":       {"http://exemple.fr/a?b=c", "exemple.fr"},
		"HTTPS://WWW.EXEMPLE.FR:8443/A": {"https://www.exemple.fr:8443/A", "exemple.fr"},
		"forêt.example":                 {"https://xn--fort-ipa.example", "xn--fort-ipa.example"},
	} {
		if got, err := ParseSite(text); got != want || err != nil {
			t.Errorf("ParseSite(%q) = %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "exemple", "javascript:alert(1)", "ftp://exemple.fr", "https://", "a b.fr", "https://u:p@exemple.fr", "https://localhost/"} {
		if got, err := ParseSite(text); err == nil {
			t.Errorf("ParseSite(%q) = %+v, want an error", text, got)
		}
	}
}

func TestRegisteredDomain(t *testing.T) {
	for host, want := range map[string]string{
		"exemple.fr": "exemple.fr", "shop.acme.co.uk": "acme.co.uk", "acme.github.io": "acme.github.io", "co.uk": "", "": "",
	} {
		if got := RegisteredDomain(host); got != want {
			t.Errorf("RegisteredDomain(%q) = %q, want %q", host, got, want)
		}
	}
}

// TestParsePhone uses the numbers that the plans of numbering keep for fiction.
func TestParsePhone(t *testing.T) {
	for _, c := range []struct{ text, country, want, read string }{
		{"01 99 00 12 34", "FR", "+33199001234", "+33 1 99 00 12 34"},
		{"+33 (0)1.99.00.12.34", "", "+33199001234", "+33 1 99 00 12 34"},
		{"0033199001234", "FR", "+33199001234", "+33 1 99 00 12 34"},
		{"(212) 555-0147", "US", "+12125550147", "+1 212-555-0147"},
		{"020 7946 0123", "GB", "+442079460123", "+44 20 7946 0123"},
		{"02 5550 1234", "IT", "+390255501234", "+39 02 5550 1234"},
	} {
		got, err := ParsePhone(c.text, c.country)
		if got != c.want || err != nil || FormatPhone(got) != c.read {
			t.Errorf("ParsePhone(%q, %s) = %q, %v, written %q", c.text, c.country, got, err, FormatPhone(got))
		}
	}
	for text, want := range map[string]string{
		"": "ident.phone", "appeler": "ident.phone", "01 99 00 12": "ident.phone_short", "01 99 00 12 34 56 78": "ident.phone_long",
	} {
		if _, err := ParsePhone(text, "FR"); err == nil || key(err) != want {
			t.Errorf("ParsePhone(%q): %v, want %s", text, err, want)
		}
	}
	if _, err := ParsePhone("01 99 00 12 34", ""); err == nil || key(err) != "ident.phone_country" {
		t.Errorf("without a country: %v", err)
	}
	if got := FormatPhone("?"); got != "?" {
		t.Errorf("what is no number is written %q", got)
	}
}
