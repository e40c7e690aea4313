package panel

import (
	"bytes"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/fault"
)

// A format is a kind of file that is taken: what it is called on the way out,
// and what its first bytes must look like.
type format struct{ media, looks string }

// legacy is how office documents of before 2007 begin.
const legacy = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

const (
	office = "application/vnd.openxmlformats-officedocument."
	open   = "application/vnd.oasis.opendocument."
)

// formats are the files that are taken, by the ending of their name. What
// programs or browsers would run is not among them.
var formats = map[string]format{
	".pdf":  {"application/pdf", "application/pdf"},
	".png":  {"image/png", "image/png"},
	".jpg":  {"image/jpeg", "image/jpeg"},
	".jpeg": {"image/jpeg", "image/jpeg"},
	".gif":  {"image/gif", "image/gif"},
	".webp": {"image/webp", "image/webp"},
	".txt":  {"text/plain", "text/plain"},
	".md":   {"text/markdown", "text/plain"},
	".csv":  {"text/csv", "text/plain"},
	".ics":  {"text/calendar", "text/plain"},
	".vcf":  {"text/vcard", "text/plain"},
	".eml":  {"message/rfc822", "text/plain"},
	".docx": {office + "wordprocessingml.document", "application/zip"},
	".xlsx": {office + "spreadsheetml.sheet", "application/zip"},
	".pptx": {office + "presentationml.presentation", "application/zip"},
	".odt":  {open + "text", "application/zip"},
	".ods":  {open + "spreadsheet", "application/zip"},
	".odp":  {open + "presentation", "application/zip"},
	".doc":  {"application/msword", legacy},
	".xls":  {"application/vnd.ms-excel", legacy},
	".ppt":  {"application/vnd.ms-powerpoint", legacy},
}

// accepted lists the endings for the field of a form.
func accepted() string { return strings.Join(slices.Sorted(maps.Keys(formats)), ",") }

// mediaOf is the type of a file of that name which begins with head. A file
// that is not what its name says is refused, and so is one of no known kind.
func mediaOf(name string, head []byte) (string, error) {
	ending := strings.ToLower(path.Ext(name))
	f, known := formats[ending]
	if !known {
		return "", fault.New(fault.Invalid, "panel.file_kind", name)
	}
	if f.looks == legacy {
		if !bytes.HasPrefix(head, []byte(legacy)) {
			return "", fault.New(fault.Invalid, "panel.file_lies", name)
		}
		return f.media, nil
	}
	looks, _, _ := strings.Cut(http.DetectContentType(head), ";")
	if looks != f.looks {
		return "", fault.New(fault.Invalid, "panel.file_lies", name)
	}
	return f.media, nil
}

// mostName is how many characters the name of a file may have.
const mostName = 120

// cleanName makes the name that a browser gave one to show and to save under:
// without folders, without what is invisible or turns the direction of writing,
// not too long. It is never used as a path.
func cleanName(given string) (string, error) {
	name := given[strings.LastIndexAny(given, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.C, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case strings.ContainsRune(`<>:"|?*;`, r):
			return '_'
		}
		return r
	}, norm.NFC.String(name))
	name = strings.Trim(strings.Join(strings.Fields(norm.NFC.String(name)), " "), ". ")
	ending := path.Ext(name)
	stem := []rune(strings.TrimSuffix(name, ending))
	if len(stem) == 0 {
		return "", fault.New(fault.Invalid, "panel.file_name")
	}
	return string(stem[:min(len(stem), max(mostName-utf8.RuneCountInString(ending), 1))]) + ending, nil
}
