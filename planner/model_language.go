package planner

import "slices"

// interpreters returns the pools that could help the members understand each
// other: none, and true, when they share a language; none, and false, when
// nobody could.
func (m *model) interpreters(members []member) ([]PoolID, bool) {
	if m.shareLanguage(members) {
		return nil, true
	}
	var pools []PoolID
	for i := range m.problem.Pools {
		if m.interprets(&m.problem.Pools[i], members) {
			pools = append(pools, PoolID(i))
		}
	}
	return pools, pools != nil
}

// shareLanguage says whether all members speak some language. A member that
// names no language speaks them all.
func (m *model) shareLanguage(members []member) bool {
	var common []string
	limited := false
	for _, x := range members {
		spoken := m.problem.Participants[x.participant].Languages
		switch {
		case len(spoken) == 0:
		case !limited:
			common, limited = spoken, true
		default:
			common = intersect(common, spoken)
		}
	}
	return !limited || len(common) > 0
}

// intersect lists what is in both lists, in the order of the first.
func intersect[T comparable](a, b []T) []T {
	var both []T
	for _, x := range a {
		if slices.Contains(b, x) {
			both = append(both, x)
		}
	}
	return both
}

// interprets says whether every member speaks one of the pool's languages.
func (m *model) interprets(pool *Pool, members []member) bool {
	for _, x := range members {
		spoken := m.problem.Participants[x.participant].Languages
		if len(spoken) > 0 && !slices.Contains(spoken, pool.Languages[0]) && !slices.Contains(spoken, pool.Languages[1]) {
			return false
		}
	}
	return true
}
