package ident

import (
	"errors"

	"github.com/nyaruka/phonenumbers"

	"github.com/escale-hq/escale/internal/fault"
)

// ParsePhone reads a telephone number and gives its international form, such as
// "+33491000000". A number that does not begin with + is read as one dials it
// in the country, given by its two letters. Any number of a possible length is
// taken: plans of numbering change faster than programs.
func ParsePhone(text, country string) (string, error) {
	number, err := phonenumbers.Parse(text, country)
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return "", fault.Because(err, fault.Invalid, "ident.phone_country")
	case err != nil:
		return "", fault.Because(err, fault.Invalid, "ident.phone")
	}
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return "", fault.New(fault.Invalid, "ident.phone_short")
	case phonenumbers.TOO_LONG:
		return "", fault.New(fault.Invalid, "ident.phone_long")
	case phonenumbers.IS_POSSIBLE:
		return phonenumbers.Format(number, phonenumbers.E164), nil
	}
	return "", fault.New(fault.Invalid, "ident.phone")
}

// FormatPhone writes a number that [ParsePhone] gave as people read it abroad:
// "+33 4 91 00 00 00".
func FormatPhone(e164 string) string {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}
