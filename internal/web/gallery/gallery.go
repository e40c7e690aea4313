// Package gallery is the page that shows every component of the kit of pages in
// its states. It is what a developer looks at, and what the tests of the kit
// open in a browser; its companies and people are fictional.
package gallery

import (
	"embed"
	"net/url"
	"time"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

// Words are the texts of the gallery, whose keys begin with "gallery.".
//
//go:embed words/*.json
var Words embed.FS

// colours are the tokens shown, each with what it is for.
func colours() []string {
	return []string{
		"paper", "surface", "sunken", "ink", "muted", "field", "sea", "sea-wash", "deep", "terra", "sun", "pine", "brick",
	}
}

func sectors(w *i18n.Words) []web.Sector {
	return []web.Sector{
		{Name: w.T("gallery.maritime"), Letter: "M", Shape: web.Hull},
		{Name: w.T("gallery.health"), Letter: "S", Shape: web.Disc},
		{Name: w.T("gallery.tourism"), Letter: "T", Shape: web.Arch},
		{Name: w.T("gallery.digital"), Letter: "N", Shape: web.Pixel},
		{Name: w.T("gallery.aeronautics"), Letter: "A", Shape: web.Wing},
		{Name: w.T("gallery.energy"), Letter: "É", Shape: web.Cell},
	}
}

// sectorValues are what the form sends for each of the sectors.
func sectorValues() []string {
	return []string{"maritime", "health", "tourism", "digital", "aeronautics", "energy"}
}

func ownSectors(w *i18n.Words) []web.Sector {
	return []web.Sector{
		{Name: w.T("gallery.own"), Letter: "B", Shape: web.Pentagon},
		{Name: w.T("gallery.own"), Letter: "E", Shape: web.Drop},
		{Name: w.T("gallery.own"), Letter: "D", Shape: web.Shield},
	}
}

// form is one that was refused: two of its values are to be corrected.
func form(w *i18n.Words) web.Form {
	return web.Form{
		Words: w,
		Values: url.Values{
			"name": {"Sémaphore Santé"}, "siret": {"123 456 789 0001"}, "start": {"2017-11-07T10:30"}, "day": {"2017-11-07"},
			"aid": {"4 600"}, "wish": {"must"}, "publish": {"yes"}, "sectors": {"health"},
			"offer.fr": {w.T("gallery.offer_text")}, "host": {"vallon"}, "size": {"21"},
		},
		Problems: fault.Problems{
			{Field: "siret", Key: "gallery.siret_problem"},
			{Field: "languages", Key: "gallery.languages_problem"},
		},
	}
}

func languages(w *i18n.Words) []web.Option {
	return []web.Option{{Value: "fr", Label: w.T("gallery.french")}, {Value: "en", Label: w.T("gallery.english")}}
}

// start is a meeting in Miami, for people of Marseille.
func start(w *i18n.Words) web.Instant {
	return web.Instant{
		Field: web.Field{Name: "start", Label: w.T("gallery.start"), Required: true},
		Place: "Miami", PlaceZone: time.FixedZone("EST", -5*3600),
		Home: "Marseille", HomeZone: time.FixedZone("CET", 3600),
	}
}

// company is a row of the table.
type company struct {
	sector               int
	name, trade, city    string
	wished, met          int
	state                web.State
	stateText, stateIcon string
}

func companies() []company {
	return []company{
		{4, "Aérolit", "gallery.aerolit", "Marignane", 6, 5, web.Good, "gallery.up_to_date", "check"},
		{5, "Cap Hydro", "gallery.cap_hydro", "Aubagne", 7, 4, web.ToDecide, "gallery.duplicate", "copy"},
		{0, "נמל כחול · Port bleu", "gallery.port", "Haïfa", 9, 7, web.Good, "gallery.up_to_date", "check"},
	}
}

func columns(w *i18n.Words) []web.Column {
	return []web.Column{
		{Choice: true},
		{Label: w.T("gallery.company"), Sort: "?sort=-name", Sorted: web.Ascending},
		{Label: w.T("gallery.city"), Sort: "?sort=city"},
		{Label: w.T("gallery.wished"), Number: true},
		{Label: w.T("gallery.met"), Number: true},
		{Label: w.T("gallery.record")},
	}
}

func steps(w *i18n.Words) []web.Stop {
	return []web.Stop{
		{Moment: web.Past, Title: w.T("gallery.step_identity"), Href: "#form"},
		{Moment: web.Past, Title: w.T("gallery.step_offer"), Href: "#form"},
		{Moment: web.Now, Title: w.T("gallery.step_travellers"), Note: w.T("gallery.step_note")},
		{Moment: web.Ahead, Title: w.T("gallery.step_papers")},
		{Moment: web.Ahead, Title: w.T("gallery.step_read")},
	}
}

func events(w *i18n.Words) []web.Stop {
	return []web.Stop{
		{Moment: web.Past, When: "9:00", Title: "Keys Biotech", Href: "#timeline", Note: w.T("gallery.table_4"), Travel: true},
		{Moment: web.Now, When: "10:30", Title: "Coral Clinic", Note: w.T("gallery.at_theirs")},
		{Moment: web.Ahead, When: "14:00", Title: w.T("gallery.round_table"), Session: true},
	}
}

func figures(w *i18n.Words) []web.Figure {
	return []web.Figure{
		{Value: w.Number(40), Noun: w.T("gallery.companies"), Context: w.T("gallery.companies_context"), Href: "#table"},
		{Value: w.Number(213), Noun: w.T("gallery.meetings"), Context: w.T("gallery.meetings_context"), Href: "#table"},
		{Value: w.Percent(.86, 0), Noun: w.T("gallery.answered"), Context: w.T("gallery.answered_context")},
		{Value: w.Number(118400) + "\u00a0€", Noun: w.T("gallery.committed"), Context: w.T("gallery.committed_context")},
	}
}

func facts(w *i18n.Words) []web.Fact {
	return []web.Fact{
		{Label: w.T("gallery.legal_name"), Value: "Biogalène SAS"},
		{Label: "SIREN", Value: w.T("gallery.fictional")},
		{Label: w.T("gallery.hosted_by"), Value: "Pépinière du Vallon", Href: "#facts"},
	}
}

func changes(w *i18n.Words) []web.Change {
	return []web.Change{
		{Icon: "pencil", What: w.T("gallery.size"), Before: w.T("gallery.size_11"), After: w.T("gallery.size_21"), Who: w.T("gallery.officer"), When: "16:42"},
		{Icon: "link", What: w.T("gallery.needs"), Who: w.T("gallery.by_link"), When: "11:05"},
	}
}

func differences(w *i18n.Words) []web.Difference {
	return []web.Difference{
		{Label: w.T("gallery.size"), Yours: w.T("gallery.size_21"), Theirs: w.T("gallery.size_11")},
		{Label: w.T("gallery.site"), Yours: "biogalene.example", Theirs: ""},
	}
}
