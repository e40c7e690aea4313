package main

import (
	"reflect"
	"strings"
	"testing"
)

// number and list make values to compare with.
func number(n int) value { return value{number: n} }

func list(items ...value) value { return value{items: items, isList: true} }

func numbers(ns ...int) value {
	l := list()
	for _, n := range ns {
		l.items = append(l.items, number(n))
	}
	return l
}

func TestParseDZN(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]value{
		"x = 12;":                              number(12),
		"x=-3":                                 number(-3),
		"% a comment\nx /* another */ = 1;%":   number(1),
		"x = 2..4;":                            numbers(2, 3, 4),
		"x = 4..2;":                            list(),
		"x = {};":                              list(),
		"x = {1, 2..3,};":                      list(number(1), numbers(2, 3)),
		"x = [{1}, {}, {2,3}];":                list(numbers(1), list(), numbers(2, 3)),
		"x = [|1, 2,\n |3, 4, \n |];":          list(numbers(1, 2), numbers(3, 4)),
		"x = [|1,2|3,4|];":                     list(numbers(1, 2), numbers(3, 4)),
		"x = [| |];":                           list(list()),
		"x = array1d(1..2, [5, 6]);":           numbers(5, 6),
		"x = array2d(1..2, 1..2, [1,2,3,4]);":  list(numbers(1, 2), numbers(3, 4)),
		"y = 1; x = 7; z = [];":                number(7),
		"\ufeffx = 9;\r\n":                     number(9),
		"x = [1,\n  2, % two\n  3 /* end */ ]": numbers(1, 2, 3),
	} {
		values, err := parseDZN(text)
		if err != nil || !reflect.DeepEqual(values["x"], want) {
			t.Errorf("%q: got %v, error %v, want %v", text, values["x"], err, want)
		}
	}
}

func TestParseDZNErrors(t *testing.T) {
	t.Parallel()
	for text, fault := range map[string]string{
		"x":                               `"=" expected`,
		"x = ":                            "value expected",
		"x = 1 y = 2;":                    `";" expected`,
		"x = 1;\nx = 2;":                  "line 2: x is assigned twice",
		"x = [1, 2;":                      `"]" expected`,
		"x = [|1, 2;":                     `"|" expected`,
		"x = true;":                       "value expected",
		"x = 1..99999999;":                "too long",
		"x = 99999999999999999999;":       "out of range",
		"x = array2d(1..2, 1..2, [1]);":   "rows of 2",
		"x = array2d(1, 2, [1]);":         "rows of 0",
		"= 3;":                            "name expected",
		strings.Repeat("x = [", 1) + deep: "too many brackets",
	} {
		if _, err := parseDZN(text); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%q: got error %v, want %q", text, err, fault)
		}
	}
}

// deep is more brackets than anyone needs.
var deep = strings.Repeat("[", 100)

// small is a day of our own in the format of the files.
const small = `
nBusiness = 4; nMeetings = 3; nTables = 2; nTotalSlots = 4; nMorningSlots = 2;
requested = [|1, 2,1,
|1, 3,2,
|2, 4,3,
|];
meetingsxBusiness = [{1,2,3}, {1,2,4}, {1,3}, {1,4}];
nMeetingsBusiness = [2,2,1,1];
forbidden = [{0}, {4}, {}, {1,2}];
fixed = [0, 3, 0];
precedences = [{}, {1}, {1}];
`

func FuzzReadInstance(f *testing.F) {
	f.Add(small)
	f.Add("nBusiness=2; nMeetings=1; nTables=1; nTotalSlots=1; requested=[|1,2,3|];")
	f.Add("x = array2d(1..1, 1..2, [1,2]); /* y */ z = {1..3}; % end")
	f.Fuzz(func(t *testing.T, text string) {
		in, err := readInstance(text)
		if err != nil {
			return
		}
		if err := in.problem.Validate(); err != nil {
			t.Errorf("an instance that is not valid was read: %v", err)
		}
	})
}
