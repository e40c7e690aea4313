package main

// mission is an example before it is written in one language or another.
type mission struct {
	name, zone, language string
	minutes, gap         int
	slots                []slotRow
	venues               []venue
	firms                []*firm
	wishes               []wish
	meetings             []meeting
	sessions             []session
	travel               []travel
	pools                []pool
}

// slotRow is a stretch of time that is cut into slots.
type slotRow struct{ leg, date, start, end string }

type venue struct {
	leg, id, name, address string
	latitude, longitude    float64
	// tables may be 0, where no meeting is held, or ownSeats.
	tables int
	closed string
}

// ownSeats is the number of tables of premises, which only their owner uses: it
// is not said, because the owner's seats are the limit.
const ownSeats = -1

// The sides of a firm.
const (
	anySide = iota
	delegateSide
	counterpartSide
)

// firm is a participant.
type firm struct {
	leg, id, name  string
	side           int
	contact, email string
	languages      []string
	// people are names; representatives counts those without one.
	people           []string
	representatives  int
	min, max, maxDay int
	venue, table     string
	unavailable      []string
	sector           string
	topics           []topic
}

// The kinds of wishes.
const (
	must = iota
	nice
	never
)

type wish struct {
	from, to *firm
	kind     int
	// weight, minutes may be 0: not said.
	weight, minutes int
	venue, person   string
	note            string
}

type meeting struct {
	firms               []*firm
	start, venue, table string
	locked              bool
}

type session struct {
	name, start, end, venue string
	// participants are the ids of firms, or one of the words of headings.
	participants []string
}

type travel struct {
	from, to string
	minutes  int
}

type pool struct {
	leg, languages string
	count          int
	unavailable    string
}
