// Package places knows the world's capitals, its cities of 15,000 inhabitants
// and more, and its countries: where they are, what time they keep, and how people write them.
// The cities come from GeoNames (geonames.org, CC BY 4.0) and are part of the
// program; folder generate makes the file again.
package places

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/names"
)

// A City is one of the gazetteer.
type City struct {
	Name       string // as GeoNames has it: the local name, or the English one of a well-known city
	Country    string // two letters
	At         geo.Point
	Zone       string // IANA
	Population int    // in whole thousands
}

//go:embed cities.tsv.gz
var packed []byte

// gazetteer is the cities and what they are called, unpacked once. The file is
// part of the program, so one that cannot be read is a mistake in the program.
var gazetteer = sync.OnceValue(func() index {
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	var x index
	lines := bufio.NewScanner(unpacked)
	for lines.Scan() {
		if err := x.add(lines.Text()); err != nil {
			panic(fmt.Errorf("%q: %w", lines.Text(), err))
		}
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
	slices.SortFunc(x.calls, func(a, b call) int { return cmp.Compare(a.name, b.name) })
	return x
})

// An index finds cities by what they are called.
type index struct {
	cities []City // the largest first
	calls  []call // by name
}

// A call is a folded name that a city goes by.
type call struct {
	name string
	city int32
	main bool // its name, not another
}

func (x *index) add(line string) error {
	column := strings.Split(line, "\t")
	var numbers [3]float64
	for i, text := range []string{column[2], column[3], column[5]} {
		number, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		numbers[i] = number
	}
	at := int32(len(x.cities))
	x.cities = append(x.cities, City{
		Name: column[0], Country: column[1], Zone: column[4],
		At: geo.Point{Latitude: numbers[0], Longitude: numbers[1]}, Population: int(numbers[2]) * 1000,
	})
	x.calls = append(x.calls, call{name: names.City(column[0]), city: at, main: true})
	for other := range strings.SplitSeq(column[6], "|") {
		if other != "" {
			x.calls = append(x.calls, call{name: other, city: at})
		}
	}
	return nil
}

// Find gives the city of a name in any language, however it is typed, in a
// country given by its two letters or in any when that is empty. Of several, it
// is the largest of those that have the name for their own.
func Find(name, country string) (City, bool) {
	text := names.City(name)
	x := gazetteer()
	var best call
	found := false
	for _, c := range x.from(text) {
		if c.name != text {
			break
		}
		if x.in(country, c) && (!found || c.before(best)) {
			best, found = c, true
		}
	}
	if !found {
		return City{}, false
	}
	return x.cities[best.city], true
}

// Suggest gives the cities whose name in any language begins so, at most limit
// of them, the largest first.
func Suggest(prefix, country string, limit int) []City {
	text := names.City(prefix)
	if text == "" {
		return nil
	}
	x := gazetteer()
	var order []int32
	for _, c := range x.from(text) {
		if !strings.HasPrefix(c.name, text) {
			break
		}
		if x.in(country, c) {
			order = append(order, c.city)
		}
	}
	slices.Sort(order)
	var found []City
	for _, city := range slices.Compact(order) {
		if len(found) < limit {
			found = append(found, x.cities[city])
		}
	}
	return found
}

// from are the calls from a text on, in order.
func (x index) from(text string) []call {
	start, _ := slices.BinarySearchFunc(x.calls, text, func(c call, text string) int { return cmp.Compare(c.name, text) })
	return x.calls[start:]
}

func (x index) in(country string, c call) bool {
	return country == "" || x.cities[c.city].Country == country
}

// before puts a city's own name before another's other name, then the larger
// city first.
func (c call) before(other call) bool {
	if c.main != other.main {
		return c.main
	}
	return c.city < other.city
}
