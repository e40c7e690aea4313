package mission

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

const travelPath = "/travellers"

// TravelPage is the page of the travellers of a mission.
func TravelPage() record.Page {
	return record.Page{Noun: "travel", Path: travelPath, Label: "traveller.list"}
}

// TravelKinds are travellers and the rules of entry as the rest of the house
// knows them.
func TravelKinds() []record.Kind {
	rule := EntryRules().Kind()
	rule.Quiet = true
	rule.Address = func(id string) string { return entryRulesPath + "/" + id + "/edit" }
	return []record.Kind{
		part(Travellers().Kind(), "travellers", record.Point{Field: "person", Table: "mission_travellers", Column: "person_id", To: "person"}),
		rule,
	}
}

// TravelPages are the pages of travellers.
type TravelPages struct {
	*Pages
	auth *auth.Auth
}

// NewTravelPages makes the pages.
func NewTravelPages(p *Pages, a *auth.Auth) *TravelPages { return &TravelPages{p, a} }

// Routes are the addresses of the pages. Travellers are taken in from the seats
// of the mission, and not made one by one.
func (p *TravelPages) Routes() []web.Route {
	const all = "/t/{territory}/missions/{record}" + travelPath
	routes := slices.DeleteFunc(p.editor().Routes(), func(r web.Route) bool { return r.Action == "add" })
	routes = append(routes, p.ruleRoutes()...)
	return append(routes, []web.Route{
		{Pattern: "GET " + all, Noun: "travel", Action: "see", Handle: p.list},
		{Pattern: "POST " + all, Noun: "traveller", Action: "add", Handle: p.takeIn},
		{Pattern: "POST " + all + "/ask", Noun: "traveller", Action: "edit", Handle: p.ask},
		{Pattern: "GET " + all + "/lists", Noun: "traveller", Action: "see", Handle: p.lists},
		{Pattern: "GET /t/{territory}" + travelPath + "/{id}", Noun: "traveller", Action: "see", Handle: find(p.Pages, Travellers(), onTravel)},
		{Pattern: "GET /l/{token}/travel", Open: true, Handle: p.auth.ByLink(Travelling(), p.askedForm)},
		{Pattern: "POST /l/{token}/travel", Open: true, Handle: p.auth.ByLink(Travelling(), p.answer)},
	}...)
}

// onTravel is the page that shows a traveller.
func onTravel(v territory.Viewer, t *Traveller) string { return href(v, t.Mission) + travelPath }

// travel is a mission with those who go.
type travel struct {
	*Whole
	travellers []*Traveller
	passport   Passport
}

// readTravel reads the travellers of a mission, and what is asked of their
// passports.
func readTravel(ctx context.Context, tx *db.Tx, home territory.Territory, mission string) (t travel, err error) {
	if t.Whole, err = Read(ctx, tx, home.ID, mission); err != nil {
		return t, err
	}
	if t.travellers, err = TravellersOf(ctx, tx, home.ID, mission); err != nil {
		return t, err
	}
	cities, err := citiesOf(ctx, tx, t.Legs)
	if err != nil {
		return t, err
	}
	var countries []string
	for _, city := range cities {
		countries = append(countries, city.Country)
	}
	slices.Sort(countries)
	rules, err := EntryRulesOf(ctx, tx, home.ID)
	t.passport = passportFor(t.Whole, home.Country, countries, rules)
	return t, err
}

// on finds the mission that the address names, if the viewer may do that to a
// noun of it.
func on(ctx context.Context, tx *db.Tx, r *http.Request, noun, action string) (*Mission, error) {
	v := territory.ViewerOf(ctx)
	m, err := loadMission(ctx, tx, v.Territory.ID, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	if err := v.Check("mission", "see", m.Subject()); err != nil {
		return nil, err
	}
	return m, v.Check(noun, action, m.Subject())
}

// travelView is what the page of the travellers of a mission shows.
type travelView struct {
	Cover
	travel
	today string
	// inCharge says whether somebody has the duty logistics.
	inCharge bool
}

// list answers GET /t/{territory}/missions/{record}/travellers.
func (p *TravelPages) list(w http.ResponseWriter, r *http.Request) error {
	v, f := viewerOf(r), p.frame(r)
	page := travelView{today: Today(v, p.db.Now())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		m, err := on(r.Context(), tx, r, "travel", "see")
		if err != nil {
			return err
		}
		if page.Cover, err = NewCover(r.Context(), tx, p.kinds, f.Words, m, travelPath); err != nil {
			return err
		}
		if page.travel, err = readTravel(r.Context(), tx, v.Territory, m.ID); err != nil {
			return err
		}
		charges, err := territory.ChargesOn(r.Context(), tx, m.Territory, m.ID)
		page.inCharge = slices.ContainsFunc(charges, func(c territory.Charge) bool { return c.Duty == territory.Logistics })
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("traveller.list")
	return web.Render(w, r, http.StatusOK, travelPage(f, page))
}

// takeIn answers POST /t/{territory}/missions/{record}/travellers: the people of
// the seats become travellers.
func (p *TravelPages) takeIn(w http.ResponseWriter, r *http.Request) error {
	v := viewerOf(r)
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var m *Mission
	added := 0
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = on(r.Context(), tx, r, "traveller", "add"); err != nil {
			return err
		}
		whole, err := Read(r.Context(), tx, m.Territory, m.ID)
		if err == nil {
			added, err = takeIn(r.Context(), tx, act, whole)
		}
		return err
	})
	if err != nil {
		return err
	}
	toast := web.Toast{Text: p.frame(r).Words.N("traveller.taken_in", added)}
	if added > 0 {
		toast.UndoAction = v.Territory.Home() + "/undo/" + act.Batch
	}
	return web.Onward(w, r, href(v, m.ID)+travelPath, toast)
}

// editor is how whoever has the duty changes travellers.
func (p *TravelPages) editor() record.Editor[Traveller] {
	return record.Editor[Traveller]{
		DB: p.db, Frame: p.frame, Noun: Travellers(), List: travelPath, Home: onTravel,
		Values: func(_ context.Context, _ *db.Tx, t *Traveller) (url.Values, error) { return travellerValues(t), nil },
		Fill: func(_ context.Context, _ *db.Tx, t *Traveller, sent url.Values) error {
			return t.fill(sent, append(own(), "order_kind", "order_number", "order_on"), "flights", "stays", "transfers")
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Traveller]) (templ.Component, error) {
			trip, err := readTravel(ctx, tx, form.Viewer.Territory, form.Record.Mission)
			if err != nil {
				return nil, err
			}
			form.Back = onTravel(form.Viewer, form.Record)
			form.Trail = []web.Link{
				{Label: trip.Name(form.Words.Lang()), Href: href(form.Viewer, form.Record.Mission)},
				{Label: form.Words.T("traveller.list"), Href: form.Back},
				form.Trail[len(form.Trail)-1],
			}
			return travellerFormPage(f, form, journeyForm{form.Form, trip.passport, form.Record.PassportTo}), nil
		},
	}
}

// A lackSaid is something that a traveller lacks, and by when.
type lackSaid struct {
	text string
	late bool
}

// lacksOf says what a traveller lacks, and nothing of what there is.
func (v travelView) lacksOf(t *Traveller) []lackSaid {
	return each(t.unmet(v.passport), func(n need) lackSaid {
		by := n.by(v.StartsOn)
		said := v.words.T("traveller.need." + n.name)
		if by != "" {
			said = v.words.T("traveller.need_by", said, dayText(v.words, by))
		}
		return lackSaid{said, late(by, v.today)}
	})
}

// asking counts the travellers who can give something that is missing, and have
// an address to be asked at.
func (v travelView) asking() (n int) {
	for _, t := range v.travellers {
		if t.Email != "" && asks(t.unmet(v.passport)) {
			n++
		}
	}
	return n
}

// TravelLacks says how many travellers lack something that is late.
func TravelLacks(ctx context.Context, tx *db.Tx, v territory.Viewer, w *Whole) ([]Lack, error) {
	if !v.May("travel", "see", w.Subject()) {
		return nil, nil
	}
	trip, err := readTravel(ctx, tx, v.Territory, w.ID)
	if err != nil {
		return nil, err
	}
	today, waiting := Today(v, tx.Now), 0
	for _, t := range trip.travellers {
		if slices.ContainsFunc(t.unmet(trip.passport), func(n need) bool { return late(n.by(w.StartsOn), today) }) {
			waiting++
		}
	}
	if waiting == 0 || w.Status(today).position() >= Done.position() {
		return nil, nil
	}
	return []Lack{{Key: "traveller.lack", Args: []any{waiting}, Path: travelPath, For: UnderWay}}, nil
}
