package funding

import (
	"context"
	"net/http"
	"regexp"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/territory"
)

// scdlColumns are those of the schema "subventions" 2.1.1 of the Socle commun
// des données locales, in its order: the essential data of grants that French
// public bodies publish (decree 2017-779 of 5 May 2017).
func scdlColumns() []string {
	return []string{
		"nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire",
		"rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE",
		"notificationUE", "pourcentageSubvention", "dispositifAide",
	}
}

// scdlNature is what the schema calls an instrument.
var scdlNature = map[string]string{
	"money": "aide en numéraire", "kind": "aide en nature", "both": "aide en numéraire;aide en nature",
}

var siretShape = regexp.MustCompile(`^\d{14}$`)

// Publishable says whether the open data can hold an award: in euros, with the
// numbers that tell both sides in the register of companies.
func (a Award) Publishable() bool {
	return a.Currency == euro && siretShape.MatchString(siretOf(a.Authority)) && siretShape.MatchString(a.Beneficiary.SIRET)
}

// SCDL makes the rows of the open data, and lists the awards that they leave
// out.
func SCDL(awards []Award) (rows [][]string, left []Award) {
	rows = append(rows, scdlColumns())
	for _, a := range awards {
		if !a.Publishable() {
			left = append(left, a)
			continue
		}
		rows = append(rows, []string{
			nameOf(a.Authority), siretOf(a.Authority), a.DecidedOn, a.Decision, nameOf(a.Beneficiary), a.Beneficiary.SIRET,
			"", a.Object, moneyText(a.Amount, a.Currency), scdlNature[a.Instrument], a.scdlConditions(), a.scdlPeriod(), "",
			yes(!slices.Contains(uncapped, a.Regulation)), "1.00", a.Scheme,
		})
	}
	return rows, left
}

// scdlConditions are "unique" or "échelonné" where nothing else was said: one
// day of payment, or a period.
func (a Award) scdlConditions() string {
	switch {
	case a.Conditions != "":
		return a.Conditions
	case a.PaysTo == "" || a.PaysTo == a.PaysFrom:
		return "unique"
	default:
		return "échelonné"
	}
}

// scdlPeriod is the day or the period of payment; where nothing was said, it
// begins with the decision.
func (a Award) scdlPeriod() string {
	from := a.PaysFrom
	if from == "" {
		from = a.DecidedOn
	}
	if a.PaysTo == "" || a.PaysTo == from {
		return from
	}
	return from + "/" + a.PaysTo
}

func yes(is bool) string {
	if is {
		return "oui"
	}
	return "non"
}

// openData answers GET /t/{territory}/grants/open-data.
func (p *Pages) openData(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, "subventions.csv", dialect{comma: ','}, func(ctx context.Context, tx *db.Tx, v territory.Viewer) ([][]string, error) {
		awards, err := Awards(ctx, tx, v)
		rows, _ := SCDL(awards)
		return rows, err
	})
}
