// Package mail sends messages to people, in their language, as text and as
// HTML. A message is asked for in the transaction of what it tells of, and
// leaves after it. Without a mail server it goes nowhere: it can be read in the
// mailbox of a demonstration.
//
// The features write what a message says; how it looks is decided here.
package mail

import (
	"encoding/json"
	"fmt"
	"mime"
	netmail "net/mail"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"github.com/escale-hq/escale/internal/fault"
)

// A Message is one mail to one person.
type Message struct {
	// Territory is who sends it; 0 is the installation itself.
	Territory int
	// Sender is the name that it is sent in, such as the territory's.
	Sender   string
	To       Address
	Language string
	Subject  string
	Blocks   []Block
	// Unsubscribe is where one click ends messages of this sort; empty where
	// they cannot be ended, as for a link to sign in.
	Unsubscribe string
	ReplyTo     Address
	Attachments []Attachment
}

// An Address is where a person gets mail. The name may be empty.
type Address struct{ Name, Email string }

// A Block is one part of what a message says. Make it by [Text], [Button],
// [Table] or [Small].
type Block struct {
	Text  string     `json:",omitempty"`
	Link  *Link      `json:",omitempty"`
	Rows  [][]string `json:",omitempty"`
	Small string     `json:",omitempty"`
}

// A Link leads to a page.
type Link struct{ Label, Address string }

// Text is a paragraph.
func Text(text string) Block { return Block{Text: text} }

// Button leads to the page where the reader acts: one a message.
func Button(label, address string) Block { return Block{Link: &Link{label, address}} }

// Table shows rows, each headed by its first cell.
func Table(rows ...[]string) Block { return Block{Rows: rows} }

// Small is what few readers need: how long a link holds, why one gets this.
func Small(text string) Block { return Block{Small: text} }

// An Attachment is a file that goes with a message.
type Attachment struct {
	Name, Type string
	Data       []byte
}

// heaviest is how many bytes a message may have, written out: many servers
// refuse more than ten million, and attachments grow by a third on their way.
const heaviest = 7 << 20

// content is the message as it is kept, once it is known that it can be sent.
func (m Message) content() (string, error) {
	for _, check := range []func() error{m.checkAddresses, m.checkLines, m.checkLinks, m.checkFiles} {
		if err := check(); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(m)
	if err == nil && len(text) > heaviest {
		err = fault.New(fault.TooLarge, "mail.too_large")
	}
	return string(text), err
}

func (m Message) checkAddresses() error {
	if _, err := m.To.parse(); err != nil {
		return err
	}
	if m.ReplyTo == (Address{}) {
		return nil
	}
	_, err := m.ReplyTo.parse()
	return err
}

// checkLines refuses what would begin another line of a message's head.
func (m Message) checkLines() error {
	lines := []string{m.Sender, m.Subject, m.Language}
	for _, a := range m.Attachments {
		lines = append(lines, a.Name, a.Type)
	}
	for _, line := range lines {
		if !oneLine(line) {
			return fault.New(fault.Invalid, "mail.line", line)
		}
	}
	if strings.TrimSpace(m.Subject) == "" {
		return fault.New(fault.Invalid, "mail.subject")
	}
	return nil
}

func (m Message) checkLinks() error {
	for _, b := range m.Blocks {
		if b.Link != nil && !isPage(b.Link.Address) {
			return fault.New(fault.Invalid, "mail.link", b.Link.Address)
		}
	}
	if m.Unsubscribe != "" && !isPage(m.Unsubscribe) {
		return fault.New(fault.Invalid, "mail.link", m.Unsubscribe)
	}
	return nil
}

func (m Message) checkFiles() error {
	for _, a := range m.Attachments {
		kind, _, err := mime.ParseMediaType(a.Type)
		if err != nil || !strings.Contains(kind, "/") || a.Name == "" || strings.ContainsAny(a.Name, `/\"`) {
			return fault.New(fault.Invalid, "mail.file", a.Name)
		}
	}
	return nil
}

// parse is the address as servers take it: a host in another script is spelled
// as the name system spells it.
func (a Address) parse() (*netmail.Address, error) {
	refused := fault.New(fault.Invalid, "mail.address", a.Email)
	parsed, err := netmail.ParseAddress(a.Email)
	if err != nil || parsed.Address != a.Email || !oneLine(a.Name) || !oneLine(a.Email) {
		return nil, refused
	}
	at := strings.LastIndexByte(a.Email, '@')
	host, err := idna.Lookup.ToASCII(a.Email[at+1:])
	if err != nil {
		return nil, refused
	}
	return &netmail.Address{Name: a.Name, Address: a.Email[:at+1] + host}, nil
}

func oneLine(text string) bool { return !strings.ContainsFunc(text, unicode.IsControl) }

// isPage says whether an address is that of a page, written out whole.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(address, "<> \"")
}

// read is the message of a content.
func read(content string) (m Message, err error) {
	if err := json.Unmarshal([]byte(content), &m); err != nil {
		return m, fmt.Errorf("read the content of a message: %w", err)
	}
	return m, nil
}
