package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/i18n"
)

// settingFlags are the settings as options: a command that needs them embeds
// this. They are texts, and nobody reads them here: internal/config is told
// which were given, reads them as it reads those of the environment and of the
// file, and says all that is wrong at once.
type settingFlags struct {
	Config               string `group:"settings" placeholder:"FILE" help:"${help_set_config}"`
	Address              string `group:"settings" placeholder:"HOST:PORT" help:"${help_set_address}"`
	PublicURL            string `group:"settings" name:"public-url" placeholder:"URL" help:"${help_set_public_url}"`
	Database             string `group:"settings" placeholder:"DATABASE" help:"${help_set_database}"`
	DatabasePasswordFile string `group:"settings" placeholder:"FILE" help:"${help_set_database_password}"`
	KeyFile              string `group:"settings" placeholder:"FILE" help:"${help_set_key}"`
	Files                string `group:"settings" placeholder:"FOLDER" help:"${help_set_files}"`
	MaxUpload            string `group:"settings" placeholder:"25MB" help:"${help_set_max_upload}"`
	MailHost             string `group:"settings" placeholder:"HOST" help:"${help_set_mail_host}"`
	MailPort             string `group:"settings" placeholder:"PORT" help:"${help_set_mail_port}"`
	MailUser             string `group:"settings" placeholder:"NAME" help:"${help_set_mail_user}"`
	MailPasswordFile     string `group:"settings" placeholder:"FILE" help:"${help_set_mail_password}"`
	MailFrom             string `group:"settings" placeholder:"ADDRESS" help:"${help_set_mail_from}"`
	MailTLS              string `group:"settings" name:"mail-tls" placeholder:"starttls|tls|none" help:"${help_set_mail_tls}"`
	OIDCIssuer           string `group:"settings" name:"oidc-issuer" placeholder:"URL" help:"${help_set_oidc_issuer}"`
	OIDCClientID         string `group:"settings" name:"oidc-client-id" placeholder:"NAME" help:"${help_set_oidc_client_id}"`
	OIDCClientSecretFile string `group:"settings" name:"oidc-client-secret-file" placeholder:"FILE" help:"${help_set_oidc_client_secret}"`
	OIDCName             string `group:"settings" name:"oidc-name" placeholder:"NAME" help:"${help_set_oidc_name}"`
	OIDCNewUsers         bool   `group:"settings" name:"oidc-new-users" help:"${help_set_oidc_new_users}"`
	TrustedProxies       string `group:"settings" placeholder:"NETWORKS" help:"${help_set_trusted_proxies}"`
	MetricsTokenFile     string `group:"settings" placeholder:"FILE" help:"${help_set_metrics_token}"`
	LogLevel             string `group:"settings" placeholder:"debug|info|warn|error" help:"${help_set_log_level}"`
	LogFormat            string `group:"settings" placeholder:"text|json" help:"${help_set_log_format}"`
	JobWorkers           string `group:"settings" placeholder:"N" help:"${help_set_job_workers}"`
	SessionIdle          string `group:"settings" placeholder:"14d" help:"${help_set_session_idle}"`
	SessionLifetime      string `group:"settings" placeholder:"90d" help:"${help_set_session_lifetime}"`
	CompanyRegister      string `group:"settings" placeholder:"URL" help:"${help_set_company_register}"`
	Development          bool   `group:"settings" help:"${help_set_development}"`
	ShutdownTimeout      string `group:"settings" placeholder:"30s" help:"${help_set_shutdown_timeout}"`
}

// settingsGroup is the title of the settings on a page of help.
func settingsGroup(w *i18n.Words) kong.Option {
	return kong.ExplicitGroups([]kong.Group{{
		Key: "settings", Title: holdSpaces(w.T("cli.page.settings")), Description: holdSpaces(w.T("cli.page.settings_also")),
	}})
}

// settings gives the settings in force, and where each came from.
func (c *console) settings(line *kong.Context) (config.Settings, []config.Entry, error) {
	given := map[string]string{}
	known := config.Options()
	for _, step := range line.Path {
		if step.Flag != nil && slices.Contains(known, step.Flag.Name) {
			given[step.Flag.Name] = fmt.Sprint(line.FlagValue(step.Flag))
		}
	}
	return config.Load(given, os.Environ())
}

// refused says all that is wrong with the settings, a line each.
func refused(w *i18n.Words, problems config.Problems) []string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = refusal(w, p)
	}
	return lines
}

func refusal(w *i18n.Words, p config.Problem) string {
	where := shownSource(w, p.Source)
	switch p.Kind {
	case config.Unknown:
		if p.Source.Kind == config.Environment {
			where = w.T("cli.settings.environment")
		}
		if p.Near != "" {
			return w.T("cli.settings.problem.near", p.Setting, where, p.Near)
		}
		return w.T("cli.settings.problem.unknown", p.Setting, where)
	case config.Wrong:
		if p.Value == "" {
			return w.T("cli.settings.problem.wrong_unseen", p.Setting, where, wanted(w, p.Want))
		}
		return w.T("cli.settings.problem.wrong", p.Setting, p.Value, where, wanted(w, p.Want))
	case config.Missing:
		return w.T("cli.settings.problem.missing", p.Setting, wanted(w, p.Want))
	default:
		return w.T("cli.settings.problem."+string(p.Kind), p.Setting, p.Value, where)
	}
}

func wanted(w *i18n.Words, what config.Want) string {
	return w.T("cli.settings.want."+what.Key, what.Args...)
}
