package programme

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A candidate is a contact who is not in the directory yet, with the people there
// who may be the same, the likest first.
type candidate struct {
	*Contact
	same []record.Card
	sure bool // the first is the same, by an address
}

// mergeView is what the page of the contacts of a stand shows.
type mergeView struct {
	sessionView
	candidates []candidate
	merged     int
}

// contacts answers GET /t/{territory}/sessions/{id}/contacts: each contact that
// is not in the directory yet is new, or the same as somebody there.
func (p *Pages) contacts(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	var view mergeView
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		s, err := p.contactsOf(r, tx, "see")
		if err != nil {
			return err
		}
		if view.sessionView, err = p.readSession(r.Context(), tx, f, s); err != nil {
			return err
		}
		all, err := ContactsOf(r.Context(), tx, s)
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.Person != "" {
				view.merged++
				continue
			}
			one, err := p.candidate(r.Context(), tx, c)
			if err != nil {
				return err
			}
			view.candidates = append(view.candidates, one)
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("contact.merge_title")
	return web.Render(w, r, http.StatusOK, mergePage(f, view))
}

// contactsOf finds the session that the address names, for who may do something
// to its contacts.
func (p *Pages) contactsOf(r *http.Request, tx *db.Tx, action string) (*Session, error) {
	v := territory.ViewerOf(r.Context())
	s, err := loadSession(r.Context(), tx, v.Territory.ID, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return s, v.Check("contact", action, s.Subject())
}

// texts are what a contact says of a person.
func (c *Contact) texts() map[string]string {
	words := strings.Fields(c.Name)
	last := max(len(words)-1, 0)
	texts := map[string]string{
		"given_name": strings.Join(words[:last], " "), "family_name": strings.Join(words[last:], " "),
		"function": c.Function, "email": c.Email, "phones": c.Phone,
	}
	for name, text := range texts {
		if text == "" {
			delete(texts, name)
		}
	}
	return texts
}

// candidate finds who a contact may be, of those whom the viewer may see.
func (p *Pages) candidate(ctx context.Context, tx *db.Tx, c *Contact) (candidate, error) {
	one := candidate{Contact: c}
	alike, err := p.kinds["person"].Alike(ctx, tx, c.Territory, []map[string]string{c.texts()})
	if err != nil {
		return one, err
	}
	for _, like := range alike[0] {
		card, err := p.kinds.See(ctx, tx, territory.ViewerOf(ctx), like.Ref)
		switch {
		case fault.Is(err, fault.NotFound):
			continue
		case err != nil:
			return one, err
		}
		one.sure = one.sure || like.Sure
		one.same = append(one.same, card)
	}
	return one, nil
}

// mergeContacts answers POST /t/{territory}/sessions/{id}/contacts: each contact
// becomes the person that the form says, or stays as it is.
func (p *Pages) mergeContacts(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	merged := 0
	var s *Session
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		merged = 0
		if s, err = p.contactsOf(r, tx, "edit"); err != nil {
			return err
		}
		if err := v.Check("person", "add", v.Self()); err != nil {
			return err
		}
		all, err := ContactsOf(r.Context(), tx, s)
		for _, c := range all {
			chosen := r.PostForm.Get("contact." + c.ID)
			if c.Person != "" || chosen == "" || err != nil {
				continue
			}
			merged++
			err = p.merge(r.Context(), tx, act, c, chosen)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, href(v, s.ID)+"/stand", web.Toast{
		Text: p.frame(r).Words.N("contact.merged_n", merged), UndoAction: v.Territory.Home() + "/undo/" + act.Batch,
	})
}

// isNew is what a form says of a contact who is not in the directory.
const isNew = "new"

// merge makes a contact a person of the directory: the one that was chosen, or a
// new one, unless somebody there is surely the same by now.
func (p *Pages) merge(ctx context.Context, tx *db.Tx, act record.Act, c *Contact, chosen string) error {
	like, err := p.candidate(ctx, tx, c)
	if err != nil {
		return err
	}
	if chosen == isNew && like.sure {
		chosen = like.same[0].Ref.ID
	}
	if chosen == isNew {
		c.Person, err = p.newPerson(ctx, tx, act, c)
	} else {
		c.Person, err = chosen, p.complete(ctx, tx, act, c, chosen)
	}
	if err != nil {
		return err
	}
	return Contacts().Save(ctx, tx, act, c)
}

// newPerson adds a contact to the directory, with their organisation where nobody
// is surely the same.
func (p *Pages) newPerson(ctx context.Context, tx *db.Tx, act record.Act, c *Contact) (string, error) {
	v := territory.ViewerOf(ctx)
	meta := record.Meta{Territory: c.Territory, Owner: v.Owner(), Fictional: c.Fictional}
	texts := c.texts()
	texts["address_source"] = v.Territory.Name
	if c.Organisation != "" {
		named := map[string]string{"name": c.Organisation}
		alike, err := p.kinds["organisation"].Alike(ctx, tx, c.Territory, []map[string]string{named})
		switch {
		case err != nil:
			return "", err
		case len(alike[0]) > 0 && alike[0][0].Sure:
			texts["organisation"] = alike[0][0].Ref.ID
		default:
			if texts["organisation"], err = p.kinds["organisation"].Create(ctx, tx, act, meta, named); err != nil {
				return "", err
			}
		}
	}
	return p.kinds["person"].Create(ctx, tx, act, meta, texts)
}

// complete adds to a person what is not known of them yet.
func (p *Pages) complete(ctx context.Context, tx *db.Tx, act record.Act, c *Contact, person string) error {
	if _, err := p.kinds.See(ctx, tx, territory.ViewerOf(ctx), ref.Ref{Territory: c.Territory, Kind: "person", ID: person}); err != nil {
		return err
	}
	known, err := p.kinds["person"].Texts(ctx, tx, c.Territory, person)
	if err != nil {
		return err
	}
	more := c.texts()
	for name := range more {
		if known[name] != "" {
			delete(more, name)
		}
	}
	return p.kinds["person"].Change(ctx, tx, act, c.Territory, person, more)
}

// usual is what the form says of a contact to begin with: who is likest is the
// same, as somebody may see at once.
func (c candidate) usual() url.Values {
	value := isNew
	if len(c.same) > 0 {
		value = c.same[0].Ref.ID
	}
	return url.Values{"contact." + c.ID: {value}}
}

// about is what was noted of a contact beside the name.
func (c candidate) about() string {
	var parts []string
	for _, text := range []string{c.Organisation, c.Function, c.Email, c.Phone, c.Note} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}

// options are who a contact can be.
func (v mergeView) options(c candidate) []web.Option {
	var options []web.Option
	for i, card := range c.same {
		key := "contact.maybe"
		if i == 0 && c.sure {
			key = "contact.surely"
		}
		options = append(options, web.Option{Value: card.Ref.ID, Label: v.words.T(key, card.Title), Note: card.Detail})
	}
	return append(options,
		web.Option{Value: isNew, Label: v.words.T("contact.is_new")}, web.Option{Label: v.words.T("contact.leave")})
}
