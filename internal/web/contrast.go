package web

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

var colourShape = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Contrast is how well two colours, such as #0B5C7A, are told apart: from 1 to
// 21, as WCAG 2 counts it (relative luminance, section 1.4.3).
func Contrast(a, b string) (float64, error) {
	first, err := luminance(a)
	if err != nil {
		return 0, err
	}
	second, err := luminance(b)
	if err != nil {
		return 0, err
	}
	return (max(first, second) + 0.05) / (min(first, second) + 0.05), nil
}

// luminance is how light a colour is, from 0 to 1.
func luminance(colour string) (float64, error) {
	if !colourShape.MatchString(colour) {
		return 0, fmt.Errorf("%q is no colour: a colour is # and six hexadecimal digits", colour)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		channel, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return 0, err
		}
		sum += weight * linear(float64(channel)/255)
	}
	return sum, nil
}

func linear(channel float64) float64 {
	if channel <= 0.04045 {
		return channel / 12.92
	}
	return math.Pow((channel+0.055)/1.055, 2.4)
}
