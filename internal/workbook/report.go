package workbook

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/internal/web"
)

//go:embed report.css
var reportSheet string

// WriteReport writes the report of a plan as one HTML page that stands alone:
// it loads nothing, runs nothing, and can be read on a phone, printed or sent.
// Nothing is written when it cannot be made.
func WriteReport(w io.Writer, o *Outcome) error {
	if o.Result == nil || o.Result.Plan == nil {
		return errors.New("there is no plan to report on")
	}
	page := newReportPage(o)
	var body, document bytes.Buffer
	if err := reportBody(page).Render(context.Background(), &body); err != nil {
		return fmt.Errorf("laying out the report: %w", err)
	}
	style, err := reportStyle(body.String(), len(page.Days))
	if err != nil {
		return fmt.Errorf("dressing the report: %w", err)
	}
	whole := reportDocument(page.Head, reportPolicy(style), templ.Raw("<style>"+style+"</style>"), templ.Raw(body.String()))
	if err := whole.Render(context.Background(), &document); err != nil {
		return fmt.Errorf("laying out the report: %w", err)
	}
	_, err = document.WriteTo(w)
	return err
}

// reportPolicy lets the page use its own style and fonts, and nothing else.
func reportPolicy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; font-src data:; base-uri 'none'; form-action 'none'"
}

// reportStyle gathers the style sheets, with the fonts that the text needs.
func reportStyle(text string, days int) (string, error) {
	fonts, err := web.EmbeddedFonts(text)
	if err != nil {
		return "", err
	}
	return fonts + web.Tokens() + chart.Style() + reportSheet + reportDayRules(days), nil
}

// reportDayRules make the choice of a day show that day alone. They stand in
// the style sheet because the page runs no script.
func reportDayRules(days int) string {
	var rules strings.Builder
	rules.WriteString("@media screen {\n")
	for i := range days {
		fmt.Fprintf(&rules, "#agendas:has(#day-%d:checked) .day:not(#agenda-%d) { display: none; }\n", i+1, i+1)
	}
	rules.WriteString("}\n")
	return rules.String()
}
