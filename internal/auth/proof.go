package auth

import (
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// codeLife is how long a code sent by mail can be typed, proofLife how long a
// browser is then believed.
const (
	codeLife  = 10 * time.Minute
	proofLife = 12 * time.Hour
)

// mostCodes and mostProofs are how many codes may be sent and typed in an hour,
// for one link; mostCodesADay, how many may be sent in a day: whoever finds a
// link shall not fill the mailbox of whom it was sent to.
const (
	mostCodes     = 5
	mostCodesADay = 20
	mostProofs    = 10
)

// The cookies of a link that needs a code: the nonce of the code that was sent
// to this browser, and the proof that it was typed.
func codeCookie(l Link) string  { return "escale_code_" + l.ID }
func proofCookie(l Link) string { return "escale_proof_" + l.ID }

func (a *Auth) proven(r *http.Request, l Link) bool {
	var generation int
	return a.kept(r, proofCookie(l), &generation) == nil && generation == l.Generation
}

// askProof offers to send a code or, once that is done, to type it; problems
// are with the one that was typed.
func (a *Auth) askProof(w http.ResponseWriter, r *http.Request, l Link, problems fault.Problems) error {
	f := a.frame(r)
	f.Title = f.Words.T("auth.code.title")
	status := http.StatusOK
	if r.Method == http.MethodPost {
		status = http.StatusUnprocessableEntity
	}
	var nonce string
	page := proofView{
		form: web.Form{Words: f.Words, Problems: problems}, sent: a.kept(r, codeCookie(l), &nonce) == nil,
		token: r.PathValue("token"), to: masked(l.SentTo),
	}
	return web.Render(w, r, status, proofPage(f, page))
}

// proofView is what the page that asks for a code shows.
type proofView struct {
	form      web.Form
	sent      bool
	token, to string
}

// masked lets somebody recognise an address that they know.
func masked(email string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 1 {
		return ""
	}
	return string([]rune(email)[:1]) + "…" + email[at:]
}

// sendCode answers POST /l/{token}/code.
func (a *Auth) sendCode(w http.ResponseWriter, r *http.Request, v Visitor) error {
	l, nonce := v.Link, newToken()
	if v.Reading || l.SentTo == "" {
		return a.linkOver(w, r, fault.New(fault.NotFound, "auth.link.unknown"))
	}
	err := a.db.Write(r.Context(), func(tx *db.Tx) error {
		if err := Limit(r.Context(), tx, "codes for link "+l.ID, mostCodes, time.Hour); err != nil {
			return err
		}
		if err := Limit(r.Context(), tx, "codes of a day for link "+l.ID, mostCodesADay, 24*time.Hour); err != nil {
			return err
		}
		return a.with.Send(r.Context(), tx, Letter{
			Key: "auth.letter.code", To: l.SentTo, ToName: l.Name, Language: l.Language, Args: []any{a.keys.mailCode(l, nonce)},
		})
	})
	if err != nil {
		return err
	}
	if err := a.keep(w, codeCookie(l), nonce, codeLife); err != nil {
		return err
	}
	http.Redirect(w, r, linkPath(r.PathValue("token"), l.Purpose), http.StatusSeeOther)
	return nil
}

// prove answers POST /l/{token}/proof.
func (a *Auth) prove(w http.ResponseWriter, r *http.Request, v Visitor) error {
	l := v.Link
	err := a.db.Write(r.Context(), func(tx *db.Tx) error {
		return Limit(r.Context(), tx, "proofs for link "+l.ID, mostProofs, time.Hour)
	})
	if err != nil {
		return err
	}
	var nonce string
	if err := a.kept(r, codeCookie(l), &nonce); err != nil {
		return a.askProof(w, r, l, fault.Problems{{Field: "code", Key: "auth.code.old"}})
	}
	typed := strings.Join(strings.Fields(r.PostFormValue("code")), "")
	if subtle.ConstantTimeCompare([]byte(typed), []byte(a.keys.mailCode(l, nonce))) != 1 {
		return a.askProof(w, r, l, fault.Problems{{Field: "code", Key: "auth.code.wrong"}})
	}
	a.dropCookie(w, codeCookie(l)) // a code counts once
	if err := a.keep(w, proofCookie(l), l.Generation, proofLife); err != nil {
		return err
	}
	http.Redirect(w, r, linkPath(r.PathValue("token"), l.Purpose), http.StatusSeeOther)
	return nil
}

// mailCode is six digits, sent to whom a link was sent: those of one browser,
// which holds the nonce.
func (k keys) mailCode(l Link, nonce string) string {
	sum := mac(k.codes, l.name(), []byte(nonce))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(sum)%1_000_000)
}
