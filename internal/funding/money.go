package funding

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/bojanz/currency"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

// An Amount is before tax and with it, in minor units.
type Amount struct{ Net, Gross int64 }

// Plus adds two amounts of one currency.
func (a Amount) Plus(b Amount) Amount { return Amount{a.Net + b.Net, a.Gross + b.Gross} }

// mostDigits keeps amounts, and the sums of thousands of them, far from what 64
// bits cannot hold.
const mostDigits = 15

// isCurrency says whether a text is the ISO 4217 code of a currency.
func isCurrency(code string) bool { return code != "" && currency.IsValid(code) }

// digitsOf is how many decimals a currency has.
func digitsOf(code string) int {
	digits, _ := currency.GetDigits(code)
	return int(digits)
}

// parseMoney reads an amount as people write it, with the signs of any country:
// 12 500, 12,500.50, 12.500,50. The last point or comma parts the decimals,
// unless three digits follow it and the currency has fewer: those are thousands.
func parseMoney(text, code string) (int64, error) {
	refused := fault.New(fault.Invalid, "money.amount", text)
	if !isCurrency(code) {
		return 0, fault.New(fault.Invalid, "money.currency", code)
	}
	digits := digitsOf(code)
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, text)
	unsigned := strings.TrimPrefix(strings.Replace(bare, "−", "-", 1), "-")
	whole, decimals := unsigned, ""
	if i := strings.LastIndexAny(unsigned, ".,"); i >= 0 && (len(unsigned)-i-1 != 3 || digits == 3) {
		whole, decimals = unsigned[:i], unsigned[i+1:]
	}
	if strings.HasSuffix(unsigned, ".") || strings.HasSuffix(unsigned, ",") {
		return 0, refused
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	if whole == "" || len(decimals) > digits || len(whole)+digits > mostDigits || !areDigits(whole+decimals) {
		return 0, refused
	}
	minor, err := strconv.ParseInt(whole+decimals+strings.Repeat("0", digits-len(decimals)), 10, 64)
	if err != nil {
		return 0, refused
	}
	if unsigned != bare {
		minor = -minor
	}
	return minor, nil
}

func areDigits(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// moneyText writes an amount for files and forms: 118400.00.
func moneyText(minor int64, code string) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	digits := digitsOf(code)
	text := strconv.FormatInt(minor, 10)
	if digits == 0 {
		return sign + text
	}
	if len(text) <= digits {
		text = strings.Repeat("0", digits+1-len(text)) + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// money says an amount to a reader: 118 400,00 €.
func money(w *i18n.Words, minor int64, code string) string {
	amount, err := currency.NewAmountFromInt64(minor, code)
	if err != nil {
		return moneyText(minor, code) + " " + code
	}
	said := currency.NewFormatter(currency.NewLocale(w.Lang())).Format(amount)
	return strings.Replace(said, "-", "−", 1)
}

// moneyField is a field that is an amount of the record's currency, whose field
// comes before; none is 0.
func moneyField[T any](name string, at func(*T) *int64, code func(*T) string) record.Field[T] {
	return record.Field[T]{
		Info: record.Info{Name: name, Type: record.Number},
		Get: func(it *T) string {
			if *at(it) == 0 {
				return ""
			}
			return moneyText(*at(it), code(it))
		},
		Set: func(it *T, text string) (err error) {
			*at(it) = 0
			if strings.TrimSpace(text) == "" {
				return nil
			}
			*at(it), err = parseMoney(text, code(it))
			return err
		},
	}
}

// currencyField is a field that is an ISO 4217 code.
func currencyField[T any](at func(*T) *string) record.Field[T] {
	return record.ParsedField("currency", func(text string) (string, error) {
		code := strings.ToUpper(text)
		if !isCurrency(code) {
			return "", fault.New(fault.Invalid, "money.currency", text)
		}
		return code, nil
	}, at)
}

// settleAmount refuses an amount that is less than nothing or with less tax than
// none; one that is given without tax alone is the same with it.
func settleAmount(p *fault.Problems, net, gross *int64, netField, grossField string, least int64) {
	if *gross == 0 {
		*gross = *net
	}
	if *net == 0 {
		*net = *gross
	}
	switch {
	case *net < least:
		p.Add(netField, "money.negative")
	case *net >= 0 && *gross < *net, *net < 0 && *gross > *net:
		p.Add(grossField, "money.gross_below_net")
	}
}
