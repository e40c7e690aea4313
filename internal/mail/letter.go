package mail

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"strings"

	"golang.org/x/text/language"

	"github.com/escale-hq/escale/internal/i18n"
)

// A Letter is a message written out in both forms.
type Letter struct {
	Message
	Text, HTML string
}

// style dresses the HTML: one sheet in its head, since mail programs load none.
// Those that drop it show the plain page, which reads as well.
//
//go:embed letter.css
var style string

// StyleSource is how a content security policy names the style of letters, for
// the page that shows one.
func StyleSource() string {
	sum := sha256.Sum256([]byte(style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// write writes a message out. Its few words of our own are in English where the
// reader's language has no catalogue.
func (m *Mail) write(ctx context.Context, message Message) (Letter, error) {
	if message.Sender == "" {
		message.Sender = m.name()
	}
	w := m.words.For(message.Language)
	var html strings.Builder
	if err := letterPage(message, w).Render(ctx, &html); err != nil {
		return Letter{}, err
	}
	return Letter{message, text(message, w), html.String()}, nil
}

// name is the sender's where the message says none.
func (m *Mail) name() string {
	if m.server.From != nil && m.server.From.Name != "" {
		return m.server.From.Name
	}
	return "Escale"
}

// direction is how the language is written.
func direction(lang string) string {
	script, _ := language.Make(lang).Script()
	switch script.String() {
	case "Arab", "Hebr":
		return "rtl"
	}
	return "ltr"
}

// text is the message for those who read no HTML.
func text(message Message, w *i18n.Words) string {
	var parts []string
	for _, b := range message.Blocks {
		parts = append(parts, b.text())
	}
	foot := "-- \n" + message.Sender // mail programs set apart what follows two dashes
	if message.Unsubscribe != "" {
		foot += "\n\n" + w.T("mail.unsubscribe") + "\n" + message.Unsubscribe
	}
	return strings.Join(append(parts, foot), "\n\n") + "\n"
}

func (b Block) text() string {
	switch {
	case b.Link != nil:
		return b.Link.Label + "\n" + b.Link.Address
	case len(b.Rows) > 0:
		rows := make([]string, len(b.Rows))
		for i, cells := range b.Rows {
			rows[i] = strings.Join(cells, " · ")
		}
		return strings.Join(rows, "\n")
	}
	return b.Text + b.Small // one of the two
}
