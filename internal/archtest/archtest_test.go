package archtest

import (
	"os"
	"testing"
)

func load(t *testing.T, root string) *Tree {
	t.Helper()
	tree, err := Load(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func report(t *testing.T, problems []string) {
	t.Helper()
	for _, problem := range problems {
		t.Error(problem)
	}
}

// TestTree holds our own tree to every rule. What each rule refuses is shown
// in rules_test.go.
func TestTree(t *testing.T) {
	tree := load(t, "../..")
	for name, check := range map[string]func() []string{
		"imports": func() []string { return CheckImports(tree) },
		"sizes":   func() []string { return CheckSizes(tree, oversize) },
		"text":    func() []string { return CheckText(tree) },
		"links":   func() []string { return CheckLinks(tree) },
		"schema":  func() []string { return CheckSchema(tree) },
		"queries": func() []string { return CheckQueries(tree) },
		"SQL":     func() []string { return CheckConstantSQL(tree) },
		"drawing": func() []string { return CheckDrawing(tree) },
		"third party": func() []string {
			return CheckThirdParty(tree.Texts["go.mod"], tree.Texts["docs/third-party.md"])
		},
	} {
		t.Run(name, func(t *testing.T) { report(t, check()) })
	}
}

// TestTreeIsRead guards the test above: a tree read from the wrong folder, or
// skipped, would break no rule.
func TestTreeIsRead(t *testing.T) {
	tree := load(t, "../..")
	for _, name := range []string{"go.mod", "Makefile", ".ci/run", "internal/archtest/floors.go", "planner/doc.go"} {
		if _, ok := tree.Texts[name]; !ok {
			t.Errorf("%s was not read", name)
		}
	}
	if len(tree.Files) < 5 {
		t.Errorf("only %d Go files were read", len(tree.Files))
	}
}

// TestFloors keeps the table itself sound: each folder has one place.
func TestFloors(t *testing.T) {
	seen := map[string]int{}
	for floor, names := range floors {
		for _, name := range names {
			if other, twice := seen[name]; twice {
				t.Errorf("internal/%s is on floors %d and %d", name, other, floor)
			}
			seen[name] = floor
		}
	}
	for _, name := range testKits {
		if floor, both := seen[name]; both {
			t.Errorf("internal/%s is a test kit and on floor %d", name, floor)
		}
	}
}
