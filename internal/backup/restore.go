package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/escale-hq/escale/internal/db"
)

// Restore puts a backup into an installation that holds nothing. One that
// holds something is refused as [db.ErrNotEmpty], unless keep names a file:
// a backup of what is there is written to it first. The backup may be of an
// older version of the schema: it is brought up to date. Rows and files come
// together or not at all.
func Restore(ctx context.Context, file string, to Installation, keep string) (m *Manifest, kept bool, err error) {
	a, err := Open(ctx, file)
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	_, wanted, err := to.DB.Versions(ctx)
	if err != nil {
		return nil, false, err
	}
	if a.Manifest.Version > wanted {
		return nil, false, &NewerError{a.Manifest.Version, wanted}
	}
	if kept, err = to.setAside(ctx, wanted, keep); err != nil {
		return nil, kept, err
	}
	if err := errors.Join(to.Migrate(ctx, a.DB, wanted), to.Migrate(ctx, to.DB, wanted)); err != nil {
		return nil, kept, err
	}
	return &a.Manifest, kept, a.restore(ctx, to, kept)
}

// setAside writes a backup of what the installation holds, if anything.
func (to Installation) setAside(ctx context.Context, wanted int64, keep string) (kept bool, err error) {
	empty, err := to.DB.IsEmpty(ctx)
	if err != nil {
		return false, err
	}
	files, err := present(to.Files)
	switch {
	case err != nil:
		return false, err
	case empty && len(files) == 0:
		return false, nil
	case keep == "":
		return false, db.ErrNotEmpty
	case empty: // it may have no tables yet
		if err := to.Migrate(ctx, to.DB, wanted); err != nil {
			return false, err
		}
	}
	if _, err := Write(ctx, to, keep); err != nil {
		return false, fmt.Errorf("keep what is there: %w", err)
	}
	return true, nil
}

// restore puts the files in place, then the rows; if these are refused, the
// files go back where they were.
func (a *Archive) restore(ctx context.Context, to Installation, replace bool) error {
	if err := os.MkdirAll(to.Files, 0o700); err != nil {
		return err
	}
	work, err := os.MkdirTemp(to.Files, workName+"restore-")
	if err != nil {
		return err
	}
	var done moves
	if err = a.swap(ctx, to.Files, work, &done); err == nil {
		_, err = db.Copy(ctx, a.DB, to.DB, replace)
	}
	if err != nil {
		if undo := done.undo(); undo != nil {
			return errors.Join(err, fmt.Errorf("the files that were in %s are in %s now: move them back: %w", to.Files, work, undo))
		}
	}
	return errors.Join(err, os.RemoveAll(work))
}

// swap moves what is in a folder to a work folder inside, and the archive's
// files to where it was.
func (a *Archive) swap(ctx context.Context, folder, work string, done *moves) error {
	incoming, outgoing := filepath.Join(work, "new"), filepath.Join(work, "old")
	if err := errors.Join(os.Mkdir(incoming, 0o700), os.Mkdir(outgoing, 0o700)); err != nil {
		return err
	}
	if err := a.unpack(ctx, incoming); err != nil {
		return err
	}
	if err := done.all(folder, outgoing); err != nil {
		return err
	}
	return done.all(incoming, folder)
}

// unpack writes the uploaded files of the archive into a folder, and never out
// of it.
func (a *Archive) unpack(ctx context.Context, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, entry := range a.Manifest.Files {
		if err := errors.Join(ctx.Err(), a.unpackFile(root, entry)); err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) unpackFile(root *os.Root, entry Entry) error {
	name, ours := strings.CutPrefix(entry.Name, filesName+"/")
	if !ours {
		return fmt.Errorf("%s is not among the uploaded files", entry.Name)
	}
	name = filepath.FromSlash(name)
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	out, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(a.extract(entry, out), out.Sync(), out.Close())
}

// moves remembers what was moved, to move it back. What is moved is what stands
// in a folder, never the folder: it may be a disk of its own.
type moves []struct{ from, to string }

func (m *moves) all(from, to string) error {
	names, err := present(from)
	if err != nil {
		return err
	}
	for _, name := range names {
		one := struct{ from, to string }{filepath.Join(from, name), filepath.Join(to, name)}
		if err := os.Rename(one.from, one.to); err != nil {
			return err
		}
		*m = append(*m, one)
	}
	return nil
}

func (m *moves) undo() error {
	for len(*m) > 0 {
		last := (*m)[len(*m)-1]
		if err := os.Rename(last.to, last.from); err != nil {
			return err
		}
		*m = (*m)[:len(*m)-1]
	}
	return nil
}

// present lists what stands in a folder, but for folders of our own work.
func present(folder string) (names []string, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), workName) {
			names = append(names, entry.Name())
		}
	}
	return names, err
}
