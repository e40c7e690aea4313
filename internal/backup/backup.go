// Package backup keeps all that an installation holds in one file, and puts it
// back: the database, whichever its engine, and the files that people uploaded.
// The file is a ZIP archive, so that nothing of ours is needed to look into it:
//
//	escale.db      the database, as a SQLite file
//	files/...      the uploaded files
//	manifest.json  what the others must be: sizes, checksums, rows of each table
//
// A backup is taken while people work. It stands under its name only once it
// has been read back whole, and nothing is restored from one that is damaged.
// Neither the key nor the settings are in it: who finds a backup opens no
// personal link.
package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
)

// An Installation is what a backup is taken of, and restored into.
type Installation struct {
	DB *db.DB
	// Files is the folder of uploaded files; it need not exist.
	Files string
	// Migrate brings a database's schema to a version, and the tables of the
	// job queue with it.
	Migrate func(ctx context.Context, d *db.DB, version int64) error
}

// A Manifest says what is in a backup.
type Manifest struct {
	Format int       `json:"format"`
	Made   time.Time `json:"made"`
	// Engine is what the database was taken from.
	Engine db.Engine `json:"engine"`
	// Version is that of the schema.
	Version  int64      `json:"version"`
	Content  db.Content `json:"content"`
	Database Entry      `json:"database"`
	Files    []Entry    `json:"files"`
}

// An Entry is a file in the archive.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	format       = 1
	databaseName = "escale.db"
	manifestName = "manifest.json"
	filesName    = "files"
	// workName begins the names of folders that exist during the work only.
	workName = ".escale-"
)

// Write takes a backup into a file that does not exist yet. It works in a
// folder beside, which is gone afterwards, unless the program was killed.
func Write(ctx context.Context, from Installation, file string) (m *Manifest, err error) {
	if _, err := os.Lstat(file); err == nil {
		return nil, &fs.PathError{Op: "write", Path: file, Err: fs.ErrExist}
	}
	work, err := os.MkdirTemp(filepath.Dir(file), workName+"backup-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if m, err = from.snapshot(ctx, filepath.Join(work, databaseName)); err != nil {
		return nil, fmt.Errorf("copy the database: %w", err)
	}
	draft := filepath.Join(work, filepath.Base(file))
	if err := from.pack(ctx, m, work, draft); err != nil {
		return nil, err
	}
	written, err := Open(ctx, draft)
	if err != nil {
		return nil, fmt.Errorf("read the backup back: %w", err)
	}
	if err := written.Close(); err != nil {
		return nil, err
	}
	return m, os.Rename(draft, file)
}

// snapshot copies the database as it stands into a new SQLite file, row by row
// from any engine: SQLite's own copy would leave its index of words behind.
func (from Installation) snapshot(ctx context.Context, file string) (m *Manifest, err error) {
	version, wanted, err := from.DB.Versions(ctx)
	if err != nil {
		return nil, err
	}
	if version > wanted {
		return nil, &NewerError{Has: version, Wanted: wanted}
	}
	to, err := db.Open(ctx, file, clock.System())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := from.Migrate(ctx, to, version); err != nil {
		return nil, err
	}
	m = &Manifest{Format: format, Made: time.Now().UTC().Truncate(time.Second), Engine: from.DB.Engine(), Version: version}
	m.Content, err = db.Copy(ctx, from.DB, to, true)
	return m, err
}

// pack writes the archive, and completes the manifest on the way.
func (from Installation) pack(ctx context.Context, m *Manifest, work, draft string) (err error) {
	out, err := os.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	p := packer{zip.NewWriter(out)}
	snapshot := filepath.Join(work, databaseName)
	if m.Database, err = p.add(os.DirFS(work), databaseName, databaseName, zip.Deflate); err != nil {
		return err
	}
	if err := os.Remove(snapshot); err != nil { // its room is needed to read the archive back
		return err
	}
	if m.Files, err = p.addFiles(ctx, from.Files); err != nil {
		return err
	}
	if err := p.addManifest(m); err != nil {
		return err
	}
	return errors.Join(p.zip.Close(), out.Sync())
}

type packer struct{ zip *zip.Writer }

// add writes one file into the archive under a name.
func (p packer) add(folder fs.FS, file, name string, method uint16) (Entry, error) {
	in, err := folder.Open(file)
	if err != nil {
		return Entry{}, err
	}
	defer in.Close()
	out, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: time.Now()})
	if err != nil {
		return Entry{}, err
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(out, sum), in)
	return Entry{name, size, hex.EncodeToString(sum.Sum(nil))}, err
}

// addFiles adds the uploaded files. A file is on the disk before the row that
// names it and goes after it, so those of the snapshot, which is taken first,
// are all there but for those deleted meanwhile.
func (p packer) addFiles(ctx context.Context, folder string) ([]Entry, error) {
	list := []Entry{}
	root := os.DirFS(folder)
	err := fs.WalkDir(root, ".", func(name string, found fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case found.IsDir() && strings.HasPrefix(name, workName):
			return fs.SkipDir // of a restore that was cut short
		case found.IsDir():
			return ctx.Err()
		case !found.Type().IsRegular():
			return fmt.Errorf("%s is no ordinary file: move it out of the folder of uploaded files", filepath.Join(folder, name))
		}
		entry, err := p.add(root, name, path.Join(filesName, name), zip.Store)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		list = append(list, entry)
		return err
	})
	return list, err
}

func (p packer) addManifest(m *Manifest) error {
	out, err := p.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: m.Made})
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(m)
}
