package workbook

import (
	"slices"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

// fewestServed participants whose distribution is shown: among fewer, a bar would
// point at somebody.
const fewestServed = 5

// standing shows how well a participant is served among all, none of whom is
// named.
func (s *letterSheet) standing(l letter) {
	// The chart, and the lines that end the letter: they go on a page together.
	const chartRoom = 58
	served := s.outcome.Result.Score.Served
	own := slices.IndexFunc(served, func(v planner.Served) bool { return int(v.Participant) == l.participant })
	prose := doc.Style{Size: paperText, Color: doc.Ink, Leading: paperLoose}
	switch {
	case own < 0:
		s.section(s.words.T("paper.standing"), 24)
		s.text(letterProse, prose, s.words.T("paper.standing.none"))
		return
	case len(served) < fewestServed:
		s.section(s.words.T("paper.standing"), 28)
		s.text(letterProse, prose, s.findingOf(served[own])+" "+s.words.T("paper.standing.few"))
		return
	}
	s.section(s.words.T("paper.standing"), chartRoom)
	s.y++
	s.text(doc.Measure, inked(doc.Bold, paperText), s.findingOf(served[own]))
	s.text(doc.Measure, mutedText(paperSmall), s.words.T("paper.standing.measure"))
	rank := s.Layout(letterRight-chartBeside, s.set(s.rankOf(served, served[own]), prose)...)
	s.page.Text(chartBeside, s.y+chartTop-1, doc.Left, rank)
	s.chart(served, served[own])
}

func ratioOf(v planner.Served) float64 { return float64(v.Met) / float64(v.Best) }

func (s *letterSheet) findingOf(own planner.Served) string {
	return s.words.T("paper.standing.finding",
		s.words.Percent(ratioOf(own), 0), s.words.N("words.points", own.Met), s.words.Number(own.Best))
}

// rankOf counts those who are served less well, as well and better, and gives
// the share that half of all reach.
func (s *letterSheet) rankOf(served []planner.Served, own planner.Served) string {
	var less, same, more int
	ratios := make([]float64, len(served))
	for i, v := range served {
		ratios[i] = ratioOf(v)
		switch mine, theirs := own.Met*v.Best, v.Met*own.Best; {
		case v.Participant == own.Participant:
		case theirs < mine:
			less++
		case theirs > mine:
			more++
		default:
			same++
		}
	}
	slices.Sort(ratios)
	half := ratios[len(ratios)/2]
	return s.words.T("paper.standing.rank", less, same, more, s.words.Percent(half, 0))
}

// The chart of the distribution: ten bars of a tenth each.
const (
	chartBins   = 10
	chartWidth  = 106.0
	chartHeight = 17.0
	chartTop    = 10.5
	chartStep   = chartWidth / chartBins
	// chartBeside is where the words beside the chart begin.
	chartBeside = doc.Margin + chartWidth + 12
)

// binsOf counts the participants of each tenth; all of it belongs to the last.
func binsOf(served []planner.Served) (counts [chartBins]int) {
	for _, v := range served {
		counts[binOf(v)]++
	}
	return counts
}

func binOf(v planner.Served) int { return min(v.Met*chartBins/v.Best, chartBins-1) }

func (s *letterSheet) chart(served []planner.Served, own planner.Served) {
	counts := binsOf(served)
	highest := slices.Max(counts[:])
	ground := s.y + chartTop + chartHeight
	for i, n := range counts {
		x := doc.Margin + float64(i)*chartStep
		if n > 0 {
			s.bar(x, ground, chartHeight*float64(n)/float64(highest), n, i == binOf(own))
		}
	}
	for i := 0; i <= chartBins; i += 2 {
		x := doc.Margin + float64(i)*chartStep
		label := s.Layout(0, s.set(s.words.Percent(float64(i)/chartBins, 0), mutedText(paperFine))...)
		align := doc.Center
		if i == 0 {
			align = doc.Left
		}
		s.page.Text(x, ground+1, align, label)
	}
	s.marker(ground, chartHeight*float64(counts[binOf(own)])/float64(highest), ratioOf(own))
	s.page.Line(doc.Margin, ground, doc.Margin+chartWidth, ground, 0.3, doc.Ink)
	s.y = ground + 7.5
}

// bar is solid for the participant's own tenth, pale for the others.
func (s *letterSheet) bar(x, ground, height float64, n int, own bool) {
	color := doc.Bar
	if own {
		color = doc.Sea
	}
	s.page.Box(x+0.7, ground-height, chartStep-1.4, height, 0, doc.Paint{Fill: &color})
	label := s.Layout(0, s.set(s.words.Number(n), inked(doc.Regular, paperFine))...)
	s.page.Text(x+chartStep/2, ground-height-label.Height, doc.Center, label)
}

// marker points at the exact share of the reader, from above the figure on its
// bar, and again from under the axis.
func (s *letterSheet) marker(ground, bar, ratio float64) {
	const figure = 4.6
	x := doc.Margin + chartWidth*min(ratio, 1)
	terra := doc.Terra
	top := ground - chartHeight - 5.8
	s.page.Line(x, top, x, ground-bar-figure, 0.6, terra)
	s.page.Line(x, ground, x, ground+1.3, 0.9, terra)
	s.page.Polygon(doc.Paint{Fill: &terra}, [2]float64{x - 1.5, top}, [2]float64{x + 1.5, top}, [2]float64{x, top + 2.2})
	style := doc.Style{Face: doc.Bold, Size: paperSmall, Color: terra}
	label := s.Layout(0, s.set(s.words.T("paper.standing.you", s.words.Percent(ratio, 0)), style)...)
	at := max(x, doc.Margin+label.Width/2)
	s.page.Text(at, top-label.Height-0.2, doc.Center, label)
}
