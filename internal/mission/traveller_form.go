package mission

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

// journeyLists are the fields of a traveller that a form shows line by line, with
// the values of a line.
func journeyLists() map[string][]string {
	return map[string][]string{
		"flights":   {"number", "from", "leaves", "leaves_zone", "to", "lands", "lands_zone"},
		"stays":     {"hotel", "from", "to"},
		"transfers": {"from", "leaves", "leaves_zone", "to", "by"},
	}
}

// own are the fields that travellers fill in by their link.
func own() []string {
	return []string{
		"passport_to", "entry_kind", "entry_state", "entry_to", "insurance", "room", "room_with", "meal", "emergency_name",
		"emergency_phone",
	}
}

// blankLines is how many lines can be added at once.
const blankLines = 2

// mostLines bounds the lines of a list: nobody flies that often on one mission.
const mostLines = 20

// cell names a value of a line.
func cell(list string, line int, name string) string {
	return list + "." + strconv.Itoa(line) + "." + name
}

// travellerValues are what the form of a traveller holds to begin with.
func travellerValues(t *Traveller) url.Values {
	values := Travellers().Fields.Values(t)
	set := func(list string, line int, texts ...string) {
		for i, name := range journeyLists()[list] {
			values.Set(cell(list, line, name), texts[i])
		}
	}
	moment := func(s Stop) (string, string) { return s.At.Format(web.InstantLayout), s.At.Location().String() }
	for i, f := range t.FlightsOf() {
		leaves, from := moment(f.From)
		lands, to := moment(f.To)
		set("flights", i, f.Number, f.From.Place, leaves, from, f.To.Place, lands, to)
	}
	for i, s := range t.StaysOf() {
		set("stays", i, s.Hotel, s.From, s.To)
	}
	for i, tr := range t.TransfersOf() {
		at, zone := moment(tr.From)
		set("transfers", i, tr.From.Place, at, zone, tr.To, tr.By)
	}
	return values
}

// fillTraveller sets the fields that a form sent, of those that it may set.
func (t *Traveller) fill(sent url.Values, fields []string, lists ...string) error {
	texts := Travellers().Fields.Sent(sent)
	for name := range texts {
		if !slices.Contains(fields, name) {
			delete(texts, name)
		}
	}
	problems := Travellers().Fields.Apply(t, texts)
	for _, list := range lists {
		switch list {
		case "flights":
			t.Flights = sentLines(&problems, sent, list, readFlight, flightText)
		case "stays":
			t.Stays = sentLines(&problems, sent, list, readStay, plainText)
		case "transfers":
			t.Transfers = sentLines(&problems, sent, list, readTransfer, transferText)
		}
	}
	return problems.Or()
}

// sentLines reads the lines of a list that a form sent; those left empty are
// none.
func sentLines[T fmt.Stringer](problems *fault.Problems, sent url.Values, list string, read func(string) (T, error), text func([]string) []string) []string {
	var all []string
	for line := range mostLines {
		var values []string
		for _, name := range journeyLists()[list] {
			values = append(values, plainPart(sent.Get(cell(list, line, name))))
		}
		if strings.Join(values, "") == "" {
			continue
		}
		made, err := read(strings.Join(text(values), parting))
		problems.AddError(cell(list, line, journeyLists()[list][0]), err)
		if err == nil {
			all = append(all, made.String())
		}
	}
	return all
}

// plainPart is a value without what parts values and lines.
func plainPart(text string) string {
	return strings.TrimSpace(strings.NewReplacer("|", "/", ";", ",", "\n", " ", "\r", "").Replace(text))
}

func plainText(values []string) []string { return values }

func flightText(v []string) []string {
	return []string{v[0], v[1], typedStop(v[1], v[2], v[3]), v[4], typedStop(v[4], v[5], v[6])}
}

func transferText(v []string) []string {
	return []string{v[0], typedStop(v[0], v[1], v[2]), v[3], v[4]}
}

// journeyForm is the form of a traveller: that of the person, or the whole.
type journeyForm struct {
	web.Form
	passport Passport
	to       string // until when the passport that is known is valid
}

func (f journeyForm) field(name string) web.Field {
	field := web.Field{Name: name, Label: f.Words.T("traveller.field." + name)}
	if help := "traveller.help." + name; f.Words.Has(help) {
		field.Help = f.Words.T(help)
	}
	return field
}

// in is the field of a line.
func (f journeyForm) in(list string, line int, name string) web.Field {
	field := web.Field{Name: cell(list, line, name), Label: f.Words.T("traveller." + list + "." + name)}
	if strings.HasSuffix(name, "_zone") {
		field.Help = f.Words.T("traveller.help.zone")
	}
	if name == "leaves" || name == "lands" {
		field.Type = "datetime-local"
	}
	return field
}

// lines counts those of a list, with some to add.
func (f journeyForm) lines(list string) int {
	last := 0
	for line := range mostLines {
		for _, name := range journeyLists()[list] {
			if f.Values.Get(cell(list, line, name)) != "" {
				last = line + 1
			}
		}
	}
	return min(last+blankLines, mostLines)
}

// passportSaid says what the countries ask of a passport, and whether the one
// that is known is enough.
func (f journeyForm) passportSaid() string { return f.passport.said(f.Words, f.to) }

func (p Passport) said(w *i18n.Words, to string) string {
	if p.Until == "" {
		return ""
	}
	key := "traveller.passport_rule"
	source := ""
	if p.Rule == nil {
		key = "traveller.passport_unknown"
	} else {
		source = p.Rule.Source
	}
	said := w.T(key, countryOptions([]string{p.Country}, w.Lang())[0].Label, dayText(w, p.Until), source)
	if to != "" && !p.enough(to) {
		said = w.T("traveller.passport_short", dayText(w, to)) + " " + said
	}
	return said
}

// late says whether a day that was to be kept is behind.
func late(by, today string) bool { return by != "" && by < today }
