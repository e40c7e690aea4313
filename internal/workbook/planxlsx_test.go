package workbook

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/escale-hq/escale/planner"
)

// outputXLSX writes plan.xlsx to a file.
func outputXLSX(t testing.TB, o *Outcome) string {
	t.Helper()
	var b bytes.Buffer
	if err := WritePlanXLSX(&b, o); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func outputRows(t *testing.T, path, sheet string) []string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		line := strings.ReplaceAll(strings.Join(row, " | "), "\n", " / ")
		lines = append(lines, strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(line))
	}
	return lines
}

func TestSheetsOfPlan(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"Meetings", "Grid", "Not met", "Participants", "Quality", "Changes", "Brickell Hub", "Studio Ocho"},
		"fr": {"Rendez-vous", "Grille", "Non satisfaits", "Participants", "Qualité", "Changements", "Brickell Hub", "Studio Ocho"},
	} {
		o := outputReplanned(t)
		o.Book.Language = lang
		f, err := excelize.OpenFile(outputXLSX(t, o))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
			t.Errorf("%s sheets (-want +got):\n%s", lang, diff)
		}
	}
}

func TestSheetOfMeetings(t *testing.T) {
	o := outputOutcome(t)
	o.Book.Language = "fr"
	want := []string{
		"Miami 2017 (fictional)",
		"Rendez-vous – version 1, établie le 20 octobre 2017 à 5 h 00",
		"Valeur 15, borne 20, écart 25,00 %.",
		"Cette feuille peut être modifiée : la commande « escale check » la juge. « Participants » contient les identifiants, suivis du siège après une barre.",
		"Les entreprises et les personnes sont fictives.",
		"",
		"Date | Début | Fin | Participants | Qui se rencontre | Lieu | Interprète | Verrouillé | Table | Valeur",
		"2017-11-03 | 09:00 | 09:30 | F01/2 + M01 | Nacre Océan (Bruno Tissot) – Biscayne Port Systems | Brickell Hub | fr-en 1 | oui | 4 | 8",
		"2017-11-06 | 09:00 | 10:00 | F02 + F01/1 | Mistral Data – Nacre Océan (Anne Roux) | Brickell Hub |  |  | 3 | 2",
		"2017-11-06 | 14:00 | 14:30 | F02 + M02 | Mistral Data – Studio Ocho | Studio Ocho |  |  | Suite B | 4",
		"2017-11-06 | 15:00 | 15:30 | F01/1 + M02 | Nacre Océan (Anne Roux) – Studio Ocho | Studio Ocho |  |  | Suite B | 1",
	}
	if diff := cmp.Diff(want, outputRows(t, outputXLSX(t, o), "Rendez-vous")); diff != "" {
		t.Errorf("meetings (-want +got):\n%s", diff)
	}
}

func TestSheetOfTheGrid(t *testing.T) {
	o := outputOutcome(t)
	o.Book.Participants[outputStudio].Unavailable = []Span{{o.Book.Slots[0].Start, o.Book.Slots[2].End}}
	got := outputRows(t, outputXLSX(t, o), "Grid")[5:]
	want := []string{
		" |  |  | Friday 3 November 2017 |  |  | Monday 6 November 2017",
		"Id | Participant | Person | 9:00 | 9:30 | 14:00 | 9:00 | 9:30 | 14:00 | 14:30 | 15:00",
		"F01/1 | Nacre Océan | Anne Roux |  |  |  | Mistral Data / Brickell Hub, 3 | Mistral Data / Brickell Hub, 3 |  |  | Studio Ocho / their premises, Suite B",
		"F01/2 | Nacre Océan | Bruno Tissot | Biscayne Port Systems / Brickell Hub, 4",
		"F02 | Mistral Data |  |  |  |  | Nacre Océan / Brickell Hub, 3 | Nacre Océan / Brickell Hub, 3 | Studio Ocho / their premises, Suite B",
		"M01 | Biscayne Port Systems |  | Nacre Océan / Brickell Hub, 4",
		"M02 | Studio Ocho |  | × | × | × |  |  | Mistral Data / Studio Ocho, Suite B |  | Nacre Océan / Studio Ocho, Suite B",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("grid (-want +got):\n%s", diff)
	}
}

func TestSheetOfQualityLeavesAnUnknownBoundEmpty(t *testing.T) {
	got := outputRows(t, outputXLSX(t, outputOutcome(t)), "Quality")[5:9]
	want := []string{
		"Measure | Status | Plan | Bound",
		"Guaranteed minimums | optimal by certificate | 0 | 0",
		"Value | gap | 15 | 20",
		"Breaks | no bound | 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("quality (-want +got):\n%s", diff)
	}
}

func TestSheetOfQualityCountsWhatMovedInAPlanThatReplacesOne(t *testing.T) {
	o := outputOutcome(t)
	o.Result.Quality.Tiers = []planner.TierQuality{{Tier: planner.Travel, Figure: 30}, {Tier: planner.Moved, Figure: 2}}
	for moved, previous := range map[string]*PlanFile{"Meetings moved | no bound | 2": NewPlanFile(o), "Best value, before slack |  | 15": nil} {
		o.Previous = previous
		got := outputRows(t, outputXLSX(t, o), "Quality")[6:8]
		if diff := cmp.Diff([]string{"Travel (min) | no bound | 30", moved}, got); diff != "" {
			t.Errorf("quality (-want +got):\n%s", diff)
		}
	}
}

func TestPlanXLSXIsReadBack(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		o := outputOutcome(t)
		o.Book.Language = lang
		lines, err := ReadPlanXLSX(outputXLSX(t, o), o.Book)
		if err != nil {
			t.Fatal(err)
		}
		plan, misfits := Fit(o.Book, o.Problem, lines)
		was := o.Result.Plan.Meetings
		want := []planner.Meeting{was[0], was[2], was[1], was[3]}
		if diff := cmp.Diff(want, plan.Meetings); diff != "" || len(misfits) > 0 {
			t.Errorf("%s plan, misfits %v (-want +got):\n%s", lang, misfits, diff)
		}
	}
}

func TestPlanXLSXOfLegsInTwoZonesIsReadBack(t *testing.T) {
	o := outputOutcome(t)
	o.Book.Legs = append(o.Book.Legs, Leg{Name: "Denver", Zone: outputZone(t, "America/Denver")})
	for s := 5; s < 8; s++ {
		o.Book.Slots[s].Leg = 1
	}
	lines, err := ReadPlanXLSX(outputXLSX(t, o), o.Book)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2017-11-03T13:00Z", "2017-11-06T14:00Z", "2017-11-06T19:00Z", "2017-11-06T20:00Z"} {
		if got := lines[i].Start.UTC().Format("2006-01-02T15:04Z"); got != want {
			t.Errorf("meeting %d starts at %s, want %s", i, got, want)
		}
	}
}

func TestPlanXLSXThatCannotBeRead(t *testing.T) {
	o := outputOutcome(t)
	path := outputXLSX(t, o)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cell, text := range map[string]string{"A8": "someday", "B9": "noon", "D10": "F02", "D11": "F01/first + M02"} {
		if err := f.SetCellStr("Meetings", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	_, err = ReadPlanXLSX(path, o.Book)
	want := `The workbook has 4 errors: correct them and try again.
Meetings, row 8, column A: “someday”. This is not a date: write it as 2017-11-06.
Meetings, row 9, column B: “noon”. This is not a time of day: write it as 09:00.
Meetings, row 10, column D: “F02”. These are not two participants or more: write their identifiers joined by +, each with its seat after a slash where it is not the first, such as F01/2 + M07.
Meetings, row 11, column D: “F01/first + M02”. These are not two participants or more: write their identifiers joined by +, each with its seat after a slash where it is not the first, such as F01/2 + M07.`
	if err == nil || err.Error() != want {
		t.Errorf("error:\n%v\nwant:\n%s", err, want)
	}
}

func TestWishesNotMetAreTogetherByWisher(t *testing.T) {
	o := outputOutcome(t)
	o.Unmet = []planner.Unmet{
		{Wish: 3, Reason: planner.ReasonFull},
		{Wish: 6, Reason: planner.ReasonFull},
		{Wish: 2, Reason: planner.ReasonFull},
		{Wish: 0, Reason: planner.ReasonFull},
	}
	var got []string
	for _, row := range outputRows(t, outputXLSX(t, o), "Not met")[6:] {
		got = append(got, strings.Join(strings.Split(row, " | ")[:2], " to "))
	}
	want := []string{
		"Nacre Océan to Biscayne Port Systems", "Nacre Océan to Studio Ocho",
		"Mistral Data to Biscayne Port Systems", "Mistral Data to Studio Ocho",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("wishes not met (-want +got):\n%s", diff)
	}
}
