package panel

import (
	"context"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// upload answers POST LIST/{record}/files. Whether the viewer may is asked
// before anything is stored, and again with the change.
func (p *Pages) upload(w http.ResponseWriter, r *http.Request, kind record.Kind) error {
	v := territory.ViewerOf(r.Context())
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		_, err := p.editable(r.Context(), tx, r, kind, "file")
		return err
	})
	if err != nil {
		return err
	}
	got, err := p.receive(r, v.Territory.ID)
	if fault.Is(err, fault.Invalid) {
		f := fault.Of(err)
		problems := fault.Problems{{Field: "file", Key: f.Key, Args: f.Args}}
		return p.showNotes(w, r, kind, http.StatusUnprocessableEntity, web.Form{Problems: problems})
	}
	if err != nil {
		return err
	}
	act, err := p.put(r, kind, "file", func(tx *db.Tx, place Place, act record.Act) error {
		return got.keep(r.Context(), tx, act, v, place)
	})
	if err != nil {
		return err
	}
	to := v.Territory.Home() + kind.Address(r.PathValue("record")) + notesTab
	if len(got.refused) > 0 {
		return p.done(w, r, to, act, "file.added_but", got.names[0], strings.Join(got.refused, ", "))
	}
	return p.done(w, r, to, act, "file.added", got.names[0])
}

// A batch is what came with one form: files, and messages as notes.
type batch struct {
	names   []string
	uploads []Upload
	texts   []string
	refused []string // attachments of messages
}

// keep puts a batch on a record.
func (b batch) keep(ctx context.Context, tx *db.Tx, act record.Act, v territory.Viewer, place Place) error {
	for _, u := range b.uploads {
		if _, err := Attach(ctx, tx, act, v, place, u); err != nil {
			return err
		}
	}
	for _, text := range b.texts {
		n := &Note{Meta: metaFor(v, place), Place: place, Text: text, Author: v.User, AuthorName: v.Name}
		if err := Notes().Add(ctx, tx, act, n); err != nil {
			return err
		}
	}
	return nil
}

// receive stores the files of a form, as they come: there is one at least.
func (p *Pages) receive(r *http.Request, territory int) (got batch, err error) {
	err = web.ReadFiles(r, func(name string, content io.Reader) error {
		return got.add(p.folder, territory, name, content)
	})
	if err == nil && len(got.names) == 0 {
		err = fault.New(fault.Invalid, "panel.no_file")
	}
	return got, err
}

// add stores one file, or a message with what is attached to it.
func (b *batch) add(folder Folder, territory int, name string, content io.Reader) error {
	b.names = append(b.names, name)
	if !strings.EqualFold(path.Ext(name), ".eml") {
		u, err := folder.Receive(territory, name, content)
		b.uploads = append(b.uploads, u)
		return err
	}
	m, err := folder.ReceiveMail(territory, content)
	b.texts = append(b.texts, m.Text)
	b.uploads = append(b.uploads, m.Uploads...)
	b.refused = append(b.refused, m.Refused...)
	return err
}

// A fileSheet shows a file with all that it held.
type fileSheet struct {
	web.Frame
	viewer   territory.Viewer
	file     *File
	back     web.Link
	contents []Content
}

// showFile answers GET /t/{territory}/files/{id}.
func (p *Pages) showFile(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	page := fileSheet{Frame: p.frame(r), viewer: v}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.file, err = p.file(r, tx); err != nil {
			return err
		}
		on, err := p.kinds.Card(r.Context(), tx, page.file.On)
		if err != nil {
			return err
		}
		page.back = web.Link{Label: on.Title, Href: p.where(v, "file", on.Ref)}
		page.contents, err = ContentsOf(r.Context(), tx, page.file)
		return err
	})
	if err != nil {
		return err
	}
	page.Title = page.file.Name
	return web.Render(w, r, http.StatusOK, filePage(page))
}

// file finds the file that the address names, if the viewer may see it.
func (p *Pages) file(r *http.Request, tx *db.Tx) (*File, error) {
	card, err := p.of(r.Context(), tx, r, "file", "see")
	if err != nil {
		return nil, err
	}
	return loadFile(r.Context(), tx, card.Ref.Territory, card.Ref.ID)
}

// download answers GET /t/{territory}/files/{id}/contents/{number}. Browsers
// save it: nothing that people sent is ever opened as a page of ours.
func (p *Pages) download(w http.ResponseWriter, r *http.Request) error {
	f, c, err := p.content(r)
	if err != nil {
		return err
	}
	stored, err := p.folder.Open(f.Territory, c.Hash)
	if err != nil {
		return fault.Because(err, fault.Unavailable, "panel.file_lost", f.Name)
	}
	defer stored.Close()
	header := w.Header()
	header.Set("Content-Type", c.Type)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", c.CreatedAt.Time, stored)
	return nil
}

// content finds the content that the address names.
func (p *Pages) content(r *http.Request) (f *File, c Content, err error) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return nil, c, fault.Because(err, fault.NotFound, "record.none")
	}
	err = p.db.Read(r.Context(), func(tx *db.Tx) error {
		if f, err = p.file(r, tx); err != nil {
			return err
		}
		contents, err := ContentsOf(r.Context(), tx, f)
		if err != nil {
			return err
		}
		for _, c = range contents {
			if c.Number == number {
				return nil
			}
		}
		return fault.New(fault.NotFound, "record.none")
	})
	return f, c, err
}
