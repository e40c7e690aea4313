package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/escale-hq/escale/internal/fault"
)

// ReadForm reads the form that a request sent, or says why it cannot.
func ReadForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	return nil
}

// ReadFiles reads a form that sends files, and hands each to take as it comes:
// nothing is kept of them here. A name is as the browser gave it, and no path of
// this machine.
func ReadFiles(r *http.Request, take func(name string, content io.Reader) error) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return unread(err)
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unread(err)
		}
		name := fileName(part)
		if name == "" {
			continue
		}
		err = take(name, part)
		if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
			return unread(err)
		}
		if err != nil {
			return err
		}
	}
}

// fileName is the name of a file as the browser gave it, or "" where no file was
// chosen. Part.FileName would drop its folders by the rules of this machine only.
func fileName(part *multipart.Part) string {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return parameters["filename"]
}

// unread is the fault of a form that could not be read.
func unread(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return fault.Because(err, fault.TooLarge, "web.too_large", int(large.Limit>>20))
	}
	return fault.Because(err, fault.Invalid, "web.form_unread")
}
