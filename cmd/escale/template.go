package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/escale-hq/escale/internal/workbook"
)

// templateCommand writes an empty workbook with instructions.
type templateCommand struct {
	Out  string `short:"o" placeholder:"FILE" help:"${help_template_out}"`
	Lang string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_lang}"`
}

// Run writes the template, and never over a file: it might hold work.
func (t *templateCommand) Run(c *console) (err error) {
	if t.Lang != "" {
		c.lang = t.Lang
	}
	path := t.Out
	if path == "" {
		path = c.say().T("cli.template_name")
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return errors.New(c.say().T("cli.template_there", path))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := workbook.WriteTemplate(f, c.say().Lang()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, c.say().T("cli.template_written", path))
	return err
}
