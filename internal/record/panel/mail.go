package panel

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/escale-hq/escale/internal/fault"
)

// A Mail is a message that somebody saved as a file and put on a record: what
// it says becomes a note, what is attached to it files.
type Mail struct {
	Text    string
	Uploads []Upload
	// Refused are the names of attachments that are not taken.
	Refused []string
}

// Bounds of a message: how deep its parts may lie in one another, and how many
// there may be.
const (
	mostDepth = 5
	mostParts = 100
)

// ReceiveMail reads a message and stores what is attached to it, as it comes.
func (f Folder) ReceiveMail(territory int, content io.Reader) (Mail, error) {
	message, err := mail.ReadMessage(content)
	if err != nil {
		return Mail{}, fault.Because(err, fault.Invalid, "panel.mail_unread")
	}
	r := mailReader{folder: f, territory: territory}
	if err := r.read(textproto.MIMEHeader(message.Header), message.Body, 0); err != nil {
		return Mail{}, err
	}
	text := strings.TrimSpace(heading(message.Header) + "\n\n" + strings.TrimSpace(r.body.String()))
	r.mail.Text = string([]rune(text)[:min(len([]rune(text)), mostText)])
	return r.mail, nil
}

// heading is what a message is about, from whom and when.
func heading(h mail.Header) string {
	decoder := mime.WordDecoder{CharsetReader: decoded}
	said := func(name string) string {
		text, err := decoder.DecodeHeader(h.Get(name))
		if err != nil {
			return h.Get(name)
		}
		return text
	}
	return said("Subject") + "\n" + said("From") + " · " + said("Date")
}

// decoded reads text of a character set as UTF-8.
func decoded(charset string, text io.Reader) (io.Reader, error) {
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return nil, fmt.Errorf("read the character set %q: %w", charset, err)
	}
	return encoding.NewDecoder().Reader(text), nil
}

// A mailReader goes through the parts of a message.
type mailReader struct {
	folder    Folder
	territory int
	parts     int
	body      strings.Builder
	mail      Mail
}

func (r *mailReader) read(h textproto.MIMEHeader, content io.Reader, depth int) error {
	if r.parts++; r.parts > mostParts || depth > mostDepth {
		return fault.New(fault.Invalid, "panel.mail_unread")
	}
	media, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		media = "text/plain" // as the standard has it
	}
	if strings.HasPrefix(media, "multipart/") {
		return r.each(multipart.NewReader(content, parameters["boundary"]), depth)
	}
	content = transferred(h.Get("Content-Transfer-Encoding"), content)
	switch name := attachmentName(h, parameters); {
	case name != "":
		return r.attach(name, content)
	case media == "text/plain":
		return r.say(parameters["charset"], content)
	default:
		return nil // such as the same text as HTML
	}
}

func (r *mailReader) each(parts *multipart.Reader, depth int) error {
	for {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return broken(err)
		}
		if err := r.read(part.Header, part, depth+1); err != nil {
			return err
		}
	}
}

// transferred takes the encoding off in which a part was sent.
func transferred(encoding string, content io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, content)
	case "quoted-printable":
		return quotedprintable.NewReader(content)
	default:
		return content
	}
}

// attachmentName is the name of a part that is a file, or "".
func attachmentName(h textproto.MIMEHeader, parameters map[string]string) string {
	name := parameters["name"]
	if _, disposition, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil && disposition["filename"] != "" {
		name = disposition["filename"]
	}
	decoder := mime.WordDecoder{CharsetReader: decoded}
	if text, err := decoder.DecodeHeader(name); err == nil {
		return text
	}
	return name
}

func (r *mailReader) attach(name string, content io.Reader) error {
	u, err := r.folder.Receive(r.territory, name, content)
	switch {
	case fault.Is(err, fault.Invalid):
		r.mail.Refused = append(r.mail.Refused, name)
		return nil
	case err != nil:
		return broken(err)
	}
	r.mail.Uploads = append(r.mail.Uploads, u)
	return nil
}

func (r *mailReader) say(charset string, content io.Reader) error {
	if charset != "" {
		var err error
		if content, err = decoded(charset, content); err != nil {
			return fault.Because(err, fault.Invalid, "panel.mail_unread")
		}
	}
	text, err := io.ReadAll(io.LimitReader(content, 4*mostText))
	if err != nil {
		return broken(err)
	}
	r.body.WriteString(strings.ToValidUTF8(string(text), "") + "\n")
	return nil
}

// broken is the fault of a message that cannot be read to its end; one that is
// cut because it is too large stays what it is.
func broken(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return fault.Because(err, fault.Invalid, "panel.mail_unread")
}
