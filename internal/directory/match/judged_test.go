package match

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// judged reads the records of testdata/judged.csv, all invented, and the
// organisation that a person said each of them is.
func judged(t *testing.T) (records []Record, organisations []string) {
	t.Helper()
	file, err := os.Open("testdata/judged.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		organisations = append(organisations, row[0])
		records = append(records, Record{
			Name: row[1], OtherNames: list(row[2]), SIREN: row[3], VAT: row[4],
			Hosts: list(row[5]), Phones: list(row[6]), City: row[7], Country: row[8],
		})
	}
	return records, organisations
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// TestQuality measures what is proposed against what a person said. Same and
// Likely may be ticked beforehand, so they must be right; Possible is read one
// by one, so little may be missing. The weights were tuned on this set: it guards
// against getting worse, and is no measure of real lists.
func TestQuality(t *testing.T) {
	records, organisations := judged(t)
	truth := 0
	for i := range organisations {
		for _, other := range organisations[i+1:] {
			if other == organisations[i] {
				truth++
			}
		}
	}
	right, proposed := map[Level]int{}, map[Level]int{}
	for _, pair := range Pairs(records) {
		same := organisations[pair.First] == organisations[pair.Second]
		for level := Possible; level <= pair.Level; level++ {
			proposed[level]++
			if same {
				right[level]++
			}
		}
		if same != (pair.Level >= Likely) {
			t.Logf("%v %d: %q, %q", pair.Level, pair.Score, records[pair.First].Name, records[pair.Second].Name)
		}
	}
	for _, c := range []struct {
		level             Level
		precision, recall float64
	}{{Likely, 0.97, 0.6}, {Possible, 0.8, 0.9}} {
		precision := float64(right[c.level]) / float64(proposed[c.level])
		recall := float64(right[c.level]) / float64(truth)
		t.Logf("level %d: precision %.3f, recall %.3f of %d", c.level, precision, recall, truth)
		if precision < c.precision || recall < c.recall {
			t.Errorf("level %d: precision %.3f, recall %.3f; want %.2f and %.2f", c.level, precision, recall, c.precision, c.recall)
		}
	}
}

// TestKeysMissLittle compares with judging every pair of the set.
func TestKeysMissLittle(t *testing.T) {
	records, _ := judged(t)
	found := map[[2]int]bool{}
	for _, pair := range Pairs(records) {
		found[[2]int{pair.First, pair.Second}] = true
	}
	for i := range records {
		for j := i + 1; j < len(records); j++ {
			if v := Judge(records[i], records[j]); v.Level > Different && !found[[2]int{i, j}] {
				t.Errorf("%q and %q share no key: %v", records[i].Name, records[j].Name, v.Reasons)
			}
		}
	}
}
