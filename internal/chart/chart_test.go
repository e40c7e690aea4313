package chart

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// An element of a drawing, read back from it.
type element struct {
	name  string
	attrs map[string]string
}

func draw(t *testing.T, c templ.Component) []element {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	var found []element
	decoder := xml.NewDecoder(&out)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			e := element{start.Name.Local, map[string]string{}}
			for _, a := range start.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			found = append(found, e)
		}
	}
}

// having lists an attribute of the elements of a class.
func having(elements []element, class, attr string) []string {
	var values []string
	for _, e := range elements {
		if e.attrs["class"] == class {
			values = append(values, e.attrs[attr])
		}
	}
	return values
}

func TestTicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.IntRange(-3, 2_000_000).Draw(t, "top")
		ticks := Ticks(top)
		last, step := ticks[len(ticks)-1], ticks[1]
		if ticks[0] != 0 || last < top || last-step >= max(top, 1) || len(ticks) > 5 {
			t.Fatalf("Ticks(%d) = %v", top, ticks)
		}
		for i, tick := range ticks {
			if tick != i*step {
				t.Fatalf("Ticks(%d) = %v is uneven", top, ticks)
			}
		}
		if digits := strings.TrimRight(strconv.Itoa(step), "0"); !strings.Contains("1 2 5", digits) {
			t.Fatalf("Ticks(%d) goes by %d, which is not round", top, step)
		}
	})
}

// TestHeatLevel holds the two ends, which a reader relies on: empty is the
// palest and only full is the darkest.
func TestHeatLevel(t *testing.T) {
	for open := 1; open < 40; open++ {
		last := 0
		for taken := 0; taken <= open; taken++ {
			level := HeatLevel(taken, open)
			if level < last || (level == 0) != (taken == 0) || (level == 4) != (taken == open) {
				t.Errorf("HeatLevel(%d, %d) = %d after %d", taken, open, level, last)
			}
			last = level
		}
	}
	if got := HeatLevel(0, 0); got != 0 {
		t.Errorf("HeatLevel(0, 0) = %d: nothing is open, nothing is full", got)
	}
}

func TestMeter(t *testing.T) {
	m := Meter{Label: "Value 75, bound 90", Value: 75, Bound: 90, Top: 100, ValueText: "75", BoundText: "bound 90"}
	elements := draw(t, MeterSVG(m))
	if diff := cmp.Diff([]string{"75%"}, having(elements, "chart-fill", "width")); diff != "" {
		t.Error("bar:", diff)
	}
	if diff := cmp.Diff([]string{"90%"}, having(elements, "chart-bound", "x1")); diff != "" {
		t.Error("bound:", diff)
	}
	if label := elements[0].attrs["aria-label"]; label != m.Label {
		t.Errorf("the ear is told %q", label)
	}
	m.BoundText, m.Value = "", 5
	elements = draw(t, MeterSVG(m))
	if found := having(elements, "chart-bound", "x1"); len(found) != 0 {
		t.Errorf("a meter without bound draws one at %v", found)
	}
	if inside := having(elements, "chart-on-bar", "x"); len(inside) != 0 {
		t.Error("a short bar holds its figure, which is longer")
	}
}

func TestMeterWithoutScale(t *testing.T) {
	elements := draw(t, MeterSVG(Meter{Label: "Value 0"}))
	if diff := cmp.Diff([]string{"0%"}, having(elements, "chart-fill", "width")); diff != "" {
		t.Error(diff)
	}
}

// TestColumns holds that heights are in proportion from zero, and that what is
// there at all can be seen.
func TestColumns(t *testing.T) {
	columns := Columns{Mark: 1, MarkText: "minimum 4", Columns: []Column{
		{Share: 0, Name: "3"}, {Share: 1, Name: "4", Text: "10"}, {Share: 0.5, Name: "5", Text: "5"}, {Share: 0.001, Name: "6", Text: "1"},
	}}
	elements := draw(t, ColumnsSVG(columns))
	if diff := cmp.Diff([]string{"120", "60", "2"}, having(elements, "chart-fill", "height")); diff != "" {
		t.Error("heights:", diff)
	}
	if diff := cmp.Diff([]string{"25%"}, having(elements, "chart-bound chart-dashed", "x1")); diff != "" {
		t.Error("mark:", diff)
	}
	columns.Mark = -1
	if found := having(draw(t, ColumnsSVG(columns)), "chart-bound chart-dashed", "x1"); len(found) != 0 {
		t.Error("columns without a mark draw one")
	}
}

func TestAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 1439).Draw(t, "from")
		to := from + rapid.IntRange(0, 1500).Draw(t, "minutes")
		a := NewAxis(from, to, strconv.Itoa)
		if a.From > from || a.To < to || a.From%60 != 0 || a.To%60 != 0 || a.To <= a.From {
			t.Fatalf("the axis of %d to %d goes from %d to %d", from, to, a.From, a.To)
		}
		if len(a.Ticks) == 0 || len(a.Ticks) > 10 {
			t.Fatalf("the axis of %d to %d has %d marks", from, to, len(a.Ticks))
		}
		for _, tick := range a.Ticks {
			minute, _ := strconv.Atoi(tick.Text)
			if got := a.at(minute); got != tick.At || got < 0 || got >= 1 {
				t.Fatalf("%s stands at %v", tick.Text, tick.At)
			}
		}
	})
}

func TestStrip(t *testing.T) {
	axis := NewAxis(540, 640, strconv.Itoa)
	strip := Strip{
		Label: "2 meetings", Grid: "slots-1", Away: []Span{{600, 660}},
		Meetings: []Span{{540, 570}, {570, 600}}, Sessions: []Span{{600, 660}}, Journeys: []Span{{590, 600}},
	}
	elements := draw(t, StripSVG(axis, strip))
	want := []string{"svg", "use", "rect away", "rect session", "rect meet", "rect meet", "rect journey"}
	var got []string
	for _, e := range elements {
		got = append(got, strings.TrimSpace(e.name+" "+strings.TrimPrefix(e.attrs["class"], "chart-strip")))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"0.83%", "25.83%"}, having(elements, "meet", "x")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"23.33%", "23.33%"}, having(elements, "meet", "width")); diff != "" {
		t.Error(diff)
	}
}

func TestStripLoads(t *testing.T) {
	axis := NewAxis(540, 660, strconv.Itoa)
	elements := draw(t, StripSVG(axis, Strip{Loads: []Load{{Span{540, 600}, 1}, {Span{600, 660}, 0.5}, {Span{600, 660}, 0.01}}}))
	if diff := cmp.Diff([]string{"14", "7", "2"}, having(elements, "load", "height")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"3", "10", "15"}, having(elements, "load", "y")); diff != "" {
		t.Error(diff)
	}
}
