package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/workbook"
)

// The exit codes.
const (
	exitDone = 0
	// exitFailed: no plan, a plan that breaks rules, or a failure.
	exitFailed = 1
	// exitUnreadable: a command line, a setting or a workbook that is not
	// understood.
	exitUnreadable = 2
)

// errJudged says that the command did its work and that its verdict, which is
// printed already, is no.
var errJudged = errors.New("the verdict is no")

// commands is the command line.
type commands struct {
	Plan     planCommand     `cmd:"" help:"${help_plan}"`
	Check    checkCommand    `cmd:"" help:"${help_check}"`
	Capacity capacityCommand `cmd:"" help:"${help_capacity}"`
	Template templateCommand `cmd:"" help:"${help_template}"`
	Serve    serveCommand    `cmd:"" help:"${help_serve}"`
	Init     initCommand     `cmd:"" help:"${help_init}"`
	User     userCommand     `cmd:"" help:"${help_user}"`
	History  historyCommand  `cmd:"" help:"${help_history}"`
	Demo     demoCommand     `cmd:"" help:"${help_demo}"`
	Config   configCommand   `cmd:"" help:"${help_config}"`
	Backup   backupCommand   `cmd:"" help:"${help_backup}"`
	Restore  restoreCommand  `cmd:"" help:"${help_restore}"`
	Copy     copyCommand     `cmd:"" help:"${help_copy}"`
	Migrate  migrateCommand  `cmd:"" help:"${help_migrate}"`
	Doctor   doctorCommand   `cmd:"" help:"${help_doctor}"`
	Version  versionCommand  `cmd:"" help:"${help_version}"`
}

// console is where commands speak, and in which language as long as no
// workbook says otherwise.
type console struct {
	stdout, stderr io.Writer
	words          *i18n.Catalogue
	lang           string
}

// run executes the command line and gives the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	words, err := loadWords()
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	c := &console{stdout: stdout, stderr: stderr, words: words, lang: localeOf(os.Getenv)}
	var cli commands
	exited := false
	parser, err := kong.New(&cli,
		kong.Name("escale"),
		kong.Description(holdSpaces(c.say().T("cli.help"))),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { exited = true }),
		kong.Help(printHelp(c.say())),
		helpTexts(c.say()),
		settingsGroup(c.say()),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(c),
	)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	parser.Model.HelpFlag.Help = c.say().T("cli.page.help")
	command, err := parser.Parse(args)
	if exited {
		return exitDone
	}
	if err != nil {
		fmt.Fprintln(stderr, c.usage(err))
		return exitUnreadable
	}
	return c.code(command.Run())
}

// say gives the words of the command's language.
func (c *console) say() *i18n.Words { return c.words.For(c.lang) }

// code prints what went wrong, unless it is printed already, and gives the exit
// code.
func (c *console) code(err error) int {
	var unreadable *workbook.Unreadable
	var plan errUnreadablePlan
	var usage errUsage
	var settings config.Problems
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errJudged):
		return exitFailed
	case errors.As(err, &unreadable):
		fmt.Fprintln(c.stderr, err)
		return exitUnreadable
	case errors.As(err, &settings):
		fmt.Fprintln(c.stderr, strings.Join(refused(c.say(), settings), "\n"))
		return exitUnreadable
	case errors.As(err, &plan), errors.As(err, &usage):
		fmt.Fprintln(c.stderr, c.sentence(err))
		return exitUnreadable
	default:
		fmt.Fprintln(c.stderr, c.sentence(err))
		return exitFailed
	}
}

// sentence says an error that users meet in their language, with what to do.
func (c *console) sentence(err error) string {
	if text := storageSentence(c.say(), err); text != "" {
		return text
	}
	var out *workbook.OutError
	var plan *workbook.PlanError
	var file *fs.PathError
	switch w := c.say(); {
	case errors.As(err, &out) && errors.Is(err, workbook.ErrPlanThere):
		return w.T("cli.plan_there", out.Dir)
	case errors.As(err, &out):
		return w.T("cli.not_ours", out.Dir, out.Found)
	case errors.As(err, &plan) && errors.Is(err, workbook.ErrPlanFormat):
		return w.T("cli.other_version", plan.Path)
	case errors.As(err, &plan):
		return w.T("cli.not_a_plan", plan.Path)
	case errors.As(err, &file) && errors.Is(err, fs.ErrNotExist):
		return w.T("cli.absent", file.Path)
	case errors.As(err, &file) && errors.Is(err, syscall.ENOTDIR):
		return w.T("cli.not_a_folder", file.Path)
	case errors.As(err, &file) && errors.Is(err, fs.ErrPermission):
		return w.T("cli.closed", file.Path)
	default:
		return w.T("cli.error", err.Error())
	}
}
