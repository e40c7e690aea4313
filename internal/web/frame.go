package web

import (
	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/i18n"
)

// A Frame is what surrounds a page: the app hands it in for each request.
type Frame struct {
	Words *i18n.Words
	Title string
	// Path is the address of the page, to which the preferences come back.
	Path      string
	Territory Brand
	Nav       []NavSection
	// Search is the address of the page that searches everything, or "".
	Search string
	Viewer *ViewerCard
	// Theme is "light", "dark", or "" for what the reader's device prefers.
	Theme     string
	Languages []Link
	// Fictional pages say that their companies and people are invented.
	Fictional bool
	Toast     *Toast
	// Rail narrows the navigation to its icons, for boards as wide as the screen.
	Rail bool
	// Again pages are asked for every two seconds where no script follows what
	// they show: see [LongWork].
	Again bool
}

// A Brand is the territory whose workspace it is. Logo is the address of its
// picture, or "".
type Brand struct{ Name, Home, Logo string }

// A NavSection is a part of the navigation; the first one has no title.
type NavSection struct {
	Title string
	Items []NavItem
}

// A NavItem leads to a part of the workspace. Count is how many things are in
// it, where that says something; 0 is not shown.
type NavItem struct {
	Label, Href, Icon string
	Count             int
	Current           bool
}

// A ViewerCard says who is signed in.
type ViewerCard struct {
	Name, Role string
	Links      []Link
}

// A Link leads somewhere, or with Post does something: it is then the button of
// a form. Lang is the language of its label, where that is another.
type Link struct {
	Label, Href, Lang string
	Current, Post     bool
}

// tongue says in which language the label is, where that is not the page's: an
// empty lang would say that nobody knows.
func (l Link) tongue() templ.Attributes {
	if l.Lang == "" {
		return nil
	}
	return templ.Attributes{"lang": l.Lang}
}

// A Toast says what has just been done. UndoAction is the address to which a
// form is posted that undoes it, or "".
type Toast struct{ Text, UndoAction string }

// firstItems are the parts that the bottom bar of phones shows beside its menu:
// the first three, whatever section they are in.
func (f Frame) firstItems() []NavItem {
	var items []NavItem
	for _, section := range f.Nav {
		items = append(items, section.Items...)
	}
	return items[:min(3, len(items))]
}

func (f Frame) title() string {
	name := "Escale"
	if f.Territory.Name != "" {
		name = f.Territory.Name + " · Escale"
	}
	if f.Title == "" {
		return name
	}
	return f.Title + " · " + name
}

func (f Frame) home() string {
	if f.Territory.Home == "" {
		return "/"
	}
	return f.Territory.Home
}

// htmxConfig keeps htmx within the policy of pages: it evaluates no text and
// writes no style of its own.
const htmxConfig = `{"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"historyCacheSize":0,"selfRequestsOnly":true}`

type theme struct{ value, key string }

func themes() []theme {
	return []theme{{"", "web.frame.theme_auto"}, {"light", "web.frame.theme_light"}, {"dark", "web.frame.theme_dark"}}
}

// ariaCurrent is the value of aria-current, "false" where the thing is not.
func ariaCurrent(current bool, value string) string {
	if current {
		return value
	}
	return "false"
}
