package panel

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A notesSheet shows the notes and files of a record.
type notesSheet struct {
	*sheet
	form  web.Form
	notes []Note
	files []File
	trash []Trashed
	// How many notes and files there are on all pages.
	allNotes, allFiles int
}

// notes answers GET LIST/{record}/notes.
func (p *Pages) notes(w http.ResponseWriter, r *http.Request, kind record.Kind) error {
	return p.showNotes(w, r, kind, http.StatusOK, web.Form{})
}

func (p *Pages) showNotes(w http.ResponseWriter, r *http.Request, kind record.Kind, status int, form web.Form) error {
	shown := notesSheet{form: form}
	var err error
	shown.sheet, err = p.open(r, kind, "note", notesTab, func(tx *db.Tx, s *sheet) (err error) {
		place := On(s.card)
		if shown.notes, shown.allNotes, err = NotesOn(r.Context(), tx, s.viewer, place, pageOf(s.query, mainPage)); err != nil {
			return err
		}
		if shown.files, shown.allFiles, err = FilesOn(r.Context(), tx, s.viewer, place, pageOf(s.query, filesPage)); err != nil {
			return err
		}
		shown.trash, err = TrashOn(r.Context(), tx, s.viewer, place)
		return err
	})
	if err != nil {
		return err
	}
	shown.form.Words = shown.Words
	return web.Render(w, r, status, notesPage(shown))
}

// addNote answers POST LIST/{record}/notes.
func (p *Pages) addNote(w http.ResponseWriter, r *http.Request, kind record.Kind) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act, err := p.put(r, kind, "note", func(tx *db.Tx, place Place, act record.Act) error {
		return Notes().Add(r.Context(), tx, act, &Note{
			Meta: metaFor(v, place), Place: place, Text: r.PostForm.Get("text"), Author: v.User, AuthorName: v.Name,
		})
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.showNotes(w, r, kind, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, v.Territory.Home()+kind.Address(r.PathValue("record"))+notesTab, act, "note.added")
}

// findNote answers GET /t/{territory}/notes/{id}: it leads to where the note is
// shown.
func (p *Pages) findNote(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	var card record.Card
	var shownOn int
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if card, err = p.of(r.Context(), tx, r, "note", "see"); err != nil {
			return err
		}
		on, err := p.kinds.Card(r.Context(), tx, card.On)
		if err != nil {
			return err
		}
		shownOn, err = pageOfNote(r.Context(), tx, v, On(on), card.Ref.ID)
		return err
	})
	if err != nil {
		return err
	}
	to := p.where(v, "note", card.On)
	if shownOn > 1 {
		to += "?" + mainPage + "=" + strconv.Itoa(shownOn)
	}
	http.Redirect(w, r, to+"#"+card.Ref.ID, http.StatusSeeOther)
	return nil
}

// editNote answers GET /t/{territory}/notes/{id}/edit.
func (p *Pages) editNote(w http.ResponseWriter, r *http.Request) error {
	n, on, err := p.note(r)
	if err != nil {
		return err
	}
	return p.noteForm(w, r, http.StatusOK, on, web.Form{Values: url.Values{
		"text": {n.Text}, "version": {strconv.Itoa(n.Version)},
	}})
}

// note finds a note that the viewer may change, and the record that it is on.
func (p *Pages) note(r *http.Request) (n *Note, on record.Card, err error) {
	err = p.db.Read(r.Context(), func(tx *db.Tx) error {
		if _, err := p.of(r.Context(), tx, r, "note", "edit"); err != nil {
			return err
		}
		if n, err = loadNote(r.Context(), tx, territory.ViewerOf(r.Context()).Territory.ID, r.PathValue("id")); err != nil {
			return err
		}
		on, err = p.kinds.Card(r.Context(), tx, n.On)
		return err
	})
	return n, on, err
}

func (p *Pages) noteForm(w http.ResponseWriter, r *http.Request, status int, on record.Card, form web.Form) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title, form.Words = f.Words.T("note.edit"), f.Words
	return web.Render(w, r, status, notePage(f, form, web.Link{Label: on.Title, Href: p.where(v, "note", on.Ref)}))
}

// saveNote answers POST /t/{territory}/notes/{id}.
func (p *Pages) saveNote(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	n, on, err := p.note(r)
	if err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	n.Text = r.PostForm.Get("text")
	if n.Version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil {
		return fault.Because(err, fault.Invalid, "web.form_unread")
	}
	err = p.db.Write(r.Context(), func(tx *db.Tx) error { return Notes().Save(r.Context(), tx, act, n) })
	if problems, refused := err.(fault.Problems); refused {
		return p.noteForm(w, r, http.StatusUnprocessableEntity, on, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, p.where(v, "note", on.Ref), act, "note.saved")
}
