package importer

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/wordstest"
)

// words are the texts of two kinds made for tests, ships and ports.
func words(t testing.TB) *i18n.Catalogue {
	t.Helper()
	all, err := i18n.Load(shipWords, "testdata/words")
	if err != nil {
		t.Fatal(err)
	}
	own, err := i18n.Load(exporter.Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	if all, err = i18n.Join(all, own); err != nil {
		t.Fatal(err)
	}
	return all
}

func kinds() []record.Kind {
	number := func(text string) bool { return len(text) == 7 && strings.Trim(text, "0123456789") == "" }
	return []record.Kind{
		{Name: "port", Fields: []record.Info{{Name: "name", Key: true}, {Name: "country"}}},
		{Name: "ship", Fields: []record.Info{
			{Name: "name", Key: true, Headings: []string{"navire", "raison sociale"}},
			{Name: "owner", Headings: []string{"raison sociale"}},
			{Name: "number", Looks: number},
			{Name: "rig", Type: record.Choice, Choices: []string{"sloop", "barque"}},
			{Name: "draught", Type: record.Number},
			{Name: "launched", Type: record.Date},
			{Name: "home", Type: record.Reference, To: "port"},
			{Name: "source", Unlisted: true},
		}},
	}
}

func table(name string, rows ...string) Table {
	t := Table{Name: name}
	for i, row := range rows {
		t.Rows = append(t.Rows, Row{Number: i + 1, Cells: strings.Split(row, "|")})
	}
	return t
}

func TestGuess(t *testing.T) {
	g := newGuesser(kinds(), words(t))
	for name, c := range map[string]struct {
		table Table
		kind  string
		head  int
		want  string // the fields, joined
	}{
		"exact":              {table("x", "Nom|Gréement|Port", "a|b|c"), "ship", 0, "name|rig|home"},
		"English":            {table("x", "Name|Rig|Home port", "a|b|c"), "ship", 0, "name|rig|home"},
		"accents and case":   {table("x", "NOM*|greement :|port", "a|b|c"), "ship", 0, "name|rig|home"},
		"beside the heading": {table("x", "Nom (complet)|Lancé le [jj/mm]", "a|b"), "ship", 0, "name|launched"},
		"under a title":      {table("x", "Ma flotte", "Nom|Port", "a|b"), "ship", 1, "name|home"},
		"other words":        {table("x", "Navire|Rig", "a|b"), "ship", 0, "name|rig"},
		"instead of a name":  {table("x", "Raison sociale|Rig", "a|b"), "ship", 0, "name|rig"},
		"beside a name":      {table("x", "Raison sociale|Navire|Rig", "a|b|c"), "ship", 0, "owner|name|rig"},
		"by values":          {table("x", "Nom|?|Note", "a|1234567|x", "b|7654321|y", "c|1111111|"), "ship", 0, "name|number|"},
		"by one value":       {table("x", "Nom|?|Port", "a|1234567|x"), "ship", 0, "name||home"},
		"twice":              {table("x", "Nom|Nom|Port", "a|b|c"), "ship", 0, "name||home"},
		"by the sheet":       {table("Ports", "Nom|Pays", "a|b"), "port", 0, "name|country"},
		"an export":          {table("x", "Nom|Fictif|Identifiant Escale", "a||1"), "ship", 0, "name|fictional|id"},
		"unlisted":           {table("x", "Nom|Port|source", "a|b|c"), "ship", 0, "name|home|"},
		"something else":     {table("x", "Tâche|Qui|Quand", "a|b|c"), "", 0, ""},
		"a single word":      {table("x", "Tâche|Port|Quand", "a|b|c"), "", 0, ""},
	} {
		got := g.guess(c.table)
		if got.Kind != c.kind || got.Kind != "" && (got.Head != c.head || strings.Join(got.Fields, "|") != c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestMappingFits(t *testing.T) {
	tables := []Table{table("x", "Nom|Port", "a|b")}
	for name, c := range map[string]struct {
		mapping Mapping
		fits    bool
	}{
		"as guessed":        {Mapping{{Kind: "ship", Fields: []string{"name", "home"}}}, true},
		"left aside":        {Mapping{{}}, true},
		"a field twice":     {Mapping{{Kind: "ship", Fields: []string{"name", "name"}}}, false},
		"no such field":     {Mapping{{Kind: "ship", Fields: []string{"name", "captain"}}}, false},
		"unlisted":          {Mapping{{Kind: "ship", Fields: []string{"name", "source"}}}, false},
		"no such kind":      {Mapping{{Kind: "user", Fields: []string{"name"}}}, false},
		"beyond the rows":   {Mapping{{Kind: "ship", Head: 2}}, false},
		"another sheet too": {Mapping{{}, {}}, false},
	} {
		if got := c.mapping.fits(tables, kinds()); got != c.fits {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// FuzzGuess: whatever is in a file, a guess is one that fits.
func FuzzGuess(f *testing.F) {
	f.Add("liste", "Nom;Port\na;b\n")
	f.Add("", "\ufeff\"Nom\n\";;;\n\x00\n")
	f.Add("ports", "sep=|\nNom|nom|NOM\n1234567|1234567\n1234567|1234567")
	g := newGuesser(kinds(), words(f))
	f.Fuzz(func(t *testing.T, name, text string) {
		tables, err := Read(name+".csv", []byte(text))
		if err != nil {
			return
		}
		mapping := Mapping{g.guess(tables[0])}
		if !mapping.fits(tables, kinds()) {
			t.Errorf("%+v does not fit %q", mapping, text)
		}
	})
}

func TestReadValues(t *testing.T) {
	r := newValueReader(words(t))
	ship := kinds()[1]
	for _, c := range []struct{ field, text, want string }{
		{"rig", "COTRE", "sloop"},
		{"rig", "Sloop", "sloop"},
		{"rig", "galère", "galère"},
		{"draught", "2,50", "2.5"},
		{"draught", "1 200", "1200"},
		{"draught", "deep", "deep"},
		{"launched", "6/11/2017", "2017-11-06"},
		{"launched", "2017-11-06 09:30", "2017-11-06"},
		{"launched", "43045", "2017-11-06"},
		{"launched", "soon", "soon"},
		{"name", "  as it is  ", "  as it is  "},
	} {
		at := slices.IndexFunc(ship.Fields, func(info record.Info) bool { return info.Name == c.field })
		if got := r.read("ship", ship.Fields[at], c.text); got != c.want {
			t.Errorf("%s %q is read as %q", c.field, c.text, got)
		}
	}
	for text, want := range map[string]bool{"oui": true, "YES": true, "x": true, "1": true, "": false, "non": false, "0": false} {
		if r.yes(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// TestWords leaves the texts out that the rest of the house says by the name of
// a kind.
func TestWords(t *testing.T) {
	own := fstest.MapFS{}
	for _, lang := range []string{"fr", "en"} {
		path := "words/import." + lang + ".json"
		data, err := Words.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		own[path] = &fstest.MapFile{Data: data}
	}
	wordstest.Check(t, wordstest.Load(t, own))
}

func TestChoices(t *testing.T) {
	for name, c := range map[string]struct {
		line  Line
		usual Choice
		want  []Choice
	}{
		"new":               {Line{Status: Fresh}, Add, []Choice{Add, Skip}},
		"changed":           {Line{Status: Changed, Record: "1"}, Update, []Choice{Update, Skip}},
		"like a record":     {Line{Status: Duplicate, Record: "1"}, Skip, []Choice{Skip, Update, Add}},
		"like another row":  {Line{Status: Duplicate}, Skip, []Choice{Add, Skip}},
		"the same":          {Line{Status: Same, Record: "1"}, Skip, []Choice{Skip}},
		"wrong":             {Line{Status: Wrong}, Skip, []Choice{Skip}},
		"made for the rows": {Line{Status: Fresh, Position: madeFrom}, Add, []Choice{Add}},
	} {
		if diff := cmp.Diff(c.want, c.line.Choices()); diff != "" || c.line.usual() != c.usual {
			t.Errorf("%s: usually %s; %s", name, c.line.usual(), diff)
		}
	}
}
