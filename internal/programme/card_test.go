package programme

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadCard(t *testing.T) {
	for text, want := range map[string]Contact{
		"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Chen\r\nORG:Port\\, Docks;Quay 3\r\nTITLE:Head\r\nTEL;TYPE=cell:tel:+1305\r\nEMAIL;TYPE=work:bo@example.org\r\nEND:VCARD": {
			Name: "Bo Chen", Organisation: "Port, Docks", Function: "Head", Phone: "+1305", Email: "bo@example.org",
		},
		"BEGIN:VCARD\nN:Lopez;Ana;;;\nitem1.EMAIL:ana@example.org\nEMAIL:second@example.org\nEND:VCARD": {
			Name: "Ana Lopez", Email: "ana@example.org",
		},
		"BEGIN:VCARD\nFN:Ana Lopez de\n  la Torre\nEND:VCARD": {Name: "Ana Lopez de la Torre"},
		"BEGIN:VCARD\nN:Lopez\nEND:VCARD":                     {Name: "Lopez"},
		"A1B2C-D3E4F":                                         {},
		"":                                                    {},
	} {
		if diff := cmp.Diff(want, readCard(text), cmp.AllowUnexported(Contact{})); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func FuzzReadCard(f *testing.F) {
	f.Add("BEGIN:VCARD\nN:;;\nORG:;\nEND:VCARD")
	f.Fuzz(func(_ *testing.T, text string) { readCard(text) })
}
