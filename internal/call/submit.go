package call

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/web"
)

// submitOwn hands the application in. What is wrong with it is said all at
// once, beside what was typed.
func (p *Pages) submitOwn(w http.ResponseWriter, r *http.Request, a *applying) error {
	problems := a.fill()
	problems = append(a.form.Problems, problems...)
	if len(problems) > 0 {
		a.form.Problems = problems
		return p.renderOwn(w, r, http.StatusUnprocessableEntity, a)
	}
	act := a.act()
	err := p.DB.Write(r.Context(), func(tx *db.Tx) error {
		mine, it := *a, *a.record // as they were, should this be done twice
		mine.record = &it
		return p.handIn(r.Context(), tx, act, &mine)
	})
	if found := fault.Problems(nil); errors.As(err, &found) {
		a.form.Problems = found
		return p.renderOwn(w, r, http.StatusUnprocessableEntity, a)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, a.path, http.StatusSeeOther)
	return nil
}

// fill reads what was typed into the application, and says all that is wrong
// with it.
func (a *applying) fill() fault.Problems {
	typed := func(name string) string { return strings.TrimSpace(a.form.Values.Get(name)) }
	var p fault.Problems
	it := a.record
	it.Name, it.Contact, it.Function, it.Phone = typed("name"), typed("contact"), typed("function"), typed("phone")
	if it.Contact == "" {
		p.Add("contact", "call.contact_needed")
	}
	it.SIRET = ""
	if text := typed("siret"); text != "" {
		siret, err := ident.ParseSIRET(text)
		p.AddError("siret", err)
		it.SIRET = siret
	}
	it.Company = map[string]string{}
	for _, name := range []string{"siren", "legal_name", "street", "postcode", "city", "country", "naf", "naf25", "size", "site"} {
		if text := typed(name); text != "" {
			it.Company[name] = text
		}
	}
	if it.SIRET != "" {
		it.Company["siren"] = ident.SIRENOf(it.SIRET)
	}
	if _, err := directory.Organisations().Kind().Draft(nil, a.organisation()); err != nil {
		found := fault.Problems{}
		if !errors.As(err, &found) {
			p.AddError("name", err)
		}
		p = append(p, found...)
	}
	var wrong fault.Problems
	it.Answers, wrong = form.Read(a.questions, a.form.Values, a.setting())
	return append(p, wrong...)
}

// organisation are the fields of the company as the directory keeps them, but
// for its city, which is named and not pointed to.
func (a *applying) organisation() map[string]string {
	texts := maps.Clone(a.record.Company)
	delete(texts, "city")
	texts["kind"], texts["name"], texts["siret"] = "company", a.record.Name, a.record.SIRET
	for _, q := range a.questions {
		answer := a.record.Answers[q.Key]
		switch q.Type {
		case form.Sectors:
			texts["sectors"] = strings.Join(answer.Values, "; ")
		case form.Offers:
			texts["offers."+a.record.Language], texts["needs."+a.record.Language] = answer.Offers, answer.Needs
		}
	}
	return texts
}

// handIn keeps the application as it is handed in: tied to the company in the
// directory, with a receipt by mail. A company that handed one in already has
// one application, with a note.
func (p *Pages) handIn(ctx context.Context, tx *db.Tx, act record.Act, a *applying) (err error) {
	it := a.record
	if !it.MayType(a.call, tx.Now) {
		return fault.New(fault.Conflict, "call.over")
	}
	if it.Organisation, err = p.recognise(ctx, tx, a); err != nil {
		return err
	}
	first, err := applicationOfCompany(ctx, tx, it)
	if err != nil {
		return err
	}
	it.State, it.SubmittedAt, it.Typed = Submitted, tx.Now, nil
	receipt := "application.letter.receipt"
	if first != nil {
		it.State, it.DoubleOf = Withdrawn, first.ID
		receipt = "application.letter.double"
		if err := p.noteDouble(ctx, tx, act, a, first); err != nil {
			return err
		}
	}
	if err := Applications().Save(ctx, tx, act, it); err != nil {
		return err
	}
	if err := it.nameSectors(ctx, tx, a.namedSectors()); err != nil {
		return err
	}
	if err := New(tx).tieByCompany(ctx, tieByCompanyParams{db.ID(it.ID), it.Territory, it.Call, it.Organisation}); err != nil {
		return fmt.Errorf("tie the invitation: %w", err)
	}
	return p.receipt(ctx, tx, a, receipt)
}

// namedSectors are those of all the questions about sectors.
func (a *applying) namedSectors() []string {
	var named []string
	for _, q := range a.questions {
		if q.Type == form.Sectors {
			named = append(named, a.record.Answers[q.Key].Values...)
		}
	}
	slices.Sort(named)
	return slices.Compact(named)
}

// recognise finds the company in the directory, by its number and then its
// name, or adds it.
func (p *Pages) recognise(ctx context.Context, tx *db.Tx, a *applying) (string, error) {
	it := a.record
	kind := p.Kinds["organisation"]
	asked := []record.Asked{{Text: it.SIRET}, {Text: it.Company["siren"]}, {Text: it.Name}}
	meanings, err := kind.Resolve(ctx, tx, it.Territory, asked)
	if err != nil {
		return "", fmt.Errorf("look for the company in the directory: %w", err)
	}
	for i, found := range meanings {
		if asked[i].Text == "" || len(found) == 0 {
			continue
		}
		known, err := directory.Organisations().Load(ctx, tx, it.Territory, found[0].Card.Ref.ID)
		if err != nil {
			return "", err
		}
		if another := it.Company["siren"] != "" && known.SIREN != "" && known.SIREN != it.Company["siren"]; !another {
			return known.ID, nil
		}
	}
	texts := a.organisation()
	city, err := directory.CityNamed(ctx, tx, it.Territory, it.Company["city"], it.Company["country"])
	switch {
	case err == nil:
		texts["city"] = city
	case !fault.Is(err, fault.Invalid):
		return "", err
	}
	meta := record.Meta{Territory: it.Territory, Owner: it.Owner, Fictional: it.Fictional}
	return kind.Create(ctx, tx, record.Act{By: history.System()}, meta, texts)
}

// noteDouble notes on the application that a company handed in first that it
// handed in another.
func (p *Pages) noteDouble(ctx context.Context, tx *db.Tx, act record.Act, a *applying, first *Application) error {
	lang := record.ContentLanguages()[0]
	if len(a.home.Languages) > 0 {
		lang = a.home.Languages[0]
	}
	text := p.Words.For(lang).T("call.double_note", a.record.Contact, a.record.Email,
		p.Public(a.home.Home()+"/applications/"+a.record.ID))
	return panel.Notes().Add(ctx, tx, act, &panel.Note{
		Meta:  record.Meta{Territory: first.Territory, Owner: first.Owner, Fictional: first.Fictional},
		Place: place(first), Text: text, Author: act.By.ID, AuthorName: act.By.Name,
	})
}

// receipt tells the applicant that the application was handed in.
func (p *Pages) receipt(ctx context.Context, tx *db.Tx, a *applying, key string) error {
	return p.Send(ctx, tx, auth.Letter{
		Key: key, To: a.record.Email, ToName: a.record.Contact, Language: a.record.Language,
		Link: p.Auth.LinkAddress(a.visitor.Link),
		Args: []any{a.call.Name(a.record.Language), a.record.Name, stamp(p.Words.For(a.record.Language), a.home, tx.Now)},
	})
}

// withdrawOwn answers POST /l/{token}/application/withdraw.
func (p *Pages) withdrawOwn(w http.ResponseWriter, r *http.Request, a *applying) error {
	act := a.act()
	err := p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		it, err := loadApplication(r.Context(), tx, a.home.ID, a.record.ID)
		if err != nil {
			return err
		}
		return p.leave(r.Context(), tx, act, it)
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, a.path, web.Toast{Text: a.words.T("call.withdrawn")})
}

// withdraw takes an application back. It stays, for its history.
func withdraw(ctx context.Context, tx *db.Tx, act record.Act, a *Application) error {
	if !a.MayWithdraw() {
		return fault.New(fault.Conflict, "call.not_withdrawn")
	}
	a.State = Withdrawn
	return Applications().Save(ctx, tx, act, a)
}
