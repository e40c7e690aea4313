package directory

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A listing is what any list of the directory is made of: its address holds its
// filters, its order and its page.
type listing struct {
	words  *i18n.Words
	viewer territory.Viewer
	path   string // below the territory's home
	query  url.Values
	all    int
	views  []panel.View
}

func newListing(f web.Frame, r *http.Request, path string) listing {
	return listing{words: f.Words, viewer: territory.ViewerOf(r.Context()), path: path, query: r.URL.Query()}
}

func (l listing) home() string { return l.viewer.Territory.Home() + l.path }

// inOrder sorts a list by one of its orders: by name, unless the key is another.
func inOrder(q *db.Query, orders map[string][]db.SQL, key string, descending bool) {
	terms, known := orders[key]
	if !known {
		terms = orders["name"]
	}
	for _, term := range terms {
		if descending {
			term += " DESC"
		}
		q.Order(term)
	}
}

// with is the address of the list with one value changed; without values it is
// removed. It begins again at the first page.
func (l listing) with(name string, values ...string) string {
	query := url.Values{}
	for key, kept := range l.query {
		if key != "page" && key != name {
			query[key] = kept
		}
	}
	if len(values) > 0 {
		query[name] = values
	}
	if len(query) == 0 {
		return l.home()
	}
	return l.home() + "?" + query.Encode()
}

// clear is the address without any filter, or "" where there is none.
func (l listing) clear() string {
	for name := range l.query {
		if name != "page" && name != "sort" && l.query.Get(name) != "" {
			return l.home()
		}
	}
	return ""
}

// shelf are the saved views of the list of a kind.
func (l listing) shelf(kind string) panel.Shelf {
	return panel.Shelf{Home: l.viewer.Territory.Home(), Kind: kind, List: l.home(), Query: l.query.Encode(), Views: l.views}
}

// trash says whether the list shows what was deleted.
func (l listing) trash() bool { return l.query.Get("trash") == "yes" }

func (l listing) pager() web.Pager {
	page, err := strconv.Atoi(l.query.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	return web.Pager{Page: page, Total: l.all, Href: func(page int) string { return l.with("page", strconv.Itoa(page)) }}
}

// sortable is a column that sorts the list by a key; lists sort by name unless
// the address says otherwise.
func (l listing) sortable(label, key string) web.Column {
	column := web.Column{Label: label, Sort: l.with("sort", key)}
	sorted, descending := strings.CutPrefix(l.query.Get("sort"), "-")
	switch {
	case cmp.Or(sorted, "name") != key:
	case descending:
		column.Sorted = web.Descending
	default:
		column.Sorted, column.Sort = web.Ascending, l.with("sort", "-"+key)
	}
	return column
}

// facet is a way to filter the list by some values.
func (l listing) facet(name, label string, options []web.Option) facet {
	chosen := l.query[name]
	chip := web.FacetChip{Label: label, Clear: l.with(name)}
	if len(chosen) == 1 {
		chip.Active = chosen[0]
		for _, o := range options {
			if o.Value == chosen[0] {
				chip.Active = o.Label
			}
		}
	} else if len(chosen) > 1 {
		chip.Active = l.words.T("directory.several", label, len(chosen))
	}
	return facet{chip, name, options, chosen}
}

// A facet is a way to filter, with the values to choose from.
type facet struct {
	chip    web.FacetChip
	name    string
	options []web.Option
	chosen  []string
}

func (f facet) has(value string) bool { return slices.Contains(f.chosen, value) }

// export is the address that gives the list as a file.
func (l listing) export(as string) string {
	query := url.Values{"as": {as}}
	for key, kept := range l.query {
		if key != "page" {
			query[key] = kept
		}
	}
	return l.home() + "/export?" + query.Encode()
}

// tabs lead to the lists of the directory.
func (l listing) tabs() []web.Tab {
	var tabs []web.Tab
	for _, t := range []struct{ noun, path string }{{"organisation", "/organisations"}, {"person", "/people"}, {"city", "/cities"}} {
		if l.viewer.Reach(t.noun, "see") != territory.Nothing {
			tabs = append(tabs, web.Tab{Label: l.words.T(t.noun + ".tab"), Href: l.viewer.Territory.Home() + t.path, Current: t.path == l.path})
		}
	}
	if l.viewer.Reach("organisation", "merge") != territory.Nothing {
		tabs = append(tabs, web.Tab{Label: l.words.T("merge.duplicates"), Href: l.viewer.Territory.Home() + "/duplicates", Current: l.path == "/duplicates"})
	}
	return tabs
}
