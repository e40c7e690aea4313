package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// value is what a name stands for in a MiniZinc data file: an integer, or a
// list, which is how arrays, rows of arrays and sets are all read.
type value struct {
	number int
	items  []value
	isList bool
}

const (
	maxRange = 1 << 16 // longest range a..b that is expanded
	maxDepth = 16      // of brackets within brackets
)

// parseDZN reads assignments "name = value;" of integers, ranges, sets, arrays
// of one and of two dimensions, and array1d and array2d calls. Comments are
// skipped. Nothing else of MiniZinc is understood.
func parseDZN(text string) (map[string]value, error) {
	p := &parser{text: text, line: 1}
	values := make(map[string]value)
	for {
		p.skipSpace()
		if p.rest() == "" {
			return values, nil
		}
		name, v, err := p.assignment()
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", p.line, err)
		}
		if _, taken := values[name]; taken {
			return nil, fmt.Errorf("line %d: %s is assigned twice", p.line, name)
		}
		values[name] = v
	}
}

// parser is a place in the text.
type parser struct {
	text string
	pos  int
	line int
}

func (p *parser) rest() string { return p.text[p.pos:] }

func (p *parser) advance(n int) {
	p.line += strings.Count(p.text[p.pos:p.pos+n], "\n")
	p.pos += n
}

// skipSpace skips white space, "% ..." to the end of the line, and "/* ... */".
func (p *parser) skipSpace() {
	for {
		rest := p.rest()
		trimmed := strings.TrimLeft(rest, " \t\r\n\ufeff")
		p.advance(len(rest) - len(trimmed))
		switch {
		case strings.HasPrefix(trimmed, "%"):
			p.advance(lengthTo(trimmed, "\n"))
		case strings.HasPrefix(trimmed, "/*"):
			p.advance(lengthTo(trimmed, "*/"))
		default:
			return
		}
	}
}

// lengthTo returns the length of the text up to and with an end mark, or of
// all of it.
func lengthTo(text, end string) int {
	if i := strings.Index(text, end); i >= 0 {
		return i + len(end)
	}
	return len(text)
}

// accept takes a token if it comes next.
func (p *parser) accept(token string) bool {
	p.skipSpace()
	if !strings.HasPrefix(p.rest(), token) {
		return false
	}
	p.advance(len(token))
	return true
}

func (p *parser) expect(token string) error {
	if !p.accept(token) {
		return fmt.Errorf("%q expected at %.20q", token, p.rest())
	}
	return nil
}

// take takes the longest run of characters that satisfy a condition.
func (p *parser) take(wanted func(byte) bool) string {
	end := p.pos
	for end < len(p.text) && wanted(p.text[end]) {
		end++
	}
	taken := p.text[p.pos:end]
	p.advance(len(taken))
	return taken
}

func isLetter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (p *parser) assignment() (string, value, error) {
	name := p.take(isLetter)
	if name == "" {
		return "", value{}, fmt.Errorf("name expected at %.20q", p.rest())
	}
	if err := p.expect("="); err != nil {
		return "", value{}, err
	}
	v, err := p.value(0)
	if err != nil {
		return "", value{}, fmt.Errorf("%s: %w", name, err)
	}
	if p.skipSpace(); p.rest() != "" { // the last semicolon may be left out
		err = p.expect(";")
	}
	return name, v, err
}

func (p *parser) value(depth int) (value, error) {
	if depth == maxDepth {
		return value{}, errors.New("too many brackets")
	}
	switch {
	case p.accept("[|"):
		return p.rows(depth + 1)
	case p.accept("["):
		return p.list("]", depth+1)
	case p.accept("{"):
		return p.list("}", depth+1)
	case p.accept("array1d("):
		return p.shaped(1, depth+1)
	case p.accept("array2d("):
		return p.shaped(2, depth+1)
	default:
		return p.numberOrRange()
	}
}

func (p *parser) numberOrRange() (value, error) {
	first, err := p.integer()
	if err != nil || !p.accept("..") {
		return value{number: first}, err
	}
	last, err := p.integer()
	if err != nil {
		return value{}, err
	}
	if last >= first && uint(last)-uint(first) >= maxRange {
		return value{}, fmt.Errorf("range %d..%d is too long", first, last)
	}
	list := value{isList: true}
	for n := first; n <= last; n++ {
		list.items = append(list.items, value{number: n})
	}
	return list, nil
}

func (p *parser) integer() (int, error) {
	sign := ""
	if p.accept("-") {
		sign = "-"
	}
	p.skipSpace()
	at := p.rest()
	digits := p.take(isDigit)
	if digits == "" {
		return 0, fmt.Errorf("value expected at %.20q", at)
	}
	return strconv.Atoi(sign + digits)
}

// list reads values separated by commas up to an end mark. A comma may stand
// before the end mark.
func (p *parser) list(end string, depth int) (value, error) {
	list := value{isList: true}
	for !p.accept(end) {
		v, err := p.value(depth)
		if err != nil {
			return value{}, err
		}
		list.items = append(list.items, v)
		if !p.accept(",") {
			return list, p.expect(end)
		}
	}
	return list, nil
}

// rows reads an array of two dimensions after its "[|".
func (p *parser) rows(depth int) (value, error) {
	rows := value{isList: true}
	for !p.accept("]") {
		row := value{isList: true}
		for !p.accept("|") {
			v, err := p.value(depth)
			if err != nil {
				return value{}, err
			}
			row.items = append(row.items, v)
			if !p.accept(",") {
				if err := p.expect("|"); err != nil {
					return value{}, err
				}
				break
			}
		}
		rows.items = append(rows.items, row)
	}
	return rows, nil
}

// shaped reads an array1d or array2d call after its "(": index sets, then a
// flat list. Only the last index set, the length of a row, matters.
func (p *parser) shaped(dimensions, depth int) (value, error) {
	width := 0
	for range dimensions {
		index, err := p.value(depth)
		if err != nil {
			return value{}, err
		}
		width = len(index.items)
		if err := p.expect(","); err != nil {
			return value{}, err
		}
	}
	flat, err := p.value(depth)
	if err != nil {
		return value{}, err
	}
	if err := p.expect(")"); err != nil || dimensions == 1 {
		return flat, err
	}
	if width == 0 || len(flat.items)%width != 0 {
		return value{}, fmt.Errorf("array2d: %d values in rows of %d", len(flat.items), width)
	}
	rows := value{isList: true}
	for i := 0; i < len(flat.items); i += width {
		rows.items = append(rows.items, value{items: flat.items[i : i+width], isList: true})
	}
	return rows, nil
}
