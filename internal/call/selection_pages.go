package call

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// selectionRoutes are the addresses on which companies are chosen.
func (p *Pages) selectionRoutes() []web.Route {
	const call, application = "/t/{territory}/calls/{id}/selection", "/t/{territory}/applications/{id}"
	return []web.Route{
		{Pattern: "GET " + call, Noun: "selection", Action: "see", Handle: p.showSelection},
		{Pattern: "GET " + call + "/rules", Noun: "selection", Action: "edit", Handle: p.editRules},
		{Pattern: "POST " + call + "/rules", Noun: "selection", Action: "edit", Handle: p.saveRules},
		{Pattern: "POST " + call + "/decide", Noun: "selection", Action: "decide", Handle: p.decideCall},
		{Pattern: "GET " + call + "/letters", Noun: "selection", Action: "decide", Handle: p.showLetters},
		{Pattern: "POST " + call + "/letters", Noun: "selection", Action: "decide", Handle: p.sendLetters},
		{Pattern: "GET " + application + "/review", Noun: "selection", Action: "see", Handle: p.showReview},
		{Pattern: "POST " + application + "/ruling", Noun: "selection", Action: "edit", Handle: p.rule},
		{Pattern: "POST " + application + "/decide", Noun: "selection", Action: "decide", Handle: p.decideApplication},
		{Pattern: "GET " + application + "/score", Noun: "score", Action: "edit", Handle: p.showScore},
		{Pattern: "POST " + application + "/score", Noun: "score", Action: "edit", Handle: p.saveScore},
	}
}

// choosing is a call with all that its selection looks at.
type choosing struct {
	words     *i18n.Words
	viewer    territory.Viewer
	call      *Call
	selection *Selection
	lines     []*Line
	questions []*form.Question
	sectors   []directory.Sector
	names     map[string]string // of users, by id
}

// choosing reads the call that a request names, for somebody who may do
// something about its selection.
func (p *Pages) choosing(ctx context.Context, tx *db.Tx, r *http.Request, w *i18n.Words, action string) (s choosing, err error) {
	s.words, s.viewer = w, territory.ViewerOf(ctx)
	if s.call, err = Calls().Find(ctx, tx, r, "see"); err != nil {
		return s, err
	}
	if err := s.viewer.Check("selection", action, s.call.Subject()); err != nil {
		return s, err
	}
	return s, p.fillChoosing(ctx, tx, &s)
}

func (p *Pages) fillChoosing(ctx context.Context, tx *db.Tx, s *choosing) (err error) {
	if s.selection, err = selectionOf(ctx, tx, s.call, p.Words); err != nil {
		return err
	}
	if s.lines, err = linesOf(ctx, tx, s.call); err != nil {
		return err
	}
	if s.questions, err = questionsOf(ctx, tx, s.call); err != nil {
		return err
	}
	if s.sectors, err = directory.Sectors(ctx, tx, s.call.Territory); err != nil {
		return err
	}
	s.names, err = memberNames(ctx, tx, s.call.Territory)
	return err
}

func memberNames(ctx context.Context, tx *db.Tx, home int) (map[string]string, error) {
	members, err := territory.Members(ctx, tx, home)
	names := map[string]string{}
	for _, m := range members {
		names[m.User] = m.Name
	}
	return names, err
}

func (s choosing) href() string { return callHref(s.viewer, s.call.ID) + "/selection" }

func (s choosing) may(action string) bool {
	return s.viewer.May("selection", action, s.call.Subject())
}

func (s choosing) trail(more ...web.Link) []web.Link {
	own := web.Link{Label: s.words.T("selection.title"), Href: s.href(), Current: len(more) == 0}
	return append([]web.Link{{Label: s.call.Name(s.words.Lang()), Href: callHref(s.viewer, s.call.ID)}, own}, more...)
}

// assesses says whether the viewer is one of the assessors.
func (s choosing) assesses() bool { return slices.Contains(s.selection.Assessors, s.viewer.User) }

// scored says whether an assessor gave a score, or stays out of it.
func (l *Line) scored(user string) bool {
	return slices.ContainsFunc(l.Scores, func(s *Score) bool { return s.User == user })
}

// toScore are the applications of which an assessor said nothing yet.
func (s choosing) toScore(user string) []*Line {
	return slices.DeleteFunc(slices.Clone(s.lines), func(l *Line) bool { return l.scored(user) })
}

// blind says that the viewer assesses and has not given all their scores: until
// then, what others think is not for them.
func (s choosing) blind() bool { return s.assesses() && len(s.toScore(s.viewer.User)) > 0 }

// selectionView is what the page of a selection shows.
type selectionView struct {
	choosing
	proposal Proposal
	// trial says that other rules are tried; change is what they change.
	trial  bool
	change Change
	more   Change // with one place more
	less   Change
	form   web.Form
	past   []Group
	bar    panel.Bar
}

// showSelection answers GET /t/{territory}/calls/{id}/selection: the ranking. With
// places or weight.KEY, it is tried with these; nothing is kept.
func (p *Pages) showSelection(w http.ResponseWriter, r *http.Request) error {
	f := p.Frame(r)
	var v selectionView
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.choosing, err = p.choosing(r.Context(), tx, r, f.Words, "see"); err != nil {
			return err
		}
		if v.past, err = pastGroups(r.Context(), tx, v.call.Territory); err != nil {
			return err
		}
		v.bar, err = panel.NewBar(r.Context(), tx, p.Kinds, v.viewer, Calls().Ref(v.call))
		return err
	})
	if err != nil {
		return err
	}
	v.propose(r.URL.Query())
	f.Title = f.Words.T("selection.title")
	return web.Render(w, r, http.StatusOK, selectionPage(f, v))
}

// propose ranks the applications, by the rules or by those that are tried.
func (v *selectionView) propose(query url.Values) {
	now := Propose(clones(v.lines), v.selection, v.call.Places).states()
	v.more = Propose(clones(v.lines), v.selection, v.call.Places+1).Against(now)
	v.less = Propose(clones(v.lines), v.selection, max(0, v.call.Places-1)).Against(now)
	s, places := *v.selection, v.call.Places
	s.Criteria = slices.Clone(s.Criteria)
	v.form = web.Form{Words: v.words, Values: url.Values{}}
	if n, err := strconv.Atoi(query.Get("places")); err == nil && n > 0 {
		v.trial, places = true, n
	}
	for i, c := range s.Criteria {
		if n, err := strconv.Atoi(query.Get("weight." + c.Key)); err == nil && n >= 0 && n <= 100 {
			v.trial, s.Criteria[i].Weight = true, n
		}
		v.form.Values.Set("weight."+c.Key, strconv.Itoa(s.Criteria[i].Weight))
	}
	v.form.Values.Set("places", strconv.Itoa(places))
	s.evenOut()
	v.proposal = Propose(v.lines, &s, places)
	if v.trial {
		v.change = v.proposal.Against(now)
	} else if v.decided() {
		v.proposal.asDecided()
	}
}

// evenOut makes weights that were tried add up to 100 again, as near as whole
// numbers come.
func (s *Selection) evenOut() {
	total := s.weights()
	if total == 0 || total == 100 {
		return
	}
	left := 100
	for i := range s.Criteria {
		weight := s.Criteria[i].Weight * 100 / total
		s.Criteria[i].Weight = weight
		left -= weight
	}
	s.Criteria[0].Weight += left
}

// decided says that it was decided about all.
func (s choosing) decided() bool { return !s.selection.DecidedAt.IsZero() }

// asDecided shows what was decided in place of what the rules propose.
func (p Proposal) asDecided() {
	waiting := waitingList(p.Ranked)
	for _, l := range p.Ranked {
		l.Proposed, l.Turn = l.Application.State, slices.Index(waiting, l)+1
	}
}

// rest are those without a place, in order.
func (v selectionView) rest() []*Line {
	return v.proposal.With(Waiting, Refused, Submitted, Eligible, Ineligible)
}

// quotaView is a sector with its places and who gets them.
type quotaView struct {
	Quota
	taken, candidates int
}

func (v selectionView) quotas() []quotaView {
	views := eachOf(v.proposal.Selection.Quotas, func(q Quota) quotaView { return quotaView{Quota: q} })
	for i := range views {
		for _, l := range v.proposal.Ranked {
			if l.Sector == views[i].Sector {
				views[i].candidates++
				if l.Proposed == Selected {
					views[i].taken++
				}
			}
		}
	}
	return views
}

// blocks is how many places are drawn: all that it may have, or else that are
// kept for it, or taken.
func (q quotaView) blocks() int {
	if q.Most > 0 {
		return q.Most
	}
	return max(q.Least, q.taken)
}

func (v selectionView) mark(sector string) web.Sector {
	return directory.SectorMark(v.sectors, sector, v.words.Lang())
}

// named are some lines by the names of their companies.
func (v selectionView) named(lines []*Line) string {
	return v.words.List(eachOf(lines, func(l *Line) string { return l.Application.Title() }))
}

// changes say in words who gets in and who drops out.
func (v selectionView) changes(c Change) string {
	switch {
	case len(c.In)+len(c.Out) == 0:
		return v.words.T("selection.change.none")
	case len(c.Out) == 0:
		return v.words.T("selection.change.in", v.named(c.In))
	case len(c.In) == 0:
		return v.words.T("selection.change.out", v.named(c.Out))
	default:
		return v.words.T("selection.change.both", v.named(c.In), v.named(c.Out))
	}
}

// ties say in words how ties are broken.
func (v selectionView) ties() string {
	said := eachOf(v.selection.Ties, func(t Tie) string { return v.words.T("selection.tie." + string(t)) })
	if !slices.Contains(v.selection.Ties, Lots) {
		said = append(said, v.words.T("selection.tie.lots"))
	}
	return v.words.T("selection.ties", v.words.List(said), strconv.Itoa(v.selection.Seed))
}

// progress is how far the assessors are.
func (v selectionView) progress() []web.Fact {
	return eachOf(v.selection.Assessors, func(user string) web.Fact {
		done := len(v.lines) - len(v.toScore(user))
		return web.Fact{Label: v.names[user], Value: v.words.T("selection.progress", done, len(v.lines))}
	})
}

// untold is how many letters wait to be sent.
func (v selectionView) untold() (n int) {
	for _, l := range v.lines {
		if l.pending() {
			n++
		}
	}
	return n
}

// decideCall answers POST /t/{territory}/calls/{id}/selection/decide: it is
// decided about all applications at once.
func (p *Pages) decideCall(w http.ResponseWriter, r *http.Request) error {
	act := record.Act{By: territory.ViewerOf(r.Context()).Actor, Batch: db.NewID()}
	words := p.Frame(r).Words
	var s choosing
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if s, err = p.choosing(r.Context(), tx, r, words, "decide"); err != nil {
			return err
		}
		if s.blind() {
			return fault.New(fault.Conflict, "selection.blind")
		}
		return p.decideAll(r.Context(), tx, act, s.call)
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, s.href(), web.Toast{
		Text: words.T("selection.decided"), UndoAction: s.viewer.Territory.Home() + "/undo/" + act.Batch,
	})
}

// assessorOptions are the members who can be assessors: officers, and those who
// have the duty on the mission.
func (p *Pages) assessorOptions(ctx context.Context, tx *db.Tx, s choosing) ([]web.Option, error) {
	members, err := territory.Members(ctx, tx, s.call.Territory)
	if err != nil {
		return nil, err
	}
	charges, err := territory.ChargesOn(ctx, tx, s.call.Territory, s.call.Mission)
	if err != nil {
		return nil, err
	}
	eligible := map[string]string{}
	for _, m := range members {
		onDuty := slices.ContainsFunc(charges, func(c territory.Charge) bool { return c.Duty == territory.Assess && c.User == m.User })
		if m.Role == territory.Officer || m.Role == territory.Administrator || onDuty {
			eligible[m.User] = m.Name
		}
	}
	ids := slices.Sorted(maps.Keys(eligible))
	return eachOf(ids, func(id string) web.Option { return web.Option{Value: id, Label: eligible[id]} }), nil
}
