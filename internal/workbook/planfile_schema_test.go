package workbook

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// outputSchema validates by the part of JSON Schema 2020-12 that
// docs/plan.schema.json uses, and refuses any keyword that it does not know.
type outputSchema struct {
	root     map[string]any
	problems []string
}

func readOutputSchema(t *testing.T) *outputSchema {
	t.Helper()
	text, err := os.ReadFile("../../docs/plan.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	s := &outputSchema{}
	if err := json.Unmarshal(text, &s.root); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *outputSchema) report(at, format string, args ...any) {
	s.problems = append(s.problems, at+": "+fmt.Sprintf(format, args...))
}

func (s *outputSchema) validate(at string, schema map[string]any, value any) {
	for _, keyword := range slices.Sorted(maps.Keys(schema)) {
		s.keyword(at, keyword, schema, value)
	}
}

func (s *outputSchema) keyword(at, keyword string, schema map[string]any, value any) {
	limit := schema[keyword]
	number, isNumber := value.(float64)
	switch keyword {
	case "$schema", "$defs", "title", "description":
	case "$ref":
		name := strings.TrimPrefix(limit.(string), "#/$defs/")
		s.validate(at, s.root["$defs"].(map[string]any)[name].(map[string]any), value)
	case "type":
		s.types(at, limit, value)
	case "const":
		if !reflect.DeepEqual(limit, value) {
			s.report(at, "%v is not %v", value, limit)
		}
	case "enum":
		if !slices.Contains(limit.([]any), value) {
			s.report(at, "%v is not one of %v", value, limit)
		}
	case "minimum":
		if isNumber && number < limit.(float64) {
			s.report(at, "%v is under %v", number, limit)
		}
	case "maximum":
		if isNumber && number > limit.(float64) {
			s.report(at, "%v is over %v", number, limit)
		}
	case "format":
		if _, err := time.Parse(time.RFC3339, value.(string)); err != nil {
			s.report(at, "%v", err)
		}
	case "oneOf":
		s.oneOf(at, limit.([]any), value)
	case "items", "minItems":
		s.items(at, keyword, limit, value)
	case "required", "properties", "additionalProperties":
		s.members(at, keyword, schema, value)
	default:
		s.report(at, "keyword %q is not known to the validator", keyword)
	}
}

func (s *outputSchema) types(at string, limit, value any) {
	allowed, several := limit.([]any)
	if !several {
		allowed = []any{limit}
	}
	is := map[string]bool{"null": value == nil}
	switch v := value.(type) {
	case string:
		is["string"] = true
	case bool:
		is["boolean"] = true
	case float64:
		is["number"], is["integer"] = true, v == float64(int64(v))
	case []any:
		is["array"] = true
	case map[string]any:
		is["object"] = true
	}
	if !slices.ContainsFunc(allowed, func(name any) bool { return is[name.(string)] }) {
		s.report(at, "%T is not of type %v", value, limit)
	}
}

func (s *outputSchema) oneOf(at string, choices []any, value any) {
	matching := 0
	var problems []string
	for _, choice := range choices {
		trial := outputSchema{root: s.root}
		trial.validate(at, choice.(map[string]any), value)
		if len(trial.problems) == 0 {
			matching++
		}
		problems = append(problems, trial.problems...)
	}
	if matching != 1 {
		s.report(at, "matches %d of the choices: %v", matching, problems)
	}
}

func (s *outputSchema) items(at, keyword string, limit, value any) {
	list, _ := value.([]any)
	if keyword == "minItems" {
		if value != nil && len(list) < int(limit.(float64)) {
			s.report(at, "has %d items", len(list))
		}
		return
	}
	for i, item := range list {
		s.validate(fmt.Sprintf("%s/%d", at, i), limit.(map[string]any), item)
	}
}

func (s *outputSchema) members(at, keyword string, schema map[string]any, value any) {
	object, ok := value.(map[string]any)
	if !ok {
		return
	}
	properties, _ := schema["properties"].(map[string]any)
	switch keyword {
	case "required":
		for _, name := range schema["required"].([]any) {
			if _, there := object[name.(string)]; !there {
				s.report(at, "lacks %v", name)
			}
		}
	case "properties":
		for name, property := range properties {
			if member, there := object[name]; there {
				s.validate(at+"/"+name, property.(map[string]any), member)
			}
		}
	default:
		for name, member := range object {
			if _, known := properties[name]; known {
				continue
			}
			if rest, open := schema["additionalProperties"].(map[string]any); open {
				s.validate(at+"/"+name, rest, member)
			} else {
				s.report(at, "has %q, which the schema does not", name)
			}
		}
	}
}

func outputProblems(t *testing.T, text []byte) []string {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	s := readOutputSchema(t)
	s.validate("", s.root, value)
	return s.problems
}

func TestPlanFileKeepsItsSchema(t *testing.T) {
	first := outputOutcome(t)
	empty := outputOutcome(t)
	empty.Result.Plan.Meetings, empty.UIDs, empty.Sequences, empty.Unmet = nil, nil, nil, nil
	empty.Result.Certificate, empty.Result.Quality.Tiers = nil, nil
	for name, o := range map[string]*Outcome{"first": first, "second": outputReplanned(t), "empty": empty} {
		if problems := outputProblems(t, outputPlanJSON(t, o)); len(problems) > 0 {
			t.Errorf("%s plan:\n%s", name, strings.Join(problems, "\n"))
		}
	}
}

// TestSchemaRefuses makes sure that the validator sees: each change must be
// found where it was made.
func TestSchemaRefuses(t *testing.T) {
	text := string(outputPlanJSON(t, outputReplanned(t)))
	for _, c := range []struct{ old, new, want string }{
		{`"format": 1`, `"format": 2`, `/format: 2 is not 1`},
		{`"kind": "moved"`, `"kind": "gone"`, `/changes/1/kind: gone is not one of [kept moved lost new]`},
		{`"locked": true`, `"locked": 1`, `/meetings/0/locked: float64 is not of type boolean`},
		{`"start": "2017-11-03T09:00:00-04:00"`, `"start": "9:00"`, `/meetings/0/start: parsing time`},
		{`"cut": false`, `"cutting": false`, `/quality: lacks cut`},
	} {
		problems := outputProblems(t, []byte(strings.Replace(text, c.old, c.new, 1)))
		if !slices.ContainsFunc(problems, func(p string) bool { return strings.HasPrefix(p, c.want) }) {
			t.Errorf("replacing %s by %s: problems %q, want %q", c.old, c.new, problems, c.want)
		}
	}
}

// TestSchemaNamesEveryCode holds the schema's lists to the codes that are
// written.
func TestSchemaNamesEveryCode(t *testing.T) {
	defs := readOutputSchema(t).root["$defs"].(map[string]any)
	for _, c := range []struct {
		def, member string
		codes       []string
	}{
		{"unmet", "wish", wishCodes[:]},
		{"unmet", "reason", reasonCodes[:]},
		{"remedy", "kind", remedyCodes[:]},
		{"change", "kind", changeCodes[:]},
		{"change", "reason", append(slices.Clone(ruleCodes[:]), noLongerInWorkbook)},
	} {
		members := defs[c.def].(map[string]any)["properties"].(map[string]any)
		var listed []string
		for _, code := range members[c.member].(map[string]any)["enum"].([]any) {
			listed = append(listed, code.(string))
		}
		if diff := cmp.Diff(c.codes, listed); diff != "" {
			t.Errorf("%s of %s (-written +schema):\n%s", c.member, c.def, diff)
		}
	}
}
