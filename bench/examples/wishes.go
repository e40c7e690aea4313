package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// A wisher draws who wants to meet whom, and why.
type wisher struct {
	r        *rand.Rand
	language string
	// mutual is how often the other side answers a wish with one of its own.
	mutual float64
	// couples counts those of each firm, and paired holds each couple.
	couples map[*firm]int
	paired  map[[2]*firm]bool
	wishes  []wish
}

// mostCouples is how many a firm would ever be in.
const mostCouples = 14

func newWisher(r *rand.Rand, language string, mutual float64) *wisher {
	return &wisher{r: r, language: language, mutual: mutual, couples: map[*firm]int{}, paired: map[[2]*firm]bool{}}
}

// between draws, for each of one side, a number of couples with the other: the
// more two firms have to say to each other, the likelier, and some of the other
// side are much asked for. Then whoever is still alone is asked by somebody.
func (w *wisher) between(from, to []*firm, fewest, most int) {
	fame := famous(w.r, to)
	for _, f := range from {
		for range fewest + w.r.IntN(most-fewest+1) {
			if other := w.choose(f, to, fame); other != nil {
				w.couple(f, other)
			}
		}
	}
	for _, alone := range to {
		if w.couples[alone] == 0 {
			if other := w.choose(alone, from, nil); other != nil {
				w.couple(other, alone)
			}
		}
	}
}

// famous gives each firm a weight that falls with its rank, in random order.
func famous(r *rand.Rand, firms []*firm) map[*firm]float64 {
	fame := map[*firm]float64{}
	for rank, i := range r.Perm(len(firms)) {
		fame[firms[i]] = 1 / float64(rank+12)
	}
	return fame
}

// choose draws a new partner for a firm; those who already have as many as
// would make sense are left alone. There may be none.
func (w *wisher) choose(f *firm, others []*firm, fame map[*firm]float64) *firm {
	weights, total := make([]float64, len(others)), 0.0
	for i, o := range others {
		if w.paired[[2]*firm{f, o}] || o == f || !sameLeg(f, o) || w.couples[o] >= mostCouples {
			continue
		}
		weights[i] = affinity(f, o)
		if fame != nil {
			weights[i] *= fame[o]
		}
		total += weights[i]
	}
	at := w.r.Float64() * total
	for i, weight := range weights {
		if at -= weight; weight > 0 && at <= 0 {
			return others[i]
		}
	}
	return nil
}

// affinity is how much two firms have to say to each other.
func affinity(a, b *firm) float64 {
	switch {
	case common(a, b) != nil:
		return 30
	case a.sector == b.sector:
		return 5
	default:
		return 1
	}
}

// common is a topic of both firms, or nil.
func common(a, b *firm) *topic {
	for i, t := range a.topics {
		if slices.ContainsFunc(b.topics, func(u topic) bool { return u.id == t.id }) {
			return &a.topics[i]
		}
	}
	return nil
}

// sameLeg says whether two firms take part in a same leg; legs are joined by ;.
func sameLeg(a, b *firm) bool {
	return strings.Contains(a.leg, b.leg) || strings.Contains(b.leg, a.leg)
}

// couple adds the wishes of two firms for each other: both, or only one.
func (w *wisher) couple(a, b *firm) {
	w.couples[a]++
	w.couples[b]++
	w.paired[[2]*firm{a, b}], w.paired[[2]*firm{b, a}] = true, true
	mutual := chance(w.r, w.mutual)
	first, second := a, b
	if chance(w.r, 0.25) {
		first, second = b, a
	}
	w.wish(first, second)
	if mutual {
		w.wish(second, first)
	}
}

func (w *wisher) wish(from, to *firm) {
	x := wish{from: from, to: to, kind: nice}
	likelihood := 0.12
	if common(from, to) != nil {
		likelihood = 0.35
	}
	if chance(w.r, likelihood) {
		x.kind = must
	} else if chance(w.r, 0.6) {
		x.weight = 1 + w.r.IntN(4)
	}
	if chance(w.r, 0.65) {
		x.note = w.note(from, to)
	}
	w.wishes = append(w.wishes, x)
}

// note says in one sentence why a firm wants to meet another.
func (w *wisher) note(from, to *firm) string {
	shared := common(from, to)
	said := notes[w.language]
	switch {
	case shared == nil:
		return draw(w.r, said.curious)
	case from.side == counterpartSide:
		return said.seeks + shared.need[w.language] + draw(w.r, said.because)
	default:
		return said.offers + shared.offer[w.language] + draw(w.r, said.hoping)
	}
}

// phrases are the parts of notes in one language.
type phrases struct {
	offers, seeks            string
	hoping, because, curious []string
}

var notes = map[string]phrases{
	"fr": {
		offers: "Propose ",
		seeks:  "Cherche ",
		hoping: []string{
			"\u202f; cherche un premier client en Floride.", "\u202f; cherche un distributeur.",
			"\u202f; cherche un site pilote.", "\u202f; vous équipez déjà trois sites.", ".",
		},
		because: []string{
			"\u202f; a demandé à vous voir.", "\u202f; renouvelle ses contrats en 2018.",
			"\u202f; prépare un appel d’offres.", "\u202f; viendra à Marseille au printemps.", ".",
		},
		curious: []string{
			"Veut comprendre le marché avant de s’engager.", "Conseillé par la chambre de commerce.",
			"Même clientèle, autre métier.", "Rencontré lors d’un salon\u202f; à reprendre.",
			"Cherche un relais de l’autre côté de l’Atlantique.",
		},
	},
	"en": {
		offers:  "Offers ",
		seeks:   "Looks for ",
		hoping:  []string{"; wants a first customer in Canada.", "; looks for a distributor.", "; looks for a pilot site.", "."},
		because: []string{"; asked to meet you.", "; renews its contracts next year.", "; prepares a call for tenders.", "."},
		curious: []string{"Wants to understand the market first.", "Advised by the chamber of commerce.", "Same customers, another trade."},
	},
}
