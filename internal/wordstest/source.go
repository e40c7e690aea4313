package wordstest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
)

// A reader goes through the source and notes the keys that it names.
type reader struct {
	words    *i18n.Words
	areas    []string
	named    map[string]bool
	problems []string
}

// compare says where the source of a folder and the words differ.
func compare(c *i18n.Catalogue, dir string) []string {
	w := c.For(i18n.Fallback)
	r := &reader{words: w, areas: areas(w), named: map[string]bool{}}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return []string{err.Error()}
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return []string{err.Error()}
		}
		ast.Inspect(file, r.read)
	}
	return append(r.problems, r.differences()...)
}

func (r *reader) read(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		if key, ok := r.key(n); ok {
			r.named[key] = true
		}
	case *ast.CallExpr:
		r.call(n)
	}
	return true
}

func (r *reader) key(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil && isKey(text, r.areas)
}

// differences are keys without a text, and texts that nothing names.
func (r *reader) differences() []string {
	var problems []string
	keys := r.words.Keys()
	for key := range r.named {
		if !r.words.Has(key) && !slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, key) }) {
			problems = append(problems, fmt.Sprintf("the source names %q, which has no text", key))
		}
	}
	for _, key := range keys {
		if !r.names(key) {
			problems = append(problems, fmt.Sprintf("nothing in the source names %q", key))
		}
	}
	slices.Sort(problems)
	return problems
}

// names says whether the source names the key, or the beginning of it that a
// constant or a variant such as ".precise" completes.
func (r *reader) names(key string) bool {
	for end := len(key); end > 0; end = strings.LastIndexAny(key[:end], "._") {
		if r.named[key[:end]] || r.named[key[:end]+"."] || r.named[key[:end]+"_"] {
			return true
		}
	}
	return false
}

// sayers are the functions that take a key and, after it, its arguments: those
// of i18n and of fault. N takes the number that chooses the plural first.
var sayers = []string{"T", "N", "New", "Because", "Add"}

// call compares the arguments given with a key with what its text wants.
func (r *reader) call(call *ast.CallExpr) {
	fn, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(sayers, fn.Sel.Name) || call.Ellipsis.IsValid() {
		return
	}
	at := slices.IndexFunc(call.Args, func(e ast.Expr) bool {
		key, ok := r.key(e)
		return ok && r.words.Has(key)
	})
	if at < 0 {
		return
	}
	key, _ := r.key(call.Args[at])
	given := len(call.Args) - 1 - at
	if fn.Sel.Name == "N" {
		given--
	}
	wanted, plural := wants(r.words, key)
	if plural && fn.Sel.Name != "N" {
		r.problems = append(r.problems, fmt.Sprintf("%q depends on a number: call N", key))
	}
	if given != wanted {
		r.problems = append(r.problems, fmt.Sprintf("%q is given %d arguments and wants %d", key, given, wanted))
	}
}

// wants is how many arguments a text takes, and whether a number chooses it.
func wants(w *i18n.Words, key string) (arguments int, plural bool) {
	for _, name := range w.Placeholders(key) {
		if name == "n" {
			plural = true
		} else {
			arguments = int(name[0]-'0') + 1
		}
	}
	return arguments, plural
}
