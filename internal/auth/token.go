package auth

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"

	"github.com/google/uuid"
)

// The parts of a link's token, in bytes: the territory, the id and the
// generation of the link, and a seal over them. A forged token is known by its
// seal, before the database is asked.
const (
	namedBytes = 4 + 16 + 4
	sealBytes  = 18 // makes a multiple of three: the text has no spare bits
)

// name is what a token says of its link.
func (l Link) name() []byte {
	id := uuid.MustParse(l.ID)
	text := binary.BigEndian.AppendUint32(nil, uint32(l.TerritoryID))
	text = append(text, id[:]...)
	return binary.BigEndian.AppendUint32(text, uint32(l.Generation))
}

// linkToken is the token of a link under one of the keys of tokens.
func linkToken(key []byte, l Link) string {
	name := l.name()
	return base64.RawURLEncoding.EncodeToString(append(name, mac(key, name)[:sealBytes]...))
}

// readToken says what a token names, and whether it only shows. What it names
// may have been revoked or renewed since.
func (k keys) readToken(token string) (l Link, reading, genuine bool) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(text) != namedBytes+sealBytes {
		return Link{}, false, false
	}
	name, seal := text[:namedBytes], text[namedBytes:]
	acting := hmac.Equal(seal, mac(k.links, name)[:sealBytes])
	reading = hmac.Equal(seal, mac(k.reading, name)[:sealBytes])
	if !acting && !reading {
		return Link{}, false, false
	}
	return Link{
		TerritoryID: int(binary.BigEndian.Uint32(name)),
		ID:          uuid.UUID(name[4:20]).String(),
		Generation:  int(binary.BigEndian.Uint32(name[20:])),
	}, reading, true
}

// LinkAddress is where a link leads: the same each time, so that it can be sent
// again, until the link is renewed.
func (a *Auth) LinkAddress(l Link) string {
	return a.with.PublicURL.JoinPath(linkPath(linkToken(a.keys.links, l), l.Purpose)).String()
}

func linkPath(token, page string) string { return "/l/" + token + "/" + page }
