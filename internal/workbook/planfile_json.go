package workbook

import (
	"encoding/json"
	"strconv"
	"time"
)

// shallowDepth is how deep plan.json breaks into lines: each element of an
// outer list is one line.
const shallowDepth = 2

// indentShallow breaks a compact JSON text into lines down to the elements of
// the outer lists, so that a person can read it and a line is a record.
func indentShallow(compact []byte) []byte {
	w := shallowWriter{}
	for i := 0; i < len(compact); {
		if compact[i] == '"' {
			end := i + stringLength(compact[i:])
			w.out = append(w.out, compact[i:end]...)
			i = end
			continue
		}
		w.put(compact, i)
		i++
	}
	return append(w.out, '\n')
}

// stringLength is the length of the JSON string that begins the text.
func stringLength(text []byte) int {
	for i := 1; ; i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

type shallowWriter struct {
	out   []byte
	depth int
}

// put writes the byte at i, which is outside of strings, with the white space
// that belongs beside it.
func (w *shallowWriter) put(text []byte, i int) {
	c := text[i]
	switch c {
	case '{', '[':
		w.depth++
		w.out = append(w.out, c)
		if w.depth <= shallowDepth && text[i+1] != c+2 {
			w.line()
		}
	case '}', ']':
		w.depth--
		if w.depth < shallowDepth && text[i-1] != c-2 {
			w.line()
		}
		w.out = append(w.out, c)
	case ',':
		w.out = append(w.out, c)
		if w.depth <= shallowDepth {
			w.line()
		} else {
			w.out = append(w.out, ' ')
		}
	case ':':
		w.out = append(w.out, c, ' ')
	default:
		w.out = append(w.out, c)
	}
}

func (w *shallowWriter) line() {
	w.out = append(w.out, '\n')
	for range w.depth {
		w.out = append(w.out, "  "...)
	}
}

// ratio rounds a share to a millionth, as many digits as plan.json gives.
func ratio(part, whole int) json.Number {
	if whole == 0 {
		return "0"
	}
	return json.Number(strconv.FormatFloat(float64(part)/float64(whole), 'f', 6, 64))
}

// seconds gives a time to the millisecond.
func seconds(d time.Duration) json.Number {
	return json.Number(strconv.FormatFloat(float64(d.Milliseconds())/1000, 'f', -1, 64))
}
