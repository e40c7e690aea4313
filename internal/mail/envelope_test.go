package mail

import (
	"bytes"
	"context"
	"maps"
	"mime"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

// TestNothingIsAddedToTheHead: what people write stands in the head of a message
// as they wrote it, read by another library; a head never has other lines than
// ours, and what would begin one is refused.
func TestNothingIsAddedToTheHead(t *testing.T) {
	words, err := i18n.Load(Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	m := &Mail{words: words, server: config.Mail{From: &netmail.Address{Address: "escale@ville.example"}}}
	text := rapid.StringOf(rapid.RuneFrom(nil, unicode.L, unicode.N, unicode.P, unicode.S))
	begins := rapid.StringMatching(`[a-z]{0,3}(\r\n|\n|\r|\x00|\x85)(Bcc: x@evil\.example)?`)
	rapid.Check(t, func(t *rapid.T) {
		spoilt := false
		draw := func(label string) string {
			if rapid.IntRange(0, 19).Draw(t, label+" is spoilt") == 0 {
				spoilt = true
				return begins.Draw(t, label)
			}
			return "x" + text.Draw(t, label)
		}
		message := Message{
			Sender: draw("sender"), Subject: draw("subject"), Language: "fr", Unsubscribe: "https://x.example/",
			To: Address{draw("name"), "a@b.example"}, ReplyTo: Address{draw("answerer"), "c@d.example"},
		}
		if _, err := message.content(); (err != nil) != spoilt {
			t.Fatalf("spoilt: %t, refused: %v", spoilt, err)
		}
		if !spoilt {
			checkHead(t, m, message)
		}
	})
}

func checkHead(t *rapid.T, m *Mail, message Message) {
	e, err := m.envelope(context.Background(), "id", time.Unix(0, 0), message)
	if err != nil {
		t.Fatal(err)
	}
	var sent bytes.Buffer
	if _, err := e.WriteTo(&sent); err != nil {
		t.Fatal(err)
	}
	read, err := netmail.ReadMessage(&sent)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "List-Unsubscribe", "List-Unsubscribe-Post",
		"Message-Id", "Mime-Version", "Reply-To", "Subject", "To",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(read.Header))); diff != "" {
		t.Error(diff)
	}
	for name, address := range map[string]netmail.Address{
		"From":     {Name: message.Sender, Address: "escale@ville.example"},
		"To":       {Name: message.To.Name, Address: "a@b.example"},
		"Reply-To": {Name: message.ReplyTo.Name, Address: "c@d.example"},
	} {
		list, err := read.Header.AddressList(name)
		if err != nil || len(list) != 1 || *list[0] != address {
			t.Errorf("%s is %q, not %q: %v", name, read.Header[name], address.String(), err)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	if err != nil || subject != message.Subject {
		t.Errorf("the subject is %q, not %q: %v", subject, message.Subject, err)
	}
}

func TestMessagesThatCannotBeSent(t *testing.T) {
	sound := Message{To: Address{"Zoé", "zoe@ville.example"}, Subject: "Objet", Language: "fr"}
	for _, c := range []struct {
		key   string
		spoil func(m *Message)
	}{
		{"", func(m *Message) {}},
		{"", func(m *Message) { m.To.Email = "zoé.o'neil+miami@münchen.example" }},
		{"mail.address", func(m *Message) { m.To.Email = "" }},
		{"mail.address", func(m *Message) { m.To.Email = "zoe" }},
		{"mail.address", func(m *Message) { m.To.Email = "Zoé <zoe@ville.example>" }},
		{"mail.address", func(m *Message) { m.To.Email = "zoe@ville.example, max@ville.example" }},
		{"mail.address", func(m *Message) { m.To.Email = "zoe@ville.example\r\nBcc: max@ville.example" }},
		{"mail.address", func(m *Message) { m.To.Email = "zoe@-ville.example" }},
		{"mail.address", func(m *Message) { m.To.Name = "Zoé\nBcc: max@ville.example" }},
		{"mail.address", func(m *Message) { m.ReplyTo.Email = "nobody" }},
		{"mail.line", func(m *Message) { m.Subject = "Objet\r\nBcc: max@ville.example" }},
		{"mail.line", func(m *Message) { m.Sender = "Ville\u0085" }},
		{"mail.line", func(m *Message) { m.Language = "fr\n" }},
		{"mail.line", func(m *Message) { m.Attachments = []Attachment{{Name: "a\nb", Type: "text/plain"}} }},
		{"mail.file", func(m *Message) { m.Attachments = []Attachment{{Name: "../a", Type: "text/plain"}} }},
		{"mail.file", func(m *Message) { m.Attachments = []Attachment{{Name: "a", Type: "text"}} }},
		{"mail.subject", func(m *Message) { m.Subject = " " }},
		{"mail.link", func(m *Message) { m.Blocks = []Block{Button("Lire", "/page")} }},
		{"mail.link", func(m *Message) { m.Blocks = []Block{Button("Lire", "javascript:alert(1)")} }},
		{"mail.link", func(m *Message) { m.Unsubscribe = "https://x.example/>,<https://y.example/" }},
		{"mail.too_large", func(m *Message) {
			m.Attachments = []Attachment{{Name: "a", Type: "text/plain", Data: bytes.Repeat([]byte("a"), heaviest)}}
		}},
	} {
		message := sound
		c.spoil(&message)
		_, err := message.content()
		if c.key == "" && err == nil {
			continue
		}
		if f := fault.Of(err); f == nil || f.Key != c.key {
			t.Errorf("%s: %v, not %q", strings.TrimSpace(message.To.Email), err, c.key)
		}
	}
}
