package mission

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

const copyPath = "/copy"

// copyForm is the form of a new edition.
type copyForm struct {
	web.Form
	Cover
}

func (f copyForm) field(name string) web.Field {
	return record.Form[Mission]{Form: f.Form}.Field("mission", name)
}

// askCopy answers GET /t/{territory}/missions/{id}/copy.
func (p *Pages) askCopy(w http.ResponseWriter, r *http.Request) error {
	return p.showCopy(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) showCopy(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	page := copyForm{Form: form}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		m, err := Missions().Find(r.Context(), tx, r, "add")
		if err != nil {
			return err
		}
		if form.Values == nil {
			page.Values = url.Values{"tasks": {"yes"}, "week": {shifted(m.StartsOn, 52*7)}}
			for lang, title := range m.Title {
				page.Values.Set("title."+lang, title)
			}
		}
		page.Cover, err = NewCover(r.Context(), tx, p.kinds, f.Words, m, copyPath)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("mission.copy", page.name())
	return web.Render(w, r, status, copyPage(f, page))
}

// copy answers POST /t/{territory}/missions/{id}/copy.
func (p *Pages) copy(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := viewerOf(r)
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var made *Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		m, err := Missions().Find(r.Context(), tx, r, "add")
		if err != nil {
			return err
		}
		made, err = p.copied(r.Context(), tx, act, m, r.PostForm)
		return err
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.showCopy(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	words := p.frame(r).Words
	toast := web.Toast{Text: words.T("mission.copied", made.Name(words.Lang())), UndoAction: v.Territory.Home() + "/undo/" + act.Batch}
	return web.Onward(w, r, href(v, made.ID), toast)
}

// copied makes a new edition of a mission as a form asks for it.
func (p *Pages) copied(ctx context.Context, tx *db.Tx, act record.Act, m *Mission, sent url.Values) (*Mission, error) {
	from, err := Read(ctx, tx, m.Territory, m.ID)
	if err != nil {
		return nil, err
	}
	title := i18n.Text{}
	for _, lang := range record.ContentLanguages() {
		if text := strings.TrimSpace(sent.Get("title." + lang)); text != "" {
			title[lang] = text
		}
	}
	c := &Copying{From: from, Act: act, Legs: map[string]string{}, Venues: map[string]string{}, Places: map[string]string{}}
	if from.StartsOn != "" {
		if c.Days, err = weeksBetween(from.StartsOn, sent.Get("week")); err != nil {
			var problems fault.Problems
			problems.AddError("week", err)
			return nil, problems
		}
	}
	if err := c.begin(ctx, tx, title); err != nil {
		return nil, err
	}
	if err := c.own(ctx, tx); err != nil {
		return nil, err
	}
	for _, copier := range p.doors.Copy {
		if err := copier(ctx, tx, c); err != nil {
			return nil, err
		}
	}
	if sent.Get("tasks") != "yes" {
		return c.To, nil
	}
	cover := Cover{viewer: territory.ViewerOf(ctx), mission: m}
	for _, done := range []bool{true, false} {
		tasks, err := tasksOf(ctx, tx, p.kinds, cover, done)
		if err != nil {
			return nil, err
		}
		if err := c.tasks(ctx, tx, tasks); err != nil {
			return nil, err
		}
	}
	return c.To, nil
}
