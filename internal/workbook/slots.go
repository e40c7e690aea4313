package workbook

import (
	"slices"
	"time"
)

// A Stretch is a time of one leg in which meetings can be held.
type Stretch struct {
	Leg        int
	Start, End time.Time
}

// CutSlots makes the slots of the book: each as long as a meeting, with the gap
// between. The stretches are in order of leg and start, and do not overlap.
func (b *Book) CutSlots(stretches []Stretch) {
	meeting, step := b.meetingTime(), b.meetingTime()+b.gapTime()
	b.Slots = nil
	for _, st := range stretches {
		for start := st.Start; !start.Add(meeting).After(st.End); start = start.Add(step) {
			b.Slots = append(b.Slots, Slot{Start: start, End: start.Add(meeting), Leg: st.Leg})
		}
	}
	b.numberDays()
	b.numberBlocks()
}

// Stretches are such as [Book.CutSlots] makes the slots of the book of.
func (b *Book) Stretches() []Stretch {
	var stretches []Stretch
	for _, slot := range b.Slots {
		last := len(stretches) - 1
		if last >= 0 && stretches[last].Leg == slot.Leg && stretches[last].End.Add(b.gapTime()).Equal(slot.Start) &&
			dateOf(stretches[last].Start).Equal(dateOf(slot.Start)) {
			stretches[last].End = slot.End
			continue
		}
		stretches = append(stretches, Stretch{slot.Leg, slot.Start, slot.End})
	}
	return stretches
}

func (b *Book) meetingTime() time.Duration { return time.Duration(b.MeetingMinutes) * time.Minute }

func (b *Book) gapTime() time.Duration { return time.Duration(b.GapMinutes) * time.Minute }

// rest is what the slots of a stretch leave of its length.
func (b *Book) rest(length time.Duration) time.Duration {
	return (length - b.meetingTime()) % (b.meetingTime() + b.gapTime())
}

// numberDays numbers the local days over the whole mission.
func (b *Book) numberDays() {
	var days []time.Time
	for _, slot := range b.Slots {
		days = append(days, dateOf(slot.Start))
	}
	slices.SortFunc(days, time.Time.Compare)
	days = slices.Compact(days)
	for i := range b.Slots {
		b.Slots[i].Day, _ = slices.BinarySearchFunc(days, dateOf(b.Slots[i].Start), time.Time.Compare)
	}
}

// numberBlocks numbers the stretches of slots with no more than the gap
// between.
func (b *Book) numberBlocks() {
	block := 0
	for i := range b.Slots {
		slot := &b.Slots[i]
		if i > 0 {
			last := b.Slots[i-1]
			if last.Leg != slot.Leg || last.Day != slot.Day || slot.Start.Sub(last.End) > b.gapTime() {
				block++
			}
		}
		slot.Block = block
	}
}
