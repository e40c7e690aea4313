package mail_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/mail"
)

var update = flag.Bool("update", false, "write the golden files anew")

// invitation is a message with all that one can have; every name is invented.
func invitation(language string) mail.Message {
	texts := map[string][]string{
		"fr": {
			"Mission à Miami", "Un rendez-vous vous est proposé", "Bonjour Zoé Ben Aïm,",
			"L'entreprise Aérolit souhaite vous rencontrer le mardi 21 novembre.\nRien n'est réservé avant votre réponse.",
			"Répondre", "Quand", "10:30 – 11:00, heure de Miami", "Où", "Table 4, Centre <Biscayne>",
			"Ce lien est le vôtre : il vaut jusqu'au 20 novembre.",
		},
		"en": {
			"Mission to Miami", "A meeting is proposed to you", "Dear Zoé Ben Aïm,",
			"The company Aérolit would like to meet you on Tuesday 21 November.\nNothing is booked before you answer.",
			"Answer", "When", "10:30 – 11:00, Miami time", "Where", "Table 4, <Biscayne> Centre",
			"This link is yours alone: it holds until 20 November.",
		},
		"he": {
			"משלחת למיאמי", "הוצעה לך פגישה", "שלום זואי,", "חברת Aérolit מבקשת להיפגש איתך ביום שלישי 21 בנובמבר.",
			"להשיב", "מתי", "10:30 – 11:00", "איפה", "שולחן 4", "הקישור הזה אישי.",
		},
	}[language]
	return mail.Message{
		Territory: 1, Sender: texts[0], Language: language, Subject: texts[1],
		To:      mail.Address{Name: "Zoé Ben Aïm", Email: "zoe@hote.example"},
		ReplyTo: mail.Address{Name: "Camille Fictive", Email: "camille@ville.example"},
		Blocks: []mail.Block{
			mail.Text(texts[2]), mail.Text(texts[3]),
			mail.Table([]string{texts[5], texts[6]}, []string{texts[7], texts[8]}),
			mail.Button(texts[4], "https://escale.example/l/9f2c7d?a=1&b=2"), mail.Small(texts[9]),
		},
		Unsubscribe: "https://escale.example/stop/abc",
		Attachments: []mail.Attachment{{Name: "rendez-vous.ics", Type: "text/calendar; method=REQUEST", Data: []byte("BEGIN:VCALENDAR\r\n")}},
	}
}

// written is the invitation as its reader sees it.
func written(t *testing.T, language string) mail.Letter {
	t.Helper()
	p := newPost(t, dbtest.Open(t), config.Mail{})
	if err := p.send(invitation(language)); err != nil {
		t.Fatal(err)
	}
	letter, err := p.open(p.of(1)[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return letter
}

func TestGoldenLetters(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		letter := written(t, language)
		for ending, text := range map[string]string{"txt": letter.Text, "html": letter.HTML} {
			file := filepath.Join("testdata", "letter."+language+"."+ending)
			if *update {
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), text); diff != "" {
				t.Errorf("%s: %s", file, diff)
			}
		}
	}
}

// TestLettersInBrowser: sound by day and night, on a phone, from right to left,
// under a policy that allows their style and nothing else.
func TestLettersInBrowser(t *testing.T) {
	for _, language := range []string{"fr", "en", "he"} {
		html := []byte(written(t, language).HTML)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src "+mail.StyleSource())
				_, _ = w.Write(html)
			}
		}))
		t.Cleanup(server.Close)
		for _, v := range []browsertest.View{{Width: 700}, {Width: 320, Scheme: "dark"}} {
			page := browsertest.Open(t, server.URL, v)
			page.Check()
			page.Shot("mail-" + language + "-" + v.Scheme)
		}
	}
}
