package call

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// scoreView is an application with the form of its assessor.
type scoreView struct {
	reviewed
	form web.Form
}

// showScore answers GET /t/{territory}/applications/{id}/score.
func (p *Pages) showScore(w http.ResponseWriter, r *http.Request) error {
	return p.renderScore(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) renderScore(w http.ResponseWriter, r *http.Request, status int, sent web.Form) error {
	f := p.Frame(r)
	v := scoreView{form: sent}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.reviewed, err = p.assessed(r, tx)
		return err
	})
	if err != nil {
		return err
	}
	v.form.Words = f.Words
	if v.form.Values == nil {
		v.form.Values = v.own.values()
	}
	f.Title = v.record.Title()
	return web.Render(w, r, status, scorePage(f, v))
}

// assessed reads the application of a request, for its assessor.
func (p *Pages) assessed(r *http.Request, tx *db.Tx) (v reviewed, err error) {
	if v, err = p.reviewing(r, tx, "score", "edit"); err != nil {
		return v, err
	}
	if !v.assesses() {
		return v, fault.New(fault.Conflict, "selection.not_assessor")
	}
	v.own, err = scoreBy(r.Context(), tx, v.record, v.viewer.User)
	return v, err
}

// values is what the form of a score holds to begin with.
func (s *Score) values() url.Values {
	values := url.Values{"comment": {s.Comment}}
	for _, p := range s.Points {
		values.Set("points."+p.Criterion, strconv.Itoa(p.Points))
	}
	if s.Conflict {
		values.Set("conflict", "yes")
	}
	return values
}

// saveScore answers POST /t/{territory}/applications/{id}/score: it is given, and
// leads to the next.
func (p *Pages) saveScore(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	act := record.Act{By: territory.ViewerOf(r.Context()).Actor, Batch: db.NewID()}
	var v reviewed
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if v, err = p.assessed(r, tx); err != nil {
			return err
		}
		if v.decided() {
			return fault.New(fault.Conflict, "selection.decided_already")
		}
		if err := v.own.take(r.PostForm, v.selection.Criteria); err != nil {
			return err
		}
		return put(r.Context(), tx, act, Scores(), v.own)
	})
	if problems := fault.Problems(nil); errors.As(err, &problems) {
		return p.renderScore(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.next(), web.Toast{
		Text: p.Frame(r).Words.T("selection.score_given", v.record.Title()),
	})
}

// take sets the score that a form sent: points for each criterion, or that the
// assessor stays out of it.
func (s *Score) take(sent url.Values, criteria []Criterion) error {
	s.Conflict = sent.Get("conflict") == "yes"
	s.Comment = strings.TrimSpace(sent.Get("comment"))
	s.Points = nil
	if s.Conflict {
		return nil
	}
	var p fault.Problems
	for _, c := range criteria {
		n, err := strconv.Atoi(sent.Get("points." + c.Key))
		if err != nil {
			p.Add("points."+c.Key, "selection.points", TopPoints)
		}
		s.Points = append(s.Points, Points{c.Key, n})
	}
	return p.Or()
}

// next is the page of the next application to score, or the ranking.
func (v reviewed) next() string {
	for _, l := range v.toScore(v.viewer.User) {
		if l.Application.ID != v.record.ID {
			return applicationHref(v.viewer, l.Application.ID) + "/score"
		}
	}
	return v.href()
}

// pointOptions are what a criterion can be given.
func pointOptions() []web.Option {
	var options []web.Option
	for n := range TopPoints + 1 {
		options = append(options, web.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	return options
}
