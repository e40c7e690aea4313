package mission

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

func venuePart(v *Venue) *Part { return &v.Part }

func interpretersPart(i *Interpreters) *Part { return &i.Part }

// venueRoutes are the addresses of venues, of their places and of interpreters;
// they are shown with the legs.
func (p *Pages) venueRoutes() []web.Route {
	home := onPage(legsPath, venuePart)
	routes := append(p.venueEditor().Routes(), p.interpretersEditor().Routes()...)
	return append(routes, []web.Route{
		{Pattern: "GET /t/{territory}/venues/{id}", Noun: "venue", Action: "see", Handle: find(p, Venues(), home)},
		{Pattern: "GET /t/{territory}/venues/{id}/places", Noun: "venue", Action: "edit", Handle: p.editPlaces},
		{Pattern: "POST /t/{territory}/venues/{id}/places", Noun: "venue", Action: "edit", Handle: p.savePlaces},
		{Pattern: "GET /t/{territory}/places/{id}", Noun: "place", Action: "see", Handle: find(p, Places(), onPage(legsPath, func(pl *Place) *Part { return &pl.Part }))},
		{Pattern: "GET /t/{territory}/interpreters/{id}", Noun: "interpreters", Action: "see", Handle: find(p, InterpreterNoun(), onPage(legsPath, interpretersPart))},
	}...)
}

// venueEditor is how people add and change venues.
func (p *Pages) venueEditor() record.Editor[Venue] {
	return record.Editor[Venue]{
		DB: p.db, Frame: p.frame, Noun: Venues(), List: "/venues", Home: onPage(legsPath, venuePart), Fill: fillVenue,
		Values: func(ctx context.Context, tx *db.Tx, v *Venue) (url.Values, error) {
			values := Venues().Fields.Values(v)
			values["legs"] = v.Legs
			w, err := Read(ctx, tx, v.Territory, v.Mission)
			if err == nil {
				values.Set("closed", w.writeLocal(v.Closed))
			}
			return values, err
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Venue]) (templ.Component, error) {
			page, err := openPart(ctx, tx, form, "venue", legsPath, venuePart)
			return venueFormPage(f, page), err
		},
	}
}

func fillVenue(ctx context.Context, tx *db.Tx, v *Venue, sent url.Values) error {
	venues, err := VenuesOf(ctx, tx, v.Territory, sent.Get("mission"))
	if err != nil {
		return err
	}
	w, err := v.wholeOf(ctx, tx, sent, len(venues))
	if err != nil {
		return err
	}
	texts := Venues().Fields.Sent(sent)
	delete(texts, "closed") // it is given in local time
	texts["legs"] = strings.Join(sent["legs"], "; ")
	problems := Venues().Fields.Apply(v, texts)
	closed, err := w.localSpans(sent.Get("closed"))
	problems.AddError("closed", err)
	v.Closed = closed
	return problems.Or()
}

// wholeOf is enter, with all of the mission.
func (p *Part) wholeOf(ctx context.Context, tx *db.Tx, sent url.Values, position int) (*Whole, error) {
	m, err := p.enter(ctx, tx, sent, position)
	if err != nil {
		return nil, err
	}
	return Read(ctx, tx, m.Territory, m.ID)
}

// A placesForm is the form of the places of a venue, a line each, and some empty
// ones.
type placesForm struct {
	partForm[Venue]
	lines int
}

// emptyLines is how many new places can be added at once.
const emptyLines = 3

// in is the field of a line.
func in(line int, name string) string { return strconv.Itoa(line) + "." + name }

// editPlaces answers GET /t/{territory}/venues/{id}/places.
func (p *Pages) editPlaces(w http.ResponseWriter, r *http.Request) error {
	return p.showPlaces(w, r, http.StatusOK, nil, nil)
}

// showPlaces shows the form as it was sent, or as the places are.
func (p *Pages) showPlaces(w http.ResponseWriter, r *http.Request, status int, sent url.Values, problems fault.Problems) error {
	f := p.frame(r)
	form := record.Form[Venue]{Form: web.Form{Words: f.Words, Values: sent, Problems: problems}}
	var page placesForm
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.Record, err = Venues().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		f.Title = f.Words.T("place.edit", form.Record.Name)
		form.Viewer, form.Trail = viewerOf(r), []web.Link{{Label: f.Title, Current: true}}
		page.partForm, err = openPart(r.Context(), tx, form, "place", legsPath, venuePart)
		return err
	})
	if err != nil {
		return err
	}
	places := page.whole.placesOf(form.Record.ID)
	page.lines = len(places) + emptyLines
	if sent == nil {
		page.Values = url.Values{}
		for i, place := range places {
			page.Values.Set(in(i, "id"), place.ID)
			for name, text := range Places().Fields.Texts(place) {
				page.Values.Set(in(i, name), text)
			}
		}
	}
	page.Action = viewerOf(r).Territory.Home() + "/venues/" + form.Record.ID + "/places"
	return web.Render(w, r, status, placesPage(f, page))
}

// savePlaces answers POST /t/{territory}/venues/{id}/places: a line without a
// name and without tables takes its place away.
func (p *Pages) savePlaces(w http.ResponseWriter, r *http.Request) error {
	save := change(p, Venues(), onPage(legsPath, venuePart), func(ctx context.Context, tx *db.Tx, act record.Act, v *Venue, sent url.Values) (string, error) {
		w, err := Read(ctx, tx, v.Territory, v.Mission)
		if err != nil {
			return "", err
		}
		known := w.placesOf(v.ID)
		var problems fault.Problems
		for line := range len(known) + emptyLines {
			err := savePlace(ctx, tx, act, v, known, line, sent)
			if fault.Is(err, fault.Internal) {
				return "", err
			}
			problems.AddError(in(line, "tables"), err)
		}
		return "place.saved", problems.Or()
	})
	err := save(w, r)
	if problems, refused := err.(fault.Problems); refused {
		return p.showPlaces(w, r, http.StatusUnprocessableEntity, r.PostForm, problems)
	}
	return err
}

// savePlace adds, changes or takes away the place of a line.
func savePlace(ctx context.Context, tx *db.Tx, act record.Act, v *Venue, known []*Place, line int, sent url.Values) error {
	place := &Place{Part: Part{Meta: record.Meta{Territory: v.Territory, Owner: v.Owner, Fictional: v.Fictional}, Mission: v.Mission, Position: line}, Venue: v.ID}
	for _, p := range known {
		if p.ID == sent.Get(in(line, "id")) {
			place = p
		}
	}
	texts := map[string]string{}
	for _, name := range []string{"label", "tables", "first", "reserved"} {
		texts[name] = strings.TrimSpace(sent.Get(in(line, name)))
	}
	given := texts["label"] != "" || texts["tables"] != ""
	switch err := Places().Fields.Apply(place, texts).Or(); {
	case !given && place.ID != "":
		return Places().Delete(ctx, tx, act, place.Territory, place.ID)
	case !given:
		return nil
	case err != nil:
		return fault.New(fault.Invalid, "place.line", line+1)
	case place.ID != "":
		return Places().Save(ctx, tx, act, place)
	default:
		return Places().Add(ctx, tx, act, place)
	}
}

// interpretersEditor is how people add and change interpreters.
func (p *Pages) interpretersEditor() record.Editor[Interpreters] {
	return record.Editor[Interpreters]{
		DB: p.db, Frame: p.frame, Noun: InterpreterNoun(), List: "/interpreters", Home: onPage(legsPath, interpretersPart),
		Values: func(ctx context.Context, tx *db.Tx, i *Interpreters) (url.Values, error) {
			values := InterpreterNoun().Fields.Values(i)
			values["languages"], values["legs"] = i.Languages, i.Legs
			w, err := Read(ctx, tx, i.Territory, i.Mission)
			if err == nil {
				values.Set("busy", w.writeLocal(i.Busy))
			}
			return values, err
		},
		Fill: func(ctx context.Context, tx *db.Tx, i *Interpreters, sent url.Values) error {
			w, err := i.wholeOf(ctx, tx, sent, 0)
			if err != nil {
				return err
			}
			texts := InterpreterNoun().Fields.Sent(sent)
			delete(texts, "busy") // it is given in local time
			texts["languages"], texts["legs"] = strings.Join(sent["languages"], "; "), strings.Join(sent["legs"], "; ")
			problems := InterpreterNoun().Fields.Apply(i, texts)
			busy, err := w.localSpans(sent.Get("busy"))
			problems.AddError("busy", err)
			i.Busy = busy
			return problems.Or()
		},
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Interpreters]) (templ.Component, error) {
			page, err := openPart(ctx, tx, form, "interpreters", legsPath, interpretersPart)
			return interpretersFormPage(f, page), err
		},
	}
}
