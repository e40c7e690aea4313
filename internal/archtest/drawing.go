package archtest

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// standing finds the folder that a line of the page's first table is about.
var standing = regexp.MustCompile("(?m)^\\| `([^`]+)/` \\|")

// CheckDrawing compares the section "What stands today" of docs/architecture.md
// with the tree: a newcomer's first page must not speak of what is not there,
// nor leave out what is.
func CheckDrawing(tree *Tree) []string {
	const page = "docs/architecture.md"
	_, section, _ := strings.Cut(tree.Texts[page], "\n## What stands today\n")
	section, _, _ = strings.Cut(section, "\n## ")
	drawn := map[string]bool{}
	var problems []string
	for _, row := range standing.FindAllStringSubmatch(section, -1) {
		drawn[row[1]] = true
		if !tree.Paths[row[1]] {
			problems = append(problems, fmt.Sprintf("%s says that %s/ stands today, and it does not exist", page, row[1]))
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(folders(tree))) {
		if !drawn[folder] {
			problems = append(problems, fmt.Sprintf("%s/ is not in the table of %s: add its line", folder, page))
		}
	}
	return problems
}

// folders are those with Go code, two names deep where the first only groups.
func folders(tree *Tree) map[string]bool {
	found := map[string]bool{}
	for _, file := range tree.Files {
		parts := strings.Split(path.Dir(file.Path), "/")
		if parts[0] == "planner" {
			parts = parts[:1]
		}
		found[path.Join(parts[:min(2, len(parts))]...)] = true
	}
	return found
}
