package app

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// TestAJourneyInABrowser: a traveller answers on a phone, in French, without a
// script, and is warned of a passport that is too short; whoever has the duty
// completes the rest on a desk.
func TestAJourneyInABrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.start()
	h.seated("Ana", 60)
	h.inCharge()
	site, page := h.serve(), "/t/marseille/missions/"+h.missions.on+"/travellers"
	desk := h.entered(t, site, territory.Officer)
	desk.Go(site + page)
	desk.Do(chromedp.Click(`main form[action$="/travellers"] button`, chromedp.ByQuery), chromedp.WaitVisible("table", chromedp.ByQuery))
	desk.Do(chromedp.Click(`main form[action$="/ask"] button`, chromedp.ByQuery), chromedp.WaitVisible(".toast", chromedp.ByQuery))
	desk.Check()
	desk.Shot("travellers-asked")

	hand := browsertest.OpenApart(t, site+h.sentLink("ana@ours.example", "travel"), browsertest.View{Width: 390, Language: "fr", NoScript: true})
	hand.Do(chromedp.Click("main form button", chromedp.ByQuery), chromedp.WaitVisible(`input[name="code"]`, chromedp.ByQuery))
	hand.Do(
		chromedp.SendKeys(`input[name="code"]`, h.codeFor("ana@ours.example"), chromedp.ByQuery),
		chromedp.Click(`form[action$="/proof"] button`, chromedp.ByQuery), chromedp.WaitVisible("#passport_to", chromedp.ByQuery),
	)
	hand.Shot("travel-form")
	hand.Do(
		chromedp.SetValue("#passport_to", "2026-01-02", chromedp.ByQuery), chromedp.SetValue("#meal", "vegan", chromedp.ByQuery),
		chromedp.SendKeys("#emergency_name", "Zoé Quetzal", chromedp.ByQuery),
		chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible(".note-brick", chromedp.ByQuery),
	)
	if over := hand.Overflow(); over > 0 {
		t.Errorf("the form is %d pixels too wide for a phone", over)
	}
	hand.Shot("travel-answered")

	desk.Go(site + "/t/marseille/travellers/" + h.traveller1().ID + "/edit")
	desk.Check()
	desk.Shot("traveller-edit")
	desk.Do(
		chromedp.SetValue(`[id="stays.0.hotel"]`, "Hotel Biscayne", chromedp.ByQuery), chromedp.SetValue(`[id="stays.0.from"]`, "2026-01-10", chromedp.ByQuery),
		chromedp.SetValue(`[id="stays.0.to"]`, "2026-01-15", chromedp.ByQuery),
		chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible(".toast", chromedp.ByQuery),
	)
	desk.Check()
	desk.Shot("travellers")
	hand.Do(chromedp.Reload(), chromedp.WaitVisible("main .list", chromedp.ByQuery))
	hand.Shot("travel-arranged")
}
