package main

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/i18n"
)

// errUsage is a command line that asks for nothing that can be done.
type errUsage struct{ error }

// misused is a command line that is refused, in the command's language.
func (c *console) misused(key string, args ...any) error {
	return errUsage{errors.New(c.say().T(key, args...))}
}

// complaint is a kind of sentence that kong has about a command line, and the
// key of ours: kong speaks English only, and to programmers.
type complaint struct {
	key     string
	pattern string
}

// complaints are tried in order.
func complaints() []complaint {
	return []complaint{
		{"cli.usage.missing", `^missing flags: (.+)$`},
		{"cli.usage.command", `^expected one of `},
		{"cli.usage.argument", `^expected "([^"]+)"$`},
		{"cli.usage.close", `^(?:unexpected argument|unknown flag) (\S+), did you mean (?:one of )?(.+)\?$`},
		{"cli.usage.spare", `^unexpected argument (\S+)$`},
		{"cli.usage.unknown", `^unknown flag (\S+)$`},
		{"cli.usage.empty", `^(--\S+): expected .* but got "EOL"`},
		{"cli.usage.bare", `^(--\S+): bool value must be`},
		{"cli.usage.duration", `^(--\S+): expected duration.* but got "([^"]*)"`},
		{"cli.usage.number", `^(--\S+): expected .* but got "([^"]*)"`},
		{"cli.usage.choice", `^(--\S+) must be one of (?:"",)?(.+) but got (.+)$`},
	}
}

// usage says in the command's language what is wrong with a command line.
func (c *console) usage(err error) string {
	w := c.say()
	for _, kind := range complaints() {
		found := regexp.MustCompile(kind.pattern).FindStringSubmatch(err.Error())
		if found == nil {
			continue
		}
		var args []any
		for _, text := range found[1:] {
			args = append(args, listed(text))
		}
		if kind.key == "cli.usage.command" {
			args = []any{commandsAt(err)}
		}
		return w.T("cli.usage_error", w.T(kind.key, args...))
	}
	return w.T("cli.usage_error", w.T("cli.usage.other", err.Error()))
}

// commandsAt lists the commands where a command line stops short; kong would
// leave out those after the fifth.
func commandsAt(err error) string {
	var parse *kong.ParseError
	if !errors.As(err, &parse) {
		return ""
	}
	at := parse.Context.Selected()
	if at == nil {
		at = parse.Context.Model.Node
	}
	var names []string
	for _, command := range at.Children {
		names = append(names, command.Name)
	}
	return strings.Join(names, ", ")
}

// listed is a list of kong's without its quotes.
func listed(text string) string {
	names := strings.Split(strings.ReplaceAll(text, `"`, ""), ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return strings.Join(names, ", ")
}

// The spaces of French typography at which kong would break a line, and what
// stands for them while it breaks lines.
const (
	narrowNoBreak, heldNarrow = "\u202f", "\ue000"
	noBreak, heldNoBreak      = "\u00a0", "\ue001"
)

// holdSpaces keeps kong from breaking lines at spaces that do not break.
func holdSpaces(text string) string {
	return strings.NewReplacer(narrowNoBreak, heldNarrow, noBreak, heldNoBreak).Replace(text)
}

// printHelp prints kong's page of help with its titles in our words.
func printHelp(w *i18n.Words) kong.HelpPrinter {
	words := strings.NewReplacer(
		"Usage:", w.T("cli.page.usage"),
		"Arguments:\n", w.T("cli.page.arguments")+"\n",
		"Flags:\n", w.T("cli.page.flags")+"\n",
		"Commands:\n", w.T("cli.page.commands")+"\n",
		"[flags]", w.T("cli.page.some_flags"),
		`Run "escale <command> --help" for more information on a command.`, w.T("cli.page.more"),
		heldNarrow, narrowNoBreak, heldNoBreak, noBreak,
	)
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		var page bytes.Buffer
		stdout := ctx.Stdout
		ctx.Stdout = &page
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = stdout
		if err != nil {
			return err
		}
		_, err = words.WriteString(stdout, page.String())
		return err
	}
}
