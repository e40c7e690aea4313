package picture

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/fault"
)

// A closed content is one in memory.
type closed struct{ *bytes.Reader }

func (closed) Close() error { return nil }

// shelf keeps one picture, under "kept"; what it fetches is another.
func shelf(t *testing.T) (s Shelf, held *[]byte) {
	fetched := pngOf(t, drawn(2, 2))
	held = new([]byte)
	return Shelf{
		Put: func(_ int, content io.Reader) (hash string, err error) {
			*held, err = io.ReadAll(content)
			return "kept", err
		},
		Open: func(territory int, hash string) (io.ReadSeekCloser, error) {
			if territory != 1 || hash != "kept" || *held == nil {
				return nil, fs.ErrNotExist
			}
			return closed{bytes.NewReader(*held)}, nil
		},
		Fetch: func(_ context.Context, address string) ([]byte, error) {
			if address != "https://example.org/logo.png" {
				return nil, fault.New(fault.Invalid, "picture.address")
			}
			return fetched, nil
		},
	}, held
}

// sent is a form as a browser sends it: a file unless nil, and a value.
func sent(t *testing.T, file []byte, name, value string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", map[bool]string{true: "", false: "logo.exe"}[file == nil])
	if err == nil {
		_, err = part.Write(file)
	}
	if err := errors.Join(err, form.WriteField(name, value), form.Close()); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

func TestReceive(t *testing.T) {
	good := pngOf(t, drawn(4, 4))
	for name, c := range map[string]struct {
		request   *http.Request
		byAddress bool
		hash      string
		refused   error
	}{
		"a file":                   {sent(t, good, "address", ""), true, "kept", nil},
		"a file before an address": {sent(t, good, "address", "https://nowhere.example"), true, "kept", nil},
		"an address":               {sent(t, nil, "address", " https://example.org/logo.png "), true, "kept", nil},
		"an address of whoever may not": {
			sent(t, nil, "address", "https://example.org/logo.png"), false, "", fault.Problems{{Field: "file", Key: "picture.missing"}},
		},
		"a wrong address": {
			sent(t, nil, "address", "file:///etc/passwd"), true, "", fault.Problems{{Field: "address", Key: "picture.address"}},
		},
		"a wrong file":  {sent(t, []byte("GIF89a"), "address", ""), true, "", fault.Problems{{Field: "file", Key: "picture.unread"}}},
		"nothing":       {sent(t, nil, "address", ""), true, "", fault.Problems{{Field: "file", Key: "picture.missing"}}},
		"taken away":    {sent(t, nil, "remove", "yes"), true, "", nil},
		"another form":  {httptest.NewRequest("POST", "/", nil), true, "", fault.Problems{{Field: "file", Key: "picture.missing"}}},
		"no whole form": {broken(t), true, "", fault.Problems{{Field: "file", Key: "picture.missing"}}},
	} {
		s, _ := shelf(t)
		hash, err := s.Receive(c.request, 1, c.byAddress)
		if hash != c.hash {
			t.Errorf("%s: kept under %q", name, hash)
		}
		if diff := cmp.Diff(c.refused, err); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func broken(t *testing.T) *http.Request {
	r := sent(t, []byte("x"), "address", "")
	r.Body = io.NopCloser(io.LimitReader(r.Body, 20))
	return r
}

func TestServe(t *testing.T) {
	s, _ := shelf(t)
	if _, err := s.Receive(sent(t, pngOf(t, drawn(4, 4)), "", ""), 1, false); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		territory     int
		asked, record string
		kind          fault.Kind
	}{
		"the present one":     {1, "kept", "kept", -1},
		"none":                {1, "kept", "", fault.NotFound},
		"a former one":        {1, "former", "kept", fault.NotFound},
		"nothing at all":      {1, "", "", fault.NotFound},
		"lost":                {1, "lost", "lost", fault.NotFound},
		"another territory's": {2, "kept", "kept", fault.NotFound},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
		r.SetPathValue("hash", c.asked)
		err := s.Serve(w, r, c.territory, c.record)
		if c.kind >= 0 {
			if !fault.Is(err, c.kind) || w.Body.Len() > 0 {
				t.Errorf("%s: %v, %d bytes", name, err, w.Body.Len())
			}
			continue
		}
		got := map[string]string{}
		for _, key := range []string{"Content-Type", "X-Content-Type-Options", "Cache-Control", "Etag"} {
			got[key] = w.Header().Get(key)
		}
		want := map[string]string{
			"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Etag": `"kept"`,
			"Cache-Control": "private, max-age=86400, immutable",
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" || w.Body.Len() == 0 {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}
