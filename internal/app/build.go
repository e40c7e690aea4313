package app

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/mail"
	"github.com/escale-hq/escale/internal/matchmaking"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web/picture"
)

// objections makes what remembers who wants to hear nothing, with a key of its
// own made from that of the settings.
func objections(key []byte) (directory.Objections, error) {
	own, err := hkdf.Key(sha256.New, key, nil, "escale directory objections", sha256.Size)
	return directory.NewObjections(own), err
}

// signIn makes the part that knows who is there.
func (a *App) signIn(key []byte) (err error) {
	a.auth, err = auth.NewAuth(a.db, a.frame, auth.Options{
		PublicURL: a.settings.PublicURL, Key: key, Idle: a.settings.Session.Idle, Lifetime: a.settings.Session.Lifetime,
		Client:   func(r *http.Request) netip.Addr { return clientAddress(r, a.settings.TrustedProxies) },
		Later:    func(ctx context.Context, tx *db.Tx, ask auth.Ask) error { return a.jobs.Later(ctx, tx, ask) },
		Send:     a.send,
		Provider: a.provider(),
	})
	return err
}

// openRegister opens the register of companies that the settings name, if any.
func (a *App) openRegister() (*register.Register, error) {
	address := ""
	if a.settings.CompanyRegister != nil {
		address = a.settings.CompanyRegister.String()
	}
	return register.New(address, directory.RegisterAnswers(a.db), a.now)
}

// now is the time of the database's clock.
func (a *App) now() time.Time {
	return a.db.Now().Time
}

// provider is who else signs people in, if the settings name one.
func (a *App) provider() *auth.Provider {
	s := a.settings.OIDC
	if s.Issuer == "" {
		return nil
	}
	return &auth.Provider{Issuer: s.Issuer, ClientID: s.ClientID, ClientSecret: string(s.ClientSecret), Name: s.Name, Makes: s.NewUsers}
}

// post makes what sends messages.
func (a *App) post() {
	a.mail = mail.NewMail(a.db, a.log, a.words, a.settings.Mail, func(ctx context.Context, tx *db.Tx, d mail.Delivery) error {
		return a.jobs.Later(ctx, tx, d)
	})
}

// send hands a letter to the post: its words are the texts KEY.subject, .text,
// .button and .note of the catalogue.
func (a *App) send(ctx context.Context, tx *db.Tx, l auth.Letter) error {
	w := a.words.For(l.Language)
	message := mail.Message{
		Sender: "Escale", To: mail.Address{Name: l.ToName, Email: l.To}, Language: l.Language,
		Subject: w.T(l.Key+".subject", l.Args...), Blocks: []mail.Block{mail.Text(w.T(l.Key+".text", l.Args...))},
	}
	if l.Link != "" {
		message.Blocks = append(message.Blocks, mail.Button(w.T(l.Key+".button"), l.Link))
	}
	message.Blocks = append(message.Blocks, mail.Small(w.T(l.Key+".note", l.Args...)))
	return a.mail.Send(ctx, tx, message)
}

// invite tells somebody that they are a member now.
func (a *App) invite(ctx context.Context, tx *db.Tx, i territory.Invitation) error {
	return a.send(ctx, tx, auth.Letter{
		Key: "territory.letter.invitation", To: i.User.Email, ToName: i.User.Name, Language: i.User.Language, Link: i.Link,
		Args: []any{i.By, i.Territory.Name},
	})
}

// folder keeps what people upload.
func (a *App) folder() panel.Folder { return panel.NewFolder(a.settings.Files) }

// logos keeps the logos of territories and organisations, apart from the files
// that are swept: undoing may bring any of them back.
func (a *App) logos() picture.Shelf {
	folder := panel.NewFolder(filepath.Join(a.settings.Files, "logos"))
	return picture.Shelf{
		Put: func(home int, content io.Reader) (string, error) {
			stored, err := folder.Put(home, content)
			return stored.Hash, err
		},
		Open:  func(home int, hash string) (io.ReadSeekCloser, error) { return folder.Open(home, hash) },
		Fetch: picture.NewFetcher().Fetch,
	}
}

// importer brings in files, as jobs of the territory.
func (a *App) importer() *importer.Importer {
	return importer.NewImporter(a.db, a.kinds, a.words, func(ctx context.Context, tx *db.Tx, home int, by string, args job.Args) (int64, error) {
		return a.jobs.Ask(ctx, tx, args, job.For(home), job.By(strings.TrimPrefix(by, "user:")))
	})
}

// planner makes plans, as jobs of the territory.
func (a *App) planner() *matchmaking.Planner {
	return matchmaking.NewPlanner(a.db, func(ctx context.Context, tx *db.Tx, by string, making matchmaking.Making) (int64, error) {
		return a.jobs.Ask(ctx, tx, making, job.For(making.Territory), job.By(strings.TrimPrefix(by, "user:")))
	})
}

// remind sends a member the reminder of what is due.
func (a *App) remind(ctx context.Context, tx *db.Tx, r panel.Reminder) error {
	user, err := auth.ByID(ctx, tx, r.Member.User)
	if err != nil {
		return err
	}
	titles := make([]string, len(r.Tasks))
	for i, task := range r.Tasks {
		titles[i] = task.Title
	}
	return a.send(ctx, tx, auth.Letter{
		Key: "task.letter", To: user.Email, ToName: user.Name, Language: user.Language,
		Link: a.settings.PublicURL.JoinPath(r.Territory.Home(), "tasks").String(),
		Args: []any{r.Territory.Name, strings.Join(titles, " · ")},
	})
}

// sweep removes the files that nothing holds any more.
func (a *App) sweep(ctx context.Context) error {
	homes, err := territory.List(ctx, a.db)
	for _, home := range homes {
		_, failed := a.folder().Sweep(ctx, a.db, home.ID)
		err = errors.Join(err, failed)
	}
	return err
}

// The periodic jobs of the house itself.
type (
	sealHistory struct{}
	forgetOld   struct{}
	remindAll   struct{}
	sweepFiles  struct{}
)

// Kind names the sealing of the history.
func (sealHistory) Kind() string { return "seal-history" }

// Kind names the removal of what has expired.
func (forgetOld) Kind() string { return "forget-old" }

// Kind names the reminders of tasks.
func (remindAll) Kind() string { return "remind" }

// Kind names the removal of files that nothing holds.
func (sweepFiles) Kind() string { return "sweep-files" }

// work says which jobs there are, and how often the periodic ones run.
func (a *App) work() {
	job.Do(a.jobs, a.auth.SendSignInLink)
	job.Do(a.jobs, a.mail.Deliver)
	job.Do(a.jobs, func(ctx context.Context, _ sealHistory) error { return history.SealAll(ctx, a.db) })
	job.Do(a.jobs, func(ctx context.Context, _ forgetOld) error {
		return errors.Join(a.auth.Forget(ctx), a.mail.Forget(ctx), a.db.Analyse(ctx), a.importer().Forget(ctx))
	})
	job.Do(a.jobs, func(ctx context.Context, _ remindAll) error { return panel.Remind(ctx, a.db, a.kinds, a.remind) })
	job.Do(a.jobs, func(ctx context.Context, _ sweepFiles) error { return a.sweep(ctx) })
	job.Do(a.jobs, a.importer().Work)
	job.Do(a.jobs, a.importer().TakeBack)
	job.Do(a.jobs, func(ctx context.Context, s call.SendInvitations) error { return a.calls().SendAll(ctx, s) })
	job.Do(a.jobs, func(ctx context.Context, s call.SendDecisions) error { return a.calls().SendDecisions(ctx, s) })
	job.Do(a.jobs, a.planner().Work)
	job.Do(a.jobs, a.retain)
	job.Do(a.jobs, a.examine)
	job.Do(a.jobs, a.endJourneys)
	a.jobs.Every(time.Minute, sealHistory{})
	a.jobs.Every(time.Hour, forgetOld{})
	a.jobs.Every(time.Hour, remindAll{})
	a.jobs.Every(24*time.Hour, sweepFiles{})
	a.jobs.Every(24*time.Hour, retainPeople{})
	a.jobs.Every(time.Hour, examineDirectory{})
	a.jobs.Every(24*time.Hour, eraseTravellers{})
}

// calls are the pages of calls and applications.
func (a *App) calls() *call.Pages {
	return call.NewPages(call.With{
		DB: a.db, Frame: a.frame, Kinds: a.kinds, Auth: a.auth, Register: a.register, Folder: a.folder(), Words: a.words,
		Objections: a.objections, Send: a.send,
		Later: func(ctx context.Context, tx *db.Tx, home int, user string, args job.Args) error {
			_, err := a.jobs.Ask(ctx, tx, args, job.For(home), job.By(user))
			return err
		},
		Public: func(path string) string { return a.settings.PublicURL.JoinPath(path).String() },
	})
}
