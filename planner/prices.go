package planner

import "context"

// findPrices bounds the value of every plan, and returns the prices that prove
// the bound.
func (r *run) findPrices(ctx context.Context) (*Certificate, int) {
	l := newLedger(r.model)
	weight := make([]int32, len(r.candidates))
	for c := range r.candidates {
		weight[c] = r.candidates[c].value
	}
	d := newDual(l, weight, r.worthy(weight), r.options.Seed)
	d.price = smoothPrices(ctx, l, weight, d.active, r.rounds())
	bound := d.lower(ctx, r.sweeps())
	r.guide = &guide{l, d.price, d.reducedValues()}
	return d.certificate(), int(bound)
}

// worthy lists the candidates of positive weight that can be held at all.
func (r *run) worthy(weight []int32) []int32 {
	var list []int32
	for c := range r.candidates {
		if weight[c] > 0 && r.candidates[c].possible() {
			list = append(list, int32(c))
		}
	}
	return list
}

// rounds is how many rounds of scaling each temperature gets; the descent that
// follows makes up for a few, not for many.
func (r *run) rounds() int {
	if len(r.candidates) < 20_000 {
		return 30
	}
	return 10
}

// sweeps is how long the bound is worked on.
func (r *run) sweeps() int {
	if len(r.candidates) < 20_000 {
		return 300
	}
	return 30
}

// certificate writes the prices out, in points.
func (d *dual) certificate() *Certificate {
	return &Certificate{
		Scale: 1,
		Seat:  d.rows(0, len(d.of), d.slots),
		Place: d.rows(d.place, len(d.placeOpen), d.slots),
		Pool:  d.rows(d.pool, len(d.poolOpen), d.slots),
		Max:   d.rows(d.most, 1, len(d.of))[0],
		Day:   d.rows(d.mostDay, len(d.of), d.days),
	}
}

// rows reads so many rows of prices, the first of which is numbered first.
func (d *dual) rows(first, rows, columns int) [][]int {
	table := make([][]int, rows)
	for i := range table {
		table[i] = make([]int, columns)
		for j := range table[i] {
			table[i][j] = int(d.price[first+i*columns+j])
		}
	}
	return table
}

// reducedValues are what the weight of each candidate exceeds the cost of its
// cheapest way by, negative if it costs more.
func (d *dual) reducedValues() []int32 {
	reduced := make([]int32, len(d.candidates))
	for _, c := range d.active {
		d.buf = d.ways(c, d.price, d.buf[:0])
		reduced[c] = d.weight[c] - cheapestOf(d.buf).cost
	}
	return reduced
}
