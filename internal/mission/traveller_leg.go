package mission

import (
	"fmt"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// A Stop is where and when somebody is on the way: on the clocks of that place.
type Stop struct {
	Place string
	At    time.Time
}

// A Flight is one of a journey; a train is one too.
type Flight struct {
	Number   string
	From, To Stop
}

// A Stay is some nights at a hotel.
type Stay struct{ Hotel, From, To string } // days

// A Transfer is a drive, from one place to another.
type Transfer struct {
	From   Stop
	To, By string
}

// parting stands between the parts of a line. Nothing in them holds it.
const parting = " | "

// stamp writes the time of a stop: on its own clocks, with their zone.
const stamp = "2006-01-02 15:04"

func (s Stop) stamp() string { return s.At.Format(stamp) + " " + s.At.Location().String() }

// String writes the flight as it is kept.
func (f Flight) String() string {
	return strings.Join([]string{f.Number, f.From.Place, f.From.stamp(), f.To.Place, f.To.stamp()}, parting)
}

// String writes the stay as it is kept.
func (s Stay) String() string { return strings.Join([]string{s.Hotel, s.From, s.To}, parting) }

// String writes the transfer as it is kept.
func (t Transfer) String() string {
	return strings.Join([]string{t.From.Place, t.From.stamp(), t.To, t.By}, parting)
}

// parted reads the parts of a line, if it has so many.
func parted(text string, n int) ([]string, error) {
	parts := strings.Split(text, strings.TrimSpace(parting))
	if len(parts) != n {
		return nil, fault.New(fault.Invalid, "traveller.line", text)
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts, nil
}

func readStop(place, text string) (Stop, error) {
	if len(text) < len(stamp)+2 || place == "" {
		return Stop{}, fault.New(fault.Invalid, "traveller.stop", text)
	}
	zone, err := time.LoadLocation(text[len(stamp)+1:])
	if err != nil {
		return Stop{}, fault.New(fault.Invalid, "mission.zone", text[len(stamp)+1:])
	}
	at, err := time.ParseInLocation(stamp, text[:len(stamp)], zone)
	if err != nil {
		return Stop{}, fault.New(fault.Invalid, "traveller.stop", text)
	}
	return Stop{place, at}, nil
}

func readFlight(text string) (f Flight, err error) {
	parts, err := parted(text, 5)
	if err != nil {
		return f, err
	}
	f.Number = parts[0]
	if f.From, err = readStop(parts[1], parts[2]); err != nil {
		return f, err
	}
	if f.To, err = readStop(parts[3], parts[4]); err != nil {
		return f, err
	}
	switch length := f.To.At.Sub(f.From.At); {
	case f.Number == "":
		return f, fault.New(fault.Invalid, "traveller.flight_number")
	case length <= 0 || length > longestFlight:
		return f, fault.New(fault.Invalid, "traveller.flight_times", f.Number)
	}
	return f, nil
}

// longestFlight is longer than any: more is a day that was mistyped.
const longestFlight = 36 * time.Hour

func readStay(text string) (Stay, error) {
	parts, err := parted(text, 3)
	if err != nil {
		return Stay{}, err
	}
	s := Stay{parts[0], parts[1], parts[2]}
	from, wrong := time.Parse(time.DateOnly, s.From)
	to, alsoWrong := time.Parse(time.DateOnly, s.To)
	if s.Hotel == "" || wrong != nil || alsoWrong != nil || !from.Before(to) {
		return Stay{}, fault.New(fault.Invalid, "traveller.stay", s.Hotel)
	}
	return s, nil
}

func readTransfer(text string) (t Transfer, err error) {
	parts, err := parted(text, 4)
	if err != nil {
		return t, err
	}
	if t.From, err = readStop(parts[0], parts[1]); err != nil {
		return t, err
	}
	if t.To, t.By = parts[2], parts[3]; t.To == "" {
		return t, fault.New(fault.Invalid, "traveller.transfer", t.From.Place)
	}
	return t, nil
}

// textOf checks a line and puts it into its one shape.
func textOf[T fmt.Stringer](read func(string) (T, error)) func(string) (string, error) {
	return func(text string) (string, error) {
		line, err := read(text)
		if err != nil {
			return "", err
		}
		return line.String(), nil
	}
}

// lines reads those that are kept; what cannot be read is left out, since none
// was kept that could not be.
func lines[T any](texts []string, read func(string) (T, error)) (all []T) {
	for _, text := range texts {
		if line, err := read(text); err == nil {
			all = append(all, line)
		}
	}
	return all
}

// FlightsOf are the flights of a traveller.
func (t *Traveller) FlightsOf() []Flight { return lines(t.Flights, readFlight) }

// StaysOf are the stays of a traveller.
func (t *Traveller) StaysOf() []Stay { return lines(t.Stays, readStay) }

// TransfersOf are the transfers of a traveller.
func (t *Traveller) TransfersOf() []Transfer { return lines(t.Transfers, readTransfer) }

// typedStop is a stop as a form sends it: a place, a time on its clocks, and the
// zone, which may be left out where the place is a city that we know.
func typedStop(place, at, zone string) string {
	if city, known := places.Find(place, ""); zone == "" && known {
		zone = city.Zone
	}
	moment, err := time.Parse(web.InstantLayout, at)
	if err != nil {
		return strings.TrimSpace(at + " " + zone)
	}
	return moment.Format(stamp) + " " + zone
}
