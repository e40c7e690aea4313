package panel_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record/panel"
)

const (
	pdf    = "%PDF-1.7\nfirst"
	plenty = 1 << 20
)

func TestAFilesLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		page := "/organisations/" + h.ours + "/files"
		want(t, h.upload(h.officer, page, "Étude.pdf", pdf, plenty), http.StatusSeeOther)
		want(t, h.upload(h.other, page, "Étude.pdf", pdf+" second", plenty), http.StatusSeeOther)
		want(t, h.upload(h.other, page, "Étude.pdf", pdf+" second", plenty), http.StatusSeeOther) // the same again
		id := h.lastOf("file")
		want(t, h.get(h.officer, "/organisations/"+h.ours+"/notes"), http.StatusOK, "Étude.pdf", "/files/"+id+"/contents/2", "1 KB · Bo")
		want(t, h.get(h.officer, "/files/"+id), http.StatusOK, "Version 1", "Version 2", "present")

		w := h.get(h.officer, "/files/"+id+"/contents/1")
		if w.Code != http.StatusOK || w.Body.String() != pdf {
			t.Errorf("the first content: %d, %q", w.Code, w.Body)
		}
		got := map[string]string{}
		for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Security-Policy", "Cache-Control"} {
			got[name] = w.Header().Get(name)
		}
		if diff := cmp.Diff(map[string]string{
			"Content-Type": "application/pdf", "Content-Disposition": "attachment; filename*=utf-8''%C3%89tude.pdf",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store",
		}, got); diff != "" {
			t.Error(diff)
		}
		for _, number := range []string{"3", "0", "x", "-1"} {
			want(t, h.get(h.officer, "/files/"+id+"/contents/"+number), http.StatusNotFound)
		}

		h.undoLast("file", id)
		want(t, h.get(h.officer, "/organisations/"+h.ours+"/notes"), http.StatusOK, "/files/"+id+"/contents/1")
		want(t, h.upload(h.officer, page, "Étude.pdf", pdf+" third", plenty), http.StatusSeeOther)
		want(t, h.get(h.officer, "/organisations/"+h.ours+"/notes"), http.StatusOK, "/files/"+id+"/contents/3")

		want(t, h.post(h.other, "/files/"+id+"/delete", nil), http.StatusSeeOther)
		want(t, h.get(h.officer, "/organisations/"+h.ours+"/notes"), http.StatusOK, "No file yet", "1 item in the trash")
		want(t, h.post(h.other, "/files/"+id+"/restore", nil), http.StatusSeeOther)
		if diff := cmp.Diff([]string{"Étude.pdf"}, h.found(h.officer, "etude")); diff != "" {
			t.Errorf("found: %s", diff)
		}
	})
}

// stored lists what is in the folder of files, below it.
func (h *harbour) stored() (paths []string) {
	h.t.Helper()
	err := filepath.WalkDir(h.folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths = append(paths, strings.TrimPrefix(path, h.folder))
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return paths
}

func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func TestNamesOfUploadsAreNeverPaths(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for given, kept := range map[string]string{
		"../../etc/cron.d/evil.pdf":            "evil.pdf",
		`C:\\Users\\ana\\plan.pdf`:             "plan.pdf",
		"/etc/shadow.pdf":                      "shadow.pdf",
		"..\\..\\x.pdf":                        "x.pdf",
		"invoice\u202efdp.pdf":                 "invoicefdp.pdf",
		"a\u200bb\u00a0 c.pdf":                 "ab c.pdf",
		"e\u0301te\u0301.pdf":                  "été.pdf",
		"a:b*c?.pdf":                           "a_b_c_.pdf",
		strings.Repeat("é", 300) + ".pdf":      strings.Repeat("é", 116) + ".pdf",
		"  ...hidden.pdf. ":                    "hidden.pdf",
		strings.Repeat("../", 80) + "deep.pdf": "deep.pdf",
	} {
		w := h.upload(h.officer, "/organisations/"+h.ours+"/files", given, pdf+kept, plenty)
		want(t, w, http.StatusSeeOther)
		want(t, h.get(h.officer, "/organisations/"+h.ours+"/notes"), http.StatusOK, ">"+kept+"<")
	}
	for _, path := range h.stored() {
		if !strings.HasPrefix(path, "/1/") || len(filepath.Base(path)) != 64 {
			t.Errorf("stored at %s", path)
		}
	}
}

// TestAnyNameIsMadeFit: whatever a browser calls a file, it is refused or called
// something that is short, visible and no path, and that stays as it is.
func TestAnyNameIsMadeFit(t *testing.T) {
	folder := panel.NewFolder(t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.String().Draw(t, "name") + rapid.SampledFrom([]string{".pdf", "/x.pdf", ".pdf ", "\u202efdp.pdf"}).Draw(t, "end")
		u, err := folder.Receive(1, given, strings.NewReader(pdf))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		invisible := func(r rune) bool { return unicode.Is(unicode.C, r) || strings.ContainsRune("/\\", r) }
		if strings.ContainsFunc(u.Name, invisible) || utf8.RuneCountInString(u.Name) > 120 || filepath.Ext(u.Name) != ".pdf" {
			t.Fatalf("%q became %q", given, u.Name)
		}
		if again, err := folder.Receive(1, u.Name, strings.NewReader(pdf)); err != nil || again.Name != u.Name {
			t.Fatalf("%q became %q the second time, %v", u.Name, again.Name, err)
		}
	})
}

func TestFilesThatAreRefused(t *testing.T) {
	h := open(t, dbtest.Open(t))
	for name, c := range map[string]struct{ content, said string }{
		"page.html":    {"<!doctype html><script>", "of no kind that is taken"},
		"run.exe":      {"MZ\x90", "of no kind that is taken"},
		"drawing.svg":  {"<svg onload='x'/>", "of no kind that is taken"},
		"noending":     {pdf, "of no kind that is taken"},
		"lies.pdf":     {"<!doctype html><script>alert(1)</script>", "not what its name says"},
		"lies.png":     {pdf, "not what its name says"},
		"lies.docx":    {pdf, "not what its name says"},
		"lies.txt":     {"<html><body>", "not what its name says"},
		"lies.doc":     {"PK\x03\x04", "not what its name says"},
		"program.txt":  {"\x7fELF\x02\x01\x01\x00\x00", "not what its name says"},
		"nothing.pdf":  {"", "is empty"},
		" ...":         {pdf, "no name that can be used"},
		"page.pdf.htm": {pdf, "of no kind that is taken"},
	} {
		want(t, h.upload(h.officer, "/organisations/"+h.ours+"/files", name, c.content, plenty), http.StatusUnprocessableEntity, c.said)
	}
	want(t, h.upload(h.officer, "/organisations/"+h.ours+"/files", "", "", plenty), http.StatusUnprocessableEntity, "Choose a file")
	if stored := h.stored(); len(stored) > 0 {
		t.Errorf("refused and stored: %v", stored)
	}
}

func TestFilesThatAreTaken(t *testing.T) {
	for name, content := range map[string]string{
		"a.PDF": pdf, "b.png": "\x89PNG\r\n\x1a\n", "c.jpeg": "\xff\xd8\xff\xe0", "d.docx": "PK\x03\x04 rest", "e.csv": "a;b\n1;2\n",
		"f.txt": "\xef\xbb\xbfété", "g.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "h.eml": "From: a@example.org\r\n\r\nHello",
	} {
		if _, err := panel.NewFolder(t.TempDir()).Receive(1, name, strings.NewReader(content)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTooLargeAFileLeavesNothing(t *testing.T) {
	h := open(t, dbtest.Open(t))
	w := h.upload(h.officer, "/organisations/"+h.ours+"/files", "large.pdf", pdf+strings.Repeat("x", 10<<20), 1<<20)
	want(t, w, http.StatusRequestEntityTooLarge, "1 MB")
	if stored := h.stored(); len(stored) > 0 {
		t.Errorf("stored: %v", stored)
	}
	r := strings.Repeat("text=", 3<<20)
	want(t, h.serveLimited(h.officer, "/organisations/"+h.ours+"/notes", r, 1<<20), http.StatusRequestEntityTooLarge)
}

func TestSweep(t *testing.T) {
	start := time.Now()
	dbtest.EachAt(t, clock.At(start).Now, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		folder := panel.NewFolder(h.folder)
		h.file(h.officer, h.ours, "kept.pdf", pdf)
		for _, content := range []string{pdf + " orphan", pdf + " young"} {
			if _, err := folder.Put(h.home.ID, strings.NewReader(content)); err != nil {
				t.Fatal(err)
			}
		}
		old := start.Add(-25 * time.Hour)
		for _, content := range []string{pdf, pdf + " orphan"} {
			if err := os.Chtimes(filepath.Join(h.folder, "1", digest(content)), old, old); err != nil {
				t.Fatal(err)
			}
		}
		swept, err := folder.Sweep(ctx, d, h.home.ID)
		if err != nil || swept != 1 {
			t.Errorf("swept %d, %v", swept, err)
		}
		left := map[string]bool{}
		for _, path := range h.stored() {
			left[path] = true
		}
		if diff := cmp.Diff(map[string]bool{"/1/" + digest(pdf): true, "/1/" + digest(pdf+" young"): true}, left); diff != "" {
			t.Error(diff)
		}
		if swept, err := folder.Sweep(ctx, d, 99); swept != 0 || err != nil {
			t.Errorf("a territory without files: %d, %v", swept, err)
		}
	})
}

func TestALostContentIsSaid(t *testing.T) {
	h := open(t, dbtest.Open(t))
	id := h.file(h.officer, h.ours, "lost.pdf", pdf)
	if err := os.Remove(filepath.Join(h.folder, "1", digest(pdf))); err != nil {
		t.Fatal(err)
	}
	want(t, h.get(h.officer, "/files/"+id+"/contents/1"), http.StatusServiceUnavailable, "cannot be found at the moment")
}
