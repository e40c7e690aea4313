package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/fault"
)

const filesForm = "multipart/form-data; boundary=b"

// parts is the body of a form of several parts, each a head and a content.
func parts(of ...string) string {
	var body strings.Builder
	for i := 0; i < len(of); i += 2 {
		fmt.Fprintf(&body, "--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n", of[i], of[i+1])
	}
	return body.String() + "--b--\r\n"
}

// posted is a request that sends a body, of which so many bytes are taken.
func posted(kind, body string, limit int64) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, limit)
	return r
}

func TestReadFiles(t *testing.T) {
	body := parts(
		`name="title"`, "no file", `name="file"; filename="a.txt"`, "first",
		`name="file"; filename=""`, "", `name="other"; filename="C:\list\b.csv"`, "second",
	)
	var got []string
	err := ReadFiles(posted(filesForm, body, 1<<20), func(name string, content io.Reader) error {
		data, err := io.ReadAll(content)
		got = append(got, name+": "+string(data))
		return err
	})
	if diff := cmp.Diff([]string{"a.txt: first", `C:\list\b.csv: second`}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// TestReadMixed: the values come back, and each file with the name of its input.
func TestReadMixed(t *testing.T) {
	body := parts(
		`name="title"`, "Calanque", `name="plan"; filename="a.txt"`, "first", `name="plan"; filename=""`, "", `name="title"`, "Santé",
	)
	var files []string
	values, err := ReadMixed(posted(filesForm, body, 1<<20), func(input, name string, _ io.Reader) error {
		files = append(files, input+": "+name)
		return nil
	})
	if diff := cmp.Diff(url.Values{"title": {"Calanque", "Santé"}}, values); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if diff := cmp.Diff([]string{"plan: a.txt"}, files); diff != "" {
		t.Error(diff)
	}
}

// TestFormsThatAreRefused: there is one answer for what is too large, and one
// for what is no form, whatever sends it.
func TestFormsThatAreRefused(t *testing.T) {
	file := `name="file"; filename="a.txt"`
	errTaken := errors.New("taken badly")
	files := func(r *http.Request) error {
		return ReadFiles(r, func(_ string, content io.Reader) error {
			if _, err := io.ReadAll(content); err != nil {
				return fmt.Errorf("store a file: %w", err)
			}
			return errTaken
		})
	}
	for name, c := range map[string]struct {
		read       func(*http.Request) error
		kind, body string
		want       fault.Kind
		key        string
	}{
		"fields of too many bytes":          {ReadForm, "application/x-www-form-urlencoded", "a=" + strings.Repeat("b", 4<<20), fault.TooLarge, "web.too_large"},
		"fields that are none":              {ReadForm, "application/x-www-form-urlencoded", "a=%zz", fault.Invalid, "web.form_unread"},
		"a file of too many bytes":          {files, filesForm, parts(file, strings.Repeat("b", 4<<20)), fault.TooLarge, "web.too_large"},
		"too many bytes that are no file":   {files, filesForm, parts(`name="a"`, strings.Repeat("b", 4<<20)), fault.TooLarge, "web.too_large"},
		"a form that breaks off":            {files, filesForm, "--b\r\nContent-", fault.Invalid, "web.form_unread"},
		"fields where files should be":      {files, "application/x-www-form-urlencoded", "a=b", fault.Invalid, "web.form_unread"},
		"a file that its taker cannot take": {files, filesForm, parts(file, "a"), fault.Internal, ""},
	} {
		err := c.read(posted(c.kind, c.body, 3<<20))
		if fault.KindOf(err) != c.want || c.key != "" && fault.Of(err).Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
		if c.key == "" && !errors.Is(err, errTaken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
