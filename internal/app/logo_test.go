package app

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// give sends the form of a logo: a file, or an address.
func (b *browser) give(path string, file []byte, address string) *httptest.ResponseRecorder {
	b.h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	err := form.WriteField("address", address)
	if file != nil {
		part, failed := form.CreateFormFile("file", "logo.png")
		if failed == nil {
			_, failed = part.Write(file)
		}
		err = errors.Join(err, failed)
	}
	if err := errors.Join(err, form.Close()); err != nil {
		b.h.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", b.h.app.settings.PublicURL.String()+path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// TestLogoOfAnOrganisation: it is brought, shown on its page and in the list,
// served as a picture and nothing else, and taken back.
func TestLogoOfAnOrganisation(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	page := "/t/marseille/organisations/" + h.ours
	src := page + "/logo/" + h.home.Logo
	if w := b.give(page+"/logo", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), ""); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a drawing: answered %d", w.Code)
	}
	if w := b.post(page, map[string][]string{"name": {"Ours"}, "logo": {strings.Repeat("0", 64)}, "version": {"1"}}); w.Code != http.StatusSeeOther {
		t.Errorf("the form of the organisation: answered %d", w.Code)
	}
	for _, path := range []string{page, "/t/marseille/organisations"} {
		if shown := b.get(path).Body.String(); !strings.Contains(shown, `src="`+src+`"`) {
			t.Errorf("%s does not show the logo", path)
		}
	}
	w := b.get(src)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || !bytes.Equal(w.Body.Bytes(), dot()) {
		t.Errorf("the picture: %d, %q, %d bytes", w.Code, w.Header().Get("Content-Type"), w.Body.Len())
	}
	if w := b.get(page + "/logo/" + strings.Repeat("0", 64)); w.Code != http.StatusNotFound {
		t.Errorf("another picture: answered %d", w.Code)
	}
	if w := b.post(page+"/logo", map[string][]string{"remove": {"yes"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a form of another sort: answered %d", w.Code)
	}
}

// TestLogoByAddress: no address of a private network is asked, and nobody but
// the territory's own people may name one.
func TestLogoByAddress(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	asked := false
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked = true
		_, _ = w.Write(dot())
	}))
	t.Cleanup(inside.Close)
	for role, path := range map[territory.Role]string{
		territory.Officer:       "/t/marseille/organisations/" + h.ours + "/logo",
		territory.Company:       "/t/marseille/organisations/" + h.company + "/logo",
		territory.Administrator: "/t/marseille/settings/logo",
	} {
		w := h.as(h.users[role]).give(path, nil, inside.URL)
		offered := strings.Contains(w.Body.String(), `name="address"`)
		if w.Code != http.StatusUnprocessableEntity || offered != (role != territory.Company) {
			t.Errorf("%s: answered %d; an address is offered: %t", role, w.Code, offered)
		}
	}
	if asked {
		t.Error("a server on loopback was asked")
	}
}

// TestLogoOfTheTerritory: it stands in the frame of every page, for members.
func TestLogoOfTheTerritory(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	src := "/t/marseille/logo/" + h.home.Logo
	reader := h.as(h.users[territory.Observer])
	if page := reader.get("/t/marseille").Body.String(); !strings.Contains(page, `src="`+src+`"`) {
		t.Error("the frame does not show the logo")
	}
	b := h.as(h.users[territory.Administrator])
	if w := b.give("/t/marseille/settings/logo", []byte("GIF89a"), ""); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="marseille"`) {
		t.Errorf("a file that is none: answered %d", w.Code)
	}
	if w := b.give("/t/marseille/settings/logo", dot(), ""); w.Code != http.StatusSeeOther {
		t.Errorf("a picture: answered %d", w.Code)
	}
	if w := reader.get(src); w.Code != http.StatusNotFound {
		t.Errorf("the former logo: answered %d", w.Code)
	}
}
