package workbook

import (
	"errors"
	"fmt"
)

// Why a plan.json is not understood.
var (
	// ErrNotPlanFile: the file is not a plan.json.
	ErrNotPlanFile = errors.New("this is not a plan.json")
	// ErrPlanFormat: it is one of another version.
	ErrPlanFormat = errors.New("use the version of escale that wrote it")
)

// PlanError is a plan.json that cannot be read, for one of the reasons above.
type PlanError struct {
	Path string
	Err  error
}

func (e *PlanError) Error() string { return fmt.Sprintf("%s: %s", e.Path, e.Err) }

func (e *PlanError) Unwrap() error { return e.Err }
