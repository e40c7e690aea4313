package ident

import (
	"regexp"
	"strconv"

	"github.com/escale-hq/escale/internal/fault"
)

// A Revision is an edition of the classification of activities: NACE for
// Europe, NAF for France, which adds a letter.
type Revision int

// The editions in use: NACE rev. 2 with NAF rev. 2, since 2008, and NACE rev.
// 2.1 with NAF 2025, which replaces them. A code means nothing without its
// edition.
const (
	Rev2 Revision = iota
	Rev2025
)

var activityShape = regexp.MustCompile(`^(\d{2})(\d)?(\d)?([A-Z])?$`)

// ParseActivity reads a NAF code ("21.20Z", "2120z") or the NACE class, group
// or division of it ("21.20", "21.2", "21") and writes it with its dot.
func ParseActivity(revision Revision, text string) (string, error) {
	parts := activityShape.FindStringSubmatch(compact(text))
	if parts == nil || parts[4] != "" && parts[3] == "" {
		return "", fault.New(fault.Invalid, "ident.activity_shape")
	}
	division, group, class, letter := parts[1], parts[2], parts[3], parts[4]
	if SectionOf(revision, division) == "" {
		return "", fault.New(fault.Invalid, "ident.activity_division", division)
	}
	if group == "" {
		return division, nil
	}
	return division + "." + group + class + letter, nil
}

// A span is a section and the divisions that it holds.
type span struct {
	section     string
	first, last int
}

var sections = [...][]span{
	Rev2: {
		{"A", 1, 3},
		{"B", 5, 9},
		{"C", 10, 33},
		{"D", 35, 35},
		{"E", 36, 39},
		{"F", 41, 43},
		{"G", 45, 47},
		{"H", 49, 53},
		{"I", 55, 56},
		{"J", 58, 63},
		{"K", 64, 66},
		{"L", 68, 68},
		{"M", 69, 75},
		{"N", 77, 82},
		{"O", 84, 84},
		{"P", 85, 85},
		{"Q", 86, 88},
		{"R", 90, 93},
		{"S", 94, 96},
		{"T", 97, 98},
		{"U", 99, 99},
	},
	Rev2025: {
		{"A", 1, 3},
		{"B", 5, 9},
		{"C", 10, 33},
		{"D", 35, 35},
		{"E", 36, 39},
		{"F", 41, 43},
		{"G", 46, 47},
		{"H", 49, 53},
		{"I", 55, 56},
		{"J", 58, 60},
		{"K", 61, 63},
		{"L", 64, 66},
		{"M", 68, 68},
		{"N", 69, 75},
		{"O", 77, 82},
		{"P", 84, 84},
		{"Q", 85, 85},
		{"R", 86, 88},
		{"S", 90, 93},
		{"T", 94, 96},
		{"U", 97, 98},
		{"V", 99, 99},
	},
}

// SectionOf is the letter of the section that a code belongs to in an edition,
// or "" when it belongs to none.
func SectionOf(revision Revision, code string) string {
	if len(code) < 2 {
		return ""
	}
	division, err := strconv.Atoi(code[:2])
	if err != nil {
		return ""
	}
	for _, s := range sections[revision] {
		if s.first <= division && division <= s.last {
			return s.section
		}
	}
	return ""
}
