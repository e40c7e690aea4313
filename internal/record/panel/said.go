package panel

import (
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

func itoa(n int) string { return strconv.Itoa(n) }

// size says how large a file is.
func size(w *i18n.Words, bytes int) string {
	const kilo, mega = 1000, 1000 * 1000
	if bytes < mega {
		return w.T("file.kilobytes", max(bytes/kilo, 1))
	}
	return w.T("file.megabytes", w.Decimal(float64(bytes)/mega, 1))
}

// taskFacts says when a task is due and who has it.
func taskFacts(l taskList, t Task) string {
	var facts []string
	if due := l.due(t); due != "" {
		facts = append(facts, due)
	}
	if t.MemberName != "" {
		facts = append(facts, t.MemberName)
	}
	return strings.Join(facts, " · ")
}

// segments are the ways to look at the page of tasks.
func segments(w *i18n.Words, v territory.Viewer, show string) []web.Link {
	href := v.Territory.Home() + tasksTab
	links := []web.Link{{Label: w.T("task.show.mine"), Href: href, Current: true}}
	for _, word := range []string{"late", "all", "done"} {
		links = append(links, web.Link{Label: w.T("task.show." + word), Href: href + "?show=" + word, Current: show == word})
		links[0].Current = links[0].Current && show != word
	}
	return links
}
