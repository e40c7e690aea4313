package mission

import (
	"context"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// view is what the page of a mission shows.
type view struct {
	Cover
	*Whole
	now     db.Instant
	today   string
	sectors []directory.Sector
	cities  map[string]*directory.City // of the legs, by id
	lead    string
	lacks   []Lack
	tasks   []panel.Task
	route   drawing
}

// mostTasks is how many of its tasks the page of a mission shows.
const mostTasks = 6

// show answers GET /t/{territory}/missions/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	var page view
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		m, err := Missions().Find(r.Context(), tx, r, "see")
		if err != nil {
			return err
		}
		if page.Cover, err = NewCover(r.Context(), tx, p.kinds, f.Words, m, ""); err != nil {
			return err
		}
		return p.read(r.Context(), tx, &page)
	})
	if err != nil {
		return err
	}
	f.Title = page.name()
	return web.Render(w, r, http.StatusOK, missionPage(f, page))
}

// read reads what the page of a mission shows.
func (p *Pages) read(ctx context.Context, tx *db.Tx, page *view) (err error) {
	v := page.viewer
	page.now, page.today = tx.Now, Today(v, tx.Now)
	if page.Whole, err = Read(ctx, tx, v.Territory.ID, page.mission.ID); err != nil {
		return err
	}
	if page.sectors, err = directory.Sectors(ctx, tx, v.Territory.ID); err != nil {
		return err
	}
	if page.cities, err = citiesOf(ctx, tx, page.Legs); err != nil {
		return err
	}
	if page.lead, err = leadOf(ctx, tx, page.mission); err != nil {
		return err
	}
	if page.lacks, err = p.lacks(ctx, tx, page); err != nil {
		return err
	}
	page.route = draw(page.halts())
	place := panel.Place{On: Missions().Ref(page.mission), Subject: page.mission.Subject()}
	page.tasks, err = panel.ListTasks(ctx, tx, p.kinds, v, panel.Choice{Place: place, Most: mostTasks})
	return err
}

// lacks are what the mission lacks, of all features.
func (p *Pages) lacks(ctx context.Context, tx *db.Tx, page *view) ([]Lack, error) {
	lacks := page.Lacks(page.today, page.viewer.Territory.Languages)
	for _, lacking := range p.doors.Lacking {
		more, err := lacking(ctx, tx, page.viewer, page.Whole)
		if err != nil {
			return nil, err
		}
		lacks = append(lacks, more...)
	}
	return inUrgency(lacks), nil
}

// citiesOf finds the cities of legs, by id.
func citiesOf(ctx context.Context, tx *db.Tx, legs []*Leg) (map[string]*directory.City, error) {
	cities := map[string]*directory.City{}
	for _, l := range legs {
		if l.City == "" || cities[l.City] != nil {
			continue
		}
		city, err := directory.Cities().Load(ctx, tx, l.Territory, l.City)
		if err != nil {
			return nil, err
		}
		cities[l.City] = city
	}
	return cities, nil
}

// leadOf is the name of who leads the mission, or "".
func leadOf(ctx context.Context, tx *db.Tx, m *Mission) (string, error) {
	if m.Lead == "" {
		return "", nil
	}
	user, err := auth.ByID(ctx, tx, m.Lead)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return user.Name, err
}

// halts are home and the cities of the legs, as far as they are on the map.
func (v view) halts() []halt {
	home, known := homeOf(v.viewer.Territory)
	if !known {
		return nil
	}
	halts := []halt{home}
	for _, l := range v.Legs {
		city := v.cities[l.City]
		if city == nil || !city.Placed {
			continue
		}
		at := geo.Point{Latitude: city.Latitude, Longitude: city.Longitude}
		if halts[len(halts)-1].at != at {
			halts = append(halts, halt{city.Name, at})
		}
	}
	return halts
}

// homeOf is where a territory is: the city of its name, or of its address.
func homeOf(t territory.Territory) (halt, bool) {
	for _, name := range []string{t.Name, t.Slug} {
		if city, found := places.Find(name, t.Country); found {
			return halt{city.Name, city.At}, true
		}
	}
	return halt{}, false
}

// city is what a leg's city is called, or the leg.
func (v view) city(l *Leg) string {
	if city := v.cities[l.City]; city != nil {
		return city.Name
	}
	return l.Name
}

// status is how far the mission is today.
func (v view) status() Status { return v.mission.Status(v.today) }

// stops are the statuses on the line.
func (v view) stops() []web.Stop {
	at := v.status().position()
	if at < 0 {
		return nil
	}
	when := map[Status]string{CallOpen: v.mission.CallFrom, Selection: v.mission.CallTo, UnderWay: v.mission.StartsOn, Done: v.mission.EndsOn}
	stops := make([]web.Stop, len(Statuses()))
	for i, s := range Statuses() {
		stops[i] = web.Stop{Title: v.words.T("mission.status." + string(s)), Moment: web.Ahead}
		if i < at {
			stops[i].Moment = web.Past
		} else if i == at {
			stops[i].Moment = web.Now
		}
		if day, err := time.Parse(time.DateOnly, when[s]); err == nil {
			stops[i].Note = v.words.DateBrief(day)
		}
	}
	return stops
}

// countdown says how many days there are until the departure, or "".
func (v view) countdown() string {
	start, err := time.Parse(time.DateOnly, v.mission.StartsOn)
	today, failed := time.Parse(time.DateOnly, v.today)
	if err != nil || failed != nil || !today.Before(start) || v.status() == Status(Cancelled) {
		return ""
	}
	return v.words.N("mission.days_before", int(start.Sub(today)/(24*time.Hour)))
}

// figures are what the mission has, beside what it aims at.
func (v view) figures() []web.Figure {
	var figures []web.Figure
	add := func(n int, noun string, aim int, path string) {
		f := web.Figure{Value: v.words.Number(n), Noun: v.words.N(noun, n)}
		if aim > 0 {
			f.Context = v.words.T("mission.aimed", aim)
		}
		if path != "" {
			f.Href = v.Href() + path
		}
		figures = append(figures, f)
	}
	add(v.Count(Delegate), "mission.figure.delegates", v.Companies, "/participants")
	if n := v.Count(Pool); n > 0 {
		add(n, "mission.figure.pool", 0, "/participants")
	}
	add(v.Count(Counterpart), "mission.figure.counterparts", 0, "/participants")
	if n := v.Count(Official); n > 0 {
		add(n, "mission.figure.officials", 0, "/participants")
	}
	add(len(v.SeatsAt(nil)), "mission.figure.seats", 0, "/participants")
	if v.Meetings > 0 {
		add(v.Meetings, "mission.figure.meetings", 0, "")
	}
	return figures
}

// clock says what time it is in a leg now, and the zone; of a mission that is
// over, the zone alone.
func (v view) clock(l *Leg) string {
	zone, err := l.Location()
	if err != nil || v.status().position() >= Done.position() {
		return l.Zone
	}
	there := v.now.In(zone)
	return v.words.T("mission.clock", v.words.Time(there), l.Zone, v.words.Offset(there))
}

// hours says on how many days meetings can be held in a leg, and for how long.
func (v view) hours(l *Leg) string {
	stretches, err := l.Stretches()
	if err != nil || len(stretches) == 0 {
		return ""
	}
	days := map[string]bool{}
	var open time.Duration
	for _, s := range stretches {
		days[s.Start.Format(time.DateOnly)] = true
		open += s.End.Sub(s.Start)
	}
	return v.words.N("mission.grid_days", len(days), v.words.Minutes(int(open.Minutes())))
}

// venuesOf are the names of the venues of a leg.
func (w *Whole) venuesOf(l *Leg) (names []string) {
	for _, venue := range w.Venues {
		if venue.at(l.ID) {
			names = append(names, venue.Name)
		}
	}
	return names
}

// at says whether the venue belongs to a leg.
func (v *Venue) at(leg string) bool { return belongs(v.Legs, leg) }

// decisions are the stages that the mission can go to next.
func (v view) decisions() []Stage {
	switch v.mission.Stage {
	case Idea:
		return []Stage{Preparation, Cancelled}
	case Preparation:
		return []Stage{Confirmed, Cancelled}
	case Confirmed:
		if v.status() == Done {
			return []Stage{Followed}
		}
		return []Stage{Cancelled}
	case Followed:
		return []Stage{Closed}
	case Cancelled:
		return []Stage{Preparation}
	default:
		return nil
	}
}

// decide answers POST /t/{territory}/missions/{id}/stage: what was decided of the
// mission.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var m *Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = Missions().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		if err := missionFields().Apply(m, map[string]string{"stage": r.PostForm.Get("stage")}).Or(); err != nil {
			return err
		}
		return Missions().Save(r.Context(), tx, act, m)
	})
	if err != nil {
		return err
	}
	words := p.frame(r).Words
	text := words.T("mission.decided", m.Name(words.Lang()), words.T("mission.stage."+string(m.Stage)))
	return web.Onward(w, r, href(v, m.ID), web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}
