package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/territory"
)

// answer is what the register says of an invented company, in its own fields.
const answer = `{"results": [{"siren": "732829320", "nom_complet": "TESTS RAPIDES", "nom_raison_sociale": "TESTS RAPIDES",
	"etat_administratif": "A", "statut_diffusion": "O", "activite_principale": "21.20Z", "tranche_effectif_salarie": "12",
	"siege": {"siret": "73282932000074", "adresse": "1 QUAI DU PORT 13002 MARSEILLE", "code_postal": "13002",
	"libelle_commune": "MARSEILLE", "etat_administratif": "A", "statut_diffusion_etablissement": "O"}}], "total_results": 1}`

// asks opens the house's register at a server that answers so, and counts what
// it is asked.
func (h *house) asks(status int, body string) (questions *int) {
	questions = new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		*questions++
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	h.t.Cleanup(server.Close)
	r, err := register.New(server.URL, directory.RegisterAnswers(h.app.db), h.app.now)
	if err != nil {
		h.t.Fatal(err)
	}
	h.app.register = r
	return questions
}

func TestLookupFillsTheForm(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			h := build(t, address(t))
			questions := h.asks(http.StatusOK, answer)
			b := h.as(h.users[territory.Officer])
			for range 2 {
				w := b.post("/t/marseille/organisations/lookup", url.Values{"siret": {"732 829 320 00074"}, "phone": {"04 91"}})
				for _, want := range []string{"TESTS RAPIDES", `value="21.20Z"`, `value="13002"`, `value="04 91"`, "knows"} {
					if !strings.Contains(w.Body.String(), want) {
						t.Errorf("the form has no %s", want)
					}
				}
			}
			if *questions != 1 {
				t.Errorf("the register was asked %d times: answers are kept", *questions)
			}
		})
	}
}

// TestLookupBlocksNothing: whatever the register does, the form comes back as it
// was typed, and can be saved.
func TestLookupBlocksNothing(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
	}{
		"busy": {http.StatusTooManyRequests, ""}, "garbage": {http.StatusOK, "<html>"},
		"nobody": {http.StatusOK, `{"results": [], "total_results": 0}`},
	} {
		h := build(t, dbtest.SQLite(t))
		h.asks(c.status, c.body)
		b := h.as(h.users[territory.Officer])
		sent := url.Values{"name": {"Ours & theirs"}, "siren": {"732829320"}, "version": {"1"}}
		w := b.post("/t/marseille/organisations/"+h.ours+"/lookup", sent)
		if page := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(page, `value="Ours &amp; theirs"`) || !strings.Contains(page, `class="note`) {
			t.Errorf("%s: %d, and what was typed or the note is missing", name, w.Code)
		}
		if w := b.post("/t/marseille/organisations/"+h.ours, sent); w.Code != http.StatusSeeOther {
			t.Errorf("%s: saved with %d", name, w.Code)
		}
	}
}
