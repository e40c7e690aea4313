package main

import (
	"context"
	"net"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/escale-hq/escale/internal/config"
)

// patience is how long the doctor waits for an answer from the network.
const patience = 10 * time.Second

// mail signs in at the mail server, and sends nothing.
func (d *doctor) mail(ctx context.Context) {
	m := d.settings.Mail
	if m.Host == "" {
		d.note("mail", warning, "cli.doctor.mail_none")
		return
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if err := greet(ctx, m); err != nil {
		d.note("mail", wrong, "cli.doctor.mail_closed", m.Host, m.Port, err.Error())
		return
	}
	d.note("mail", fine, "cli.doctor.mail", m.Host, m.Port)
}

func greet(ctx context.Context, m config.Mail) error {
	policies := map[config.TLS]mail.TLSPolicy{config.StartTLS: mail.TLSMandatory, config.NoTLS: mail.NoTLS, config.ImplicitTLS: mail.NoTLS}
	options := []mail.Option{mail.WithTLSPolicy(policies[m.TLS]), mail.WithPort(m.Port), mail.WithTimeout(patience)}
	if m.TLS == config.ImplicitTLS {
		options = append(options, mail.WithSSL())
	}
	if m.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(m.User), mail.WithPassword(string(m.Password)))
	}
	client, err := mail.NewClient(m.Host, options...)
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return err
	}
	return client.Close()
}

// publicURL asks whether the links that leave can be followed elsewhere.
func (d *doctor) publicURL(ctx context.Context) {
	host := d.settings.PublicURL.Hostname()
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	addresses, err := net.DefaultResolver.LookupIPAddr(ctx, host)
	switch {
	case err != nil:
		d.note("public_url", wrong, "cli.doctor.url_unknown", d.settings.PublicURL.String(), host)
	case !loopback(addresses):
		d.note("public_url", fine, "cli.doctor.url", d.settings.PublicURL.String())
	case d.settings.Mail.Host != "":
		d.note("public_url", wrong, "cli.doctor.url_sent", d.settings.PublicURL.String())
	default:
		d.note("public_url", warning, "cli.doctor.url_here", d.settings.PublicURL.String())
	}
}

func loopback(addresses []net.IPAddr) bool {
	for _, address := range addresses {
		if !address.IP.IsLoopback() {
			return false
		}
	}
	return true
}
