package mission

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

const teamPath = "/team"

func partnerPart(p *Partner) *Part { return &p.Part }

// teamRoutes are the addresses of the task force: partners, duties, tasks.
func (p *Pages) teamRoutes() []web.Route {
	const one = "/t/{territory}/missions/{id}"
	return append(p.partnerEditor().Routes(), []web.Route{
		{Pattern: "GET " + one + teamPath, Noun: "mission", Action: "see", Handle: p.showTeam},
		{Pattern: "POST " + one + "/duties", Noun: "mission", Action: "run", Handle: p.saveDuties},
		{Pattern: "GET " + one + boardPath, Noun: "mission", Action: "see", Handle: p.showBoard},
		{Pattern: "POST " + one + boardPath, Noun: "mission", Action: "edit", Handle: p.addTasks},
		{Pattern: "GET /t/{territory}/partners/{id}", Noun: "partner", Action: "see", Handle: find(p, Partners(), onPage(teamPath, partnerPart))},
	}...)
}

// teamView is what the page of the task force shows.
type teamView struct {
	Cover
	*Whole
	partners []*Partner
	members  []territory.Member
	charges  []territory.Charge
}

// showTeam answers GET /t/{territory}/missions/{id}/team.
func (p *Pages) showTeam(w http.ResponseWriter, r *http.Request) error {
	var page teamView
	f, err := p.open(r, "mission", teamPath, func(tx *db.Tx, c Cover, whole *Whole) (err error) {
		page = teamView{Cover: c, Whole: whole}
		if page.partners, err = PartnersOf(r.Context(), tx, c.mission.Territory, c.mission.ID); err != nil {
			return err
		}
		if page.members, err = territory.Members(r.Context(), tx, c.mission.Territory); err != nil {
			return err
		}
		page.charges, err = territory.ChargesOn(r.Context(), tx, c.mission.Territory, c.mission.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("partner.team")
	return web.Render(w, r, http.StatusOK, teamPage(f, page))
}

// people are the members of a partner's agency.
func (v teamView) people(p *Partner) string {
	var names []string
	for _, m := range v.members {
		if m.Organisation == p.Organisation && m.Role == territory.Partner {
			names = append(names, m.Name)
		}
	}
	return v.words.List(names)
}

// able are the members who can be given duties.
func (v teamView) able() []territory.Member {
	return slices.DeleteFunc(slices.Clone(v.members), func(m territory.Member) bool {
		return m.Disabled || m.Role == territory.Company || m.Role == territory.Observer
	})
}

func (v teamView) has(user string, duty territory.Duty) bool {
	return slices.ContainsFunc(v.charges, func(c territory.Charge) bool { return c.User == user && c.Duty == duty })
}

// share says a part of the budget.
func (v teamView) share(p *Partner) string {
	return shareSaid(v.words, p)
}

// protocol are the official parties, in the order of protocol; those without a
// rank last.
func (v teamView) protocol() []*Participant {
	officials := slices.DeleteFunc(slices.Clone(v.Participants), func(p *Participant) bool { return p.Side != Official || p.State == Withdrawn })
	slices.SortStableFunc(officials, func(a, b *Participant) int {
		if (a.Rank == 0) != (b.Rank == 0) {
			return b.Rank - a.Rank
		}
		return a.Rank - b.Rank
	})
	return officials
}

// saveDuties answers POST /t/{territory}/missions/{id}/duties: what members do on
// the mission.
func (p *Pages) saveDuties(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := viewerOf(r)
	var m *Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = Missions().Find(r.Context(), tx, r, "run"); err != nil {
			return err
		}
		return setDuties(r.Context(), tx, v.Actor, m, r.PostForm["duty"])
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, href(v, m.ID)+teamPath, web.Toast{Text: p.frame(r).Words.T("partner.duties_saved")})
}

// setDuties gives and takes the duties of members, so that they are those of a
// form: "USER:DUTY" each.
func setDuties(ctx context.Context, tx *db.Tx, by history.Actor, m *Mission, wanted []string) error {
	members, err := territory.Members(ctx, tx, m.Territory)
	if err != nil {
		return err
	}
	charges, err := territory.ChargesOn(ctx, tx, m.Territory, m.ID)
	if err != nil {
		return err
	}
	var before, after []string
	for _, member := range members {
		for _, duty := range territory.Duties() {
			charge := territory.Charge{Mission: m.ID, User: member.User, Duty: duty}
			had, wants := slices.Contains(charges, charge), slices.Contains(wanted, member.User+":"+string(duty))
			if had {
				before = append(before, member.Name+" "+string(duty))
			}
			if wants {
				after = append(after, member.Name+" "+string(duty))
			}
			switch {
			case had && !wants:
				err = charge.Take(ctx, tx, m.Territory)
			case wants && !had:
				err = charge.Give(ctx, tx, m.Territory)
			}
			if err != nil {
				return err
			}
		}
	}
	changes := history.Diff(map[string]string{"duties": strings.Join(before, "; ")}, map[string]string{"duties": strings.Join(after, "; ")})
	if len(changes) == 0 {
		return nil
	}
	_, err = history.Write(ctx, tx, history.Event{Ref: Missions().Ref(m), Actor: by, Action: "edit", Changes: changes})
	return err
}

// partnerForm is the form of a partner.
type partnerForm struct {
	partForm[Partner]
	found []web.Option // the organisations to choose from
}

// partnerEditor is how people add and change partners.
func (p *Pages) partnerEditor() record.Editor[Partner] {
	return record.Editor[Partner]{
		DB: p.db, Frame: p.frame, Noun: Partners(), List: "/partners", Home: onPage(teamPath, partnerPart), Fill: fillPartner,
		Values: func(_ context.Context, _ *db.Tx, p *Partner) (url.Values, error) {
			values := Partners().Fields.Values(p)
			if p.Share > 0 {
				values.Set("share", strconv.FormatFloat(float64(p.Share)/10, 'f', -1, 64))
			}
			return values, nil
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Partner]) (templ.Component, error) {
			page, err := openPart(ctx, tx, form, "partner", teamPath, partnerPart)
			if err != nil {
				return nil, err
			}
			found, err := pick(ctx, tx, form.Viewer, form.Values)
			return partnerFormPage(f, partnerForm{page, found}), err
		},
	}
}

// fillPartner sets the fields that a form sent; the share is written in percent.
func fillPartner(ctx context.Context, tx *db.Tx, p *Partner, sent url.Values) error {
	if sent.Get("find") != "" {
		return fault.Problems{{Field: "organisation", Key: "participant.choose_found"}}
	}
	partners, err := PartnersOf(ctx, tx, p.Territory, sent.Get("mission"))
	if err != nil {
		return err
	}
	isNew := p.ID == ""
	if _, err := p.enter(ctx, tx, sent, len(partners)); err != nil {
		return err
	}
	texts := Partners().Fields.Sent(sent)
	delete(texts, "share")
	if !isNew {
		delete(texts, "organisation")
	}
	problems := Partners().Fields.Apply(p, texts)
	p.Share, err = permille(sent.Get("share"))
	problems.AddError("share", err)
	if isNew && p.Organisation != "" {
		o, err := directory.Organisations().Load(ctx, tx, p.Territory, p.Organisation)
		if err != nil {
			return err
		}
		p.Name = o.Name
		if slices.ContainsFunc(partners, func(other *Partner) bool { return other.Organisation == p.Organisation }) {
			problems.Add("organisation", "partner.twice", o.Name)
		}
	}
	return problems.Or()
}

// permille reads a share that people write in percent, with one decimal at most.
func permille(text string) (int, error) {
	text = strings.TrimSpace(strings.ReplaceAll(strings.TrimSuffix(strings.TrimSpace(text), "%"), ",", "."))
	if text == "" {
		return 0, nil
	}
	percent, err := strconv.ParseFloat(text, 64)
	if err != nil || percent < 0 || percent > 100 {
		return 0, fault.New(fault.Invalid, "partner.percent", text)
	}
	return int(percent*10 + .5), nil
}
