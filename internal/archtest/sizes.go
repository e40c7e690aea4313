package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
)

// Sizes that a reader can hold in mind. They are for code that people write:
// tests and generated files are not counted.
const (
	maxFile     = 450 // lines, each file
	maxFunc     = 120 // lines, each function
	longFunc    = 60  // at most one function in 20 of the tree is longer
	longShare   = 20
	middleFunc  = 45 // at most one function in 10 of the tree is longer
	middleShare = 10
)

// oversize are the files ("a/b.go") and functions ("a/b.go:Name") that may be
// longer than the limit, each with the reason why shorter would read worse. An
// entry that is no longer needed fails too.
var oversize = map[string]string{}

// CheckSizes says which files and functions are too long, and when too large a
// share of the functions is long. Exceptions go from name to reason.
func CheckSizes(tree *Tree, exceptions map[string]string) []string {
	var problems []string
	used := map[string]bool{}
	tooLong := func(name string, lines, limit int) {
		if exceptions[name] != "" {
			used[name] = true
			return
		}
		problems = append(problems, fmt.Sprintf("%s has %d lines, more than %d", name, lines, limit))
	}
	var count share
	for _, file := range tree.Files {
		if file.Test || file.Generated {
			continue
		}
		if file.Lines > maxFile {
			tooLong(file.Path, file.Lines, maxFile)
		}
		for name, lines := range functions(file) {
			count.add(name, lines)
			if lines > maxFunc {
				tooLong(name, lines, maxFunc)
			}
		}
	}
	for name := range exceptions {
		if !used[name] {
			problems = append(problems, name+" is listed as an exception and is none: take it off the list")
		}
	}
	return append(problems, count.problems()...)
}

// functions gives the length of each declared function, its body's closing
// brace included, under "path:Name" or "path:Type.Name".
func functions(file *File) map[string]int {
	lengths := map[string]int{}
	for _, decl := range file.syntax.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		first, last := file.fset.Position(fn.Pos()).Line, file.fset.Position(fn.End()).Line
		lengths[file.Path+":"+receiver(fn)+fn.Name.Name] = last - first + 1
	}
	return lengths
}

func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return ""
	}
	kind := fn.Recv.List[0].Type
	for {
		switch t := kind.(type) {
		case *ast.StarExpr:
			kind = t.X
		case *ast.IndexExpr:
			kind = t.X
		case *ast.IndexListExpr:
			kind = t.X
		case *ast.Ident:
			return t.Name + "."
		default:
			return "?."
		}
	}
}

// A share counts the functions of the tree and keeps the long ones by name.
type share struct {
	all          int
	middle, long []string
}

func (s *share) add(name string, lines int) {
	s.all++
	label := fmt.Sprintf("%s (%d)", path.Base(name), lines)
	if lines > middleFunc {
		s.middle = append(s.middle, label)
	}
	if lines > longFunc {
		s.long = append(s.long, label)
	}
}

func (s *share) problems() []string {
	var problems []string
	judge := func(names []string, lines, part int) {
		slices.Sort(names)
		if len(names)*part > s.all {
			problems = append(problems, fmt.Sprintf("%d of %d functions have more than %d lines, more than one in %d: %v",
				len(names), s.all, lines, part, names))
		}
	}
	judge(s.long, longFunc, longShare)
	judge(s.middle, middleFunc, middleShare)
	return problems
}
