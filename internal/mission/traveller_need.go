package mission

import (
	"slices"
	"time"
)

// A need is something without which a traveller cannot leave.
type need struct {
	name string // its text is traveller.need.NAME
	days int    // before the departure: by then it is there
	own  bool   // the traveller can give it by their link
	met  func(t *Traveller, p Passport) bool
}

// needs are all of them, those that take longest first.
func needs() []need {
	return []need{
		{"passport", 60, true, func(t *Traveller, p Passport) bool { return p.enough(t.PassportTo) }},
		{"order", 30, false, func(t *Traveller, _ Passport) bool {
			return t.OrderKind != "" && t.OrderNumber != "" && t.OrderOn != ""
		}},
		{"entry", 30, true, func(t *Traveller, _ Passport) bool { return t.EntryKind == "none" || t.EntryState == "given" }},
		{"flights", 21, true, func(t *Traveller, _ Passport) bool { return len(t.Flights) > 0 }},
		{"room", 21, true, func(t *Traveller, _ Passport) bool { return t.Room != "" }},
		{"hotel", 21, false, func(t *Traveller, _ Passport) bool { return len(t.Stays) > 0 }},
		{"insurance", 15, true, func(t *Traveller, _ Passport) bool { return t.Insurance != "" }},
		{"emergency", 15, true, func(t *Traveller, _ Passport) bool { return t.EmergencyName != "" && t.EmergencyPhone != "" }},
		{"meal", 10, true, func(t *Traveller, _ Passport) bool { return t.Meal != "" }},
	}
}

// unmet are the needs of a traveller that are not met.
func (t *Traveller) unmet(p Passport) []need {
	return slices.DeleteFunc(needs(), func(n need) bool { return n.met(t, p) })
}

// by is the day by which a need is met, or "" as long as that of the departure is
// not known.
func (n need) by(departure string) string {
	day, err := time.Parse(time.DateOnly, departure)
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, -n.days).Format(time.DateOnly)
}

// asks says whether the traveller can give something that is missing.
func asks(unmet []need) bool { return slices.ContainsFunc(unmet, func(n need) bool { return n.own }) }
