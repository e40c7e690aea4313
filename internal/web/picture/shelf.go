package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

// A Shelf keeps pictures for good, each under the hash of what it holds, so
// that undoing can bring a former one back.
type Shelf struct {
	Put  func(territory int, content io.Reader) (hash string, err error)
	Open func(territory int, hash string) (io.ReadSeekCloser, error)
	// Fetch gets a picture from an address, as [Fetcher.Fetch] does.
	Fetch func(ctx context.Context, address string) ([]byte, error)
}

// Receive keeps the picture that the form of [Choose] sent, as a file or, where
// the sender may name one, by its address: "" takes it away. What is wrong with
// it are [fault.Problems] of the form's fields.
func (s Shelf) Receive(r *http.Request, territory int, byAddress bool) (hash string, err error) {
	if err := r.ParseMultipartForm(mostBytes); err != nil {
		return "", unread(err)
	}
	if r.PostFormValue("remove") != "" {
		return "", nil
	}
	var problems fault.Problems
	field, small, err := s.sent(r, byAddress)
	if fault.Is(err, fault.Invalid) {
		problems.AddError(field, err)
		return "", problems
	}
	if err != nil {
		return "", err
	}
	if hash, err = s.Put(territory, bytes.NewReader(small)); err != nil {
		return "", fmt.Errorf("keep a picture: %w", err)
	}
	return hash, nil
}

// sent is the picture of a form, and the field that it came by.
func (s Shelf) sent(r *http.Request, byAddress bool) (field string, small []byte, err error) {
	address := strings.TrimSpace(r.PostFormValue("address"))
	file, _, err := r.FormFile("file")
	switch {
	case err == nil:
		defer file.Close()
		small, err = Shrink(file)
		return "file", small, err
	case !errors.Is(err, http.ErrMissingFile):
		return "", nil, fmt.Errorf("read the file of a form: %w", err)
	case address == "" || !byAddress:
		return "file", nil, fault.New(fault.Invalid, "picture.missing")
	default:
		small, err = s.Fetch(r.Context(), address)
		return "address", small, err
	}
}

func unread(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return fault.Because(err, fault.TooLarge, "picture.too_large", mostBytes>>20)
	}
	return fault.Problems{{Field: "file", Key: "picture.missing"}}
}

// Serve answers with a picture, where the address names it by its {hash}: under
// it, it never changes, and browsers may keep it for those who may see it.
func (s Shelf) Serve(w http.ResponseWriter, r *http.Request, territory int, hash string) error {
	if hash == "" || hash != r.PathValue("hash") {
		return fault.New(fault.NotFound, "picture.none")
	}
	content, err := s.Open(territory, hash)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Because(err, fault.NotFound, "picture.none")
	case err != nil:
		return fmt.Errorf("open a picture: %w", err)
	}
	defer content.Close()
	header := w.Header()
	header.Set("Content-Type", "image/png")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("Cache-Control", "private, max-age=86400, immutable")
	header.Set("ETag", `"`+hash+`"`)
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}
