package workbook

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// wordsKey is what a key looks like, and the name of the report's file; one that
// ends in a dot is the beginning of the keys of a set of constants.
var wordsKey = regexp.MustCompile(`^(?:words|read|output|paper|report)\.[a-zA-Z0-9_.]*$`)

// TestKeysAndSourceAgree: every key that the source names has a text and as
// many arguments as the text wants, and every text is named by the source.
func TestKeysAndSourceAgree(t *testing.T) {
	w := wordsFor("en")
	named := map[string]bool{}
	for _, file := range wordsSources(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if key, ok := wordsLiteral(n); ok {
					named[key] = true
				}
			case *ast.CallExpr:
				wordsCall(t, n)
			}
			return true
		})
	}
	for key := range named {
		if !w.Has(key) && !slices.ContainsFunc(w.Keys(), func(k string) bool { return strings.HasPrefix(k, key) }) {
			t.Errorf("the source names %q, which has no text", key)
		}
	}
	for _, key := range w.Keys() {
		if !wordsNamed(named, key) {
			t.Errorf("nothing in the source names %q", key)
		}
	}
}

// wordsNamed says whether the source names the key, or the beginning of it that
// a constant or a variant such as ".precise" completes.
func wordsNamed(named map[string]bool, key string) bool {
	for end := len(key); end > 0; end = strings.LastIndexAny(key[:end], "._") {
		if named[key[:end]] || named[key[:end]+"."] || named[key[:end]+"_"] {
			return true
		}
	}
	return false
}

func wordsLiteral(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil && wordsKey.MatchString(text) && path.Ext(text) != ".html"
}

// wordsCall compares the arguments of a call of T or N with what the text of
// its key wants.
func wordsCall(t *testing.T, call *ast.CallExpr) {
	t.Helper()
	fn, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fn.Sel.Name != "T" && fn.Sel.Name != "N" || len(call.Args) == 0 || call.Ellipsis.IsValid() {
		return
	}
	key, ok := wordsLiteral(call.Args[0])
	if !ok || !wordsFor("en").Has(key) {
		return
	}
	given := len(call.Args) - 1
	if fn.Sel.Name == "N" {
		given--
	}
	wanted := 0
	for _, name := range wordsFor("en").Placeholders(key) {
		if name == "n" && fn.Sel.Name == "T" {
			t.Errorf("%q depends on a number: call N", key)
		}
		if name != "n" {
			wanted = int(name[0]-'0') + 1
		}
	}
	if given != wanted {
		t.Errorf("%q is given %d arguments and wants %d", key, given, wanted)
	}
}
