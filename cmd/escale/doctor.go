package main

import (
	"context"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/i18n"
)

// doctorCommand looks at what the installation stands on.
type doctorCommand struct {
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	JSON         bool   `help:"${help_json}"`
	settingFlags `embed:""`
}

// Run examines everything, and says no when something is wrong.
func (k *doctorCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	d := doctor{settings: settings, words: c.say()}
	for _, examine := range []func(context.Context){d.database, d.clock, d.disk, d.permissions, d.mail, d.publicURL} {
		examine(ctx)
	}
	if k.JSON {
		err = c.printJSON(map[string]any{"findings": d.findings})
	} else {
		d.tell(c)
	}
	if err == nil && d.ill() {
		err = errJudged
	}
	return err
}

// A level says how bad a finding is. Its text is part of the JSON.
type level string

const (
	fine    level = "ok"
	warning level = "warning"
	wrong   level = "wrong"
)

// A finding is one thing that was looked at: what there is, and what to do.
type finding struct {
	Part  string `json:"part"`
	Level level  `json:"level"`
	Text  string `json:"text"`
}

// A doctor gathers findings.
type doctor struct {
	settings config.Settings
	words    *i18n.Words
	findings []finding
}

// note adds a finding, in the words of a text of the catalogue.
func (d *doctor) note(part string, how level, key string, args ...any) {
	d.findings = append(d.findings, finding{part, how, d.words.T(key, args...)})
}

func (d *doctor) ill() bool {
	for _, f := range d.findings {
		if f.Level == wrong {
			return true
		}
	}
	return false
}

func (d *doctor) tell(c *console) {
	w := d.words
	levels := map[level]string{
		fine: w.T("cli.doctor.level.ok"), warning: w.T("cli.doctor.level.warning"), wrong: w.T("cli.doctor.level.wrong"),
	}
	parts := map[string]string{
		"database": w.T("cli.doctor.part.database"), "clock": w.T("cli.doctor.part.clock"),
		"disk": w.T("cli.doctor.part.disk"), "permissions": w.T("cli.doctor.part.permissions"),
		"mail": w.T("cli.doctor.part.mail"), "public_url": w.T("cli.doctor.part.public_url"),
	}
	for _, f := range d.findings {
		fmt.Fprintf(c.stdout, "%-10s %-12s %s\n", levels[f.Level], parts[f.Part], f.Text)
	}
}
