package minimis

import "slices"

// A Tie makes two companies one undertaking: one holds most of the votes of the
// other, appoints its board, or rules it by agreement or by its statutes
// (article 2(2) of Regulation (EU) 2023/2831).
type Tie [2]string

// Undertaking gives all the companies that are one undertaking with a company,
// itself first: those tied to it, whichever is above, directly or through
// others.
func Undertaking(of string, ties []Tie) []string {
	members := []string{of}
	for i := 0; i < len(members); i++ {
		for _, tie := range ties {
			for side, company := range tie {
				if other := tie[1-side]; company == members[i] && !slices.Contains(members, other) {
					members = append(members, other)
				}
			}
		}
	}
	return members
}
