package db

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A kind is what a column holds, whatever its engine calls the type.
type kind int

const (
	ofText kind = iota
	ofInteger
	ofReal
	ofBoolean
	ofBytes
	// The last two are of the tables of the job queue only: instants of ours
	// and JSON of ours are text.
	ofTime
	ofJSON
)

// kinds knows every type that the schema may declare, on either engine.
var kinds = map[string]kind{
	"text": ofText, "character varying": ofText,
	"integer": ofInteger, "bigint": ofInteger, "smallint": ofInteger, "bit": ofInteger,
	"double precision": ofReal, "boolean": ofBoolean,
	"bytea": ofBytes, "blob": ofBytes,
	"timestamp with time zone": ofTime, "timestamp": ofTime,
	"jsonb": ofJSON, "jsonb[]": ofJSON, "text[]": ofJSON, "character varying[]": ofJSON,
}

// kindOf is the kind of a column. In the tables of the job queue, SQLite keeps
// JSON in its binary form, in columns declared as blobs, all but one.
func kindOf(table string, c column) (kind, error) {
	k, ok := kinds[c.declared]
	switch {
	case !ok:
		return 0, fmt.Errorf("%s.%s is of type %s, which cannot be copied", table, c.name, c.declared)
	case c.declared == "blob" && strings.HasPrefix(table, "river_") && c.name != "unique_key":
		return ofJSON, nil
	}
	return k, nil
}

// plain is a value as both engines would give it: nil, string, int64, float64,
// bool, []byte or time.Time.
func (k kind) plain(value any) (any, error) {
	if blob, ok := value.([]byte); ok && k != ofBytes {
		value = string(blob)
	}
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		switch k {
		case ofText:
			return v, nil
		case ofJSON:
			return canonical(v)
		}
	case int64:
		switch k {
		case ofInteger:
			return v, nil
		case ofBoolean:
			return v != 0, nil
		case ofReal:
			return float64(v), nil
		}
	case float64:
		if k == ofReal {
			return v + 0, nil // SQLite keeps no negative zero
		}
	case bool:
		if k == ofBoolean {
			return v, nil
		}
	case []byte:
		return append([]byte{}, v...), nil // of bytes: see above; nil would be NULL
	case time.Time:
		if k == ofTime {
			return v.UTC().Truncate(time.Millisecond), nil // as SQLite keeps it
		}
	}
	return nil, fmt.Errorf("the value is a %T, which its column does not hold", value)
}

// canonical writes JSON in one way, and loses no digit of a number: PostgreSQL
// orders, spaces and spells it anew.
func canonical(text string) (string, error) {
	var value any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return "", fmt.Errorf("the value is no JSON: %w", err)
	}
	again, err := json.Marshal(spelled(value))
	return string(again), err
}

// spelled writes the numbers in a value without exponents and negative zeros.
func spelled(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = spelled(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = spelled(v[key])
		}
	case json.Number:
		f, err := v.Float64()
		switch {
		case err == nil && strings.ContainsAny(v.String(), "eE"):
			return json.Number(strconv.FormatFloat(f+0, 'f', -1, 64))
		case err == nil && f == 0:
			return json.Number(strings.TrimPrefix(v.String(), "-"))
		}
	}
	return value
}

// read is the column in a query, in a form that plain understands.
func (c column) read(engine Engine) string {
	name := quoted(c.name)
	switch {
	case c.declared == "bit":
		return "CAST(" + name + " AS integer)"
	case c.kind == ofJSON && engine == SQLite:
		return "json(" + name + ")"
	case c.kind == ofJSON:
		return "CAST(to_json(" + name + ") AS text)"
	}
	return name
}

// slot is where a statement takes a value of the column.
func (c column) slot(engine Engine) string {
	if c.kind == ofJSON && engine == SQLite {
		return "jsonb(?)"
	}
	return "?"
}

// stored is a plain value as the column takes it.
func (c column) stored(engine Engine, value any) any {
	switch v := value.(type) {
	case time.Time:
		if engine == SQLite {
			return v.Format("2006-01-02 15:04:05.000") // River compares these as text
		}
	case int64:
		if c.declared == "bit" {
			return fmt.Sprintf("%08b", v)
		}
	case string:
		if strings.HasSuffix(c.declared, "[]") {
			return array(v)
		}
	}
	return value
}

// array writes a JSON array as PostgreSQL writes arrays.
func array(text string) any {
	var list []json.RawMessage
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil // the JSON null
	}
	items := make([]string, len(list))
	for i, item := range list {
		var plain string
		if json.Unmarshal(item, &plain) != nil {
			plain = string(item) // an object, in an array of JSON
		}
		items[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plain) + `"`
	}
	return "{" + strings.Join(items, ",") + "}"
}
