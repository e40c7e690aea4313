package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// migrationFolder holds the steps that make the schema.
const migrationFolder = "internal/db/migrations/"

// global are the tables that belong to no territory: users and how they sign
// in, territories themselves, and what the program keeps of its own work.
var global = map[string]string{
	"users":            "a user may be a member of several territories",
	"identities":       "who a user is elsewhere",
	"sign_in_links":    "a user signs in, not a member",
	"sessions":         "a user signs in, not a member",
	"devices":          "a user signs in, not a member",
	"attempts":         "counted before anybody is known",
	"territories":      "the territories themselves",
	"job_nodes":        "the nodes that work for all territories",
	"messages":         "the installation sends some itself",
	"register_answers": "public data, the same for all",
}

// A table is what the migrations say of one.
type table struct {
	name, owner, file string
	columns           []string
	key               []string // of the primary key
	foreign           []string // the columns of each foreign key of more than one column, joined
	local             bool     // has a territory_id
}

var (
	migrationName = regexp.MustCompile(`^\d+_([a-z]+)`)
	createTable   = regexp.MustCompile(`(?ms)^CREATE TABLE ([a-z_]+) \((.*?)^\);`)
	columnLine    = regexp.MustCompile(`^([a-z_0-9]+)\s+(?:text|integer|boolean|double precision|bigint|bytea|blob)`)
	keyLine       = regexp.MustCompile(`^PRIMARY KEY \(([^)]*)\)`)
	foreignLine   = regexp.MustCompile(`^FOREIGN KEY \(([^)]*)\)`)
	oneKey        = regexp.MustCompile(`PRIMARY KEY`)
)

// tables reads the schema that the migrations make.
func tables(tree *Tree) map[string]table {
	found := map[string]table{}
	for _, file := range slices.Sorted(maps.Keys(tree.Texts)) {
		if !strings.HasPrefix(file, migrationFolder) || path.Ext(file) != ".sql" {
			continue
		}
		owner := ""
		if named := migrationName.FindStringSubmatch(path.Base(file)); named != nil {
			owner = named[1]
		}
		up, _, _ := strings.Cut(tree.Texts[file], "-- +goose Down")
		for _, made := range createTable.FindAllStringSubmatch(up, -1) {
			t := readTable(made[1], made[2])
			t.owner, t.file = owner, file
			found[t.name] = t
		}
	}
	return found
}

func readTable(name, body string) table {
	t := table{name: name}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if column := columnLine.FindStringSubmatch(line); column != nil {
			t.columns = append(t.columns, column[1])
			if oneKey.MatchString(line) {
				t.key = []string{column[1]}
			}
		}
		if key := keyLine.FindStringSubmatch(line); key != nil {
			t.key = strings.Split(key[1], ", ")
		}
		if foreign := foreignLine.FindStringSubmatch(line); foreign != nil {
			t.foreign = append(t.foreign, foreign[1])
		}
	}
	t.local = slices.Contains(t.columns, "territory_id")
	return t
}

// CheckSchema says which tables break the rules of territories: the key of a
// territory's table begins with territory_id, and so does each key that leads
// from one to another, so that the engine itself refuses a reference across
// territories.
func CheckSchema(tree *Tree) []string {
	var problems []string
	for _, t := range sortedTables(tree) {
		_, excepted := global[t.name]
		switch {
		case t.owner == "":
			problems = append(problems, fmt.Sprintf("%s: the name says no owner: it is NUMBER_OWNER.sql", t.file))
		case place("internal/"+t.owner).floor < 0:
			problems = append(problems, fmt.Sprintf("%s: there is no folder internal/%s to own the table %s", t.file, t.owner, t.name))
		case !t.local && !excepted:
			problems = append(problems, fmt.Sprintf("%s: the table %s has no territory_id, and is not among the exceptions in internal/archtest/sql.go", t.file, t.name))
		case t.local && !excepted && (len(t.key) == 0 || t.key[0] != "territory_id"):
			problems = append(problems, fmt.Sprintf("%s: the primary key of %s does not begin with territory_id", t.file, t.name))
		}
		for _, foreign := range t.foreign {
			if t.local && !strings.HasPrefix(foreign, "territory_id") {
				problems = append(problems, fmt.Sprintf("%s: a foreign key of %s does not begin with territory_id", t.file, t.name))
			}
		}
	}
	return problems
}

func sortedTables(tree *Tree) []table {
	all := tables(tree)
	sorted := make([]table, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		sorted = append(sorted, all[name])
	}
	return sorted
}

// A statement is SQL in the tree, and where it stands. One is partial when its
// filters are built elsewhere.
type statement struct {
	where, folder, text string
	partial             bool
}

var (
	writes = regexp.MustCompile(`(?i)\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)`)
	reads  = regexp.MustCompile(`(?i)\b(?:FROM|JOIN)\s+([a-z_]+)`)
)

// CheckQueries says which statements leave the house's order: a folder writes
// its own tables and reads its own and those of lower floors, and a statement
// about a territory's records names the territory.
func CheckQueries(tree *Tree) []string {
	all := tables(tree)
	var problems []string
	for _, s := range statements(tree) {
		for _, match := range writes.FindAllStringSubmatch(s.text, -1) {
			if t, known := all[match[1]]; known && t.owner != s.folder {
				problems = append(problems, fmt.Sprintf("%s writes the table %s, which is internal/%s's", s.where, t.name, t.owner))
			}
		}
		for _, match := range reads.FindAllStringSubmatch(s.text, -1) {
			if t, known := all[match[1]]; known && t.owner != s.folder && place("internal/"+t.owner).floor >= place("internal/"+s.folder).floor {
				problems = append(problems, fmt.Sprintf("%s reads the table %s of internal/%s, which is no lower floor", s.where, t.name, t.owner))
			}
		}
		if t := localTable(all, s.text); t != "" && !s.partial && !strings.Contains(s.text, "territory_id") {
			problems = append(problems, fmt.Sprintf("%s is about the table %s and does not name the territory", s.where, t))
		}
	}
	return problems
}

// localTable is a table of a territory's records that a statement is about.
func localTable(all map[string]table, text string) string {
	for _, match := range append(writes.FindAllStringSubmatch(text, -1), reads.FindAllStringSubmatch(text, -1)...) {
		if _, excepted := global[match[1]]; all[match[1]].local && !excepted {
			return match[1]
		}
	}
	return ""
}

// everywhere are the statements that are about all territories at once.
var everywhere = map[string]string{
	"internal/territory/queries.sql: territoriesOf": "it is how a user's territories are found",
}

// statements are those of the queries.sql files and of the calls in Go that
// take SQL.
func statements(tree *Tree) []statement {
	var all []statement
	for _, file := range slices.Sorted(maps.Keys(tree.Texts)) {
		if path.Base(file) != "queries.sql" {
			continue
		}
		for _, query := range strings.Split(tree.Texts[file], "-- name: ")[1:] {
			name, _, _ := strings.Cut(query, " ")
			where := file + ": " + name
			if everywhere[where] == "" {
				all = append(all, statement{where, folderOf(file), query, false})
			}
		}
	}
	for _, file := range tree.Files {
		if !file.Test && !file.Generated && strings.HasPrefix(file.Path, "internal/") && folderOf(file.Path) != "db" {
			all = append(all, file.statements()...)
		}
	}
	return all
}

func folderOf(file string) string { return strings.Split(file, "/")[1] }

// sqlCalls are the functions whose constant arguments are SQL.
var sqlCalls = []string{"Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext"}

func (f *File) statements() []statement {
	var found []statement
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		call, isCall := n.(*ast.CallExpr)
		if !isCall {
			return true
		}
		name, isMethod := call.Fun.(*ast.SelectorExpr)
		switch {
		case !isMethod:
		case slices.Contains(sqlCalls, name.Sel.Name):
			for _, argument := range call.Args {
				if text, constant := literal(argument); constant {
					found = append(found, statement{f.at(call), folderOf(f.Path), text, false})
				}
			}
		case name.Sel.Name == "Select" && len(call.Args) == 2:
			if from, constant := literal(call.Args[1]); constant {
				found = append(found, statement{f.at(call), folderOf(f.Path), "FROM " + from, true})
			}
		case name.Sel.Name == "Insert" && len(call.Args) == 5:
			if into, constant := literal(call.Args[2]); constant {
				found = append(found, statement{f.at(call), folderOf(f.Path), "INSERT INTO " + into, true})
			}
		}
		return true
	})
	return found
}

func (f *File) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", f.Path, f.fset.Position(n.Pos()).Line)
}

func literal(e ast.Expr) (string, bool) {
	lit, isLit := e.(*ast.BasicLit)
	if !isLit || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// CheckConstantSQL says where text that is no constant becomes SQL: only the
// builder itself, in internal/db, may do that.
func CheckConstantSQL(tree *Tree) []string {
	var problems []string
	for _, file := range tree.Files {
		if strings.HasPrefix(file.Path, "internal/db/") {
			continue
		}
		ast.Inspect(file.syntax, func(n ast.Node) bool {
			call, isCall := n.(*ast.CallExpr)
			if !isCall || len(call.Args) != 1 {
				return true
			}
			name, isSelector := call.Fun.(*ast.SelectorExpr)
			if !isSelector || name.Sel.Name != "SQL" {
				return true
			}
			if pkg, isName := name.X.(*ast.Ident); !isName || pkg.Name != "db" {
				return true
			}
			if _, constant := literal(call.Args[0]); !constant {
				problems = append(problems, file.at(call)+" makes SQL of a text that is no constant: pass a constant, or an argument for ?")
			}
			return true
		})
	}
	return problems
}
