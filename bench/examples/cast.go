package main

import (
	"embed"
	"encoding/csv"
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed cast/*.csv
var castFiles embed.FS

// topic is what one firm offers and another needs.
type topic struct {
	sector, id string
	// offer and need are by language.
	offer, need map[string]string
}

// records reads a file of the cast: its rows by the names of their columns.
// The files are part of the program, so a bad one is a mistake in it.
func records(name string) []map[string]string {
	file, err := castFiles.Open("cast/" + name + ".csv")
	if err != nil {
		panic(err)
	}
	r := csv.NewReader(file)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		panic(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, cell := range row {
			record[rows[0][i]] = cell
		}
		out = append(out, record)
	}
	return out
}

// topics are all that is offered and needed, by id.
func topics() map[string]topic {
	all := map[string]topic{}
	for _, r := range records("topics") {
		all[r["topic"]] = topic{
			sector: r["sector"], id: r["topic"],
			offer: map[string]string{"fr": r["offre"], "en": r["offer"]},
			need:  map[string]string{"fr": r["besoin"], "en": r["need"]},
		}
	}
	return all
}

// castOf makes the firms of a file of the cast, with ids such as F01.
func castOf(file string, side int, id func(n int) string) []*firm {
	all := topics()
	var firms []*firm
	for i, r := range records(file) {
		f := &firm{id: id(i + 1), name: r["name"], side: side, sector: r["sector"], leg: r["leg"]}
		for _, t := range strings.Split(r["topics"], ",") {
			f.topics = append(f.topics, all[t])
		}
		if r["people"] != "" {
			f.people = strings.Split(r["people"], ";")
		}
		f.email = "contact@" + slug(f.name) + ".example"
		firms = append(firms, f)
	}
	return firms
}

// slug keeps the letters and figures of a name, without accents.
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '’':
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		default:
			b.WriteByte('-')
		}
	}
	return strings.Trim(strings.ReplaceAll(b.String(), "--", "-"), "-")
}

// offersAndNeeds is what a firm says of itself: delegates and those of a
// convention offer, counterparts need.
func (f *firm) offersAndNeeds(language string) (offers, needs string) {
	var offered, needed []string
	for i, t := range f.topics {
		if f.side == counterpartSide || f.side == anySide && i > 0 {
			needed = append(needed, t.need[language])
		} else {
			offered = append(offered, t.offer[language])
		}
	}
	return strings.Join(offered, ";"), strings.Join(needed, ";")
}

// sectorName is the name of a sector of excellence in a language.
func sectorName(sector, language string) string {
	names := map[string]string{
		"maritime": "Maritime et logistique", "health": "Santé", "tourism": "Tourisme",
		"digital": "Numérique et industries créatives", "aeronautics": "Aéronautique et mécanique",
		"energy": "Énergie et environnement",
	}
	if language == "en" {
		names = map[string]string{
			"maritime": "Maritime and logistics", "health": "Health", "tourism": "Tourism",
			"digital": "Digital and creative industries", "aeronautics": "Aeronautics and mechanics",
			"energy": "Energy and environment",
		}
	}
	return names[sector]
}

// draw picks a value at random.
func draw[T any](r *rand.Rand, values []T) T { return values[r.IntN(len(values))] }

// chance is true with the given probability.
func chance(r *rand.Rand, probability float64) bool { return r.Float64() < probability }
