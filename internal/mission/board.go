package mission

import (
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/web"
)

const boardPath = "/board"

// boardView is what the board of the mission's tasks shows: those of everybody,
// or of one member.
type boardView struct {
	Cover
	today, owner string
	open, done   []panel.Task
	owners       []web.Link
}

// A column is the tasks of a state.
type column struct {
	title string
	tasks []panel.Task
}

// showBoard answers GET /t/{territory}/missions/{id}/board?owner=USER.
func (p *Pages) showBoard(w http.ResponseWriter, r *http.Request) error {
	page := boardView{owner: r.URL.Query().Get("owner")}
	f, err := p.open(r, "mission", boardPath, func(tx *db.Tx, c Cover, _ *Whole) (err error) {
		page.Cover, page.today = c, Today(c.viewer, tx.Now)
		if page.open, err = tasksOf(r.Context(), tx, p.kinds, c, false); err != nil {
			return err
		}
		page.done, err = tasksOf(r.Context(), tx, p.kinds, c, true)
		return err
	})
	if err != nil {
		return err
	}
	page.owners = page.choose()
	f.Title = f.Words.T("mission.board")
	return web.Render(w, r, http.StatusOK, boardPage(f, page))
}

// choose are the owners to choose from: everybody, then those who have a task.
func (v boardView) choose() []web.Link {
	links := []web.Link{{Label: v.words.T("mission.everybody"), Href: v.Href() + boardPath, Current: v.owner == ""}}
	seen := map[string]bool{"": true}
	for _, t := range v.open {
		if !seen[t.Member] {
			seen[t.Member] = true
			links = append(links, web.Link{Label: t.MemberName, Href: v.Href() + boardPath + "?owner=" + t.Member, Current: v.owner == t.Member})
		}
	}
	return links
}

// columns are the tasks by state, those of the owner alone where one is chosen.
func (v boardView) columns() []column {
	soon := shifted(v.today, 7)
	columns := []column{
		{title: "mission.board.late"}, {title: "mission.board.week"}, {title: "mission.board.later"}, {title: "mission.board.done"},
	}
	put := func(at int, t panel.Task) {
		if v.owner == "" || t.Member == v.owner {
			columns[at].tasks = append(columns[at].tasks, t)
		}
	}
	for _, t := range v.open {
		switch {
		case t.Late(v.today):
			put(0, t)
		case t.Due != "" && t.Due <= soon:
			put(1, t)
		default:
			put(2, t)
		}
	}
	for _, t := range v.done {
		put(3, t)
	}
	return columns
}

// due says when a task is due: the day, and how long before the departure.
func (v boardView) due(t panel.Task) string {
	at, err := time.Parse(time.DateOnly, t.Due)
	if err != nil {
		return ""
	}
	start, err := time.Parse(time.DateOnly, v.mission.StartsOn)
	if err != nil {
		return v.words.DateBrief(at)
	}
	days := int(at.Sub(start) / (24 * time.Hour))
	return v.words.T("mission.due", v.words.DateBrief(at), v.words.Signed(days))
}

// addTasks answers POST /t/{territory}/missions/{id}/board: the usual tasks that
// the mission does not have yet.
func (p *Pages) addTasks(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v, words := viewerOf(r), p.frame(r).Words
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var m *Mission
	added := 0
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = Missions().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		c := Cover{words: words, viewer: v, mission: m}
		added, err = addUsualTasks(r.Context(), tx, p.kinds, act, c)
		return err
	})
	if err != nil {
		return err
	}
	toast := web.Toast{Text: words.N("mission.tasks_added", added)}
	if added > 0 {
		toast.UndoAction = v.Territory.Home() + "/undo/" + act.Batch
	}
	return web.Onward(w, r, href(v, m.ID)+boardPath, toast)
}
