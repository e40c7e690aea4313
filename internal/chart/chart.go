// Package chart draws the figures of pages and documents as SVG: bars, meters,
// columns and strips of time, in the colours of the page that holds them. It
// knows no language and no feature: every label is handed to it. What a drawing
// shows is also said, by its label for the ear or by the table that holds it.
package chart

import (
	_ "embed"
	"math"
	"strconv"
)

//go:embed chart.css
var style string

// Style is the style sheet of the drawings; it needs the colour tokens of the
// page.
func Style() string { return style }

// percent writes a share of a width or height.
func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1e4)/1e2, 'f', -1, 64) + "%"
}

// clamp keeps a share between none and all.
func clamp(share float64) float64 { return max(0, min(1, share)) }

// Ticks are round figures from 0 to the first that is not below top, at most
// five, for an axis.
func Ticks(top int) []int {
	step := roundStep(max(top, 1), 4)
	ticks := []int{0}
	for ticks[len(ticks)-1] < max(top, 1) {
		ticks = append(ticks, ticks[len(ticks)-1]+step)
	}
	return ticks
}

// roundStep is the least of 1, 2, 5, 10, 20, 50... that reaches top in so many
// steps.
func roundStep(top, steps int) int {
	for power := 1; ; power *= 10 {
		for _, unit := range []int{1, 2, 5} {
			if unit*power*steps >= top {
				return unit * power
			}
		}
	}
}

// HeatLevel grades a load from 0, none, to 4, full: the class of the cell is
// "heat-" and the grade.
func HeatLevel(taken, open int) int {
	switch {
	case taken <= 0 || open <= 0:
		return 0
	case taken >= open:
		return 4
	default:
		return 1 + 3*taken/open
	}
}
