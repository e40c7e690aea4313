package directory

import (
	"context"
	"net/http"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// organisationHref is the page of an organisation.
func organisationHref(v territory.Viewer, id string) string {
	return v.Territory.Home() + "/organisations/" + id
}

// listOrganisations answers GET /t/{territory}/organisations.
func (p *Pages) listOrganisations(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r, "")
	f.Title = f.Words.T("directory.title")
	list := organisationList{words: f.Words, viewer: v, query: r.URL.Query(), filter: filterOf(r)}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.sectors, err = Sectors(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		if list.countries, err = countriesOf(r.Context(), tx, v); err != nil {
			return err
		}
		list.rows, list.all, err = ListOrganisations(r.Context(), tx, v, list.filter)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, organisationsPage(f, list))
}

// load finds the organisation that the address names, if the viewer may do
// that to it.
func (p *Pages) load(ctx context.Context, tx *db.Tx, r *http.Request, action string) (*Organisation, error) {
	v := territory.ViewerOf(ctx)
	o, err := Organisations().Load(ctx, tx, v.Territory.ID, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return o, v.Check("organisation", action, o.Subject())
}

// showOrganisation answers GET /t/{territory}/organisations/{id}.
func (p *Pages) showOrganisation(w http.ResponseWriter, r *http.Request) error {
	return p.organisationPage(w, r, lastChanges, organisationPage)
}

// organisationHistory answers GET /t/{territory}/organisations/{id}/history.
func (p *Pages) organisationHistory(w http.ResponseWriter, r *http.Request) error {
	return p.organisationPage(w, r, allChanges, historyPage)
}

// lastChanges is how many changes a record's page shows; allChanges how many
// the page of its history does.
const (
	lastChanges = 4
	allChanges  = 500
)

// newOrganisation answers GET /t/{territory}/organisations/new.
func (p *Pages) newOrganisation(w http.ResponseWriter, r *http.Request) error {
	return p.organisationForm(w, r, http.StatusOK, organisationForm{values: r.URL.Query()})
}

// addOrganisation answers POST /t/{territory}/organisations.
func (p *Pages) addOrganisation(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Because(err, fault.Invalid, "directory.form_unread")
	}
	v := territory.ViewerOf(r.Context())
	a := act(v)
	o := &Organisation{Meta: record.Meta{Territory: v.Territory.ID, Owner: v.Owner(), Fictional: v.Territory.Fictional}}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		if err := p.fill(r.Context(), tx, o, r.PostForm); err != nil {
			return err
		}
		return Organisations().Add(r.Context(), tx, a, o)
	})
	if problems, refused := problemsOf(err); refused {
		return p.organisationForm(w, r, http.StatusUnprocessableEntity, organisationForm{values: r.PostForm, problems: problems})
	}
	if err != nil {
		return err
	}
	words := p.frame(r, "").Words
	return web.Onward(w, r, organisationHref(v, o.ID), web.Toast{Text: words.T("directory.added", o.Name), UndoAction: undo(v, a)})
}

// editOrganisation answers GET /t/{territory}/organisations/{id}/edit.
func (p *Pages) editOrganisation(w http.ResponseWriter, r *http.Request) error {
	var form organisationForm
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if form.record, err = p.load(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		form.values, err = p.values(r.Context(), tx, form.record)
		return err
	})
	if err != nil {
		return err
	}
	return p.organisationForm(w, r, http.StatusOK, form)
}

// saveOrganisation answers POST /t/{territory}/organisations/{id}.
func (p *Pages) saveOrganisation(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Because(err, fault.Invalid, "directory.form_unread")
	}
	v := territory.ViewerOf(r.Context())
	a := act(v)
	var o *Organisation
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if o, err = p.load(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		version, err := strconv.Atoi(r.PostFormValue("version"))
		if err != nil {
			return fault.Because(err, fault.Invalid, "directory.form_unread")
		}
		if o.Version != version {
			return fault.New(fault.Conflict, "record.changed")
		}
		if err := p.fill(r.Context(), tx, o, r.PostForm); err != nil {
			return err
		}
		return Organisations().Save(r.Context(), tx, a, o)
	})
	if problems, refused := problemsOf(err); refused {
		return p.organisationForm(w, r, http.StatusUnprocessableEntity, organisationForm{record: o, values: r.PostForm, problems: problems})
	}
	if fault.Is(err, fault.Conflict) {
		return p.organisationConflict(w, r)
	}
	if err != nil {
		return err
	}
	words := p.frame(r, "").Words
	return web.Onward(w, r, organisationHref(v, o.ID), web.Toast{Text: words.T("directory.saved", o.Name), UndoAction: undo(v, a)})
}

// deleteOrganisation answers POST /t/{territory}/organisations/{id}/delete.
func (p *Pages) deleteOrganisation(w http.ResponseWriter, r *http.Request) error {
	return p.moveOrganisation(w, r, Organisations().Delete, "directory.deleted")
}

// restoreOrganisation answers POST /t/{territory}/organisations/{id}/restore.
func (p *Pages) restoreOrganisation(w http.ResponseWriter, r *http.Request) error {
	return p.moveOrganisation(w, r, Organisations().Restore, "directory.restored")
}

// moveOrganisation puts a record into the trash or takes it out, as move does.
func (p *Pages) moveOrganisation(w http.ResponseWriter, r *http.Request,
	move func(context.Context, *db.Tx, record.Act, int, string) error, said string,
) error {
	v := territory.ViewerOf(r.Context())
	a := act(v)
	var o *Organisation
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if o, err = p.load(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		return move(r.Context(), tx, a, v.Territory.ID, o.ID)
	})
	if err != nil {
		return err
	}
	words := p.frame(r, "").Words
	return web.Onward(w, r, v.Territory.Home()+"/organisations", web.Toast{Text: words.T(said, o.Name), UndoAction: undo(v, a)})
}

// historyOf gives the changes to a record as a page shows them.
func (p *Pages) historyOf(ctx context.Context, tx *db.Tx, o *Organisation, most int) ([]history.Entry, int, error) {
	of := Organisations().Ref(o)
	entries, err := history.Of(ctx, tx, of, most)
	if err != nil {
		return nil, 0, err
	}
	all, err := history.Count(ctx, tx, of)
	return entries, all, err
}
