package archtest

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// hosts are where tools fetch packages. A lock file or a script that names one
// works only where that host is reached; a mirror or a cache must do as well.
// They are written in two parts so that this file does not name them.
var hosts = []string{
	"registry." + "npmjs.org",
	"registry." + "yarnpkg.com",
	"proxy." + "golang.org",
	"sum." + "golang.org",
	"deb." + "debian.org",
	"security." + "debian.org",
	"snapshot." + "debian.org",
	"deb." + "nodesource.com",
	"pypi." + "org",
	"files." + "pythonhosted.org",
	"static." + "crates.io",
}

// machinePath finds an absolute path that only one machine has. What stands
// before it tells it from a piece of a longer path or of an address.
var machinePath = regexp.MustCompile(`(?:^|[^\w.~/})\]*-]|file://)/(?:work|root|home|Users)/`)

// CheckText says which files name a registry's host or a machine's own folder.
func CheckText(tree *Tree) []string {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(tree.Texts)) {
		for i, line := range strings.Split(tree.Texts[name], "\n") {
			for _, host := range hosts {
				if strings.Contains(line, host) {
					problems = append(problems, fmt.Sprintf("%s:%d names the registry host %s", name, i+1, host))
				}
			}
			if found := machinePath.FindString(line); found != "" {
				problems = append(problems, fmt.Sprintf("%s:%d holds the path of one machine: %s", name, i+1, strings.TrimSpace(found)))
			}
		}
	}
	return problems
}

// link finds the address of a Markdown link or picture.
var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// CheckLinks says which links between documents lead nowhere.
func CheckLinks(tree *Tree) []string {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(tree.Texts)) {
		if path.Ext(name) != ".md" {
			continue
		}
		for _, found := range link.FindAllStringSubmatch(tree.Texts[name], -1) {
			target, _, _ := strings.Cut(found[1], "#")
			if target == "" || strings.Contains(target, ":") {
				continue // a heading of the same page, or an address elsewhere
			}
			if !tree.Paths[path.Join(path.Dir(name), target)] {
				problems = append(problems, fmt.Sprintf("%s links to %s, which does not exist", name, target))
			}
		}
	}
	return problems
}

// CheckThirdParty says which modules that go.mod asks for directly are missing
// from the table of what we depend on and under which licence.
func CheckThirdParty(goMod, table string) []string {
	var problems []string
	for line := range strings.Lines(goMod) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		direct := len(fields) == 2 && strings.HasPrefix(fields[1], "v")
		if direct && !strings.Contains(table, "`"+fields[0]+"`") {
			problems = append(problems, fields[0]+" is in go.mod and not in docs/third-party.md")
		}
	}
	return problems
}
