// Package archtest holds the rules of the tree that a compiler does not see:
// who may import whom, how long a function or a file may be, and what no
// committed file may contain. Its tests read the whole tree and run with all
// the others, so that a rule broken is a test failed, with the reason in words.
//
// It imports the standard library only, and nothing imports it.
package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// Module is the path that imports of our own begin with.
const Module = "github.com/escale-hq/escale"

// A Tree is what the rules judge: every text file, the Go ones parsed.
type Tree struct {
	Texts map[string]string // path from the root -> content
	Files []*File
	Paths map[string]bool // every file and folder, for links
}

// A File is one parsed Go file.
type File struct {
	Path      string
	Lines     int
	Test      bool
	Generated bool

	syntax *ast.File
	fset   *token.FileSet
}

// skipped are the folders that hold nothing of ours. Names with a slash in
// front stand at the root only.
var skipped = map[string]bool{
	".git": true, "node_modules": true, "testdata": true,
	"/build": true, "/out": true,
}

// Load reads the tree under root. A Go file that does not parse is an error:
// no rule could be judged.
func Load(root fs.FS) (*Tree, error) {
	tree := &Tree{Texts: map[string]string{}, Paths: map[string]bool{}}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		tree.Paths[name] = true
		out := skipped[entry.Name()] || skipped["/"+name]
		switch {
		case out && entry.IsDir():
			return fs.SkipDir
		case out, !entry.Type().IsRegular(): // in a second work tree .git is a file
			return nil
		}
		return tree.add(root, name)
	})
	return tree, err
}

func (t *Tree) add(root fs.FS, name string) error {
	content, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	if bytes.IndexByte(content[:min(len(content), 8000)], 0) >= 0 {
		return nil // not text
	}
	t.Texts[name] = string(content)
	if path.Ext(name) != ".go" {
		return nil
	}
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	t.Files = append(t.Files, &File{
		Path:      name,
		Lines:     bytes.Count(content, []byte("\n")),
		Test:      strings.HasSuffix(name, "_test.go"),
		Generated: ast.IsGenerated(syntax),
		syntax:    syntax,
		fset:      fset,
	})
	return nil
}
