package mail_test

import (
	"context"
	"errors"
	"log/slog"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mail"
	"github.com/escale-hq/escale/internal/wordstest"
)

var ctx = context.Background()

// A post is the mail of a database, and the work it asked for.
type post struct {
	*mail.Mail
	t    *testing.T
	db   *db.DB
	asks []mail.Delivery
}

func newPost(t *testing.T, d *db.DB, server config.Mail) *post {
	t.Helper()
	p := &post{t: t, db: d}
	p.Mail = mail.NewMail(d, slog.New(slog.DiscardHandler), wordstest.Load(t, mail.Words), server,
		func(_ context.Context, _ *db.Tx, delivery mail.Delivery) error {
			p.asks = append(p.asks, delivery)
			return nil
		})
	return p
}

func (p *post) send(message mail.Message) error {
	return p.db.Write(ctx, func(tx *db.Tx) error { return p.Send(ctx, tx, message) })
}

// sent sends a message and does the work, which may fail.
func (p *post) sent(message mail.Message) error {
	p.t.Helper()
	if err := p.send(message); err != nil {
		p.t.Fatal(err)
	}
	return p.Deliver(ctx, p.asks[len(p.asks)-1])
}

func (p *post) list(list func(tx *db.Tx) ([]mail.Entry, error)) (entries []mail.Entry) {
	p.t.Helper()
	err := p.db.Read(ctx, func(tx *db.Tx) (err error) {
		entries, err = list(tx)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return entries
}

// of lists what became of the messages of a territory.
func (p *post) of(territory int) []mail.Entry {
	p.t.Helper()
	return p.list(func(tx *db.Tx) ([]mail.Entry, error) { return mail.List(ctx, tx, territory, 1) })
}

// is fails unless the newest message of territory 1 stands so.
func (p *post) is(state mail.State, failure string) {
	p.t.Helper()
	e := p.of(1)[0]
	if e.State != state || !strings.Contains(e.Failure, failure) || (failure == "") != (e.Failure == "") {
		p.t.Errorf("the message is %s, %q; want %s, %q", e.State, e.Failure, state, failure)
	}
	if ended := !e.EndedAt.IsZero(); ended != (state == mail.Sent || state == mail.Refused || state == mail.Expired) {
		p.t.Errorf("a message that is %s ended at %v", state, e.EndedAt)
	}
}

// contents is how much the table keeps of what messages say.
func (p *post) contents() (size int) {
	p.t.Helper()
	err := p.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT coalesce(sum(length(content)), 0) FROM messages").Scan(&size)
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return size
}

func TestMessageArrives(t *testing.T) {
	server := startMailpit(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d, server.settings(config.NoTLS))
		message := invitation("fr")
		message.To = mail.Address{Name: "Zoé Ben Aïm", Email: "zoe+" + string(d.Engine()) + "@münchen.example"}
		if err := p.sent(message); err != nil {
			t.Fatal(err)
		}
		p.is(mail.Sent, "")
		if p.contents() > 0 {
			t.Error("the table still holds what a message that left says")
		}
		got := server.inbox()[0]
		headers := server.headers(got.ID)
		want := received{
			Subject: message.Subject, Date: dbtest.Now(), MessageID: p.of(1)[0].ID + "@ville.example",
			From:        netmail.Address{Name: "Mission à Miami", Address: "escale@ville.example"},
			To:          []netmail.Address{{Name: "Zoé Ben Aïm", Address: "zoe+" + string(d.Engine()) + "@xn--mnchen-3ya.example"}},
			ReplyTo:     []netmail.Address{{Name: "Camille Fictive", Address: "camille@ville.example"}},
			Attachments: []attachment{{"rendez-vous.ics", "text/calendar"}},
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(received{}, "ID", "Text", "HTML")); diff != "" {
			t.Error(diff)
		}
		if !strings.Contains(got.Text, "21 novembre") || !strings.Contains(got.HTML, "21 novembre") {
			t.Errorf("the message says %q, %q", got.Text, got.HTML)
		}
		for name, value := range map[string]string{
			"List-Unsubscribe":      "<https://escale.example/stop/abc>",
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
			"Auto-Submitted":        "auto-generated", "Content-Language": "fr",
		} {
			if headers.Get(name) != value {
				t.Errorf("%s is %q, not %q", name, headers.Get(name), value)
			}
		}
		before := len(server.inbox())
		if err := p.Deliver(ctx, p.asks[0]); err != nil || len(server.inbox()) > before {
			t.Errorf("a message that left is sent again, %v", err)
		}
	})
}

// passwords is a file of who may send: escale, whose password is right.
func passwords(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "passwords")
	if err := os.WriteFile(file, []byte("escale:right\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEncryption(t *testing.T) {
	certificate := []string{"--smtp-tls-cert", identity + "/cert.pem", "--smtp-tls-key", identity + "/key.pem"}
	starts := startMailpit(t, append(certificate, "--smtp-require-starttls")...)
	implicit := startMailpit(t, append(certificate, "--smtp-require-tls")...)
	plain := startMailpit(t)
	password := startMailpit(t, append(certificate, "--smtp-auth-file", passwords(t), "--smtp-require-starttls")...)
	signedIn := func(secret config.Secret) config.Mail {
		s := password.settings(config.StartTLS)
		s.User, s.Password = "escale", secret
		return s
	}
	stranger := starts.settings(config.StartTLS)
	stranger.Host = "localhost" // of which the certificate says nothing
	for _, c := range []struct {
		name    string
		server  config.Mail
		failure string
	}{
		{"STARTTLS", starts.settings(config.StartTLS), ""},
		{"TLS from the first byte", implicit.settings(config.ImplicitTLS), ""},
		{"a password", signedIn("right"), ""},
		{"a wrong password", signedIn("wrong"), "535"},
		{"STARTTLS that the server does not know", plain.settings(config.StartTLS), "STARTTLS"},
		{"a certificate of somebody else", stranger, "certificate"},
		{"in the clear where the server wants STARTTLS", starts.settings(config.NoTLS), "STARTTLS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPost(t, dbtest.Open(t), c.server)
			err := p.sent(invitation("fr"))
			if (err == nil) != (c.failure == "") {
				t.Fatalf("sent: %v", err)
			}
			if c.failure == "" {
				p.is(mail.Sent, "")
			} else {
				p.is(mail.Waiting, c.failure)
			}
		})
	}
	if sent := len(starts.inbox()) + len(implicit.inbox()) + len(password.inbox()); sent != 3 || len(plain.inbox()) != 0 {
		t.Errorf("%d messages arrived, and %d in the clear", sent, len(plain.inbox()))
	}
}

// TestRefusals: what the server will never take is given up; what it may take
// later, or once a setting is put right, waits and arrives.
func TestRefusals(t *testing.T) {
	server := startMailpit(t)
	for _, c := range []struct {
		name, step string
		code       int
		final      bool
	}{
		{"no such person", "Recipient", 550, true},
		{"the person's box is full", "Recipient", 452, false},
		{"busy", "Sender", 421, false},
		{"a sender that the server does not know", "Sender", 550, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPost(t, dbtest.Open(t), server.settings(config.NoTLS))
			server.refuse(c.step, c.code)
			err := p.sent(invitation("fr"))
			server.refuse(c.step, 0)
			before := len(server.inbox())
			if c.final {
				p.is(mail.Refused, "550")
				if err != nil || p.contents() > 0 {
					t.Errorf("refused: %v, %d bytes are kept", err, p.contents())
				}
			} else {
				p.is(mail.Waiting, strconv.Itoa(c.code))
				if err == nil || p.contents() == 0 {
					t.Errorf("not sent: %v, %d bytes are kept", err, p.contents())
				}
			}
			if err := p.Deliver(ctx, p.asks[0]); err != nil {
				t.Error(err)
			}
			if arrived := len(server.inbox()) - before; (arrived == 1) == c.final {
				t.Errorf("tried again, %d arrived", arrived)
			}
		})
	}
}

func TestServerAway(t *testing.T) {
	away := startMailpit(t).settings(config.NoTLS)
	away.Port = 1 // where nobody listens
	p := newPost(t, dbtest.Open(t), away)
	if err := p.sent(invitation("fr")); err == nil {
		t.Error("sent to nobody")
	}
	p.is(mail.Waiting, "refused")
	gone := newPost(t, p.db, config.Mail{})
	if err := gone.Deliver(ctx, p.asks[0]); err == nil {
		t.Error("sent without a server")
	}
	p.is(mail.Waiting, "mail-host")
}

func TestUndoneTransactionSendsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d, config.Mail{Host: "mail.example"})
		stop := errors.New("stop")
		err := d.Write(ctx, func(tx *db.Tx) error { return errors.Join(p.Send(ctx, tx, invitation("fr")), stop) })
		if !errors.Is(err, stop) || len(p.of(1)) != 0 {
			t.Errorf("%v, %d messages", err, len(p.of(1)))
		}
		if err := p.Deliver(ctx, p.asks[0]); err != nil {
			t.Errorf("work without a message: %v", err)
		}
	})
}

func TestMailbox(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d, config.Mail{})
		own := mail.Message{To: mail.Address{Email: "zoe@ville.example"}, Language: "en", Subject: "Your link"}
		for _, message := range []mail.Message{invitation("fr"), own} {
			if err := p.send(message); err != nil {
				t.Fatal(err)
			}
		}
		if len(p.asks) > 0 {
			t.Error("work was asked for, though there is no server")
		}
		box := p.list(func(tx *db.Tx) ([]mail.Entry, error) { return mail.Mailbox(ctx, tx, 1) })
		want := []mail.Entry{
			{To: "zoe@ville.example", Subject: "Your link", State: mail.Kept, CreatedAt: d.Now()},
			{Territory: 1, To: invitation("fr").To.Email, Subject: invitation("fr").Subject, State: mail.Kept, CreatedAt: d.Now()},
		}
		if diff := cmp.Diff(want, box, cmpopts.IgnoreFields(mail.Entry{}, "ID")); diff != "" {
			t.Fatal(diff)
		}
		if of := p.of(1); len(of) != 1 || of[0] != box[1] {
			t.Errorf("territory 1 has %+v", of)
		}
		letter, err := p.open(box[1].ID)
		if diff := cmp.Diff(invitation("fr"), letter.Message); diff != "" || err != nil {
			t.Errorf("opened: %v\n%s", err, diff)
		}
		if letter, err := p.open(box[0].ID); err != nil || letter.Sender != "Escale" {
			t.Errorf("a message without a sender is from %q, %v", letter.Sender, err)
		}
		if _, err := p.open("nothing"); !fault.Is(err, fault.NotFound) {
			t.Errorf("opened nothing: %v", err)
		}
	})
}

func (p *post) open(id string) (letter mail.Letter, err error) {
	err = p.db.Read(ctx, func(tx *db.Tx) (err error) {
		letter, err = p.Open(ctx, tx, id)
		return err
	})
	return letter, err
}

// TestOnlyTheMailboxIsRead: a link that waits to be sent is its reader's alone.
func TestOnlyTheMailboxIsRead(t *testing.T) {
	p := newPost(t, dbtest.Open(t), config.Mail{Host: "mail.example"})
	if err := p.send(invitation("fr")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.open(p.of(1)[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("opened a message on its way: %v", err)
	}
}

func TestForget(t *testing.T) {
	hand := clock.At(dbtest.Now())
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		p := newPost(t, d, config.Mail{Host: "mail.example"})
		if err := p.send(invitation("fr")); err != nil {
			t.Fatal(err)
		}
		after := func(days int, do func()) {
			t.Helper()
			hand.Advance(time.Duration(days) * 24 * time.Hour)
			if err := p.Forget(ctx); err != nil {
				t.Fatal(err)
			}
			do()
		}
		after(4, func() { p.is(mail.Waiting, "") })
		after(1, func() {
			p.is(mail.Expired, "")
			if p.contents() > 0 {
				t.Error("what an expired message says is kept")
			}
		})
		after(26, func() {
			if n := len(p.of(1)); n != 0 {
				t.Errorf("%d messages are remembered", n)
			}
		})
	})
}

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, mail.Words)) }
