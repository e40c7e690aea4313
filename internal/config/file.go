package config

import (
	"fmt"
	"strings"
)

// parseFile reads a settings file: a line "name = value" each, and lines that
// are empty or begin with #. A value is all that follows the equals sign, but
// for the spaces around it and one pair of double quotes: nothing else has a
// meaning, so that any password can be written as it is.
func parseFile(name, text string) ([]given, Problems) {
	var list []given
	var problems Problems
	text = strings.TrimPrefix(text, "\ufeff") // as some editors begin a file
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		from := Source{File, fmt.Sprintf("%s:%d", name, i+1)}
		key, value, found := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !found || key == "" {
			problems = append(problems, Problem{Kind: NoValue, Source: from})
			continue
		}
		list = append(list, given{key, unquoted(strings.TrimSpace(value)), from})
	}
	return list, problems
}

func unquoted(text string) string {
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}
