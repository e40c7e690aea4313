package importer

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the pages by which somebody imports a file.
type Pages struct {
	*Importer
	frame web.Framer
	watch Watch
}

// Watch follows a job of a territory.
type Watch func(ctx context.Context, home int, id int64) (<-chan job.Job, error)

// NewPages makes the pages of an importer, which follow its jobs.
func NewPages(i *Importer, frame web.Framer, watch Watch) *Pages { return &Pages{i, frame, watch} }

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

// upload reads the file of a form in memory: nothing is written on the disk. One
// that was not chosen is as good as empty.
func upload(r *http.Request) (name string, data []byte, err error) {
	err = web.ReadFiles(r, func(given string, content io.Reader) (err error) {
		name = given
		data, err = io.ReadAll(content)
		return err
	})
	return name, data, err
}

// show answers GET /t/{territory}/import/{id}: the page of the stage that the
// import is at.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	imp, err := p.Load(r.Context(), v.Territory.ID, r.PathValue("id"))
	switch {
	case err != nil:
		return err
	case web.Listens(r):
		return p.follow(w, r, imp)
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
	if err := web.ReadForm(r); err != nil {
		return err
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
	f.Again = page.working()
	return web.Render(w, r, http.StatusOK, previewPage(f, page))
}

// follow tells the page of an import how far the work is.
func (p *Pages) follow(w http.ResponseWriter, r *http.Request, imp Import) error {
	page := previewView{words: p.frame(r).Words, viewer: territory.ViewerOf(r.Context())}
	return web.Follow(w, r, page.words,
		func(ctx context.Context) (<-chan job.Job, error) { return p.watch(ctx, imp.Territory, imp.Job) },
		func(ctx context.Context, _ job.Job) (web.Work, error) {
			err := p.db.Read(ctx, func(tx *db.Tx) (err error) {
				if page.imp, err = load(ctx, tx, imp.Territory, imp.ID); err != nil {
					return err
				}
				page.counts, err = New(tx).countLines(ctx, imp.Territory, imp.ID)
				return err
			})
			return page.progress(), err
		})
}

// choose answers POST /t/{territory}/import/{id}/choices: for the rows of a
// page, or for all duplicates at once.
func (p *Pages) choose(w http.ResponseWriter, r *http.Request) error {
	v, id := territory.ViewerOf(r.Context()), r.PathValue("id")
	if err := web.ReadForm(r); err != nil {
		return err
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
	if err := web.ReadForm(r); err != nil {
		return err
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
