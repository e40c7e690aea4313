package programme

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// standView is what the page of a stand shows.
type standView struct {
	sessionView
	web.Form
	contacts []*Contact
}

// stand answers GET /t/{territory}/sessions/{id}/stand.
func (p *Pages) stand(w http.ResponseWriter, r *http.Request) error {
	return p.standPage(w, r, http.StatusOK, web.Form{Values: url.Values{}})
}

func (p *Pages) standPage(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	page, f, err := p.open(r, "welcome")
	if err != nil {
		return err
	}
	form.Words = f.Words
	view := standView{sessionView: page, Form: form}
	err = p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.contacts, err = ContactsOf(r.Context(), tx, page.session)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("programme.stand_of", page.title(page.session))
	return web.Render(w, r, status, standPage(f, view))
}

// An hour of a stand: when it begins, by the clock there, and how many came.
type standHour struct {
	start    time.Time
	visitors int
}

// hours counts the visitors by the hour in which they came.
func (v standView) byHour() []standHour {
	counts := map[time.Time]int{}
	for attendee, at := range v.there {
		if strings.HasPrefix(attendee, visit) {
			local := v.local(v.session, at)
			counts[local.Add(-time.Duration(local.Minute())*time.Minute).Truncate(time.Minute)]++
		}
	}
	var hours []standHour
	for start, n := range counts {
		hours = append(hours, standHour{start, n})
	}
	slices.SortFunc(hours, func(a, b standHour) int { return a.start.Compare(b.start) })
	return hours
}

func (v standView) field(name string) web.Field {
	return web.Field{Name: name, Label: v.words.T("contact.field." + name)}
}

// cardField is a text by which a contact can be given: what a code or a program
// says of somebody, or the code of a badge.
func (v standView) cardField() web.Field {
	return web.Field{Name: "card", Label: v.words.T("contact.card"), Help: v.words.T("contact.card_help")}
}

// meet answers POST /t/{territory}/sessions/{id}/stand: somebody was met.
func (p *Pages) meet(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var c *Contact
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		s, err := Sessions().Find(r.Context(), tx, r, "welcome")
		if err != nil {
			return err
		}
		programme, err := ReadOf(r.Context(), tx, s)
		if err != nil {
			return err
		}
		c = programme.noted(s, r.PostForm, p.frame(r))
		return Take(r.Context(), tx, act, c)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.standPage(w, r, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	if byScript(r) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return web.Onward(w, r, href(v, c.Session)+"/stand", web.Toast{
		Text: p.frame(r).Words.T("contact.taken", c.Name), UndoAction: v.Territory.Home() + "/undo/" + act.Batch,
	})
}

// noted is the contact that a form describes: what was typed goes before what a
// card or a badge says.
func (p *Programme) noted(s *Session, sent url.Values, f web.Frame) *Contact {
	c := &Contact{part: partOf(s), Device: cmp.Or(sent.Get("device"), db.NewID())}
	_ = c.TakenAt.Scan(sent.Get("taken_at")) // what is no time is now
	_ = Contacts().Fields.Apply(c, map[string]string{
		"name": sent.Get("name"), "organisation": sent.Get("organisation"), "function": sent.Get("function"),
		"email": sent.Get("email"), "phone": sent.Get("phone"), "note": sent.Get("note"),
	}) // texts take anything
	card := readCard(sent.Get("card"))
	if a, found := p.byCode(sent.Get("card"), f); found {
		card = Contact{Name: a.Name, Organisation: a.Organisation}
	}
	c.Name = cmp.Or(c.Name, card.Name)
	c.Organisation = cmp.Or(c.Organisation, card.Organisation)
	c.Function = cmp.Or(c.Function, card.Function)
	c.Email = cmp.Or(c.Email, card.Email)
	c.Phone = cmp.Or(c.Phone, card.Phone)
	return c
}

// byCode finds who has the badge of a code, among all of the mission.
func (p *Programme) byCode(code string, f web.Frame) (Attendee, bool) {
	for _, seat := range p.Seats {
		if a := p.attendee(seat, f.Words); sameCode(code, Code(p.Territory, a.Key)) {
			return a, true
		}
	}
	for _, s := range p.Sessions {
		for _, a := range p.Attendees(s, f.Words) {
			if sameCode(code, Code(p.Territory, a.Key)) {
				return a, true
			}
		}
	}
	return Attendee{}, false
}

// contactNote is what was noted of a contact.
func (v standView) contactNote(c *Contact) string {
	parts := []string{v.words.Clock(v.local(v.session, c.TakenAt))}
	for _, text := range []string{c.Organisation, c.Function, c.Note} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}
