package config

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestKeyIsReadInEveryWriting compares with the encoders of the library.
func TestKeyIsReadInEveryWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Byte(), keySize, keySize).Draw(t, "key")
		for _, write := range []func([]byte) string{
			hex.EncodeToString, base64.StdEncoding.EncodeToString, base64.RawStdEncoding.EncodeToString,
			base64.URLEncoding.EncodeToString, base64.RawURLEncoding.EncodeToString,
		} {
			got, err := Key{Text: Secret(write(want))}.Bytes()
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", write(want), err, diff)
			}
		}
	})
}

// TestKeyIsMadeOnce: many that start together share one key, in a file of its
// owner's alone, with nothing left beside it.
func TestKeyIsMadeOnce(t *testing.T) {
	key := Key{File: filepath.Join(t.TempDir(), "escale.db.key")}
	var all sync.WaitGroup
	var got [8][]byte
	for i := range got {
		all.Go(func() {
			var err error
			if got[i], err = key.Bytes(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, other := range got {
		if diff := cmp.Diff(got[0], other); diff != "" || len(other) != keySize {
			t.Fatalf("%x and %x", got[0], other)
		}
	}
	files, err := os.ReadDir(filepath.Dir(key.File))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestKeyFileIsRefused when others can read it, or it holds no key, and is then
// left as it is.
func TestKeyFileIsRefused(t *testing.T) {
	good := hex.EncodeToString(make([]byte, keySize)) + "\n"
	for _, test := range []struct {
		text string
		mode fs.FileMode
		want Kind
	}{
		{good, 0o640, Exposed},
		{good, 0o604, Exposed},
		{good, 0o660, Exposed},
		{"", 0o600, NoKey},
		{good[:40], 0o600, NoKey},
		{good, 0o400, ""},
	} {
		path := write(t, "key", test.text)
		if err := os.Chmod(path, test.mode); err != nil {
			t.Fatal(err)
		}
		_, err := Key{File: path}.Bytes()
		var problems Problems
		if errors.As(err, &problems) != (test.want != "") || test.want != "" && problems[0].Kind != test.want {
			t.Errorf("%q with mode %o: %v, want %q", test.text, test.mode, err, test.want)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != test.text {
			t.Errorf("the file became %q, %v", text, err)
		}
	}
}

func TestKeyNeedsItsFolder(t *testing.T) {
	_, err := Key{File: filepath.Join(t.TempDir(), "absent", "key")}.Bytes()
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
