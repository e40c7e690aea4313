package names

import (
	"testing"

	"pgregory.net/rapid"
)

// The organisations are invented.
func TestOrganisation(t *testing.T) {
	for name, want := range map[string]string{
		"Ateliers Dupré, S.A.S.":        "ateliers dupre",
		"ATELIERS DUPRE":                "ateliers dupre",
		"S.A.R.L. Ateliers Dupré":       "ateliers dupre",
		"SAS Dupré & Fils":              "dupre fils",
		"Dupré et Fils S. A.":           "dupre fils",
		"Société anonyme Dupré":         "dupre",
		"Nordwind GmbH & Co. KG":        "nordwind",
		"Acqua Chiara S.p.A.":           "acqua chiara",
		"Blue Harbor Trading Co., Ltd.": "blue harbor trading",
		"Puerto Claro S.A. de C.V.":     "puerto claro",
		"Wiatr Sp. z o.o.":              "wiatr",
		"ООО «Ромашка»":                 "ромашка",
		"Ромашка, ООО":                  "ромашка",
		"株式会社青波":                        "青波",
		"青波（株）":                         "青波",
		"(주)한빛바다":                       "한빛바다",
		"蓝港贸易有限公司":                      "蓝港贸易",
		"גל ים בע\"מ":                   "גל ים",
		"موج البحر ش.م.م":               "موج البحر",
		"PT Ombak Biru Tbk":             "ombak biru",
		"SAS":                           "sas",
		"SARL SA":                       "sarl",
		"株式会社":                          "株式会社",
		"Fleur de Sel":                  "fleur de sel",
		"Casa Spa Resort":               "casa spa resort",
		"":                              "",
	} {
		if got := Organisation(name); got != want {
			t.Errorf("Organisation(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestLegalFormChangesNothing(t *testing.T) {
	names := rapid.StringMatching(`[B-D][b-z]{5,9}( [B-D][b-z]{5,9})?`)
	rapid.Check(t, func(t *rapid.T) {
		name := names.Draw(t, "name")
		form := rapid.SampledFrom([]string{" SAS", ", S.A.S.", " s.à r.l.", " GmbH", " Ltd", " Inc.", " B.V.", " S.p.A.", " Sp. z o.o."}).Draw(t, "form")
		if got, want := Organisation(name+form), Fold(name); got != want {
			t.Fatalf("Organisation(%q) = %q, want %q", name+form, got, want)
		}
	})
}

func TestOrganisationIsFolded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := Organisation(rapid.String().Draw(t, "name"))
		if got != Fold(got) {
			t.Fatalf("%q is not folded", got)
		}
	})
}
