package panel

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Task is something that a member has to do, about a record or none.
type Task struct {
	record.Meta
	Place
	Title  string
	Member string // id of the user who has it to do, or ""
	Due    string // a day of the territory, or ""
	Done   bool

	// MemberName and OnTitle are what lists show: they fill them in.
	MemberName, OnTitle string
}

// mostTitle is how many characters the title of a task may have.
const mostTitle = 200

// Tasks is how tasks are kept.
func Tasks() record.Noun[Task] {
	meta := func(t *Task) *record.Meta { return &t.Meta }
	title := record.TextField("title", func(t *Task) *string { return &t.Title })
	title.Personal = true
	member := record.TextField("member", func(t *Task) *string { return &t.Member })
	member.Type, member.To = record.Reference, "member"
	return record.Noun[Task]{
		Name: "task",
		Fields: record.Fields[Task]{
			title, member,
			record.DateField("due", func(t *Task) *string { return &t.Due }),
			record.YesField("done", func(t *Task) *bool { return &t.Done }),
			onField(meta, func(t *Task) *Place { return &t.Place }),
		},
		Meta: meta,
		Load: loadTask, Insert: insertTask, Update: updateTask,
		Settle: (*Task).settle,
		Found: func(t *Task) record.Found {
			return record.Found{Title: t.Title, Detail: t.Due, Subject: t.Subject, On: t.On}
		},
	}
}

func (t *Task) settle() error {
	t.Title = strings.Join(strings.Fields(t.Title), " ")
	var p fault.Problems
	switch {
	case t.Title == "":
		p.Add("title", "panel.task_empty")
	case utf8.RuneCountInString(t.Title) > mostTitle:
		p.Add("title", "panel.task_long", mostTitle)
	}
	return p.Or()
}

// Late says whether the task should have been done before a day.
func (t Task) Late(today string) bool { return !t.Done && t.Due != "" && t.Due < today }

func loadTask(ctx context.Context, tx *db.Tx, territory int, id string) (*Task, error) {
	row, err := New(tx).task(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "task", id)
	}
	return &Task{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Place: placeOf(row.TerritoryID, row.Kind, row.RecordID, row.OwnerID, row.OrganisationID, row.MissionID),
		Title: row.Title, Member: row.MemberID, Due: row.Due, Done: row.Done,
	}, nil
}

func insertTask(ctx context.Context, tx *db.Tx, t *Task) error {
	return New(tx).addTask(ctx, addTaskParams{
		TerritoryID: t.Territory, ID: t.ID, Kind: t.On.Kind, RecordID: t.On.ID,
		OwnerID: t.Subject.Owner, OrganisationID: t.Subject.Organisation, MissionID: t.Subject.Mission,
		Title: t.Title, MemberID: t.Member, Due: t.Due, Done: t.Done, Fictional: t.Fictional, Version: t.Version,
		CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt,
	})
}

func updateTask(ctx context.Context, tx *db.Tx, t *Task) error {
	return New(tx).editTask(ctx, editTaskParams{
		Kind: t.On.Kind, RecordID: t.On.ID, OrganisationID: t.Subject.Organisation,
		Title: t.Title, MemberID: t.Member, Due: t.Due, Done: t.Done, Version: t.Version,
		UpdatedAt: t.UpdatedAt, DeletedAt: t.DeletedAt, TerritoryID: t.Territory, ID: t.ID,
	})
}

// A Choice says which tasks a list shows.
type Choice struct {
	Place  Place  // on this record, unless zero
	Member string // of this user, unless ""
	Before string // due before this day, unless ""
	Done   bool   // those that are done, instead of those that are open
	// On keeps those for whose n.kind and n.record_id it holds, unless zero.
	On   db.Condition
	Most int // how many, 200 if none is said
}

func (c Choice) query(v territory.Viewer, columns db.SQL) *db.Query {
	q := db.Select(columns, "tasks n LEFT JOIN users u ON u.id = n.member_id")
	if c.Place.On.IsZero() {
		v.Within(q, "task", "n.territory_id", territory.Columns{Owner: "n.owner_id", Organisation: "n.organisation_id", Mission: "n.mission_id"})
	} else {
		onRecord(q, v, "task", c.Place)
	}
	q.Where("n.deleted_at IS NULL AND n.done = ?", c.Done)
	if c.Member != "" {
		q.Where("n.member_id = ?", c.Member)
	}
	if c.Before != "" {
		q.Where("n.due <> '' AND n.due < ?", c.Before)
	}
	if c.On.SQL != "" {
		q.Where(c.On.SQL, c.On.Args...)
	}
	return q
}

// ListTasks lists tasks that the viewer may see: the open ones by day, those
// without a day last; the done ones from the last change.
func ListTasks(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, c Choice) ([]Task, error) {
	const most = 200 // to be sent, or shown beside other things
	tasks, err := db.Collect(ctx, tx, c.list(v).Page(1, cmp.Or(c.Most, most)), taskOf(v))
	if err != nil {
		return nil, err
	}
	return seen(ctx, tx, kinds, v, tasks)
}

// pageOfTasks is a page of [ListTasks]. Of all those that there are, it counts
// up to so many: on a record that the viewer sees they may know; elsewhere some
// may be about what they do not see.
func pageOfTasks(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, c Choice, page, count int) (tasks []Task, all int, err error) {
	tasks, all, err = db.CollectPage(ctx, tx, c.list(v).Page(page, web.PageSize), count, taskOf(v))
	if err != nil {
		return nil, 0, err
	}
	tasks, err = seen(ctx, tx, kinds, v, tasks)
	return tasks, all, err
}

// list asks for the tasks of a choice, in order.
func (c Choice) list(v territory.Viewer) *db.Query {
	q := c.query(v, "n.id, n.kind, n.record_id, n.owner_id, n.organisation_id, n.mission_id, n.title, n.member_id, COALESCE(u.name, ''), n.due, n.done, n.version")
	if c.Done {
		q.Order("n.updated_at DESC")
	} else {
		q.Order("CASE WHEN n.due = '' THEN 1 ELSE 0 END", "n.due")
	}
	return q.Order("n.id")
}

// taskOf reads a row of [Choice.list].
func taskOf(v territory.Viewer) func(scan db.Scan) (Task, error) {
	return func(scan db.Scan) (t Task, err error) {
		var kind, id, owner, organisation, mission string
		err = scan(&t.ID, &kind, &id, &owner, &organisation, &mission, &t.Title, &t.Member, &t.MemberName, &t.Due, &t.Done, &t.Version)
		t.Territory, t.Place = v.Territory.ID, placeOf(v.Territory.ID, kind, id, owner, organisation, mission)
		return t, err
	}
}

// seen keeps the tasks whose record the viewer may see, with its title.
func seen(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, tasks []Task) ([]Task, error) {
	kept := tasks[:0]
	for _, t := range tasks {
		if !t.On.IsZero() {
			card, err := kinds.See(ctx, tx, v, t.On)
			switch {
			case fault.Is(err, fault.NotFound), card.Deleted:
				continue
			case err != nil:
				return nil, err
			}
			t.OnTitle = card.Title
		}
		kept = append(kept, t)
	}
	return kept, nil
}
