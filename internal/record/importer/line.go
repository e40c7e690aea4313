package importer

import (
	"slices"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
)

// A Status is what a row was found to be.
type Status string

// The statuses.
const (
	Fresh     Status = "new"       // no record is there yet
	Changed   Status = "changed"   // a record that is there, with other values
	Same      Status = "same"      // a record that is there, as it is
	Duplicate Status = "duplicate" // it may be a record, or another row: somebody decides
	Wrong     Status = "wrong"     // it cannot be taken as it is
)

// Statuses are all of them, in the order in which they are shown.
func Statuses() []Status { return []Status{Fresh, Changed, Duplicate, Wrong, Same} }

// A Choice is what is to be done with a row.
type Choice string

// The choices.
const (
	Add    Choice = "add"
	Update Choice = "update"
	Skip   Choice = "skip"
)

// A State is what was done with a row; the empty one waits.
type State string

// The states.
const (
	Waiting State = ""
	Added   State = "added"
	Updated State = "updated"
	Skipped State = "skipped"
	Failed  State = "failed"
	Undone  State = "undone"
	Kept    State = "kept" // not undone, as somebody changed it since
)

// A Line is a row of a file, or a record that a row names, and what becomes of
// it.
type Line struct {
	// Position is that among all lines: those of a kind that others point to come
	// before. From madeFrom on they are no rows of the file, but records that rows
	// point to: they are made with the first row that needs them.
	Position int
	// Sheet and Row are where it stands in the file, for people.
	Sheet  string
	Row    int
	Kind   string
	Title  string
	Status Status
	Choice Choice
	// Record is the id of the record that it is, or may be, or became.
	Record string
	Said
	State State
}

// madeFrom is more than a file has rows.
const madeFrom = 1_000_000

// Made says that the line is no row of the file, but a record that rows name.
func (l Line) Made() bool { return l.Position >= madeFrom }

// Said is what the preview of a line says.
type Said struct {
	// Set are the texts of a new record.
	Set map[string]string `json:",omitempty"`
	// Changes are those to the record that is there.
	Changes []history.Change `json:",omitempty"`
	// Sure says that the record is this one, and not only like it.
	Sure bool `json:",omitempty"`
	// Earlier is the position of the line that it repeats, where Repeats.
	Repeats bool `json:",omitempty"`
	Earlier int  `json:",omitempty"`
	// Why it resembles the record or the line.
	Why []fault.Problem `json:",omitempty"`
	// Troubles are what is wrong with it.
	Troubles  []Trouble `json:",omitempty"`
	Fictional bool      `json:",omitempty"`
}

// A Trouble is what is wrong with a cell.
type Trouble struct {
	fault.Problem
	Found string
}

// Choices are those that a line leaves.
func (l Line) Choices() []Choice {
	switch {
	case l.Made():
		return []Choice{Add}
	case l.Status == Fresh, l.Status == Duplicate && l.Record == "":
		return []Choice{Add, Skip}
	case l.Status == Changed:
		return []Choice{Update, Skip}
	case l.Status == Duplicate:
		return []Choice{Skip, Update, Add}
	default:
		return []Choice{Skip}
	}
}

// usual is the choice that is made for a line until somebody makes another: what
// only resembles something waits for a person.
func (l Line) usual() Choice {
	if l.Status == Duplicate {
		return Skip
	}
	return l.Choices()[0]
}

func (l Line) may(choice Choice) bool { return slices.Contains(l.Choices(), choice) }
