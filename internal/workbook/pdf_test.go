package workbook

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

func paperBytes(t testing.TB, write func(io.Writer, *Outcome) error, o *Outcome) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paperToText(t *testing.T, pdf []byte, options ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", append(options, file, "-")...).CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext (of poppler-utils, which make test installs): %v\n%s", err, out)
	}
	return string(out)
}

// paperPages reads each page back as one line of words.
func paperPages(t *testing.T, pdf []byte) []string {
	t.Helper()
	pages := strings.Split(paperToText(t, pdf), "\f")
	for i := range pages {
		pages[i] = paperPlain(pages[i])
	}
	return pages[:len(pages)-1]
}

// paperPlain makes texts comparable: no marks of direction, one kind of space,
// Arabic letters whatever their position.
func paperPlain(s string) string {
	s = strings.NewReplacer("\u202A", "", "\u202B", "", "\u202C", "", "\u200E", "", "\u200F", "").Replace(s)
	s = strings.ReplaceAll(norm.NFKC.String(s), "ی", "ي")
	return strings.Join(strings.Fields(s), " ")
}

func paperHas(page, text string) bool { return strings.Contains(page, paperPlain(text)) }

// paperOf joins the pages that bear a mark, such as "agenda 2 of 5".
func paperOf(pages []string, mark string) string {
	var own []string
	for _, page := range pages {
		if paperHas(page, mark) {
			own = append(own, page)
		}
	}
	return strings.Join(own, " ")
}

// TestAgendasTellEveryMeeting goes from the plan, not from the agendas, to the
// pages of each seat.
func TestAgendasTellEveryMeeting(t *testing.T) {
	for _, o := range []*Outcome{
		outputOutcome(t), paperMission(t, "fr", 8, 2, 5), paperMission(t, "en", 8, 1, 16),
	} {
		w := wordsFor(o.Book.Language)
		pages := paperPages(t, paperBytes(t, WriteAgendasPDF, o))
		agendas := Agendas(o)
		for i, a := range agendas {
			own := paperOf(pages, w.T("paper.agendaOf", i+1, len(agendas)))
			for _, m := range o.Result.Plan.Meetings {
				if slices.Contains(m.Attendees, planner.Attendee{Participant: planner.ParticipantID(a.Participant), Seat: a.Seat}) {
					paperCheckMeeting(t, o, own, m, a.Participant)
				}
			}
			for _, s := range o.Book.Sessions {
				if slices.Contains(s.Participants, a.Participant) && !paperHas(own, s.Name) {
					t.Errorf("agenda %d lacks session %q", i+1, s.Name)
				}
			}
		}
	}
}

func paperCheckMeeting(t *testing.T, o *Outcome, page string, m planner.Meeting, self int) {
	t.Helper()
	span := o.Book.MeetingSpan(m)
	want := []string{
		span.Start.Format("15:04")[strings.IndexFunc(span.Start.Format("15:04"), func(r rune) bool { return r != '0' }):],
		o.Book.Venues[o.Book.Places[m.Place].Venue].Name,
	}
	for _, a := range m.Attendees {
		if int(a.Participant) != self {
			want = append(want, o.Book.Participants[a.Participant].Name)
		}
	}
	for _, text := range want {
		if !paperHas(page, text) {
			t.Errorf("the agenda of %s lacks %q", o.Book.Participants[self].Name, text)
		}
	}
}

func TestAgendaOfASeat(t *testing.T) {
	pages := paperPages(t, paperBytes(t, WriteAgendasPDF, outputOutcome(t)))
	second := paperOf(pages, "agenda 2 of 5")
	for _, want := range []string{
		"3 – 6 November 2017 · Miami time", "Seat 2 of 2 · Bruno Tissot", "Friday 3 November",
		"Monday 6 November", "Miami time (UTC −5 instead of UTC −4)",
		"Brickell Hub, table 4", "interpreter French – English",
		"You asked for it (must, 5 points): Shore power", "Biscayne Port Systems asked for it (nice, 3 points)",
		"Smart ports", "Version 1 · planned on 20 October 2017 at 5:00 (UTC −4)", "Page 1 of 1",
	} {
		if !paperHas(second, want) {
			t.Errorf("the agenda of the second seat lacks %q", want)
		}
	}
	if strings.Contains(second, "Mistral") {
		t.Error("the second seat has the meeting of the first")
	}
	if third := paperOf(pages, "agenda 3 of 5"); !paperHas(third, "10:40") || !paperHas(third, "Leave · journey of 20 min to Port pavilion") {
		t.Error("the journey to the port is not told")
	}
}

// TestAgendasTellWhatChanged: a seat learns of a meeting that is new to it, of
// one that moved, and of those it lost, to nobody or to another seat.
func TestAgendasTellWhatChanged(t *testing.T) {
	o := outputOutcome(t)
	plan := o.Result.Plan.Meetings
	moved, reseated, gone := plan[1], plan[2], plan[0]
	moved.Start = 3
	reseated.Attendees = []planner.Attendee{{Participant: outputMistral, Seat: 1}, {Participant: outputNacre, Seat: 2}}
	gone.Start = 1
	o.Result.Changes = []planner.Change{
		{Kind: planner.New, After: &plan[0]},
		{Kind: planner.MovedTo, Before: &moved, After: &plan[1]},
		{Kind: planner.MovedTo, Before: &reseated, After: &plan[2]},
		{Kind: planner.Gone, Before: &gone},
	}
	pages := paperPages(t, paperBytes(t, WriteAgendasPDF, o))
	want := [][]string{
		{"New"},
		{"New", "Cancelled: Biscayne Port Systems, Fri 3, 9:30 – 10:00", "Taken over by Anne Roux: Mistral Data, Mon 6, 9:00 – 10:00"},
		{"Moved; before: Mon 6, 9:00 – 9:30", "Another person than before meets you"},
		{"New", "Cancelled: Nacre Océan (Bruno Tissot), Fri 3, 9:30 – 10:00"},
		{"Moved; before: Mon 6, 9:00 – 9:30"},
	}
	for i, page := range pages {
		for _, text := range want[i] {
			if !paperHas(page, text) {
				t.Errorf("agenda %d lacks %q", i+1, text)
			}
		}
	}
}

func TestEveryPageSaysThatItIsFictional(t *testing.T) {
	for language, words := range map[string]string{
		"fr": "Entreprises et personnes fictives", "en": "Companies and people are fictional",
	} {
		o := paperMission(t, language, 8, 2, 8)
		for _, write := range []func(io.Writer, *Outcome) error{WriteAgendasPDF, WriteLettersPDF} {
			for i, page := range paperPages(t, paperBytes(t, write, o)) {
				if !paperHas(page, words) {
					t.Errorf("page %d does not say %q", i+1, words)
				}
			}
		}
		o.Book.Fictional = false
		if text := paperToText(t, paperBytes(t, WriteAgendasPDF, o)); strings.Contains(text, words) {
			t.Errorf("a real mission is said to be fictional: %q", words)
		}
	}
}

var paperWord = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>`)

// TestNothingInTheMargins measures every word of pages that are hard to set.
func TestNothingInTheMargins(t *testing.T) {
	const point, slack = 72 / 25.4, 0.6
	const margin, right, bottom = 18 * point, (210 - 18) * point, (297 - 18) * point
	// The box of a word is as high as its font, which is more than its letters.
	const accents = 3
	long := paperMission(t, "fr", 8, 1, 9)
	long.Book.Name = strings.Repeat("Mission économique et institutionnelle ", 4)
	long.Book.Legs[0].Name = "Sainte-Anne-de-la-Pérade-et-Environs"
	long.Book.Venues[0].Name = strings.Repeat("Palaisdescongrès", 6)
	for i := range long.Book.Participants {
		long.Book.Participants[i].Name += strings.Repeat(" et ses associés du littoral", 6)
		long.Book.Participants[i].Contact = strings.Repeat("Longuement-Prénommée ", 8)
	}
	endless := paperMission(t, "fr", 2, 1, 2)
	endless.Book.Participants[2].Name = strings.Repeat("Compagnie ", 900)
	endless.Book.Participants[2].Contact = strings.Repeat("x", 9000)
	endless.Book.Venues[0].Address = strings.Repeat("avenue\n", 900)
	for i := range endless.Book.Wishes {
		endless.Book.Wishes[i].Note = strings.Repeat("Un partenaire\npour longtemps. ", 900)
	}
	for _, o := range []*Outcome{long, endless, outputOutcome(t), paperMission(t, "en", 4, 1, 20), paperMission(t, "fr", 2, 0, 0)} {
		for _, write := range []func(io.Writer, *Outcome) error{WriteAgendasPDF, WriteLettersPDF} {
			for _, word := range paperWord.FindAllStringSubmatch(paperToText(t, paperBytes(t, write, o), "-bbox"), -1) {
				var at [4]float64
				for i := range at {
					at[i], _ = strconv.ParseFloat(word[i+1], 64)
				}
				if at[0] < margin-slack || at[1] < margin-accents || at[2] > right+slack || at[3] > bottom+slack {
					t.Errorf("%q stands at %v, outside of %v to %v", word[5], at, margin, right)
				}
			}
		}
	}
}

func TestBytesOfPaperDependOnTheOutcomeAlone(t *testing.T) {
	for _, write := range []func(io.Writer, *Outcome) error{WriteAgendasPDF, WriteLettersPDF} {
		first := paperBytes(t, write, paperMission(t, "fr", 8, 2, 5))
		if !bytes.Equal(first, paperBytes(t, write, paperMission(t, "fr", 8, 2, 5))) {
			t.Error("the same outcome was printed in two ways")
		}
	}
}

func TestEmptyAgendaSaysWhatToDo(t *testing.T) {
	pages := paperPages(t, paperBytes(t, WriteAgendasPDF, paperMission(t, "fr", 2, 0, 0)))
	if len(pages) != 5 {
		t.Fatalf("%d pages for five seats", len(pages))
	}
	for _, page := range pages {
		if !paperHas(page, "Aucun rendez-vous à ce jour") || !paperHas(page, "La lettre jointe dit pourquoi") {
			t.Errorf("an empty agenda reads %q", page)
		}
	}
}

// TestRowsAreNeverTorn prints a day of four hundred rows, and looks for each
// on one page: its number, its venue and its end.
func TestRowsAreNeverTorn(t *testing.T) {
	o := paperMission(t, "en", 1, 0, 0)
	o.Book.Participants = o.Book.Participants[:1]
	o.Book.Participants[0].Seats, o.Book.Participants[0].People = 1, nil
	o.Book.Slots = []Slot{{Start: time.Date(2017, 11, 6, 14, 0, 0, 0, time.UTC), End: time.Date(2017, 11, 6, 15, 0, 0, 0, time.UTC)}}
	for i := range 400 {
		start := time.Date(2017, 11, 6, 5, 0, 0, 0, time.UTC).Add(time.Duration(i) * 3 * time.Minute)
		o.Book.Sessions = append(o.Book.Sessions, Session{
			Name: fmt.Sprintf("Round table %03d", i), Start: start, End: start.Add(3 * time.Minute),
			Venue: i % 2, Participants: []int{0},
		})
	}
	pages := paperPages(t, paperBytes(t, WriteAgendasPDF, o))
	if len(pages) < 20 {
		t.Fatalf("%d pages for 400 rows", len(pages))
	}
	at := 0
	for i, s := range o.Book.Sessions {
		for at < len(pages) && !paperHas(pages[at], s.Name) {
			at++
		}
		if at == len(pages) {
			t.Fatalf("row %d is missing, or not in its place", i)
		}
		clock := s.End.In(o.Book.Zone)
		if end := fmt.Sprintf("%d:%02d", clock.Hour(), clock.Minute()); !paperHas(pages[at], end) {
			t.Errorf("page %d has row %d without its end %s", at+1, i, end)
		}
	}
	for i, page := range pages {
		if want := fmt.Sprintf("Page %d of %d", i+1, len(pages)); !paperHas(page, want) {
			t.Errorf("page %d does not say %q", i+1, want)
		}
		if i > 0 && !paperHas(page, "Monday 6 November (continued)") {
			t.Errorf("page %d does not say what it continues", i+1)
		}
	}
}

// TestPagesHoldTheirRows: whatever the rows, every one is on a page, in order,
// and no page is overfull.
func TestPagesHoldTheirRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		look := rapid.SampledFrom([]*agendaLook{roomyLook, denseLook}).Draw(t, "look")
		const room = 200
		var days [][]agendaRow
		var want []int
		for day := range rapid.IntRange(0, 6).Draw(t, "days") {
			var rows []agendaRow
			for range rapid.IntRange(1, 20).Draw(t, "rows") {
				row := paperRow(day, rapid.Float64Range(5, 150).Draw(t, "height"), rapid.Bool().Draw(t, "journey"))
				row.leg = len(want)
				want = append(want, row.leg)
				rows = append(rows, row)
			}
			days = append(days, rows)
		}
		var got []int
		pages := paginate(days, look, room)
		for _, page := range pages {
			if height := look.heightOf(page); height > room {
				t.Fatalf("a page holds %.1f mm of rows, more than %d", height, room)
			}
			for _, row := range page {
				got = append(got, row.leg)
			}
		}
		if !slices.Equal(want, got) {
			t.Fatalf("rows %v were laid out as %v", want, got)
		}
		if len(days) > 0 && len(pages[0]) == 0 {
			t.Fatal("the first page is empty")
		}
	})
}

// paperRow is a row of a given height, to be put on a page.
func paperRow(day int, height float64, journey bool) agendaRow {
	empty := &doc.Block{}
	row := agendaRow{day: day, name: &doc.Block{Height: height}, more: empty, side: empty, from: empty, until: empty}
	if journey {
		row.journey = &Stop{}
	}
	return row
}

func TestShorten(t *testing.T) {
	tests := []struct {
		text  string
		limit int
		want  string
	}{
		{"court", 10, "court"},
		{"  deux \n lignes\t", 20, "deux lignes"},
		{"un partenaire européen, pour ses essais", 25, "un partenaire européen…"},
		{"anticonstitutionnellement", 10, "anticonst…"},
		{"prix : 9\u202F000\u00A0€", 12, "prix : 9\u202F00…"},
	}
	for _, test := range tests {
		if got := shorten(test.text, test.limit); got != test.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
		}
	}
}

func TestMissingCharactersAreTold(t *testing.T) {
	o := outputOutcome(t)
	o.Book.Participants[outputStudio].Name = "Studio 😀"
	for _, page := range paperPages(t, paperBytes(t, WriteAgendasPDF, o)) {
		if !paperHas(page, "One character that our fonts lack is replaced by “?”: U+1F600") {
			t.Fatalf("the note is missing: %q", page)
		}
	}
}

func BenchmarkAgendasPDF(b *testing.B) {
	o := paperMission(b, "fr", 40, 5, 8)
	for b.Loop() {
		paperBytes(b, WriteAgendasPDF, o)
	}
}
