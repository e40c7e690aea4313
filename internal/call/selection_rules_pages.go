package call

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// rulesView is the form of the rules of a selection.
type rulesView struct {
	choosing
	form      web.Form
	assessors []web.Option
}

// mostCriteria are the criteria that the form has room for.
const mostCriteria = 6

// editRules answers GET /t/{territory}/calls/{id}/selection/rules.
func (p *Pages) editRules(w http.ResponseWriter, r *http.Request) error {
	return p.renderRules(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) renderRules(w http.ResponseWriter, r *http.Request, status int, sent web.Form) error {
	f := p.Frame(r)
	v := rulesView{form: sent}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.choosing, err = p.choosing(r.Context(), tx, r, f.Words, "edit"); err != nil {
			return err
		}
		v.assessors, err = p.assessorOptions(r.Context(), tx, v.choosing)
		return err
	})
	if err != nil {
		return err
	}
	v.form.Words = f.Words
	if v.form.Values == nil {
		v.form.Values = v.selection.values()
	}
	f.Title = f.Words.T("selection.rules")
	return web.Render(w, r, status, rulesPage(f, v))
}

// values is what the form of the rules holds to begin with.
func (s *Selection) values() url.Values {
	values := url.Values{
		"assessors": s.Assessors, "sectors": s.Sectors, "sizes": s.Sizes, "answers": s.Answers,
		"postcodes": {strings.Join(s.Postcodes, " ")}, "seed": {strconv.Itoa(s.Seed)},
		"pass_mark": {strconv.Itoa(s.PassMark)}, "waiting": {strconv.Itoa(s.Waiting)},
	}
	for i, c := range s.Criteria {
		values.Set(criterionInput(i, "key"), c.Key)
		values.Set(criterionInput(i, "weight"), strconv.Itoa(c.Weight))
		values.Set(criterionInput(i, "fr"), c.Title["fr"])
		values.Set(criterionInput(i, "en"), c.Title["en"])
	}
	for _, q := range s.Quotas {
		values.Set("least."+q.Sector, strconv.Itoa(q.Least))
		values.Set("most."+q.Sector, strconv.Itoa(q.Most))
	}
	for i, t := range s.Ties {
		values.Set(tieInput(i), string(t))
	}
	return values
}

func criterionInput(i int, part string) string { return "criterion." + strconv.Itoa(i) + "." + part }

func tieInput(i int) string { return "tie." + strconv.Itoa(i) }

// saveRules answers POST /t/{territory}/calls/{id}/selection/rules.
func (p *Pages) saveRules(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	act := record.Act{By: territory.ViewerOf(r.Context()).Actor, Batch: db.NewID()}
	words := p.Frame(r).Words
	var s choosing
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if s, err = p.choosing(r.Context(), tx, r, words, "edit"); err != nil {
			return err
		}
		if s.decided() {
			return fault.New(fault.Conflict, "selection.decided_already")
		}
		if err := s.take(r.PostForm); err != nil {
			return err
		}
		return put(r.Context(), tx, act, Selections(), s.selection)
	})
	if problems := fault.Problems(nil); errors.As(err, &problems) {
		return p.renderRules(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, s.href(), web.Toast{
		Text: words.T("selection.rules_saved"), UndoAction: s.viewer.Territory.Home() + "/undo/" + act.Batch,
	})
}

// take sets the rules that a form sent. Once somebody gave a score, the criteria
// stay as they were published.
func (s choosing) take(sent url.Values) error {
	var p fault.Problems
	count := func(name string) int {
		text := strings.TrimSpace(sent.Get(name))
		n, err := strconv.Atoi(text)
		if text != "" && (err != nil || n < 0) {
			p.Add(name, "selection.count")
		}
		return n
	}
	it := s.selection
	criteria := criteriaOf(sent, count)
	if s.scoring() && !slices.EqualFunc(criteria, it.Criteria, Criterion.equal) {
		p.Add("criteria", "selection.criteria_fixed")
	}
	it.Criteria = criteria
	it.Seed, it.PassMark, it.Waiting = count("seed"), count("pass_mark"), count("waiting")
	it.Assessors, it.Sectors, it.Sizes, it.Answers = sent["assessors"], sent["sectors"], sent["sizes"], sent["answers"]
	it.Postcodes = strings.Fields(sent.Get("postcodes"))
	it.Quotas = nil
	for _, sector := range s.sectors {
		q := Quota{Sector: sector.ID, Least: count("least." + sector.ID), Most: count("most." + sector.ID)}
		if q.Least > 0 || q.Most > 0 {
			it.Quotas = append(it.Quotas, q)
		}
	}
	if it.kept() > s.call.Places {
		p.Add("quotas", "selection.kept_too_many", it.kept(), s.call.Places)
	}
	it.Ties = nil
	for i := range Ties() {
		tie, err := parseTie(sent.Get(tieInput(i)))
		if err == nil && !slices.Contains(it.Ties, tie) {
			it.Ties = append(it.Ties, tie)
		}
	}
	return p.Or()
}

// scoring says that somebody gave a score already.
func (s choosing) scoring() bool {
	return slices.ContainsFunc(s.lines, func(l *Line) bool { return len(l.Scores) > 0 })
}

func (c Criterion) equal(other Criterion) bool { return criterionText(c) == criterionText(other) }

// criteriaOf reads the criteria of a form; a new one is given a key after its
// title.
func criteriaOf(sent url.Values, count func(string) int) (criteria []Criterion) {
	for i := range mostCriteria {
		c := Criterion{Key: sent.Get(criterionInput(i, "key")), Weight: count(criterionInput(i, "weight")), Title: i18n.Text{}}
		for _, lang := range record.ContentLanguages() {
			if title := strings.Join(strings.Fields(sent.Get(criterionInput(i, lang))), " "); title != "" {
				c.Title[lang] = title
			}
		}
		if c.Title.IsZero() && c.Weight == 0 {
			continue
		}
		if !criterionKey.MatchString(c.Key) {
			c.Key = "c" + strconv.Itoa(i) + "-" + slugOf(c.Name(record.ContentLanguages()[0]))
		}
		criteria = append(criteria, c)
	}
	return criteria
}

func (v rulesView) criterionLabel(i int, part string) string {
	return v.words.T("selection.criterion."+part, i+1)
}

func (v rulesView) tieOptions() []web.Option {
	return eachOf(Ties(), func(t string) web.Option { return web.Option{Value: t, Label: v.words.T("selection.tie." + t)} })
}

func (v rulesView) sizeOptions() []web.Option {
	return eachOf(directory.Sizes(), func(size string) web.Option {
		return web.Option{Value: size, Label: v.words.T("organisation.size." + size)}
	})
}

func (v rulesView) sectorOptions() []web.Option {
	return eachOf(v.sectors, func(s directory.Sector) web.Option {
		name, _ := s.Name.In(v.words.Lang())
		return web.Option{Value: s.ID, Label: name}
	})
}

// questionOptions are the questions whose answers may be needed.
func (v rulesView) questionOptions() (options []web.Option) {
	for _, q := range v.questions {
		options = append(options, web.Option{Value: q.Key, Label: q.Name(v.words.Lang())})
	}
	return options
}
