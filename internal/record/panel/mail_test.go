package panel_test

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record/panel"
)

// message is a mail as programs save it: text twice, a file, and a program.
func message() string {
	encoded := base64.StdEncoding.EncodeToString([]byte(pdf))
	return strings.ReplaceAll(`From: =?ISO-8859-1?Q?Jos=E9e?= <josee@example.org>
Subject: =?UTF-8?B?w4l0dWRl?=
Date: Mon, 6 Nov 2017 14:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=out

--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

L'=E9tude est jointe, =
merci.
--in
Content-Type: text/html

<p>Not this</p>
--in--
--out
Content-Type: application/pdf
Content-Disposition: attachment; filename="../=?UTF-8?Q?=C3=89tude?=.pdf"
Content-Transfer-Encoding: base64

`+encoded[:8]+"\n"+encoded[8:]+`
--out
Content-Type: application/octet-stream; name=run.exe

MZ
--out--
`, "\n", "\r\n")
}

func TestAMessageBecomesANote(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		want(t, h.upload(h.officer, "/organisations/"+h.ours+"/files", "mail.EML", message(), plenty), http.StatusSeeOther)
		page := h.get(h.officer, "/organisations/"+h.ours+"/notes")
		want(t, page, http.StatusOK, "Étude<br> Josée &lt;josee@example.org&gt; · Mon, 6 Nov 2017", "L&#39;étude est jointe, merci.", ">Étude.pdf<")
		if strings.Contains(page.Body.String(), "Not this") || strings.Contains(page.Body.String(), "run.exe") {
			t.Error("the page shows what it should not")
		}
		w := h.get(h.officer, "/files/"+h.lastOf("file")+"/contents/1")
		if w.Body.String() != pdf {
			t.Errorf("the attachment holds %q", w.Body)
		}
	})
}

// nested is a message in so many others.
func nested(depth int) string {
	content := "Content-Type: text/plain\r\n\r\nwithin\r\n"
	for i := range depth {
		b := "b" + strconv.Itoa(i)
		content = "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n--" + b + "\r\n" + content + "\r\n--" + b + "--\r\n"
	}
	return content
}

func TestNestedMessagesAreReadToADepth(t *testing.T) {
	m, err := panel.NewFolder(t.TempDir()).ReceiveMail(1, strings.NewReader(nested(5)))
	if err != nil || !strings.HasSuffix(m.Text, "within") {
		t.Errorf("%q, %v", m.Text, err)
	}
}

func TestMessagesThatCannotBeRead(t *testing.T) {
	many := "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 200) + "--b--\r\n"
	for name, content := range map[string]string{
		"no message": "hello", "nothing": "", "nested": nested(6), "many parts": many,
		"cut short":             "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx",
		"no boundary":           "Content-Type: multipart/mixed\r\n\r\nx",
		"unknown character set": "Content-Type: text/plain; charset=klingon\r\n\r\nx",
	} {
		if _, err := panel.NewFolder(t.TempDir()).ReceiveMail(1, strings.NewReader(content)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
