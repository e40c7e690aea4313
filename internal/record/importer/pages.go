package importer

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the pages by which somebody imports a file.
type Pages struct {
	*Importer
	frame web.Framer
}

// NewPages makes the pages of an importer.
func NewPages(i *Importer, frame web.Framer) *Pages { return &Pages{i, frame} }

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const base, one = "/t/{territory}/import", "/t/{territory}/import/{id}"
	var routes []web.Route
	for _, r := range []struct {
		pattern string
		handle  web.Handler
	}{
		{"GET " + base, p.start},
		{"POST " + base, p.bring},
		{"GET " + one, p.show},
		{"GET " + one + "/mapping", p.mapping},
		{"POST " + one + "/mapping", p.setMapping},
		{"POST " + one + "/choices", p.choose},
		{"POST " + one + "/start", p.doing(p.startChosen)},
		{"POST " + one + "/stop", p.doing(func(r *http.Request, v territory.Viewer, id string) error {
			return p.Stop(r.Context(), v.Territory.ID, id)
		})},
		{"POST " + one + "/undo", p.doing(func(r *http.Request, v territory.Viewer, id string) error {
			return p.Undo(r.Context(), v.Territory.ID, v.Actor, id)
		})},
		{"POST " + one + "/discard", p.discard},
	} {
		action := "edit"
		if strings.HasPrefix(r.pattern, "GET ") {
			action = "see"
		}
		routes = append(routes, web.Route{Pattern: r.pattern, Noun: "import", Action: action, Handle: r.handle})
	}
	return routes
}

// home is where imports begin.
func home(v territory.Viewer) string { return v.Territory.Home() + "/import" }

// start answers GET /t/{territory}/import.
func (p *Pages) start(w http.ResponseWriter, r *http.Request) error {
	return p.startPage(w, r, http.StatusOK, nil)
}

// startPage asks for a file, and says what was wrong with the last one.
func (p *Pages) startPage(w http.ResponseWriter, r *http.Request, status int, problems fault.Problems) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title = f.Words.T("import.title")
	page := startView{Form: web.Form{Words: f.Words, Problems: problems}, viewer: v, kinds: p.importable(v)}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		page.last, err = New(tx).lastImports(r.Context(), v.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, startPage(f, page))
}

// bring answers POST /t/{territory}/import.
func (p *Pages) bring(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	name, data, err := upload(r)
	if err != nil {
		return err
	}
	id, err := p.Bring(r.Context(), v, name, data)
	if kind := fault.KindOf(err); err != nil && (kind == fault.Invalid || kind == fault.TooLarge) {
		var problems fault.Problems
		problems.AddError("file", err)
		return p.startPage(w, r, web.StatusOf(err), problems)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, home(v)+"/"+id, http.StatusSeeOther)
	return nil
}

// upload reads the file of a form in memory: nothing is written on the disk.
func upload(r *http.Request) (name string, data []byte, err error) {
	form, err := r.MultipartReader()
	if err != nil {
		return "", nil, fault.Because(err, fault.Invalid, "import.form_unread")
	}
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return "", nil, nil // no file was chosen, which is said as an empty one
		}
		if err != nil {
			return "", nil, unread(err)
		}
		if part.FormName() != "file" {
			continue
		}
		var out bytes.Buffer
		if _, err := out.ReadFrom(part); err != nil {
			return "", nil, unread(err)
		}
		return part.FileName(), out.Bytes(), nil
	}
}

// unread says why a form could not be read to its end.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.Because(err, fault.TooLarge, "import.too_large", maxRows)
	}
	return fault.Because(err, fault.Invalid, "import.form_unread")
}

// show answers GET /t/{territory}/import/{id}: the page of the stage that the
// import is at.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	imp, err := p.Load(r.Context(), v.Territory.ID, r.PathValue("id"))
	switch {
	case err != nil:
		return err
	case imp.Stage == Mapped:
		return p.mapping(w, r)
	default:
		return p.preview(w, r, imp)
	}
}

// mapping answers GET /t/{territory}/import/{id}/mapping.
func (p *Pages) mapping(w http.ResponseWriter, r *http.Request) error {
	return p.mappingPage(w, r, http.StatusOK, nil)
}

func (p *Pages) mappingPage(w http.ResponseWriter, r *http.Request, status int, problem error) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	page := mappingView{words: f.Words, viewer: v, kinds: p.importable(v), problem: problem}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.imp, err = load(r.Context(), tx, v.Territory.ID, r.PathValue("id")); err != nil {
			return err
		}
		page.tables, err = loadTables(r.Context(), tx, v.Territory.ID, page.imp.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = page.imp.FileName
	return web.Render(w, r, status, mappingPage(f, page))
}

// setMapping answers POST /t/{territory}/import/{id}/mapping.
func (p *Pages) setMapping(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	imp, err := p.Load(r.Context(), v.Territory.ID, r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Because(err, fault.Invalid, "import.form_unread")
	}
	mapping := mappingOf(r, imp.Mapping)
	err = p.Map(r.Context(), v, imp.ID, mapping)
	switch {
	case errors.Is(err, ErrMappingShown):
		http.Redirect(w, r, home(v)+"/"+imp.ID+"/mapping", http.StatusSeeOther)
		return nil
	case fault.Is(err, fault.Invalid):
		return p.mappingPage(w, r, http.StatusUnprocessableEntity, err)
	case err != nil:
		return err
	}
	http.Redirect(w, r, home(v)+"/"+imp.ID, http.StatusSeeOther)
	return nil
}

// mappingOf is what a form says that the columns mean. What it does not name
// stays.
func mappingOf(r *http.Request, before Mapping) Mapping {
	mapping := make(Mapping, len(before))
	for i, s := range before {
		mapping[i] = SheetMapping{Kind: r.PostFormValue(kindName(i)), Head: s.Head}
		for column := range s.Fields {
			mapping[i].Fields = append(mapping[i].Fields, r.PostFormValue(fieldName(i, column)))
		}
	}
	return mapping
}

// preview shows what becomes of the rows, or what became of them.
func (p *Pages) preview(w http.ResponseWriter, r *http.Request, imp Import) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title = imp.FileName
	page := previewView{words: f.Words, viewer: v, imp: imp, kinds: p.kinds, query: r.URL.Query()}
	filter := lineFilter{page: page.page(), size: web.PageSize, status: page.status(), states: page.states()}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.counts, err = New(tx).countLines(r.Context(), v.Territory.ID, imp.ID); err != nil {
			return err
		}
		if page.lines, page.all, err = listLines(r.Context(), tx, v.Territory.ID, imp.ID, filter); err != nil {
			return err
		}
		page.says = exporter.NewExporter(f.Words, exporter.Names(r.Context(), tx, v, p.kinds))
		return page.say(r.Context(), tx)
	})
	if err != nil {
		return err
	}
	if r.Header.Get("HX-Request") == "true" {
		return p.progress(w, r, page)
	}
	return web.Render(w, r, http.StatusOK, previewPage(f, page))
}

// progress answers a page that asks how far the work is. Once it is over, the
// page is asked for anew.
func (p *Pages) progress(w http.ResponseWriter, r *http.Request, page previewView) error {
	if !page.working() {
		w.Header().Set("HX-Refresh", "true")
	}
	return web.Render(w, r, http.StatusOK, progress(page))
}

// choose answers POST /t/{territory}/import/{id}/choices: for the rows of a
// page, or for all duplicates at once.
func (p *Pages) choose(w http.ResponseWriter, r *http.Request) error {
	v, id := territory.ViewerOf(r.Context()), r.PathValue("id")
	if err := r.ParseForm(); err != nil {
		return fault.Because(err, fault.Invalid, "import.form_unread")
	}
	var err error
	if all := r.PostFormValue("all"); all != "" {
		err = p.ChooseAll(r.Context(), v.Territory.ID, id, Choice(all))
	} else {
		err = p.Choose(r.Context(), v.Territory.ID, id, choicesOf(r))
	}
	if err != nil {
		return err
	}
	to := home(v) + "/" + id
	if query := r.URL.RawQuery; query != "" {
		to += "?" + query
	}
	return web.Onward(w, r, to, web.Toast{Text: p.frame(r).Words.T("import.chosen")})
}

// choicesOf are those that a form sends, by position.
func choicesOf(r *http.Request) map[int]Choice {
	choices := map[int]Choice{}
	for name := range r.PostForm {
		digits, found := strings.CutPrefix(name, choicePrefix)
		if position, err := strconv.Atoi(digits); found && err == nil {
			choices[position] = Choice(r.PostForm.Get(name))
		}
	}
	return choices
}

// startChosen begins to write an import, with the choices of the page that its
// button stands on.
func (p *Pages) startChosen(r *http.Request, v territory.Viewer, id string) error {
	if err := r.ParseForm(); err != nil {
		return fault.Because(err, fault.Invalid, "import.form_unread")
	}
	if err := p.Choose(r.Context(), v.Territory.ID, id, choicesOf(r)); err != nil {
		return err
	}
	return p.Start(r.Context(), v.Territory.ID, v.Actor, id)
}

// doing answers a button by doing something to an import, and shows it again.
func (p *Pages) doing(do func(r *http.Request, v territory.Viewer, id string) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, id := territory.ViewerOf(r.Context()), r.PathValue("id")
		if err := do(r, v, id); err != nil {
			return err
		}
		http.Redirect(w, r, home(v)+"/"+id, http.StatusSeeOther)
		return nil
	}
}

// discard answers POST /t/{territory}/import/{id}/discard.
func (p *Pages) discard(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	if err := p.Discard(r.Context(), v.Territory.ID, r.PathValue("id")); err != nil {
		return err
	}
	return web.Onward(w, r, home(v), web.Toast{Text: p.frame(r).Words.T("import.discarded")})
}
