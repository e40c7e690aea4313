package directory

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

// RegisterAnswers keeps what the register of companies answered in the
// database, for all nodes.
func RegisterAnswers(d *db.DB) register.Store {
	return register.Store{
		Get: func(ctx context.Context, question string) (answer []byte, at time.Time, err error) {
			var row registerAnswerRow
			err = d.Read(ctx, func(tx *db.Tx) (err error) {
				row, err = New(tx).registerAnswer(ctx, question)
				return err
			})
			if errors.Is(err, sql.ErrNoRows) {
				return nil, time.Time{}, nil
			}
			return []byte(row.Answer), row.At.Time, err
		},
		Put: func(ctx context.Context, question string, answer []byte, at time.Time) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				return New(tx).keepRegisterAnswer(ctx, question, string(answer), db.At(at))
			})
		},
	}
}

// lookup answers POST /t/{territory}/organisations/lookup, and the same below
// an organisation: the form again, filled in with what the register of
// companies says. What it cannot say blocks nothing: it is told, and the form
// stays as it was typed.
func (p *Pages) lookup(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	form := record.Form[Organisation]{Form: web.Form{Values: r.PostForm}}
	if r.PathValue("id") != "" {
		err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			form.Record, err = Organisations().Find(r.Context(), tx, r, "edit")
			return err
		})
		if err != nil {
			return err
		}
	}
	words := p.frame(r).Words
	form.Note, form.Tone = p.ask(r.Context(), words, r.PostForm)
	return p.organisationEditor().Show(w, r, http.StatusOK, form)
}

// ask fills a form in from the register, and says in a sentence what came of
// it.
func (p *Pages) ask(ctx context.Context, w *i18n.Words, values url.Values) (said string, tone web.Tone) {
	company, err := p.find(ctx, values)
	switch {
	case fault.Is(err, fault.Internal):
		return w.T("web.error.500.text"), web.Brick
	case err != nil:
		return web.Explain(w, err), web.Sun
	}
	FromRegister(values, company)
	asOf := w.DateOnly(company.AsOf)
	switch {
	case company.Private:
		return w.T("directory.register.private", asOf), web.Sun
	case !company.Active:
		return w.T("directory.register.closed", company.LegalName, asOf), web.Brick
	default:
		return w.T("directory.register.found", company.LegalName, asOf), web.Pine
	}
}

// find asks by the number that was typed, else by the name.
func (p *Pages) find(ctx context.Context, values url.Values) (register.Company, error) {
	number := cmp.Or(strings.TrimSpace(values.Get("siret")), strings.TrimSpace(values.Get("siren")))
	if number == "" {
		found, err := p.register.Search(ctx, values.Get("name"))
		switch {
		case err != nil:
			return register.Company{}, err
		case len(found) == 0:
			return register.Company{}, fault.New(fault.NotFound, "directory.register.nobody", values.Get("name"))
		}
		return found[0], nil
	}
	read := ident.ParseSIRET
	if values.Get("siret") == "" {
		read = ident.ParseSIREN
	}
	number, err := read(number)
	if err != nil {
		return register.Company{}, err
	}
	return p.register.Find(ctx, number)
}

// FromRegister sets what the register says; what people call the organisation
// stays theirs.
func FromRegister(values url.Values, c register.Company) {
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("siren", c.SIREN)
	set("legal_name", c.LegalName)
	set("naf", c.NAF)
	set("naf25", c.NAF2025)
	set("size", sizeOf(c.Staff))
	set("country", "FR")
	if strings.TrimSpace(values.Get("name")) == "" {
		set("name", c.LegalName)
	}
	place, has := c.Establishment(strings.Join(strings.Fields(values.Get("siret")), ""))
	if !has && len(c.Establishments) > 0 {
		place = c.Establishments[0]
	}
	set("siret", place.SIRET)
	set("street", place.Address)
	set("postcode", place.PostCode)
	set("city", place.City)
}

// sizeOf is the range of staff as [Sizes] writes it.
func sizeOf(s register.Staff) string {
	switch {
	case !s.Known:
		return ""
	case s.Max == register.NoLimit:
		return fmt.Sprintf("%d+", s.Min)
	case s.Min == s.Max:
		return fmt.Sprint(s.Min)
	default:
		return fmt.Sprintf("%d-%d", s.Min, s.Max)
	}
}
