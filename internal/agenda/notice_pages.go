package agenda

import (
	"context"
	"net/http"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// MissionPage is the page of the messages to a mission's people.
func MissionPage() record.Page {
	return record.Page{Noun: "notice", Path: "/notices", Label: "notice.list"}
}

// noticesView is what the page of a mission's notices shows.
type noticesView struct {
	web.Form
	mission.Cover
	home     territory.Territory
	whole    *mission.Whole
	sessions []Engagement
	notices  []*Notice
	readers  map[string][]readersOfRow // by notice
}

// notices answers GET /t/{territory}/missions/{id}/notices.
func (p *Pages) notices(w http.ResponseWriter, r *http.Request) error {
	return p.noticesPage(w, r, http.StatusOK, web.Form{})
}

func (p *Pages) noticesPage(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	view := noticesView{Form: form, home: territory.ViewerOf(r.Context()).Territory}
	if err := p.db.Read(r.Context(), func(tx *db.Tx) error { return view.load(r.Context(), tx, r, p.kinds) }); err != nil {
		return err
	}
	f.Title = f.Words.T("notice.list")
	f.Fictional = f.Fictional || view.whole.Fictional
	return web.Render(w, r, status, noticesPage(f, view))
}

func (v *noticesView) load(ctx context.Context, tx *db.Tx, r *http.Request, kinds record.Kinds) error {
	m, err := mission.Missions().Find(ctx, tx, r, "see")
	if err != nil {
		return err
	}
	if v.Cover, err = mission.NewCover(ctx, tx, kinds, v.Words, m, MissionPage().Path); err != nil {
		return err
	}
	if v.whole, err = mission.Read(ctx, tx, m.Territory, m.ID); err != nil {
		return err
	}
	if v.sessions, err = all(ctx, tx, m.Territory, m.ID, "session"); err != nil {
		return err
	}
	rows, err := New(tx).noticesOf(ctx, m.Territory, m.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		v.notices = append(v.notices, noticeOf(row))
	}
	readers, err := New(tx).readersOf(ctx, m.Territory, m.ID)
	v.readers = map[string][]readersOfRow{}
	for _, reader := range readers {
		v.readers[reader.NoticeID] = append(v.readers[reader.NoticeID], reader)
	}
	return err
}

// write answers POST /t/{territory}/missions/{id}/notices.
func (p *Pages) write(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	if err := web.ReadForm(r); err != nil {
		return err
	}
	count := 0
	var m *mission.Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = mission.Missions().Find(r.Context(), tx, r, "run"); err != nil {
			return err
		}
		whole, err := mission.Read(r.Context(), tx, m.Territory, m.ID)
		if err != nil {
			return err
		}
		n := &Notice{
			Meta:    record.Meta{Territory: m.Territory, Fictional: m.Fictional},
			Mission: m.ID, Audience: r.PostFormValue("audience"), SentBy: v.Name, Text: i18n.Text{},
		}
		if err := Notices().Fields.Apply(n, Notices().Fields.Sent(r.PostForm)).Or(); err != nil {
			return err
		}
		count, err = p.sendNotice(r.Context(), tx, record.Act{By: v.Actor}, whole, n)
		return err
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.noticesPage(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	text := p.frame(r).Words.N("notice.sent", count)
	return web.Onward(w, r, v.Territory.Home()+"/missions/"+m.ID+MissionPage().Path, web.Toast{Text: text})
}

// noteRead answers POST /l/{token}/agenda/read/{notice}.
func (p *Pages) noteRead(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	l := visitor.Link
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		return New(tx).noteRead(r.Context(), noteReadParams{tx.Now, l.TerritoryID, r.PathValue("notice"), l.RecordID})
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/l/"+r.PathValue("token")+"/agenda", http.StatusSeeOther)
	return nil
}

// audiences are whom one can write to.
func (v noticesView) audiences() []web.Option {
	w := v.Words
	options := []web.Option{{Value: everybody, Label: w.T("notice.to_all")}}
	for _, side := range []mission.Side{mission.Delegate, mission.Counterpart, mission.Official} {
		options = append(options, web.Option{Value: ofSide + string(side), Label: w.T("notice.to_" + string(side))})
	}
	if len(v.whole.Legs) > 1 {
		for _, leg := range v.whole.Legs {
			options = append(options, web.Option{Value: ofLeg + leg.ID, Label: w.T("notice.to_leg", leg.Name)})
		}
	}
	for _, s := range v.sessions {
		if title, _ := s.Title.In(w.Lang()); !s.Cancelled {
			options = append(options, web.Option{Value: ofSession + s.Record, Label: w.T("notice.to_session", title)})
		}
	}
	return options
}

// to says whom a notice was sent to.
func (v noticesView) to(n *Notice) string {
	for _, option := range v.audiences() {
		if option.Value == n.Audience {
			return option.Label
		}
	}
	return v.Words.T("notice.to_gone")
}

// read counts who has read a notice, and names who has not.
func (v noticesView) read(n *Notice) (read int, waiting []string) {
	for _, reader := range v.readers[n.ID] {
		if reader.ReadAt.IsZero() {
			waiting = append(waiting, reader.Name)
		} else {
			read++
		}
	}
	return read, waiting
}

// readNote sums up who has read a notice.
func (v noticesView) readNote(n *Notice) string {
	read, waiting := v.read(n)
	return v.Words.T("notice.read_by", read, read+len(waiting))
}

// notWritten are those for whom there is no address.
func (v noticesView) notWritten(n *Notice) (names []string) {
	for _, reader := range v.readers[n.ID] {
		if !reader.Mailed {
			names = append(names, reader.Name)
		}
	}
	return names
}

// shown is the text of a notice in the reader's language.
func (v noticesView) shown(n *Notice) string {
	text, _ := n.Text.In(v.Words.Lang())
	return text
}

// languages are those that a notice can be written in.
func (v noticesView) languages() []web.Option {
	var options []web.Option
	for _, lang := range record.ContentLanguages() {
		options = append(options, web.Option{Value: lang, Label: v.Words.T("directory.language." + lang)})
	}
	return options
}
