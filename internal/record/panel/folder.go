package panel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
)

// A Folder keeps the contents of files, each once in a territory, under its
// SHA-256: no name that people gave is ever part of a path. Nodes that work on
// one database share it.
type Folder struct{ path string }

// NewFolder keeps contents in the folder at a path, which is made when it is
// first needed.
func NewFolder(path string) Folder { return Folder{path} }

// A Stored content is in the folder.
type Stored struct {
	Hash string
	Size int
}

// Put stores what is read to its end.
func (f Folder) Put(territory int, content io.Reader) (s Stored, err error) {
	dir := f.dir(territory)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return s, fmt.Errorf("make the folder of files: %w", err)
	}
	coming, err := os.CreateTemp(dir, "coming-*")
	if err != nil {
		return s, fmt.Errorf("store a file: %w", err)
	}
	defer func() { err = errors.Join(err, discard(coming.Name())) }()
	if s, err = copied(coming, content); err != nil {
		return s, errors.Join(fmt.Errorf("store a file: %w", err), coming.Close())
	}
	if err := errors.Join(coming.Sync(), coming.Close()); err != nil {
		return s, fmt.Errorf("store a file: %w", err)
	}
	// Where the same content is stored already, it becomes as young as this one,
	// so that it is not swept away before its new row is written.
	if err := os.Rename(coming.Name(), filepath.Join(dir, s.Hash)); err != nil {
		return s, fmt.Errorf("store a file: %w", err)
	}
	return s, nil
}

// copied copies the content and says what it is.
func copied(to io.Writer, content io.Reader) (Stored, error) {
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, digest), content)
	return Stored{hex.EncodeToString(digest.Sum(nil)), int(n)}, err
}

func discard(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a file: %w", err)
	}
	return nil
}

var hashShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Open opens a content to read.
func (f Folder) Open(territory int, hash string) (*os.File, error) {
	if !hashShape.MatchString(hash) {
		return nil, fmt.Errorf("open a file: %q is no SHA-256", hash)
	}
	return os.Open(filepath.Join(f.dir(territory), hash))
}

func (f Folder) dir(territory int) string { return filepath.Join(f.path, strconv.Itoa(territory)) }

// waiting is how old a content without a row must be to be swept away: the row
// of a younger one may be on its way.
const waiting = 24 * time.Hour

// Sweep removes the contents of a territory that no file has, such as those
// whose upload was broken off, and says how many.
func (f Folder) Sweep(ctx context.Context, d *db.DB, territory int) (swept int, err error) {
	entries, err := os.ReadDir(f.dir(territory))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("list the files: %w", err)
	}
	for _, entry := range entries {
		orphan, err := orphaned(ctx, d, territory, entry)
		if err != nil {
			return swept, err
		}
		if !orphan {
			continue
		}
		if err := discard(filepath.Join(f.dir(territory), entry.Name())); err != nil {
			return swept, err
		}
		swept++
	}
	return swept, nil
}

func orphaned(ctx context.Context, d *db.DB, territory int, entry fs.DirEntry) (bool, error) {
	info, err := entry.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // another node was quicker
	}
	if err != nil {
		return false, fmt.Errorf("look at the file %s: %w", entry.Name(), err)
	}
	if d.Now().Sub(info.ModTime()) < waiting {
		return false, nil
	}
	var holders int64
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		holders, err = New(tx).holdsContent(ctx, territory, entry.Name())
		return err
	})
	return holders == 0, err
}
