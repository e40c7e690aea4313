package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/bench/internal/server"
	"github.com/escale-hq/escale/bench/internal/workspace"
)

// A written organisation is what a writer wants kept of one.
type written struct {
	name, street string
	version      int
}

// A writer is somebody who adds organisations and changes their own, one write
// after the other, and remembers what was acknowledged.
type writer struct {
	number  int
	session *server.Session
	random  *rand.Rand
	written int // names given so far
	mine    []string
	// kept is what was acknowledged, by id; nothing of it may be lost.
	kept map[string]written
	// invited are the addresses whose invitation was acknowledged.
	invited []string
	// open is what was asked for when the answers stopped: it may have been kept
	// or not, but not in part.
	open attempt
	// refusal is the last answer that was not a yes.
	refusal server.Answer
}

// An attempt is one write: of a new organisation where there is no id.
type attempt struct {
	id   string
	as   written
	mail string // or an invitation
}

func newWriters(sessions []*server.Session, seed uint64) []*writer {
	writers := make([]*writer, len(sessions))
	for i, session := range sessions {
		writers[i] = &writer{
			number: i, session: session, random: rand.New(rand.NewPCG(seed, uint64(i))), kept: map[string]written{},
		}
	}
	return writers
}

// write writes until an answer is not a yes, or none comes. It tells of each
// acknowledged write.
func (w *writer) write(ctx context.Context, acknowledged func()) {
	for ctx.Err() == nil {
		w.open = w.next()
		path, form := w.open.request()
		answer, err := w.session.Post(ctx, path, form)
		if err != nil {
			return
		}
		if answer.Status != http.StatusSeeOther {
			w.refusal = answer
			return
		}
		w.note(answer)
		acknowledged()
	}
}

// next is a new organisation, a change to one, or, by the administrator, an
// invitation.
func (w *writer) next() attempt {
	w.written++
	name := fmt.Sprintf("Essai %c%d", 'A'+w.number, w.written)
	street := fmt.Sprintf("%d rue des Essais", w.written)
	switch draw := w.random.IntN(10); {
	case w.number == 0 && draw < 3:
		return attempt{mail: fmt.Sprintf("invite%d@banc.example", w.written)}
	case len(w.mine) > 0 && draw < 6:
		id := w.mine[w.random.IntN(len(w.mine))]
		before := w.kept[id]
		return attempt{id: id, as: written{before.name, street, before.version + 1}}
	default:
		return attempt{as: written{name, street, 1}}
	}
}

func (a attempt) request() (path string, form url.Values) {
	if a.mail != "" {
		return workspace.Home + "/members", url.Values{"email": {a.mail}, "name": {"Personne invitée"}, "role": {"officer"}}
	}
	path = workspace.Home + "/organisations"
	if a.id != "" {
		path += "/" + a.id
	}
	return path, url.Values{
		"version": {strconv.Itoa(a.as.version - 1)}, "name": {a.as.name}, "street": {a.as.street}, "country": {"FR"}, "city": {"Toulon"},
	}
}

// note remembers that what was asked for was acknowledged.
func (w *writer) note(answer server.Answer) {
	a := w.open
	w.open = attempt{}
	if a.mail != "" {
		w.invited = append(w.invited, a.mail)
		return
	}
	if a.id == "" {
		address, _, _ := strings.Cut(answer.Location, "?")
		a.id = path.Base(address)
	}
	w.keep(a.id, a.as)
}

func (w *writer) keep(id string, as written) {
	if _, known := w.kept[id]; !known {
		w.mine = append(w.mine, id)
	}
	w.kept[id] = as
}
