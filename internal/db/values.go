package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// An ID may be absent: the empty one is stored as NULL, so that a foreign key
// can hold for the others.
type ID string

// Value writes the id for a database.
func (id ID) Value() (driver.Value, error) {
	if id == "" {
		return nil, nil
	}
	return string(id), nil
}

// Scan reads what Value wrote.
func (id *ID) Scan(stored any) error {
	text, err := scanText(stored)
	*id = ID(text)
	return err
}

// Strings is a list of texts, stored as a JSON array.
type Strings []string

// Value writes the list for a database.
func (s Strings) Value() (driver.Value, error) {
	if s == nil {
		return "[]", nil
	}
	text, err := json.Marshal([]string(s))
	return string(text), err
}

// Scan reads what Value wrote; an empty list is nil.
func (s *Strings) Scan(stored any) error {
	text, err := scanText(stored)
	if err != nil || text == "" || text == "[]" {
		*s = nil
		return err
	}
	return json.Unmarshal([]byte(text), (*[]string)(s))
}

func scanText(stored any) (string, error) {
	switch s := stored.(type) {
	case nil:
		return "", nil
	case string:
		return s, nil
	case []byte:
		return string(s), nil
	default:
		return "", fmt.Errorf("text is expected, not %T", stored)
	}
}
