package archtest

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// floors is the house, from the ground up: the folders of internal/. A folder
// imports only from lower floors, so two folders of one floor know nothing of
// each other. Folders that do not exist yet have their place already.
var floors = [][]string{
	0:  {"i18n", "fault", "clock", "ref", "config", "names"},
	1:  {"db", "web", "sheet", "calendar", "chart", "geo"},
	2:  {"job", "history", "mail", "document", "backup"},
	3:  {"auth", "workbook"},
	4:  {"territory"},
	5:  {"record"},
	6:  {"directory"},
	7:  {"mission", "agreement", "delegation", "prospect", "form"},
	8:  {"agenda"},
	9:  {"call", "programme", "funding"},
	10: {"matchmaking"},
	11: {"outcome", "network"},
	12: {"public", "api", "desk"},
	13: {"app"},
}

// plannerFrom is the lowest floor that may import the planner. Below it are
// kits that know nothing of meetings.
const plannerFrom = 3

// testKits are the folders of internal/ that stand beside the house: they help
// tests, may import any floor, and only test files and benchmarks import them.
var testKits = []string{"archtest", "browsertest", "dbtest", "wordstest"}

// plannerIO are the packages that would give the planner a hand on the world
// outside. It is handed a problem and hands back a plan: nothing else.
var plannerIO = []string{"C", "database", "log", "net", "os", "plugin", "syscall"}

// CheckImports says which imports leave the house's order.
func CheckImports(tree *Tree) []string {
	var problems []string
	for _, file := range tree.Files {
		from := place(path.Dir(file.Path))
		if from.area == "internal" && from.floor < 0 && !from.kit() {
			problems = append(problems, fmt.Sprintf(
				"%s: internal/%s has no floor: add it to the table in internal/archtest/floors.go", file.Path, from.folder))
			continue
		}
		for _, spec := range file.syntax.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if why := judge(from, name, file.Test); why != "" {
				problems = append(problems, fmt.Sprintf("%s imports %s: %s",
					file.Path, strings.TrimPrefix(name, Module+"/"), why))
			}
		}
	}
	return problems
}

// A spot is where a package stands: the area is its first folder (cmd, planner,
// bench, internal), the folder the one below internal/, with its floor.
type spot struct {
	area, folder string
	floor        int // -1 when it has none
}

func place(dir string) spot {
	parts := strings.Split(dir, "/")
	at := spot{area: parts[0], floor: -1}
	if at.area == "internal" && len(parts) > 1 {
		at.folder = parts[1]
		at.floor = slices.IndexFunc(floors, func(names []string) bool { return slices.Contains(names, at.folder) })
	}
	return at
}

func (s spot) kit() bool { return s.area == "internal" && slices.Contains(testKits, s.folder) }

// judge says why a package at that spot may not import name, or "" when it may.
func judge(from spot, name string, test bool) string {
	inside, ours := strings.CutPrefix(name, Module+"/")
	switch {
	case from.area == "planner":
		return judgePlanner(name, inside, ours, test)
	case !ours:
		return ""
	}
	to := place(inside)
	switch {
	case to.kit() && !test && !from.kit() && from.area != "bench":
		return "a test kit is for test files and benchmarks only"
	case to.kit(), from.kit(), from.area == "cmd", from.area == "bench":
		return ""
	case to.area == "planner":
		if from.floor < plannerFrom {
			return fmt.Sprintf("floor %d knows nothing of meetings; the planner is for floors %d and up", from.floor, plannerFrom)
		}
		return ""
	case to.area == "examples" && from.folder == "app":
		return "" // the demonstration shows them
	case to.area != "internal":
		return "nothing imports " + to.area + "/"
	case to.folder == from.folder:
		return ""
	}
	return judgeFloors(from, to)
}

// judgeFloors holds for tests as well: a test that needs a higher floor belongs
// on that floor.
func judgeFloors(from, to spot) string {
	switch {
	case to.floor < from.floor:
		return ""
	case to.floor == from.floor:
		return fmt.Sprintf("both stand on floor %d, whose folders know nothing of each other", from.floor)
	default:
		return fmt.Sprintf("floor %d may not look up to floor %d: declare the one method needed and let app hand it in",
			from.floor, to.floor)
	}
}

// judgePlanner keeps the planner a library that anyone can import. Its tests may
// use test libraries, never the rest of the house.
func judgePlanner(name, inside string, ours, test bool) string {
	first, _, _ := strings.Cut(name, "/")
	switch {
	case name == Module+"/planner" || strings.HasPrefix(inside, "planner/"):
		return ""
	case ours:
		return "the planner knows nothing of the rest of the house"
	case test:
		return ""
	case strings.Contains(first, "."):
		return "the planner imports the standard library only"
	case slices.Contains(plannerIO, first):
		return "the planner does no input or output and calls no C"
	}
	return ""
}
