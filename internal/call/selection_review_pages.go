package call

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// reviewed is an application with its selection, as the office or an assessor
// sees it.
type reviewed struct {
	choosing
	shown  applicationView
	record *Application
	line   *Line    // nil as long as it is not handed in, or once it is withdrawn
	own    *Score   // of the viewer, who assesses
	scores []*Score // those that the viewer may see
	past   []history.Entry
	seats  string // address of the page on which those who travel are replaced, or ""
	form   web.Form
}

// mostPast is how many changes to a review its page shows.
const mostPast = 50

// reviewing reads the application that a request names, for somebody who may do
// something.
func (p *Pages) reviewing(r *http.Request, tx *db.Tx, noun, action string) (v reviewed, err error) {
	ctx := r.Context()
	v.words, v.viewer = p.Frame(r).Words, territory.ViewerOf(ctx)
	if v.record, err = Applications().Find(ctx, tx, r, "see"); err != nil {
		return v, err
	}
	if err := v.viewer.Check(noun, action, v.record.Subject()); err != nil {
		return v, err
	}
	v.shown = applicationView{applying: &applying{words: v.words, now: tx.Now}, viewer: v.viewer}
	if err := p.fillApplication(ctx, tx, &v.shown, v.record.ID); err != nil {
		return v, err
	}
	v.call = v.shown.call
	if err := p.fillChoosing(ctx, tx, &v.choosing); err != nil {
		return v, err
	}
	return v, v.fill(ctx, tx)
}

// fill reads what is known of the application beside the selection.
func (v *reviewed) fill(ctx context.Context, tx *db.Tx) (err error) {
	Propose(v.lines, v.selection, v.call.Places)
	review, err := reviewOf(ctx, tx, v.record)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(v.lines, func(l *Line) bool { return l.Application.ID == v.record.ID }); at >= 0 {
		v.line = v.lines[at]
	}
	if review.ID != "" {
		if v.past, err = history.Of(ctx, tx, Reviews().Ref(review), mostPast); err != nil {
			return err
		}
	}
	if v.scores, err = v.seen(ctx, tx); err != nil || v.record.State != Selected {
		return err
	}
	delegate, _, err := delegateOf(ctx, tx, v.record)
	if delegate != nil && v.viewer.May("participant", "edit", delegate.Subject()) {
		v.seats = seatsOf(v.viewer, delegate)
	}
	return err
}

func seatsOf(v territory.Viewer, p *mission.Participant) string {
	return v.Territory.Home() + "/participants/" + p.ID + "/seats"
}

// seen are the scores that the viewer may see: an assessor those that the store
// lets them see, others all of them.
func (v *reviewed) seen(ctx context.Context, tx *db.Tx) ([]*Score, error) {
	if v.assesses() {
		return ScoresSeenBy(ctx, tx, v.record, v.viewer.User)
	}
	if v.line == nil || !v.may("edit") {
		return nil, nil
	}
	return v.line.Scores, nil
}

// showReview answers GET /t/{territory}/applications/{id}/review.
func (p *Pages) showReview(w http.ResponseWriter, r *http.Request) error {
	return p.renderReview(w, r, http.StatusOK, web.Form{Values: url.Values{}})
}

func (p *Pages) renderReview(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.Frame(r)
	var v reviewed
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		v, err = p.reviewing(r, tx, "selection", "see")
		return err
	})
	if err != nil {
		return err
	}
	v.form, v.form.Words = form, f.Words
	f.Title = v.record.Title()
	return web.Render(w, r, status, reviewPage(f, v))
}

// rule answers POST /t/{territory}/applications/{id}/ruling: an officer decides
// otherwise than the rules whether the application is eligible, or no more.
func (p *Pages) rule(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, "edit", "selection.ruled", func(tx *db.Tx, act record.Act, a *Application) error {
		review, err := reviewOf(r.Context(), tx, a)
		if err != nil {
			return err
		}
		if a.State.Decided() {
			return fault.New(fault.Conflict, "selection.decided_already")
		}
		review.Ruling, review.Grounds = State(r.PostForm.Get("ruling")), strings.TrimSpace(r.PostForm.Get("grounds"))
		if !slices.Contains([]State{"", Eligible, Ineligible}, review.Ruling) {
			return fault.New(fault.Invalid, "selection.decision_needed")
		}
		return put(r.Context(), tx, act, Reviews(), review)
	})
}

// decideApplication answers POST /t/{territory}/applications/{id}/decide: it is
// decided about one application, for a reason.
func (p *Pages) decideApplication(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, "decide", "selection.decided_one", func(tx *db.Tx, act record.Act, a *Application) error {
		c, err := loadCall(r.Context(), tx, a.Territory, a.Call)
		if err != nil {
			return err
		}
		d := Decision{State: State(r.PostForm.Get("state")), Reason: strings.TrimSpace(r.PostForm.Get("reason"))}
		return p.decideOne(r.Context(), tx, act, c, a.ID, d)
	})
}

// change does something about the application of a request, and leads back to
// its review.
func (p *Pages) change(w http.ResponseWriter, r *http.Request, action, said string, do func(*db.Tx, record.Act, *Application) error) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	err := p.DB.Write(r.Context(), func(tx *db.Tx) error {
		a, err := Applications().Find(r.Context(), tx, r, "see")
		if err != nil {
			return err
		}
		if err := v.Check("selection", action, a.Subject()); err != nil {
			return err
		}
		return do(tx, act, a)
	})
	if problems := fault.Problems(nil); errors.As(err, &problems) {
		return p.renderReview(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, applicationHref(v, r.PathValue("id"))+"/review", web.Toast{
		Text: p.Frame(r).Words.T(said), UndoAction: v.Territory.Home() + "/undo/" + act.Batch,
	})
}

// told is a change to a review in words: what it was decided, and why.
func (v reviewed) told(e history.Entry) string {
	var said []string
	for _, c := range e.Changes {
		switch {
		case c.After == "":
		case c.Field == "ruling":
			said = append(said, v.words.T("review.told.ruling", v.words.T("application.state."+c.After)))
		case c.Field == "turn":
			said = append(said, v.words.T("review.told.turn", c.After))
		case c.Field == "grounds", c.Field == "reason":
			said = append(said, c.After)
		}
	}
	return strings.Join(said, " · ")
}

// lettersView shows the letters before they are sent.
type lettersView struct {
	choosing
	letters []*Line
	sample  map[string]string // the text of each letter, by application
}

func (v lettersView) inState(state State) []*Line { return inState(v.letters, state) }

// showLetters answers GET /t/{territory}/calls/{id}/selection/letters.
func (p *Pages) showLetters(w http.ResponseWriter, r *http.Request) error {
	f := p.Frame(r)
	v := lettersView{sample: map[string]string{}}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.choosing, err = p.choosing(r.Context(), tx, r, f.Words, "decide")
		return err
	})
	if err != nil {
		return err
	}
	for _, l := range v.lines {
		if l.pending() {
			letter := decisionLetter(v.call, l.Application, l.Review)
			v.letters = append(v.letters, l)
			v.sample[l.Application.ID] = p.Words.For(letter.Language).T(letter.Key+".text", letter.Args...)
		}
	}
	f.Title = f.Words.T("selection.letters")
	return web.Render(w, r, http.StatusOK, lettersPage(f, v))
}

// sendLetters answers POST /t/{territory}/calls/{id}/selection/letters: a job
// writes to all who were not told yet.
func (p *Pages) sendLetters(w http.ResponseWriter, r *http.Request) error {
	words := p.Frame(r).Words
	var s choosing
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if s, err = p.choosing(r.Context(), tx, r, words, "decide"); err != nil {
			return err
		}
		return p.Later(r.Context(), tx, s.call.Territory, s.viewer.User, SendDecisions{s.call.Territory, s.call.ID, s.viewer.Actor})
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, s.href(), web.Toast{Text: words.T("selection.letters_sent")})
}
