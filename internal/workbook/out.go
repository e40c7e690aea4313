package workbook

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/escale-hq/escale/internal/calendar"
)

// agendasFolder holds the calendar files within OUT.
const agendasFolder = "agendas"

// outFile is one file of OUT.
type outFile struct {
	name  string
	write func(io.Writer, *Outcome) error
}

// documents are the files of OUT, without the calendar files.
func documents() []outFile {
	return []outFile{
		{"plan.json", WritePlanFile},
		{"plan.xlsx", WritePlanXLSX},
		{"agendas.pdf", WriteAgendasPDF},
		{"letters.pdf", WriteLettersPDF},
		{"report.html", WriteReport},
	}
}

// What can keep OUT from being written.
var (
	// ErrPlanThere: OUT holds a plan already.
	ErrPlanThere = errors.New("the folder already holds a plan")
	// ErrNotOurs: OUT holds something that Escale did not write.
	ErrNotOurs = errors.New("the folder holds something other than a plan")
)

// OutError is a folder that cannot be written, for one of the reasons above.
type OutError struct {
	Dir string
	// Found is the name of what keeps it from being written.
	Found string
	Err   error
}

func (e *OutError) Error() string { return fmt.Sprintf("%s: %s: %s", e.Dir, e.Err, e.Found) }

func (e *OutError) Unwrap() error { return e.Err }

// CheckOut says whether [WriteOut] would accept the folder, so that one knows
// before a long search. A folder that exists is accepted when it is empty, or
// when it holds a plan that may be replaced and nothing else.
func CheckOut(dir string, replace bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !ours(entry) {
			return &OutError{dir, entry.Name(), ErrNotOurs}
		}
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := ReadPlanFile(dir); err != nil {
		return &OutError{dir, "plan.json", ErrNotOurs}
	}
	if !replace {
		return &OutError{dir, "plan.json", ErrPlanThere}
	}
	return nil
}

// ours says whether an entry of OUT has the name and the kind of one that
// Escale writes.
func ours(entry fs.DirEntry) bool {
	if entry.Name() == agendasFolder {
		return entry.IsDir()
	}
	return entry.Type().IsRegular() &&
		slices.ContainsFunc(documents(), func(d outFile) bool { return d.name == entry.Name() })
}

// WriteOut writes all documents into the folder dir. The folder is complete or
// absent: it is written aside, then renamed.
func WriteOut(dir string, replace bool, o *Outcome) error {
	if err := CheckOut(dir, replace); err != nil {
		return err
	}
	return writeOut(dir, o, documents())
}

func writeOut(dir string, o *Outcome, documents []outFile) (err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside)) }()
	made := filepath.Join(aside, "new")
	if err := writeAll(made, o, documents); err != nil {
		return err
	}
	return putInPlace(made, dir, filepath.Join(aside, "old"))
}

// putInPlace renames made to dir. What was there moves aside first, and comes
// back if the renaming fails.
func putInPlace(made, dir, old string) error {
	err := os.Rename(dir, old)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	moved := err == nil
	if err := os.Rename(made, dir); err != nil {
		if moved {
			return errors.Join(err, os.Rename(old, dir))
		}
		return err
	}
	return nil
}

func writeAll(dir string, o *Outcome, documents []outFile) error {
	if err := os.MkdirAll(filepath.Join(dir, agendasFolder), 0o755); err != nil {
		return err
	}
	for _, d := range documents {
		if err := writeFile(filepath.Join(dir, d.name), func(w io.Writer) error { return d.write(w, o) }); err != nil {
			return fmt.Errorf("write %s: %w", d.name, err)
		}
	}
	for _, f := range CalendarFiles(o) {
		path := filepath.Join(dir, agendasFolder, f.Name)
		if err := writeFile(path, func(w io.Writer) error { return calendar.Write(w, f.Calendar) }); err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return write(f)
}
