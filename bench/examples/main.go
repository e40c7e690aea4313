// Examples writes the example workbooks of examples/: invented companies and
// people around the recorded facts of two missions, and a convention.
//
// The same program always writes the same bytes, and a test holds the committed
// files to it: change this program, never the files.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := flag.String("o", "examples", "folder that holds the examples")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "examples:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	for name, files := range examples() {
		folder := filepath.Join(dir, name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		for file, data := range files {
			if err := os.WriteFile(filepath.Join(folder, file), data, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// examples gives the files of every example, by the example's name.
func examples() map[string]map[string][]byte {
	return map[string]map[string][]byte{
		// As a French spreadsheet writes CSV.
		"miami-2017": encode(miami().sheets(french), dialect{comma: ';', mark: true}),
		// As an English one does.
		"canada-2019":    encode(canada().sheets(english), dialect{comma: ','}),
		"convention-450": encode(convention().sheets(french), dialect{comma: ';', mark: true}),
	}
}
