package auth

import (
	"context"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// How many wrong codes may be typed in an hour: by one client, and by one once
// all clients together typed too many in a territory.
//
// Only wrong ones count, so that forty people behind the address of one hotel
// can all read their agenda. No number of strangers shuts a territory out, which
// would be a cheap way to spoil its mission: when many guess, each client is
// left fewer tries, and whoever holds a right code still gets in. Of 2^40 codes
// a territory uses some thousands, so that even 100,000 clients at this pace
// would guess for months to read one agenda.
const (
	mostPapersFrom  = 20
	fewPapersFrom   = 5
	mostPapersThere = 1000
)

// paperLetters are the digits and letters that a hand does not confuse; what it
// writes in place of 0 and 1 is read as them.
const paperLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var (
	paperEncoding = base32.NewEncoding(paperLetters).WithPadding(base32.NoPadding)
	paperFolding  = strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1")
)

// paperCode is eight letters, by which a link is read from paper.
func (k keys) paperCode(l Link) string {
	return paperEncoding.EncodeToString(mac(k.paper, []byte("code"), l.name())[:5])
}

// paperDigest is what is kept of a code. Without the key nobody tries them all.
func (k keys) paperDigest(code string) string {
	return hex.EncodeToString(mac(k.paper, []byte("kept"), []byte(code)))
}

// PaperCode is printed beside what a link is for: typed at /l, it shows the
// pages of the link. The number of the territory comes first: "12-K7QF-9T2M".
func (a *Auth) PaperCode(l Link) string {
	code := a.keys.paperCode(l)
	return fmt.Sprintf("%d-%s-%s", l.TerritoryID, code[:4], code[4:])
}

// readPaper takes a code apart, however it was typed.
func readPaper(typed string) (territory int, code string, ok bool) {
	typed = paperFolding.Replace(strings.ToUpper(typed))
	at := len(typed) - 8
	if at < 1 {
		return 0, "", false
	}
	number, err := strconv.ParseUint(typed[:at], 10, 31)
	return int(number), typed[at:], err == nil
}

// paper answers GET /l, where a code on paper is typed.
func (a *Auth) paper(w http.ResponseWriter, r *http.Request) error {
	return a.paperForm(w, r, http.StatusOK, web.Form{})
}

func (a *Auth) paperForm(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := a.frame(r)
	f.Title, form.Words = f.Words.T("auth.paper.title"), f.Words
	return web.Render(w, r, status, paperPage(f, form))
}

// readFromPaper answers POST /l: it leads to what the link shows.
func (a *Auth) readFromPaper(w http.ResponseWriter, r *http.Request) error {
	territory, code, ok := readPaper(r.PostFormValue("code"))
	from, there := "papers from "+a.Origin(r), fmt.Sprintf("papers of territory %d", territory)
	if err := a.tryPaper(r.Context(), from, there); err != nil {
		return err
	}
	l, err := a.onPaper(r.Context(), territory, code)
	if !ok || fault.Is(err, fault.NotFound) {
		form := web.Form{Values: r.PostForm, Problems: fault.Problems{{Field: "code", Key: "auth.paper.unknown"}}}
		return a.paperForm(w, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	if err := a.forgive(r.Context(), from, there); err != nil {
		return err
	}
	http.Redirect(w, r, linkPath(linkToken(a.keys.reading, l), l.Purpose), http.StatusSeeOther)
	return nil
}

// tryPaper counts a code as wrong, before anybody looks whether it is: so that
// many sent at once are counted too.
func (a *Auth) tryPaper(ctx context.Context, from, there string) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		wrong, err := count(ctx, tx, there, time.Hour)
		if err != nil {
			return err
		}
		most := mostPapersFrom
		if wrong > mostPapersThere {
			most = fewPapersFrom
		}
		return Limit(ctx, tx, from, most, time.Hour)
	})
}

// forgive takes a try back, which was right after all.
func (a *Auth) forgive(ctx context.Context, buckets ...string) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		for _, bucket := range buckets {
			if err := New(tx).untry(ctx, digest(bucket)); err != nil {
				return fmt.Errorf("take a try back: %w", err)
			}
		}
		return nil
	})
}

// onPaper finds the link of a code. Should two ever share one it opens neither.
func (a *Auth) onPaper(ctx context.Context, territory int, code string) (l Link, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := New(tx).linksOnPaper(ctx, territory, a.keys.paperDigest(code))
		switch {
		case err != nil:
			return fmt.Errorf("find the link of a code: %w", err)
		case len(rows) != 1:
			return fault.New(fault.NotFound, "auth.paper.unknown")
		}
		l = Link(rows[0])
		return nil
	})
	return l, err
}
