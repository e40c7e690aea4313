package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/escale-hq/escale/internal/config"
)

// timeout is how long the server may take for one message.
const timeout = time.Minute

// post brings a message to the server.
func (m *Mail) post(ctx context.Context, id string, at time.Time, message Message) error {
	if m.server.Host == "" {
		return errors.New("no mail server is set any more: set mail-host, or wait for the message to expire")
	}
	envelope, err := m.envelope(ctx, id, at, message)
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	client, err := gomail.NewClient(m.server.Host, options(m.server)...)
	if err != nil {
		return fmt.Errorf("prepare to reach the mail server: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, envelope); err != nil && !envelope.IsDelivered() {
		return err
	}
	return nil // what goes wrong after the server took it does not count
}

func options(server config.Mail) []gomail.Option {
	list := []gomail.Option{gomail.WithPort(server.Port), gomail.WithTimeout(timeout)}
	switch server.TLS {
	case config.ImplicitTLS:
		list = append(list, gomail.WithSSL())
	case config.NoTLS:
		list = append(list, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		list = append(list, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if server.User != "" {
		list = append(list, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(server.User), gomail.WithPassword(string(server.Password)))
	}
	return list
}

// envelope is the message as it travels.
func (m *Mail) envelope(ctx context.Context, id string, at time.Time, message Message) (*gomail.Msg, error) {
	letter, err := m.write(ctx, message)
	if err != nil {
		return nil, err
	}
	e := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := m.address(e, letter); err != nil {
		return nil, err
	}
	from := m.server.From.Address
	e.SetMessageIDWithValue(id + from[strings.LastIndexByte(from, '@'):])
	e.SetDateWithValue(at)
	e.Subject(letter.Subject)
	e.SetGenHeader(gomail.HeaderContentLang, letter.Language)
	e.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence answers it
	// One click is enough where the address is secret on its way (RFC 8058).
	if u := letter.Unsubscribe; u != "" && e.SetListUnsubscribeOneClick(u) != nil {
		e.SetListUnsubscribe(u)
	}
	e.SetBodyString(gomail.TypeTextPlain, letter.Text)
	e.AddAlternativeString(gomail.TypeTextHTML, letter.HTML)
	return e, attach(e, letter.Attachments)
}

// address says from whom and to whom: the sender's name stands before our own
// address, since receivers refuse other people's.
func (m *Mail) address(e *gomail.Msg, letter Letter) error {
	to, err := letter.To.parse()
	if err != nil {
		return err
	}
	e.SetAddrHeaderFromMailAddress(gomail.HeaderTo, to)
	e.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, &netmail.Address{Name: letter.Sender, Address: m.server.From.Address})
	if letter.ReplyTo == (Address{}) {
		return nil
	}
	reply, err := letter.ReplyTo.parse()
	if err != nil {
		return err
	}
	e.SetAddrHeaderFromMailAddress(gomail.HeaderReplyTo, reply)
	return nil
}

func attach(e *gomail.Msg, files []Attachment) error {
	for _, file := range files {
		err := e.AttachReader(file.Name, bytes.NewReader(file.Data), gomail.WithFileContentType(gomail.ContentType(file.Type)))
		if err != nil {
			return fmt.Errorf("attach %s: %w", file.Name, err)
		}
	}
	return nil
}

// refused says whether the server will never take the message: it refused the
// recipient or the content, for good. Anything else can be put right, such as a
// password or a sender that it does not know.
func refused(err error) bool {
	var e *gomail.SendError
	if !errors.As(err, &e) || e.ErrorCode() < 500 {
		return false
	}
	return e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPData || e.Reason == gomail.ErrSMTPDataClose
}
