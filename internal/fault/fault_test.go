package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/escale-hq/escale/internal/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("reading the note: %w", fault.Because(io.ErrUnexpectedEOF, fault.NotFound, "note.gone", 3))
	if !fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		t.Errorf("kind of %v is %v", err, fault.KindOf(err))
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
	if f := fault.Of(err); f == nil || f.Key != "note.gone" || f.Args[0] != 3 {
		t.Errorf("the fault found is %v", f)
	}
}

func TestOtherErrorsAreInternal(t *testing.T) {
	if kind := fault.KindOf(io.EOF); kind != fault.Internal {
		t.Errorf("io.EOF is %v", kind)
	}
	if fault.Is(nil, fault.Internal) {
		t.Error("no error is no internal error")
	}
}

func TestProblems(t *testing.T) {
	var problems fault.Problems
	if problems.Or() != nil {
		t.Fatal("no problem is an error")
	}
	problems.AddError("name", nil)
	problems.AddError("siren", fault.New(fault.Invalid, "ident.siren_length", 8))
	problems.AddError("site", io.EOF)
	err := fmt.Errorf("saving: %w", problems.Or())
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("%v is %v", err, fault.KindOf(err))
	}
	if _, found := problems.On("name"); found {
		t.Error("a nil error is a problem")
	}
	if p, _ := problems.On("siren"); p.Key != "ident.siren_length" || p.Args[0] != 8 {
		t.Errorf("the problem with the SIREN is %v", p)
	}
	if p, _ := problems.On("site"); p.Key != "fault.value" {
		t.Errorf("the problem with the site is %v", p)
	}
}
