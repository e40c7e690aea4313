package call

import (
	"context"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// applicantRoutes are the addresses of the application, by a personal link.
func (p *Pages) applicantRoutes() []web.Route {
	by := func(handle func(http.ResponseWriter, *http.Request, *applying) error) web.Handler {
		return p.Auth.ByLink(Applying(), func(w http.ResponseWriter, r *http.Request, v auth.Visitor) error {
			a, err := p.applying(r, v)
			if err != nil {
				return err
			}
			return handle(w, r, a)
		})
	}
	return []web.Route{
		{Pattern: "GET /l/{token}/application", Open: true, Handle: by(p.showOwn)},
		{Pattern: "POST /l/{token}/application", Open: true, Handle: by(p.saveOwn)},
		{Pattern: "POST /l/{token}/application/keep", Open: true, Handle: by(p.keepOwn)},
		{Pattern: "POST /l/{token}/application/withdraw", Open: true, Handle: by(p.withdrawOwn)},
	}
}

// applying is an application as whoever came by its link sees it.
type applying struct {
	words     *i18n.Words
	visitor   auth.Visitor
	home      territory.Territory
	call      *Call
	record    *Application
	questions []*form.Question
	sectors   []directory.Sector
	documents []document
	path      string
	now       db.Instant

	form web.Form
	note string
	tone web.Tone
}

// applying reads the application that a link is for.
func (p *Pages) applying(r *http.Request, visitor auth.Visitor) (*applying, error) {
	a := &applying{visitor: visitor, words: p.Frame(r).Words, path: "/l/" + r.PathValue("token") + "/application", now: p.DB.Now()}
	err := p.DB.Read(r.Context(), func(tx *db.Tx) error { return a.read(r.Context(), tx, visitor.Link.TerritoryID, visitor.Link.RecordID) })
	return a, err
}

func (a *applying) read(ctx context.Context, tx *db.Tx, home int, id string) (err error) {
	if a.home, err = territory.ByID(ctx, tx, home); err != nil {
		return err
	}
	if a.record, err = loadApplication(ctx, tx, home, id); err != nil {
		return err
	}
	if a.record.Deleted() {
		return fault.New(fault.NotFound, "record.none")
	}
	if a.call, err = loadCall(ctx, tx, home, a.record.Call); err != nil {
		return err
	}
	if a.questions, err = form.Fixed(ctx, tx, home, a.record.Form, a.record.FormNumber); err != nil {
		return err
	}
	if a.sectors, err = directory.Sectors(ctx, tx, home); err != nil {
		return err
	}
	a.documents, err = documentsOf(ctx, tx, a.record)
	return err
}

// mayType says whether it can still be filled in.
func (a *applying) mayType() bool { return a.record.MayType(a.call, a.now) }

// until is when it has to be handed in.
func (a *applying) until() string {
	end := a.call.ClosesAt
	if end.Before(a.record.LateUntil.Time) {
		end = a.record.LateUntil
	}
	return stamp(a.words, a.home, end)
}

// sheet is the form as it is to be filled in.
func (a *applying) sheet() form.Sheet {
	s := form.Sheet{
		Form: a.form, Questions: a.questions, Sectors: a.sectors, Documents: map[string][]form.Sent{}, Remove: "remove", Accept: taken,
	}
	for _, d := range a.documents {
		s.Documents[d.question] = append(s.Documents[d.question], form.Sent{ID: d.id, Name: d.name})
	}
	return s
}

// taken are the endings of documents that are offered for choice; what is taken
// in the end is judged as it comes.
const taken = ".pdf,.docx,.odt,.pptx,.odp,.xlsx,.ods,.jpg,.jpeg,.png"

// setting is what the answers are read in.
func (a *applying) setting() form.Setting {
	s := form.Setting{Lang: a.words.Lang(), Documents: map[string][]string{}}
	for _, d := range a.documents {
		s.Documents[d.question] = append(s.Documents[d.question], d.id)
	}
	for _, sector := range a.sectors {
		s.Sectors = append(s.Sectors, sector.ID)
	}
	return s
}

// said are the answers that were handed in, in the reader's words.
func (a *applying) said() []form.Said {
	return form.Reader{Words: a.words, Sectors: a.sectors, Documents: nameDocuments(a.documents)}.Say(a.questions, a.record.Answers)
}

// act is what the applicant does, as history tells of it.
func (a *applying) act() record.Act { return record.Act{By: a.visitor.Actor(), Batch: db.NewID()} }

// showOwn answers GET /l/{token}/application: the form, or once that cannot be
// changed any more, what was handed in.
func (p *Pages) showOwn(w http.ResponseWriter, r *http.Request, a *applying) error {
	a.form.Values = a.record.Typed
	return p.renderOwn(w, r, http.StatusOK, a)
}

func (p *Pages) renderOwn(w http.ResponseWriter, r *http.Request, status int, a *applying) error {
	f := p.Frame(r)
	f.Title, f.Fictional = a.call.Name(f.Words.Lang()), a.record.Fictional
	f.Territory = web.Brand{Name: a.home.Name, Home: a.path}
	if a.form.Values == nil {
		a.form.Values = url.Values{}
	}
	a.form.Words = f.Words
	if a.mayType() {
		return web.Render(w, r, status, applyingPage(f, a))
	}
	return web.Render(w, r, status, appliedPage(f, a))
}

// saveOwn answers POST /l/{token}/application: what was typed is kept in any
// case; the button says what is done beside.
func (p *Pages) saveOwn(w http.ResponseWriter, r *http.Request, a *applying) error {
	if !a.mayType() {
		return fault.New(fault.Conflict, "call.over")
	}
	sent, err := p.receive(r, a)
	if err != nil {
		return err
	}
	if id := sent.Get("remove"); id != "" {
		if err := p.removeDocument(r.Context(), a, id); err != nil {
			return err
		}
	}
	look := sent.Get("do") == "look"
	if look {
		a.note, a.tone = p.look(r.Context(), a.words, sent)
	}
	if err := p.keep(r.Context(), a, sent); err != nil {
		return err
	}
	switch {
	case sent.Get("do") == "submit":
		return p.submitOwn(w, r, a)
	case look, len(a.form.Problems) > 0:
		return p.renderOwn(w, r, http.StatusOK, a)
	}
	return web.Onward(w, r, a.path, web.Toast{Text: a.words.T("call.kept")})
}

// keepOwn answers POST /l/{token}/application/keep: it keeps what was typed
// since, and says so in a line that a script puts into the page.
func (p *Pages) keepOwn(w http.ResponseWriter, r *http.Request, a *applying) error {
	if !a.mayType() {
		return fault.New(fault.Conflict, "call.over")
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	if err := p.keep(r.Context(), a, r.PostForm); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, savedLine(a))
}

// companyInputs are the inputs about the company and who applies for it, beside
// those of the form: by the names of the fields of organisations, where they are.
var companyInputs = []string{
	"siret", "siren", "name", "legal_name", "street", "postcode", "city", "country", "naf", "naf25", "size", "site",
	"contact", "function", "phone", "by_hand",
}

// most is how many bytes a draft may have.
const most = 256 << 10

// keep keeps what was typed, as it was.
func (p *Pages) keep(ctx context.Context, a *applying, sent url.Values) error {
	typed := form.Own(a.questions, sent)
	for _, name := range companyInputs {
		if values, given := sent[name]; given {
			typed[name] = values
		}
	}
	if len(toJSON(typed)) > most {
		return fault.New(fault.TooLarge, "call.draft_long")
	}
	a.form.Values = typed
	var kept bool
	err := p.DB.Write(ctx, func(tx *db.Tx) (err error) {
		a.now = tx.Now
		kept, err = a.record.keepTyped(ctx, tx, typed)
		return err
	})
	if err == nil && !kept {
		return fault.New(fault.Conflict, "call.over")
	}
	return err
}

// receive reads what a form sent. Documents are kept as they come; one that is
// refused is a problem of its question, and the rest is taken.
func (p *Pages) receive(r *http.Request, a *applying) (url.Values, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		err := web.ReadForm(r)
		return r.PostForm, err
	}
	return web.ReadMixed(r, func(input, name string, content io.Reader) error {
		at := slices.IndexFunc(a.questions, func(q *form.Question) bool { return q.Type == form.Document && q.Input() == input })
		if at < 0 {
			return nil
		}
		upload, err := p.Folder.Receive(a.home.ID, name, content)
		if fault.Is(err, fault.Invalid) {
			a.form.Problems.AddError(input, err)
			return nil
		}
		if err != nil {
			return err
		}
		return p.attach(r.Context(), a, a.questions[at], upload)
	})
}

// look fills in what the register of companies knows, and says what came of it.
// Where it does not answer, the applicant types by hand.
func (p *Pages) look(ctx context.Context, w *i18n.Words, values url.Values) (string, web.Tone) {
	siret, err := ident.ParseSIRET(strings.TrimSpace(values.Get("siret")))
	if err != nil {
		return web.Explain(w, err), web.Brick
	}
	company, err := p.Register.Find(ctx, siret)
	switch {
	case fault.Is(err, fault.Internal):
		return w.T("web.error.500.text"), web.Brick
	case err != nil:
		values.Set("by_hand", "yes")
		return w.T("call.by_hand", web.Explain(w, err)), web.Sun
	}
	directory.FromRegister(values, company)
	values.Set("by_hand", "yes")
	switch {
	case company.Private:
		return w.T("call.private"), web.Sun
	case !company.Active:
		return w.T("call.ceased", company.LegalName), web.Brick
	}
	values.Del("by_hand")
	return w.T("call.found", company.LegalName), web.Pine
}
