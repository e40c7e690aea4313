package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/escale-hq/escale/internal/config"
)

// Where the room on a disk is little, and where too little.
const (
	littleRoom = 2 << 30
	noRoom     = 200 << 20
)

// folders are those that the installation writes to, as far as they exist.
func (d *doctor) folders() []string {
	list := []string{standing(d.settings.Files)}
	if file, ok := sqliteFile(string(d.settings.Database)); ok {
		list = append(list, standing(filepath.Dir(file)))
	}
	return slices.Compact(list)
}

// disk looks at the room for the database and the uploaded files.
func (d *doctor) disk(context.Context) {
	for _, folder := range d.folders() {
		free, known := freeSpace(folder)
		room := d.words.Decimal(float64(free)/1e9, 1)
		switch {
		case !known:
			d.note("disk", warning, "cli.doctor.disk_unknown", folder)
		case free < noRoom:
			d.note("disk", wrong, "cli.doctor.disk_full", folder, room)
		case free < littleRoom:
			d.note("disk", warning, "cli.doctor.disk_little", folder, room)
		default:
			d.note("disk", fine, "cli.doctor.disk_room", folder, room)
		}
	}
}

// standing is the folder, or the nearest above it that exists.
func standing(folder string) string {
	for {
		above := filepath.Dir(folder)
		if _, err := os.Stat(folder); err == nil || above == folder {
			return folder
		}
		folder = above
	}
}

// permissions looks at who can read what is secret, and whether we can write.
func (d *doctor) permissions(context.Context) {
	for _, folder := range d.folders() {
		if err := writable(folder); err != nil {
			d.note("permissions", wrong, "cli.doctor.folder_closed", folder)
		} else {
			d.note("permissions", fine, "cli.doctor.folder_open", folder)
		}
	}
	if file, ok := sqliteFile(string(d.settings.Database)); ok {
		d.exposed(file)
	}
	d.exposed(d.settings.Files)
	d.key()
}

func writable(folder string) error {
	f, err := os.CreateTemp(folder, ".escale-doctor-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// exposed warns of what others on the machine can read. Windows keeps rights
// elsewhere than in the mode.
func (d *doctor) exposed(path string) {
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return
	}
	mode := "600"
	if info.IsDir() {
		mode = "700"
	}
	d.note("permissions", warning, "cli.doctor.exposed", path, mode)
}

// key looks at the key, and makes none.
func (d *doctor) key() {
	if d.settings.Key.Text != "" {
		d.note("permissions", fine, "cli.doctor.key_given")
		return
	}
	file := d.settings.Key.File
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		d.note("permissions", fine, "cli.doctor.key_absent", file)
		return
	}
	_, err := d.settings.Key.Bytes()
	var problems config.Problems
	switch {
	case errors.As(err, &problems):
		d.findings = append(d.findings, finding{"permissions", wrong, refused(d.words, problems)[0]})
	case err != nil:
		d.note("permissions", wrong, "cli.doctor.key_closed", file, fmt.Sprint(err))
	default:
		d.note("permissions", fine, "cli.doctor.key", file)
	}
}
