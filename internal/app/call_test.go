package app

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// a calling is an open call of a mission, with the usual form.
type calling struct {
	h     *house
	call  *call.Call
	form  *form.Form
	asked map[form.Type]*form.Question
}

func (h *house) calling() *calling {
	h.t.Helper()
	c := &calling{h: h, asked: map[form.Type]*form.Question{}}
	meta := record.Meta{Territory: h.home.ID}
	h.write(func(tx *db.Tx) (err error) {
		m := &mission.Mission{Meta: meta, Title: i18n.Text{"fr": "Miami", "en": "Miami"}, Stage: mission.Preparation}
		if err := mission.Missions().Add(ctx, tx, act, m); err != nil {
			return err
		}
		if c.form, err = form.Begin(ctx, tx, act, meta, h.app.words, "EUR"); err != nil {
			return err
		}
		questions, err := form.QuestionsOf(ctx, tx, h.home.ID, c.form.ID)
		if err != nil {
			return err
		}
		for _, q := range questions {
			c.asked[q.Type] = q
		}
		c.call = &call.Call{
			Meta: meta, Mission: m.ID, Slug: "miami", Title: i18n.Text{"fr": "Miami", "en": "Miami"}, Form: c.form.ID,
			OpensAt: tx.Now.Add(-time.Hour), ClosesAt: tx.Now.Add(24 * time.Hour), Places: 40,
		}
		return call.Calls().Add(ctx, tx, act, c.call)
	})
	return c
}

// published publishes the call, as an officer does.
func (c *calling) published() *calling {
	c.h.t.Helper()
	w := c.h.as(c.h.users[territory.Officer]).post("/t/marseille/calls/"+c.call.ID+"/publish", nil)
	if w.Code != http.StatusSeeOther {
		c.h.t.Fatalf("the call is published with %d:\n%s", w.Code, w.Body)
	}
	return c
}

var applicationLink = regexp.MustCompile(`/l/[A-Za-z0-9_-]+/application`)

// links are the addresses of applications in the messages that wait to be sent,
// the last last.
func (c *calling) links() (links []string) {
	c.h.t.Helper()
	rows, err := c.h.app.db.Handle().QueryContext(ctx, "SELECT content FROM messages ORDER BY id")
	if err != nil {
		c.h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var content string
		if err := rows.Scan(&content); err != nil {
			c.h.t.Fatal(err)
		}
		links = append(links, applicationLink.FindString(content))
	}
	if err := rows.Err(); err != nil {
		c.h.t.Fatal(err)
	}
	return links
}

// begin asks for a link with an address, and gives its path.
func (c *calling) begin(email string) string {
	c.h.t.Helper()
	before := len(c.links())
	w := c.h.nobody().post("/c/marseille/miami", url.Values{"email": {email}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/c/marseille/miami/sent?lang=en" {
		c.h.t.Fatalf("asking for a link is answered with %d:\n%s", w.Code, w.Body)
	}
	links := c.links()
	if len(links) != before+1 {
		c.h.t.Fatalf("%d links were sent", len(links)-before)
	}
	return links[len(links)-1]
}

// typed is what a company types that is complete.
func (c *calling) typed(name, siret string) url.Values {
	values := url.Values{"name": {name}, "siret": {siret}, "contact": {"Ada King"}, "country": {"FR"}, "by_hand": {"yes"}}
	set := func(t form.Type, end, value string) { values.Set(c.asked[t].Input()+end, value) }
	set(form.Sectors, "", "maritime")
	set(form.Area, "", "Find distributors")
	set(form.Offers, ".offers", "Sails")
	set(form.Yes, "", "no")
	set(form.People, ".1.name", "Ada King")
	set(form.Consent, "", "yes")
	return values
}

// handIn hands an application in.
func (c *calling) handIn(link string, values url.Values) {
	c.h.t.Helper()
	values.Set("do", "submit")
	if w := c.h.nobody().post(link, values); w.Code != http.StatusSeeOther {
		c.h.t.Fatalf("handing in is answered with %d:\n%s", w.Code, w.Body)
	}
}

// applications are those of the call, by address.
func (c *calling) applications() map[string]call.Row {
	c.h.t.Helper()
	byEmail := map[string]call.Row{}
	c.h.write(func(tx *db.Tx) error {
		v := territory.Viewer{Territory: c.h.home, Role: territory.Officer}
		rows, _, err := call.ListApplications(ctx, tx, v, call.Filter{Call: c.call.ID, Page: 1})
		for _, row := range rows {
			byEmail[row.Email] = row
		}
		return err
	})
	return byEmail
}

// withSectors gives the territory two sectors.
func (h *house) withSectors() {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		return directory.SetSectors(ctx, tx, h.home.ID, []directory.Sector{
			{ID: "maritime", Name: i18n.Text{"fr": "Maritime", "en": "Maritime"}, Letter: "M", Shape: "hull"},
			{ID: "health", Name: i18n.Text{"fr": "Santé", "en": "Health"}, Letter: "S", Shape: "disc"},
		})
	})
}

// TestACompanyApplies: from the public page to the officer's list, without a
// script and without an account.
func TestACompanyApplies(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			h := build(t, address(t))
			h.withSectors()
			c := h.calling()
			if w := h.nobody().get("/c/marseille/miami"); w.Code != http.StatusNotFound {
				t.Fatalf("a call that is not published is read: %d", w.Code)
			}
			c.published()
			if w := h.nobody().get("/c/marseille/miami?lang=fr"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Candidater") {
				t.Fatalf("the public page: %d\n%s", w.Code, w.Body)
			}
			link := c.begin("ada@example.org")
			half := url.Values{"by_hand": {"yes"}, "name": {"Voiles & fils"}, "siret": {"12"}, c.asked[form.Amount].Input(): {"a lot"}}
			if w := h.nobody().post(link, half); w.Code != http.StatusSeeOther {
				t.Fatalf("a draft is kept with %d:\n%s", w.Code, w.Body)
			}
			page := h.nobody().get(link).Body.String()
			for _, kept := range []string{"Voiles &amp; fils", `value="a lot"`, `value="12"`} {
				if !strings.Contains(page, kept) {
					t.Errorf("the draft does not show %s", kept)
				}
			}
			half.Set("do", "submit")
			w := h.nobody().post(link, half)
			if w.Code != http.StatusUnprocessableEntity || strings.Count(w.Body.String(), `class="problem"`) < 6 {
				t.Errorf("what is incomplete is answered with %d", w.Code)
			}
			c.handIn(link, c.typed("Voiles & fils", "73282932000074"))
			if w := h.nobody().post(link, half); w.Code != http.StatusConflict {
				t.Errorf("what was handed in is changed: %d", w.Code)
			}
			row := c.applications()["ada@example.org"]
			if row.State != call.Submitted || row.Organisation == "" {
				t.Errorf("the application is %+v", row)
			}
			if links := c.links(); len(links) != 2 || links[1] != link {
				t.Errorf("the receipt: %v", links)
			}
			b := h.as(h.users[territory.Officer])
			page = b.get("/t/marseille/applications/" + row.ID).Body.String()
			for _, shown := range []string{"Find distributors", "Maritime", "Sails", "732829320"} {
				if !strings.Contains(page, shown) {
					t.Errorf("the officer does not see %s", shown)
				}
			}
			if page := b.get("/t/marseille/calls/" + c.call.ID).Body.String(); !strings.Contains(page, "application handed in") {
				t.Errorf("the page of the call counts nothing:\n%s", page)
			}
		})
	}
}

// TestOneApplicationACompany: a second one of the same company is joined to the
// first by a note, and the company is in the directory once.
func TestOneApplicationACompany(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling().published()
	first, second := c.begin("ada@example.org"), c.begin("bob@example.org")
	c.handIn(first, c.typed("Voiles & fils", "73282932000074"))
	c.handIn(second, c.typed("VOILES ET FILS SARL", "73282932000074"))
	rows := c.applications()
	ada, bob := rows["ada@example.org"], rows["bob@example.org"]
	if ada.State != call.Submitted || bob.State != call.Withdrawn || !bob.Double || ada.Organisation != bob.Organisation {
		t.Errorf("the two are %+v\nand %+v", ada, bob)
	}
	b := h.as(h.users[territory.Officer])
	if page := b.get("/t/marseille/applications/" + ada.ID + "/notes").Body.String(); !strings.Contains(page, "bob@example.org") {
		t.Error("no note tells of the second")
	}
	if page := h.nobody().get(second).Body.String(); !strings.Contains(page, "joined to it by a note") {
		t.Errorf("the second applicant reads:\n%s", page)
	}
}

// TestACompanyOfTheDirectoryIsRecognised: by its number, and then by its name,
// unless its number is another.
func TestACompanyOfTheDirectoryIsRecognised(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	known := map[string]*directory.Organisation{
		"by its establishment": {Name: "Étang Bleu", SIRET: "73282932000074"},
		"by its company":       {Name: "Grand Large", SIREN: "552100554"},
		"by its name":          {Name: "Calanque Santé"},
		"no other":             {Name: "Mistral", SIREN: "542065479"},
	}
	h.write(func(tx *db.Tx) error {
		for _, o := range known {
			o.Territory = h.home.ID
			if err := directory.Organisations().Add(ctx, tx, act, o); err != nil {
				return err
			}
		}
		return nil
	})
	c := h.calling().published()
	for how, typed := range map[string][2]string{
		"by its establishment": {"Blue Pond", "732 829 320 00074"}, "by its company": {"GL", "55210055400013"},
		"by its name": {"CALANQUE SANTE", ""},
	} {
		email := strings.ReplaceAll(how, " ", "-") + "@example.org"
		c.handIn(c.begin(email), c.typed(typed[0], typed[1]))
		if got := c.applications()[email].Organisation; got != known[how].ID {
			t.Errorf("%s: %s is tied to %q", how, typed[0], got)
		}
	}
	c.handIn(c.begin("m@example.org"), c.typed("Mistral", "44306184100047"))
	if got := c.applications()["m@example.org"].Organisation; got == known["no other"].ID || got == "" {
		t.Errorf("another company of the same name is tied to %q", got)
	}
}

// TestNobodyLearnsWhoApplied: the answer is the same for every address, and asking
// is limited.
func TestNobodyLearnsWhoApplied(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	c := h.calling().published()
	link := c.begin("ada@example.org")
	if again := c.begin("Ada@Example.org"); again != link {
		t.Errorf("who comes back gets another link: %s, %s", link, again)
	}
	ask := func(email string) int {
		return h.nobody().post("/c/marseille/miami", url.Values{"email": {email}}).Code
	}
	for range 3 {
		ask("ada@example.org")
	}
	if code := ask("ada@example.org"); code != http.StatusTooManyRequests {
		t.Errorf("the sixth link in an hour is answered with %d", code)
	}
	if code := ask("nobody"); code != http.StatusUnprocessableEntity {
		t.Errorf("what is no address is answered with %d", code)
	}
}

// TestCallsThatAreNotOpen: nobody begins, and what was begun stays as it is; but
// one company may be let in late.
func TestCallsThatAreNotOpen(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling().published()
	link := c.begin("ada@example.org")
	h.write(func(tx *db.Tx) (err error) {
		if c.call, err = call.Calls().Load(ctx, tx, h.home.ID, c.call.ID); err != nil {
			return err
		}
		c.call.ClosesAt = tx.Now.Add(-time.Minute)
		return call.Calls().Save(ctx, tx, act, c.call)
	})
	sent := len(c.links())
	if w := h.nobody().post("/c/marseille/miami", url.Values{"email": {"bob@example.org"}}); w.Code != http.StatusSeeOther || len(c.links()) != sent {
		t.Errorf("once closed, beginning is answered with %d and %d links", w.Code, len(c.links())-sent)
	}
	values := c.typed("Voiles", "")
	values.Set("do", "submit")
	if w := h.nobody().post(link, values); w.Code != http.StatusConflict {
		t.Errorf("once closed, handing in is answered with %d", w.Code)
	}
	b := h.as(h.users[territory.Officer])
	late := url.Values{"email": {"ada@example.org"}, "late_until": {time.Now().Add(48 * time.Hour).Format("2006-01-02T15:04")}}
	if w := b.post("/t/marseille/calls/"+c.call.ID+"/late", late); w.Code != http.StatusSeeOther {
		t.Fatalf("to let a company in late is answered with %d:\n%s", w.Code, w.Body)
	}
	c.handIn(link, c.typed("Voiles", ""))
}

// TestDocumentsComeWithTheApplication: what is no document is refused beside its
// question, and the rest is kept; one is taken away again.
func TestDocumentsComeWithTheApplication(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling().published()
	link := c.begin("ada@example.org")
	question := c.asked[form.Document].Input()
	send := func(files ...string) string {
		body, kind := mixed(c.typed("Voiles", ""), question, files...)
		r := httptest.NewRequest("POST", h.app.settings.PublicURL.String()+link, body)
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		return h.nobody().send(r).Body.String()
	}
	if page := send("deck.pdf", "%PDF-1.7 deck", "evil.exe", "MZ"); !strings.Contains(page, `class="problem"`) || !strings.Contains(page, "deck.pdf") {
		t.Errorf("after a good and a bad file the page says:\n%s", page)
	}
	send("plan.pdf", "%PDF-1.7 plan")
	page := h.nobody().get(link).Body.String()
	removal := regexp.MustCompile(`name="remove" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(removal) != 2 {
		t.Fatalf("%d documents can be taken away", len(removal))
	}
	values := c.typed("Voiles", "")
	values.Set("remove", removal[0][1])
	h.nobody().post(link, values)
	c.handIn(link, c.typed("Voiles", ""))
	row := c.applications()["ada@example.org"]
	page = h.as(h.users[territory.Officer]).get("/t/marseille/applications/" + row.ID).Body.String()
	if strings.Contains(page, "deck.pdf") == strings.Contains(page, "plan.pdf") {
		t.Errorf("the officer does not see the one document:\n%s", page)
	}
}

// mixed is the body of a form that sends values and files, each a name and a
// content.
func mixed(values url.Values, input string, files ...string) (*bytes.Buffer, string) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, all := range values {
		for _, value := range all {
			_ = w.WriteField(name, value)
		}
	}
	for i := 0; i < len(files); i += 2 {
		part, _ := w.CreateFormFile(input, files[i])
		_, _ = part.Write([]byte(files[i+1]))
	}
	_ = w.Close()
	return &body, w.FormDataContentType()
}

// TestTheRegisterIsDown: what was typed stays, and goes on by hand.
func TestTheRegisterIsDown(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	h.asks(http.StatusServiceUnavailable, "")
	c := h.calling().published()
	link := c.begin("ada@example.org")
	w := h.nobody().post(link, url.Values{"siret": {"73282932000074"}, "do": {"look"}})
	page := w.Body.String()
	if w.Code != http.StatusOK || !strings.Contains(page, "by hand") || !strings.Contains(page, `value="73282932000074"`) || !strings.Contains(page, `name="name"`) {
		t.Errorf("without the register the page is answered with %d:\n%s", w.Code, page)
	}
	c.handIn(link, c.typed("Voiles", "73282932000074"))
}

// TestWithdrawing: by the company, and only what was not decided against.
func TestWithdrawing(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling().published()
	link := c.begin("ada@example.org")
	c.handIn(link, c.typed("Voiles", ""))
	for _, want := range []int{http.StatusSeeOther, http.StatusConflict} {
		if w := h.nobody().post(link+"/withdraw", nil); w.Code != want {
			t.Errorf("withdrawing is answered with %d, not %d", w.Code, want)
		}
	}
	if again := c.begin("ada@example.org"); again == link {
		t.Error("who withdrew and begins again gets the former application")
	}
}

// TestTheFormInUseDoesNotChange: who has begun keeps the questions; who begins
// after the officer has published the new form gets those.
func TestTheFormInUseDoesNotChange(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	c := h.calling().published()
	before := c.begin("ada@example.org")
	h.write(func(tx *db.Tx) error {
		c.asked[form.Area].Label = i18n.Text{"en": "Tell us everything"}
		return form.Questions().Save(ctx, tx, act, c.asked[form.Area])
	})
	b := h.as(h.users[territory.Officer])
	if page := b.get("/t/marseille/calls/" + c.call.ID).Body.String(); !strings.Contains(page, "Publish the new form") {
		t.Error("the officer is not told that the form changed")
	}
	shows := func(link string) bool {
		values := url.Values{"by_hand": {"yes"}}
		h.nobody().post(link, values)
		return strings.Contains(h.nobody().get(link).Body.String(), "Tell us everything")
	}
	between := c.begin("bob@example.org")
	c.published()
	after := c.begin("eve@example.org")
	if shows(before) || shows(between) || !shows(after) {
		t.Errorf("the new question is shown before %v, between %v, after %v", shows(before), shows(between), shows(after))
	}
}

// TestApplicationsAreExported: with a column for each question of the call.
func TestApplicationsAreExported(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.withSectors()
	c := h.calling().published()
	values := c.typed("=Voiles", "")
	values.Set(c.asked[form.Amount].Input(), "12,500.50")
	c.handIn(c.begin("ada@example.org"), values)
	w := h.as(h.users[territory.Officer]).get("/t/marseille/applications/export?as=csv&call=" + c.call.ID)
	for _, want := range []string{"Why this mission", "Find distributors", "12500.50", "'=Voiles", "(EUR)"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the export has no %s:\n%s", want, w.Body)
		}
	}
	if w := h.as(h.users[territory.Officer]).get("/t/marseille/applications/export?call=" + c.call.ID); !bytes.HasPrefix(w.Body.Bytes(), []byte("PK")) {
		t.Errorf("the workbook: %d", w.Code)
	}
}

// TestAnOfficerMakesACall: times are those of the territory's clocks, the address
// comes of the title and is nobody else's, and what is incomplete is not published.
func TestAnOfficerMakesACall(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	of := h.callOf(h.home.ID, h.missions.on).Form
	b := h.as(h.users[territory.Officer])
	sent := url.Values{
		"mission": {h.missions.off}, "title.fr": {"Miami : à vous, l'été !"}, "opens_at": {"2027-07-01T09:00"}, "closes_at": {"2027-12-01T18:00"},
	}
	w := b.post("/t/marseille/calls", sent)
	home := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("a call is added with %d:\n%s", w.Code, w.Body)
	}
	if w := b.post("/t/marseille/calls", sent); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "has this name already") {
		t.Errorf("a second of the same address is answered with %d", w.Code)
	}
	if w := b.post(home+"/publish", nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a call without a form is published with %d", w.Code)
	}
	sent.Set("version", "1")
	sent.Set("form", of)
	if w := b.post(home, sent); w.Code != http.StatusSeeOther {
		t.Fatalf("the call is changed with %d:\n%s", w.Code, w.Body)
	}
	if w := b.post(home+"/publish", nil); w.Code != http.StatusSeeOther {
		t.Errorf("the call is published with %d", w.Code)
	}
	page := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&nbsp;", " ").Replace(h.nobody().get("/c/marseille/miami-a-vous-l-ete?lang=en").Body.String())
	for _, want := range []string{"Opens on 1 July 2027 at 9:00 (Europe/Paris, UTC +2)", "1 December 2027 at 18:00 (Europe/Paris, UTC +1)"} {
		if !strings.Contains(page, want) {
			t.Errorf("the public page does not say %q:\n%s", want, page)
		}
	}
	if w := b.get("/t/marseille/missions/" + h.missions.off + "/call"); w.Header().Get("Location") != home {
		t.Errorf("the mission leads to %q", w.Header().Get("Location"))
	}
	past := url.Values{"email": {"ada@example.org"}, "late_until": {"2001-01-01T09:00"}}
	if w := b.post(home+"/late", past); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("time that has passed is granted with %d", w.Code)
	}
}

// TestAnOfficerMakesAForm: with questions in two languages, in any order, some
// asked after certain answers, and none of it with a script.
func TestAnOfficerMakesAForm(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	home := b.post("/t/marseille/forms", url.Values{"title.fr": {"Salon"}, "title.en": {"Fair"}}).Header().Get("Location")
	id := home[strings.LastIndex(home, "/")+1:]
	add := func(values url.Values) {
		t.Helper()
		values.Set("form", id)
		if w := b.post("/t/marseille/questions", values); w.Code != http.StatusSeeOther || w.Header().Get("Location") != home {
			t.Fatalf("a question is added with %d:\n%s", w.Code, w.Body)
		}
	}
	add(url.Values{"type": {"line"}, "label.fr": {"Pourquoi ?"}, "label.en": {"Why?"}})
	add(url.Values{"type": {"one"}, "label.fr": {"Stand"}, "label.en": {"Stand"}, "options.fr": {"Petit\nGrand"}, "options.en": {"Small\nLarge"}, "required": {"yes"}, "required.shown": {"yes"}})
	asked := h.questions(h.home.ID, id)
	rule := url.Values{"version": {"1"}, "label.fr": {"Pourquoi ?"}, "when": {asked[1].ID + " = 2"}}
	if w := b.post("/t/marseille/questions/"+asked[0].ID, rule); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a question that depends on a later one is saved with %d", w.Code)
	}
	b.post("/t/marseille/questions/"+asked[0].ID+"/move", url.Values{"to": {"down"}})
	rule.Set("version", "2")
	if w := b.post("/t/marseille/questions/"+asked[0].ID, rule); w.Code != http.StatusSeeOther {
		t.Fatalf("the rule is saved with %d:\n%s", w.Code, w.Body)
	}
	for lang, want := range map[string]string{"fr": "Si vous avez répondu à", "en": "If your answer to"} {
		if page := b.get(home + "/preview?in=" + lang).Body.String(); !strings.Contains(page, want) {
			t.Errorf("the preview in %s does not say %q", lang, want)
		}
	}
	if got := h.questions(h.home.ID, id); got[0].ID != asked[1].ID || !got[0].Required || got[1].When.Values[0] != "2" {
		t.Errorf("the questions are %+v, %+v", got[0], got[1])
	}
}
