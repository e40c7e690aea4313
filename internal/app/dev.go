package app

import (
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mail"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/web/gallery"
)

// devRoutes are the addresses of demonstrations and of development. They show
// other people's mail: the settings allow them on this machine alone.
func (a *App) devRoutes() []web.Route {
	if !a.settings.Development {
		return nil
	}
	return []web.Route{
		{Pattern: "GET /dev/components", Open: true, Handle: a.components},
		{Pattern: "GET /dev/mail", Open: true, Handle: a.mailbox},
		{Pattern: "GET /dev/mail/{message}", Open: true, Handle: a.letter},
		{Pattern: "GET /dev/mail/{message}/html", Open: true, Handle: a.letterHTML},
	}
}

// components answers GET /dev/components.
func (a *App) components(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, http.StatusOK, gallery.Page(a.frame(r)))
}

// mailbox answers GET /dev/mail.
func (a *App) mailbox(w http.ResponseWriter, r *http.Request) error {
	f := a.frame(r)
	f.Title = f.Words.T("app.mailbox")
	var entries []mail.Entry
	err := a.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		entries, err = mail.Mailbox(r.Context(), tx, 1)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, mailboxPage(f, entries))
}

func (a *App) open(r *http.Request) (letter mail.Letter, err error) {
	err = a.db.Read(r.Context(), func(tx *db.Tx) error {
		letter, err = a.mail.Open(r.Context(), tx, r.PathValue("message"))
		return err
	})
	return letter, err
}

// letter answers GET /dev/mail/{message}: the message as text, and its links to
// follow.
func (a *App) letter(w http.ResponseWriter, r *http.Request) error {
	letter, err := a.open(r)
	if err != nil {
		return err
	}
	f := a.frame(r)
	f.Title = letter.Subject
	return web.Render(w, r, http.StatusOK, letterPage(f, r.PathValue("message"), letter))
}

// letterHTML answers GET /dev/mail/{message}/html: the message as mail programs
// show it, whose style is within it.
func (a *App) letterHTML(w http.ResponseWriter, r *http.Request) error {
	letter, err := a.open(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(letter.HTML))
	return nil
}
