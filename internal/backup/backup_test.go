package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/backup"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// TestMain draws the same damages every time; -rapid.seed draws others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}

func migrate(ctx context.Context, d *db.DB, version int64) error { return d.MigrateTo(ctx, version) }

// installation has a database without tables, and no folder of files yet.
func installation(t *testing.T, address string) backup.Installation {
	t.Helper()
	d, err := db.Open(context.Background(), address, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return backup.Installation{DB: d, Files: filepath.Join(t.TempDir(), "files"), Migrate: migrate}
}

// inhabited holds users with these names, and a file for each.
func inhabited(t *testing.T, address string, names ...string) backup.Installation {
	t.Helper()
	i := installation(t, address)
	if err := i.DB.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		insert(t, i.DB, name)
		write(t, filepath.Join(i.Files, "ab", name), []byte("the file of "+name))
	}
	return i
}

func insert(t *testing.T, d *db.DB, name string) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO users (id, email, email_key, name, language, theme, created_at)
			VALUES ($1, $2, $3, $4, 'fr', '', '2017-11-06T13:00:00.000Z')`, name, name, name, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// holds lists all that an installation holds: users, and files with their text.
func holds(t *testing.T, i backup.Installation) (all []string) {
	t.Helper()
	err := i.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = db.Collect(context.Background(), tx, db.Select("name", "users").Order("name"), db.One)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS(i.Files)
	err = fs.WalkDir(root, ".", func(name string, found fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && found.IsDir() && !strings.HasPrefix(name, ".escale") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		all = append(all, name+": "+string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// taken is a backup of an installation on SQLite.
func taken(t *testing.T, names ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "escale.zip")
	if _, err := backup.Write(context.Background(), inhabited(t, dbtest.SQLite(t), names...), file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRestoreWhatWasKept(t *testing.T) {
	engines := map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}
	for one, from := range engines {
		for other, to := range engines {
			t.Run(one+" to "+other, func(t *testing.T) {
				source, target := inhabited(t, from(t), "Ada", "Zoé"), installation(t, to(t))
				file := filepath.Join(t.TempDir(), "escale.zip")
				m, err := backup.Write(context.Background(), source, file)
				if err != nil {
					t.Fatal(err)
				}
				if m.Content.Rows() != 2 || len(m.Files) != 2 || string(m.Engine) != one {
					t.Errorf("%+v", m)
				}
				if _, kept, err := backup.Restore(context.Background(), file, target, ""); err != nil || kept {
					t.Fatal(kept, err)
				}
				if diff := cmp.Diff(holds(t, source), holds(t, target)); diff != "" {
					t.Error(diff)
				}
				nothingElse(t, file)
				if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("mode %v, %v", info.Mode(), err)
				}
			})
		}
	}
}

// nothingElse says when work has left something beside a file.
func nothingElse(t *testing.T, file string) {
	t.Helper()
	if names, err := os.ReadDir(filepath.Dir(file)); err != nil || len(names) != 1 {
		t.Errorf("%v, %v", names, err)
	}
}

func TestRestoreOverOthers(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			ctx := context.Background()
			file, keep := taken(t, "Ada"), filepath.Join(t.TempDir(), "before.zip")
			target := inhabited(t, address(t), "Bob", "Eve")
			before := holds(t, target)
			if _, _, err := backup.Restore(ctx, file, target, ""); !errors.Is(err, db.ErrNotEmpty) {
				t.Errorf("restored: %v", err)
			}
			if diff := cmp.Diff(before, holds(t, target)); diff != "" {
				t.Error(diff)
			}
			if _, kept, err := backup.Restore(ctx, file, target, keep); err != nil || !kept {
				t.Fatal(kept, err)
			}
			if diff := cmp.Diff([]string{"Ada", "ab/Ada: the file of Ada"}, holds(t, target)); diff != "" {
				t.Error(diff)
			}
			again := installation(t, address(t))
			if _, _, err := backup.Restore(ctx, keep, again, ""); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, holds(t, again)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRestoreKeepsFilesWithoutRows: files alone are something, too.
func TestRestoreKeepsFilesWithoutRows(t *testing.T) {
	file, keep := taken(t, "Ada"), filepath.Join(t.TempDir(), "before.zip")
	target := installation(t, dbtest.SQLite(t))
	write(t, filepath.Join(target.Files, "alone"), []byte("text"))
	if _, _, err := backup.Restore(context.Background(), file, target, ""); !errors.Is(err, db.ErrNotEmpty) {
		t.Errorf("restored: %v", err)
	}
	if _, kept, err := backup.Restore(context.Background(), file, target, keep); err != nil || !kept {
		t.Errorf("%v, %v", kept, err)
	}
	if a, err := backup.Open(context.Background(), keep); err != nil || len(a.Manifest.Files) != 1 || a.Close() != nil {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestNothingIsHalfRestored: PostgreSQL refuses a text that SQLite holds, once
// the files are in place already.
func TestNothingIsHalfRestored(t *testing.T) {
	source, target := inhabited(t, dbtest.SQLite(t), "Ada"), inhabited(t, dbtest.Postgres(t), "Bob")
	insert(t, source.DB, "zero\x00")
	file := filepath.Join(t.TempDir(), "escale.zip")
	if _, err := backup.Write(context.Background(), source, file); err != nil {
		t.Fatal(err)
	}
	before := holds(t, target)
	if _, kept, err := backup.Restore(context.Background(), file, target, filepath.Join(t.TempDir(), "before.zip")); err == nil || !kept {
		t.Errorf("restored: %v", err)
	}
	if diff := cmp.Diff(before, holds(t, target)); diff != "" {
		t.Error(diff)
	}
}

func TestWriteReplacesNothing(t *testing.T) {
	file := taken(t, "Ada")
	before, _ := os.ReadFile(file)
	_, err := backup.Write(context.Background(), inhabited(t, dbtest.SQLite(t), "Bob"), file)
	if after, _ := os.ReadFile(file); !errors.Is(err, fs.ErrExist) || !bytes.Equal(before, after) {
		t.Errorf("replaced: %v", err)
	}
}

func TestWriteLeavesNothingBehind(t *testing.T) {
	from := inhabited(t, dbtest.SQLite(t), "Ada")
	if err := os.Symlink("Ada", filepath.Join(from.Files, "ab", "link")); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	_, err := backup.Write(context.Background(), from, filepath.Join(folder, "escale.zip"))
	if err == nil || !strings.Contains(err.Error(), "link is no ordinary file") {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := backup.Write(ctx, from, filepath.Join(folder, "escale.zip")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if names, err := os.ReadDir(folder); err != nil || len(names) != 0 {
		t.Errorf("%v, %v", names, err)
	}
}

func TestVersions(t *testing.T) {
	ctx := context.Background()
	old := installation(t, dbtest.SQLite(t))
	if _, err := backup.Write(ctx, old, filepath.Join(t.TempDir(), "none.zip")); !errors.Is(err, db.ErrNoSchema) {
		t.Errorf("no schema: %v", err)
	}
	if err := old.DB.MigrateTo(ctx, 1); err != nil {
		t.Fatal(err)
	}
	insert(t, old.DB, "Ada")
	file := filepath.Join(t.TempDir(), "old.zip")
	if m, err := backup.Write(ctx, old, file); err != nil || m.Version != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	target := installation(t, dbtest.Postgres(t))
	if _, _, err := backup.Restore(ctx, file, target, ""); err != nil {
		t.Fatal(err)
	}
	if present, wanted, err := target.DB.Versions(ctx); err != nil || present != wanted || present == 1 {
		t.Errorf("version %d of %d, %v", present, wanted, err)
	}
	if diff := cmp.Diff([]string{"Ada"}, holds(t, target)); diff != "" {
		t.Error(diff)
	}
	var newer *backup.NewerError
	later := rewritten(t, file, "manifest.json", `"version": 1,`, `"version": 9999,`)
	if _, _, err := backup.Restore(ctx, later, target, ""); !errors.As(err, &newer) || newer.Has != 9999 {
		t.Errorf("newer: %v", err)
	}
}

// rewritten is the archive with a text replaced in the entries whose name
// begins so; their checksums in the archive are right.
func rewritten(t *testing.T, file, name, old, by string) string {
	t.Helper()
	in, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var text bytes.Buffer
	out := zip.NewWriter(&text)
	for _, entry := range in.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(entry.Name, name) {
			content = bytes.ReplaceAll(content, []byte(old), []byte(by))
		}
		if len(content) == 0 {
			continue
		}
		w, err := out.Create(entry.Name)
		if _, err2 := w.Write(content); err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(t.TempDir(), "rewritten.zip")
	write(t, again, text.Bytes())
	return again
}

func TestDamageIsNamed(t *testing.T) {
	file := taken(t, "Ada")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	short := filepath.Join(t.TempDir(), "short.zip")
	write(t, short, whole[:len(whole)/2])
	for want, damaged := range map[string]string{
		"not a valid zip file":                 short,
		"holds no manifest":                    rewritten(t, file, "manifest.json", string(read(t, file, "manifest.json")), ""),
		"read the manifest: ":                  rewritten(t, file, "manifest.json", "{", "["),
		"its format is 7":                      rewritten(t, file, "manifest.json", `"format": 1`, `"format": 7`),
		"files/ab/Ada is not what was written": rewritten(t, file, "files/ab/Ada", "file", "life"),
		"files/ab/Ada is missing":              rewritten(t, file, "files/ab/Ada", "the file of Ada", ""),
		"escale.db is not what was written":    rewritten(t, file, "escale.db", "Ada", "Bob"),
		"does not hold the rows":               rewritten(t, file, "manifest.json", `"rows": 1`, `"rows": 2`),
		"files/../../out is missing":           rewritten(t, file, "manifest.json", "files/ab/Ada", "files/../../out"),
	} {
		target := installation(t, dbtest.SQLite(t))
		var damage *backup.DamagedError
		_, _, err := backup.Restore(context.Background(), damaged, target, "")
		if !errors.As(err, &damage) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if version, _, err := target.DB.Versions(context.Background()); err != nil || version != 0 {
			t.Errorf("%s: the target was touched: version %d, %v", want, version, err)
		}
	}
}

func read(t *testing.T, file, name string) []byte {
	t.Helper()
	in, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	content, err := fs.ReadFile(in, name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestAnyDamageIsFound changes a byte anywhere: the backup is refused, or the
// byte was of no consequence, such as a time in the archive.
func TestAnyDamageIsFound(t *testing.T) {
	file := taken(t, "Ada")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, err := backup.Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	want := a.Manifest
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	spoiled := filepath.Join(t.TempDir(), "spoiled.zip")
	work := t.TempDir()
	t.Setenv("TMPDIR", work)
	rapid.Check(t, func(r *rapid.T) {
		content := bytes.Clone(whole)
		content[rapid.IntRange(0, len(content)-1).Draw(r, "at")] ^= rapid.ByteRange(1, 255).Draw(r, "by")
		write(t, spoiled, content)
		a, err := backup.Open(context.Background(), spoiled)
		var damage *backup.DamagedError
		switch {
		case err != nil && !errors.As(err, &damage):
			r.Fatal(err)
		case err == nil:
			if diff := cmp.Diff(want, a.Manifest); diff != "" || a.Close() != nil {
				r.Fatal(diff)
			}
		}
	})
	if names, err := os.ReadDir(work); err != nil || len(names) > 0 {
		t.Errorf("left behind: %v, %v", names, err)
	}
}
