package directory

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// addressRoutes are the addresses on which the further addresses of
// organisations are added and changed; they are shown with the organisation.
func (p *Pages) addressRoutes() []web.Route {
	return append(p.addressEditor().Routes(),
		web.Route{Pattern: "GET /t/{territory}/addresses/{id}", Noun: "address", Action: "see", Handle: p.findAddress})
}

// findAddress answers GET /t/{territory}/addresses/{id}: it leads to the
// organisation.
func (p *Pages) findAddress(w http.ResponseWriter, r *http.Request) error {
	var a *Address
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		a, err = Addresses().Find(r.Context(), tx, r, "see")
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, organisationHref(territory.ViewerOf(r.Context()), a.Organisation), http.StatusSeeOther)
	return nil
}

func (p *Pages) addressEditor() record.Editor[Address] {
	return record.Editor[Address]{
		DB: p.db, Frame: p.frame, Noun: Addresses(), List: "/addresses", Values: addressValues, Fill: fillAddress,
		Home: func(v territory.Viewer, a *Address) string { return organisationHref(v, a.Organisation) },
		Page: p.addressForm,
	}
}

// addressForm shows the form, below the organisation that it is about.
func (p *Pages) addressForm(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Address]) (templ.Component, error) {
	id := form.Values.Get("organisation")
	if form.Record != nil {
		id = form.Record.Organisation
	}
	v := form.Viewer
	card, err := p.kinds.See(ctx, tx, v, ref.Ref{Territory: v.Territory.ID, Kind: "organisation", ID: id})
	form.Back, form.Trail = v.Territory.Home()+"/organisations", []web.Link{{Label: f.Title, Current: true}}
	switch {
	case fault.Is(err, fault.NotFound):
		form.Values.Del("organisation")
	case err != nil:
		return nil, err
	default:
		form.Back = organisationHref(v, id)
		form.Trail = append([]web.Link{{Label: card.Title, Href: form.Back}}, form.Trail...)
	}
	return addressFormPage(f, form), nil
}

func addressValues(ctx context.Context, tx *db.Tx, a *Address) (url.Values, error) {
	values := Addresses().Fields.Values(a)
	city, err := cityIfAny(ctx, tx, a.Territory, a.City)
	if city != nil {
		values.Set("city", city.Name)
	}
	return values, err
}

// fillAddress sets the fields that a form sent. The organisation is that of a
// new address, and stays; country and zone follow from the city, where they
// were left empty.
func fillAddress(ctx context.Context, tx *db.Tx, a *Address, sent url.Values) error {
	if a.Organisation == "" {
		a.Organisation = sent.Get("organisation")
	}
	if a.Organisation == "" {
		return a.settle()
	}
	o, err := loadOrganisation(ctx, tx, a.Territory, a.Organisation)
	if err != nil {
		return err
	}
	if err := territory.ViewerOf(ctx).Check("organisation", "edit", o.Subject()); err != nil {
		return err
	}
	a.Owner, a.Fictional = o.Owner, o.Fictional
	texts := Addresses().Fields.Sent(sent)
	delete(texts, "city") // it is named, not pointed to
	problems := Addresses().Fields.Apply(a, texts)
	if a.City, err = cityNamed(ctx, tx, a.Meta, sent.Get("city"), a.Country); fault.Is(err, fault.Internal) {
		return err
	}
	problems.AddError("city", err)
	city, err := cityIfAny(ctx, tx, a.Territory, a.City)
	if err != nil {
		return err
	}
	if city != nil && a.Country == "" {
		a.Country = city.Country
	}
	if city != nil && a.Zone == "" {
		a.Zone = city.Zone
	}
	return problems.Or()
}

// addressLine says where an address is, in a line.
func addressLine(a *Address, lang string) string {
	place := joined(a.Postcode, a.CityName)
	if a.Postcode != "" && a.CityName != "" {
		place = a.Postcode + " " + a.CityName
	}
	said := ""
	if a.Country != "" {
		said = places.CountryName(a.Country, lang)
	}
	return joined(a.Street, place, said)
}
