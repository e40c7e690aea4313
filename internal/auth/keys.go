package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// keys are made from the key of the settings, one for each use, so that what is
// made for one is worth nothing for another.
type keys struct {
	links   []byte // the tokens of personal links
	reading []byte // and of those that only show
	paper   []byte // codes on paper
	codes   []byte // codes sent by mail
	cookies cipher.AEAD
}

func newKeys(secret []byte) (keys, error) {
	var all [5][]byte
	for i, use := range []string{"links", "reading", "paper", "codes", "cookies"} {
		key, err := hkdf.Key(sha256.New, secret, nil, "escale auth "+use, 32)
		if err != nil {
			return keys{}, fmt.Errorf("derive the key of %s: %w", use, err)
		}
		all[i] = key
	}
	block, err := aes.NewCipher(all[4])
	if err != nil {
		return keys{}, err
	}
	cookies, err := cipher.NewGCMWithRandomNonce(block)
	return keys{links: all[0], reading: all[1], paper: all[2], codes: all[3], cookies: cookies}, err
}

// mac authenticates parts of fixed length.
func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// seal makes a text that only this key opens, for the cookie of a name.
func (k keys) seal(name string, text []byte) string {
	return base64.RawURLEncoding.EncodeToString(k.cookies.Seal(nil, nil, text, []byte(name)))
}

// open reads what was sealed for the cookie of a name.
func (k keys) open(name, sealed string) ([]byte, error) {
	data, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return nil, err
	}
	return k.cookies.Open(nil, nil, data, []byte(name))
}
