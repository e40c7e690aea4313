package register

import (
	"math"
	"slices"
	"time"
)

// A Company is what the register says in public of one.
type Company struct {
	SIREN        string
	LegalName    string
	TradingNames []string
	Active       bool
	// Private says that the company asked not to be published: of it there are
	// numbers, state, activity and size, and no name or address.
	Private bool
	// NAF is its activity in NAF rev. 2, NAF2025 in the edition that replaces it;
	// either may be empty.
	NAF, NAF2025 string
	Staff        Staff
	// Establishments are those that the answer speaks of, the head office first.
	Establishments []Establishment
	// AsOf is when the register said so.
	AsOf time.Time
}

// An Establishment is one place of a company.
type Establishment struct {
	SIRET    string
	Address  string // in one line, with post code and city
	PostCode string
	City     string
	Active   bool
}

// Establishment finds one by its SIRET.
func (c Company) Establishment(siret string) (Establishment, bool) {
	for _, e := range c.Establishments {
		if e.SIRET == siret {
			return e, true
		}
	}
	return Establishment{}, false
}

// Staff is a range of numbers of employees.
type Staff struct {
	Known    bool
	Min, Max int // Max is NoLimit for the largest
}

// NoLimit ends a range that has no upper end.
const NoLimit = math.MaxInt32

// staffOf reads the register's classes of size ("tranche d'effectif salarié").
func staffOf(class string) Staff {
	classes := []string{"00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53"}
	from := []int{0, 1, 3, 6, 10, 20, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000, NoLimit + 1}
	i := slices.Index(classes, class)
	if i < 0 {
		return Staff{}
	}
	return Staff{Known: true, Min: from[i], Max: from[i+1] - 1}
}
