package app

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// preferences is the cookie in which somebody who is not signed in keeps a
// language and a theme: "fr.dark".
const preferences = "escale_preferences"

// preferred are the language and theme of whoever asks. An address that names a
// language, as those of public pages may, is read in it.
func preferred(r *http.Request) (lang, theme string) {
	lang, theme = chosen(r)
	if named := r.URL.Query().Get("lang"); named == "en" || named == "fr" {
		lang = named
	}
	return lang, theme
}

// chosen are the language and theme that somebody chose, else the language of the
// link that they came by, or of the browser.
func chosen(r *http.Request) (lang, theme string) {
	if user, signedIn := auth.UserOf(r.Context()); signedIn {
		return user.Language, user.Theme
	}
	if cookie, err := r.Cookie(preferences); err == nil {
		lang, theme, _ = strings.Cut(cookie.Value, ".")
	}
	if visitor, byLink := auth.VisitorOf(r.Context()); byLink && lang == "" {
		lang = visitor.Link.Language
	}
	if lang != "en" && lang != "fr" {
		tag, _ := language.MatchStrings(language.NewMatcher([]language.Tag{language.English, language.French}), r.Header.Get("Accept-Language"))
		base, _ := tag.Base()
		lang = base.String()
	}
	if theme != "light" && theme != "dark" {
		theme = ""
	}
	return lang, theme
}

// frame is what surrounds a page: who reads it, and where in the workspace.
func (a *App) frame(r *http.Request) web.Frame {
	lang, theme := preferred(r)
	w := a.words.For(lang)
	f := web.Frame{Words: w, Path: r.URL.RequestURI(), Theme: theme, Languages: a.languages(w), Toast: web.ToastOf(r)}
	if user, signedIn := auth.UserOf(r.Context()); signedIn {
		f.Viewer = &web.ViewerCard{Name: user.Name, Links: []web.Link{
			{Label: w.T("app.account"), Href: "/account"},
			{Label: w.T("app.sign_out"), Href: "/sign-out", Post: true},
		}}
	}
	if v := territory.ViewerOf(r.Context()); v.Territory.ID != 0 {
		f.Territory = web.Brand{Name: v.Territory.Name, Home: v.Territory.Home(), Logo: v.Territory.LogoHref()}
		f.Fictional = v.Territory.Fictional
		f.Viewer.Role = w.T("territory.role." + string(v.Role))
		f.Search = v.Territory.Home() + "/search"
		f.Nav = navigation(w, v, r.URL.Path)
	}
	return f
}

func (a *App) languages(w *i18n.Words) []web.Link {
	var links []web.Link
	for _, lang := range a.words.Languages() {
		links = append(links, web.Link{Label: a.words.For(lang).T("app.language"), Href: lang, Lang: lang, Current: lang == w.Lang()})
	}
	return links
}

// A part is a place of the workspace that the navigation leads to, for those
// who have the right.
type part struct{ key, path, icon, noun, action string }

// navigation lists the parts that the viewer may see.
func navigation(w *i18n.Words, v territory.Viewer, path string) []web.NavSection {
	sections := []struct {
		key   string
		parts []part
	}{
		{"", []part{
			{"app.nav.home", "", "house", "workspace", "see"},
			{"mission.list", "/missions", "ship", "mission", "see"},
			{"call.list", "/calls", "inbox", "call", "see"},
		}},
		{"app.nav.resources", []part{
			{"app.nav.directory", "/organisations", "book-user", "organisation", "see"},
			{"person.list", "/people", "users", "person", "see"},
			{"app.nav.cities", "/cities", "map-pin", "city", "see"},
			{"import.title", "/import", "upload", "import", "edit"},
			{"mission.calendar_short", "/calendar", "calendar-days", "mission", "see"},
			{"grant.list", "/grants", "gavel", "grant", "see"},
			{"app.nav.tasks", "/tasks", "list-checks", "task", "see"},
		}},
		{"app.nav.territory", []part{
			{"app.nav.members", "/members", "shield-check", "member", "see"},
			{"link.list", "/links", "link", "link", "list"},
			{"jobs.title", "/jobs", "list-checks", "job", "see"},
			{"personal_data.retention", "/retention", "hourglass", "retention", "edit"},
			{"template.list", "/templates", "file-text", "template", "edit"},
			{"entry_rule.list", "/entry-rules", "globe", "entry_rule", "add"},
			{"app.nav.settings", "/settings", "settings-2", "territory", "edit"},
		}},
	}
	var shown []web.NavSection
	for _, s := range sections {
		section := web.NavSection{}
		if s.key != "" {
			section.Title = w.T(s.key)
		}
		for _, p := range s.parts {
			if v.Reach(p.noun, p.action) == territory.Nothing {
				continue
			}
			href := v.Territory.Home() + p.path
			section.Items = append(section.Items, web.NavItem{
				Label: w.T(p.key), Href: href, Icon: p.icon,
				Current: path == href || p.path != "" && strings.HasPrefix(path, href+"/"),
			})
		}
		if len(section.Items) > 0 {
			shown = append(shown, section)
		}
	}
	return shown
}
