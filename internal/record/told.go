package record

import (
	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Told says the changes of a record's history as its page shows them: one line
// for each field of an edit, one for each other event.
func Told(w *i18n.Words, home territory.Territory, entries []history.Entry) []web.Change {
	var told []web.Change
	for _, e := range entries {
		line := web.Change{Who: Who(w, e.Actor), When: w.Stamp(home.At(e.At)), Icon: icons[e.Action], What: w.T("record.action." + e.Action)}
		if e.Action != "edit" {
			told = append(told, line)
			continue
		}
		line.Icon = "pencil"
		for _, change := range e.Changes {
			line.What = w.T(e.Ref.Kind + ".field." + change.Field)
			line.Before, line.After = said(w, change)
			told = append(told, line)
		}
	}
	return told
}

// said are the values of a change as people read them. What a logo is kept under
// tells them nothing.
func said(w *i18n.Words, change history.Change) (before, after string) {
	switch {
	case change.Erased:
		return "", w.T("record.erased")
	case change.Field == "logo":
		return "", ""
	default:
		return change.Before, change.After
	}
}

// icons are those of the actions that are not edits.
var icons = map[string]string{
	"create": "plus", "delete": "trash-2", "restore": "undo-2", "send": "mail", "renew": "refresh-cw", "revoke": "x",
}

// Who names an actor to a reader.
func Who(w *i18n.Words, a history.Actor) string {
	switch {
	case a.ID == history.System().ID:
		return w.T("record.system")
	case a.Name == "":
		return w.T("record.somebody")
	case auth.IsVisitor(a):
		return w.T("record.by_link", a.Name)
	default:
		return a.Name
	}
}
