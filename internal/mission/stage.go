package mission

// A Stage is what was decided of a mission.
type Stage string

// The stages, in order.
const (
	Idea        Stage = "idea"
	Preparation Stage = "preparation"
	Confirmed   Stage = "confirmed"
	Followed    Stage = "followed" // its outcomes were gathered
	Closed      Stage = "closed"
	Cancelled   Stage = "cancelled"
)

// Stages lists the stages, in order.
func Stages() []Stage { return []Stage{Idea, Preparation, Confirmed, Followed, Closed, Cancelled} }

func stageNames() []string {
	var all []string
	for _, stage := range Stages() {
		all = append(all, string(stage))
	}
	return all
}

// A Status is how far a mission is: what was decided, and what the days say
// since.
type Status string

// The statuses that days decide; the others are named as the stages.
const (
	CallOpen  Status = "call_open"
	Selection Status = "selection" // the call is over, and nothing confirmed yet
	UnderWay  Status = "under_way"
	Done      Status = "done"
)

// Statuses lists the statuses in order: the line of stops of a mission. One that
// was cancelled leaves it.
func Statuses() []Status {
	return []Status{
		Status(Idea), Status(Preparation), CallOpen, Selection, Status(Confirmed), UnderWay, Done, Status(Followed), Status(Closed),
	}
}

// Status is how far the mission is on a day of its territory, written
// 2017-11-06.
func (m *Mission) Status(today string) Status {
	switch {
	case m.Stage != Preparation && m.Stage != Confirmed:
		return Status(m.Stage)
	case m.EndsOn != "" && today > m.EndsOn:
		return Done
	case m.Stage == Confirmed && m.StartsOn != "" && today >= m.StartsOn:
		return UnderWay
	case m.Stage == Confirmed || m.CallFrom == "" || today < m.CallFrom:
		return Status(m.Stage)
	case m.CallTo == "" || today <= m.CallTo:
		return CallOpen
	default:
		return Selection
	}
}
