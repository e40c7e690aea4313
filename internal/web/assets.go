package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed css/*.css
var sheets embed.FS

//go:embed js/*.js lib/*.js icons.svg logo.svg
var files embed.FS

// layers are the style sheets in the order in which each gives way to the next.
func layers() []string {
	return []string{"base", "forms", "layout", "components", "utilities", "print"}
}

// An AssetServer serves the files that pages need beside themselves, packed
// once and under an address that changes with their content.
type AssetServer struct {
	version string
	assets  map[string]asset
}

type asset struct {
	kind          string
	plain, packed []byte // packed is nil where it would not be smaller
}

// assets are the same for everyone and never change. They are part of the
// program, so one that cannot be read is a mistake in the program.
var assets = sync.OnceValue(func() *AssetServer {
	s, err := newAssets()
	if err != nil {
		panic(err)
	}
	return s
})

// Assets serves the files of the kit under /static/.
func Assets() *AssetServer { return assets() }

// Asset is the address of a file of the kit, such as "app.css".
func Asset(name string) string { return "/static/" + assets().version + "/" + name }

func newAssets() (*AssetServer, error) {
	s := &AssetServer{assets: map[string]asset{}}
	style, err := styleSheet()
	if err != nil {
		return nil, err
	}
	s.add("app.css", []byte(style))
	for _, folder := range []fs.FS{files, fonts} {
		err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(folder, name)
			s.add(path.Base(name), data)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read the files of pages: %w", err)
		}
	}
	s.version = s.digest()
	return s, nil
}

// styleSheet joins the fonts, the tokens and the layers.
func styleSheet() (string, error) {
	var sheet strings.Builder
	sheet.WriteString("@layer tokens," + strings.Join(layers(), ",") + ";\n")
	sheet.WriteString(linkedFonts())
	fmt.Fprintf(&sheet, "@layer tokens{\n%s}\n", tokens)
	for _, name := range layers() {
		data, err := sheets.ReadFile("css/" + name + ".css")
		if err != nil {
			return "", fmt.Errorf("read the style of pages: %w", err)
		}
		fmt.Fprintf(&sheet, "@layer %s{\n%s}\n", name, data)
	}
	return sheet.String(), nil
}

func (s *AssetServer) add(name string, data []byte) {
	a := asset{kind: mime.TypeByExtension(path.Ext(name)), plain: data}
	if path.Ext(name) == ".woff2" {
		a.kind = "font/woff2"
	} else if packed := pack(newPacker(gzip.BestCompression), data); len(packed) < len(data) {
		a.packed = packed
	}
	s.assets[name] = a
}

// digest stands for the content of all files together, so that a style sheet
// and a script can name others beside them.
func (s *AssetServer) digest() string {
	names := []string{}
	for name := range s.assets {
		names = append(names, name)
	}
	slices.Sort(names)
	hash := sha256.New()
	for _, name := range names {
		fmt.Fprintf(hash, "%s %d\n", name, len(s.assets[name].plain))
		hash.Write(s.assets[name].plain)
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}

// ServeHTTP answers "/static/<version>/<name>". Another version than ours is
// that of another release, mid-way through a change: it gets the file that we
// have, and keeps it for no longer than the page.
func (s *AssetServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	version, name := path.Split(strings.TrimPrefix(r.URL.Path, "/static/"))
	a, found := s.assets[name]
	if !found {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", a.kind)
	header.Set("Cache-Control", "no-cache")
	if strings.Trim(version, "/") == s.version {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body, tag := a.plain, s.version
	if a.packed != nil {
		header.Add("Vary", "Accept-Encoding")
		if takesGzip(r) {
			header.Set("Content-Encoding", "gzip")
			body, tag = a.packed, s.version+"-gzip"
		}
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}
