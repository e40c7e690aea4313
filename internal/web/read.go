package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

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
	_, err := ReadMixed(r, func(_, name string, content io.Reader) error { return take(name, content) })
	return err
}

// ReadMixed reads a form that sends files beside other values, which it gives.
// Each file is handed to take as [ReadFiles] does, with the name of its input.
func ReadMixed(r *http.Request, take func(input, name string, content io.Reader) error) (url.Values, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, unread(err)
	}
	values := url.Values{}
	left := int64(mostValues)
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return values, nil
		case err != nil:
			return nil, unread(err)
		}
		name, file := fileName(part)
		switch {
		case !file:
			err = readValue(values, part, &left)
		case name != "":
			err = take(part.FormName(), name, part)
		}
		if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
			return nil, unread(err)
		}
		if err != nil {
			return nil, err
		}
	}
}

// mostValues is how many bytes the values of a form have together, its files
// aside.
const mostValues = 1 << 20

// readValue reads one value of a form, of no more than what is left.
func readValue(values url.Values, part *multipart.Part, left *int64) error {
	text, err := io.ReadAll(io.LimitReader(part, *left+1))
	if err != nil {
		return unread(err)
	}
	if *left -= int64(len(text)); *left < 0 {
		return fault.New(fault.TooLarge, "web.too_large", mostValues>>20)
	}
	values.Add(part.FormName(), string(text))
	return nil
}

// fileName is the name of a file as the browser gave it, "" where none was
// chosen, and whether the part is of a file at all. Part.FileName would drop its
// folders by the rules of this machine only.
func fileName(part *multipart.Part) (name string, file bool) {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return "", false
	}
	name, file = parameters["filename"]
	return name, file
}

// unread is the fault of a form that could not be read.
func unread(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return fault.Because(err, fault.TooLarge, "web.too_large", int(large.Limit>>20))
	}
	return fault.Because(err, fault.Invalid, "web.form_unread")
}
