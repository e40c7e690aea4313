package config

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// keySize is the length of a key, in bytes.
const keySize = 32

// Key is what seals personal links and cookies. It is never in the database:
// whoever steals that can forge none.
type Key struct {
	// Text is the key as it was given; empty when a file keeps it.
	Text Secret
	// File keeps the key where none was given, beside an SQLite database.
	File string
}

// Bytes gives the key, and makes one in the file the first time. A file that
// others can read, or that holds no key, is refused as [Problems].
func (k Key) Bytes() ([]byte, error) {
	if k.Text != "" {
		return decodeKey(string(k.Text))
	}
	err := createKey(k.File)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	return readKey(k.File)
}

func readKey(path string) ([]byte, error) {
	refused := func(kind Kind) error {
		return Problems{{Kind: kind, Setting: "key", Value: path, Source: Source{Default, path}}}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	// Windows keeps rights elsewhere than in the mode.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, refused(Exposed)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	key, err := decodeKey(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, refused(NoKey)
	}
	return key, nil
}

// createKey makes a key file, whole or not at all: of two processes that start
// together, one makes it, and the other is told that it exists.
func createKey(path string) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // with mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(draft.Name())) }()
	_, err = fmt.Fprintln(draft, base64.StdEncoding.EncodeToString(newKey()))
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Link(draft.Name(), path)
}

func newKey() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // it never fails: it would end the program
	return key
}

func parseKeyText(text string) (Secret, error) {
	_, err := decodeKey(text)
	return Secret(text), err
}

// decodeKey reads a key in hexadecimal or in any usual base64: the number of
// characters tells them apart.
func decodeKey(text string) ([]byte, error) {
	key, err := hex.DecodeString(text)
	if len(text) != hex.EncodedLen(keySize) {
		plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
		key, err = base64.RawStdEncoding.DecodeString(plain)
	}
	if err != nil || len(key) != keySize {
		return nil, want("key", keySize)
	}
	return key, nil
}
