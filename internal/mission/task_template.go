package mission

import (
	"context"
	_ "embed"
	"encoding/json"
	"sync"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
)

//go:embed task_template.json
var taskTemplate []byte

// A plannedTask is one of the list that every mission can begin with. Days are
// counted from the departure: -90 is ninety days before.
type plannedTask struct {
	Days   int
	Fr, En string
}

// usualTasks is the list. It is part of the program, so one that cannot be read
// is a mistake in the program.
var usualTasks = sync.OnceValue(func() (tasks []plannedTask) {
	if err := json.Unmarshal(taskTemplate, &tasks); err != nil {
		panic(err)
	}
	return tasks
})

// in is the title in a language.
func (t plannedTask) in(lang string) string {
	title, _ := i18n.Text{"fr": t.Fr, "en": t.En}.In(lang)
	return title
}

// shifted is the day that is so many days after another, or "" where there is
// none.
func shifted(day string, days int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, days).Format(time.DateOnly)
}

// addUsualTasks gives the mission those tasks of the list that it does not have
// yet, and says how many.
func addUsualTasks(ctx context.Context, tx *db.Tx, kinds record.Kinds, act record.Act, c Cover) (added int, err error) {
	has := map[string]bool{}
	for _, done := range []bool{false, true} {
		tasks, err := tasksOf(ctx, tx, kinds, c, done)
		if err != nil {
			return 0, err
		}
		for _, t := range tasks {
			has[t.Title] = true
		}
	}
	m := c.mission
	for _, usual := range usualTasks() {
		if has[usual.Fr] || has[usual.En] {
			continue
		}
		task := &panel.Task{
			Meta:  record.Meta{Territory: m.Territory, Owner: m.Owner, Fictional: m.Fictional},
			Place: c.place(), Title: usual.in(c.words.Lang()), Due: shifted(m.StartsOn, usual.Days),
		}
		if err := panel.Tasks().Add(ctx, tx, act, task); err != nil {
			return 0, err
		}
		added++
	}
	return added, nil
}

// place is where the tasks of the mission are.
func (c Cover) place() panel.Place {
	return panel.Place{On: Missions().Ref(c.mission), Subject: c.mission.Subject()}
}

// mostOnBoard is how many tasks of a mission the board shows of each state.
const mostOnBoard = 300

func tasksOf(ctx context.Context, tx *db.Tx, kinds record.Kinds, c Cover, done bool) ([]panel.Task, error) {
	return panel.ListTasks(ctx, tx, kinds, c.viewer, panel.Choice{Place: c.place(), Done: done, Most: mostOnBoard})
}
