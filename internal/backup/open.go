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
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
)

// A DamagedError is a file that is no backup, or no longer whole.
type DamagedError struct {
	File  string
	Cause error
}

// Error says what is wrong where.
func (e *DamagedError) Error() string { return fmt.Sprintf("backup %s: %v", e.File, e.Cause) }

// Unwrap gives the cause.
func (e *DamagedError) Unwrap() error { return e.Cause }

// A NewerError is a schema that a later program made.
type NewerError struct{ Has, Wanted int64 }

// Error names both versions.
func (e *NewerError) Error() string {
	return fmt.Sprintf("the schema has version %d, and this program knows %d", e.Has, e.Wanted)
}

// An Archive is a backup that was found whole, opened.
type Archive struct {
	Manifest Manifest
	// DB is a copy of its database, which is gone once the archive is closed.
	DB   *db.DB
	zip  *zip.ReadCloser
	work string
}

// Open opens a backup and checks all of it: each file against its checksum, the
// database inside against itself and against what was counted when it was made.
func Open(ctx context.Context, file string) (*Archive, error) {
	reader, err := zip.OpenReader(file)
	var path *os.PathError
	switch {
	case errors.As(err, &path):
		return nil, err
	case err != nil:
		return nil, &DamagedError{file, err}
	}
	a := &Archive{zip: reader}
	if a.work, err = os.MkdirTemp("", workName+"open-"); err == nil {
		err = a.check(ctx)
	}
	if err != nil {
		err = errors.Join(err, a.Close())
		if ctx.Err() == nil && !errors.As(err, &path) && !db.IsFull(err) {
			err = &DamagedError{file, err}
		}
		return nil, err
	}
	return a, nil
}

// Close forgets the copy of the database.
func (a *Archive) Close() (err error) {
	if a.DB != nil {
		err = a.DB.Close()
	}
	return errors.Join(err, a.zip.Close(), os.RemoveAll(a.work))
}

func (a *Archive) check(ctx context.Context) error {
	if err := a.readManifest(); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(a.work, databaseName), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(a.extract(a.Manifest.Database, file), file.Close()); err != nil {
		return err
	}
	for _, entry := range a.Manifest.Files {
		if err := errors.Join(ctx.Err(), a.extract(entry, io.Discard)); err != nil {
			return err
		}
	}
	if a.DB, err = db.Open(ctx, file.Name(), clock.System()); err != nil {
		return err
	}
	return a.checkDatabase(ctx)
}

func (a *Archive) readManifest() error {
	in, err := a.zip.Open(manifestName)
	if err != nil {
		return errors.New("it holds no manifest: escale did not write it")
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read the manifest: %w", err)
	}
	if err := json.Unmarshal(text, &a.Manifest); err != nil {
		return fmt.Errorf("read the manifest: %w", err)
	}
	if a.Manifest.Format != format {
		return fmt.Errorf("its format is %d, and this program reads %d", a.Manifest.Format, format)
	}
	return nil
}

// extract writes a file of the archive out, and says whether it is the one that
// the manifest means.
func (a *Archive) extract(entry Entry, out io.Writer) error {
	in, err := a.zip.Open(entry.Name)
	if err != nil {
		return fmt.Errorf("%s is missing", entry.Name)
	}
	defer in.Close()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(in, entry.Size+1))
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", entry.Name, err)
	case size != entry.Size || hex.EncodeToString(sum.Sum(nil)) != entry.SHA256:
		return fmt.Errorf("%s is not what was written", entry.Name)
	}
	return nil
}

func (a *Archive) checkDatabase(ctx context.Context) error {
	found, err := a.DB.Damage(ctx, db.Thorough)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("the database inside: %s", strings.Join(found, "; "))
	}
	content, err := a.DB.Content(ctx)
	if err == nil && !slices.Equal(content, a.Manifest.Content) {
		err = errors.New("the database inside does not hold the rows that the manifest counts")
	}
	return err
}
