package sat

// activityHeap is a binary heap of variables, the most active on top, that
// knows where each variable stands.
type activityHeap struct {
	activity []float64
	heap     []Var
	index    []int32 // place in heap, or -1
}

// grow makes room for one more variable and inserts it.
func (h *activityHeap) grow(activity float64) {
	v := Var(len(h.activity))
	h.activity = append(h.activity, activity)
	h.index = append(h.index, -1)
	h.insert(v)
}

// insert adds v unless it is already there.
func (h *activityHeap) insert(v Var) {
	if h.index[v] >= 0 {
		return
	}
	h.index[v] = int32(len(h.heap))
	h.heap = append(h.heap, v)
	h.up(h.index[v])
}

// pop removes and returns the most active variable.
func (h *activityHeap) pop() Var {
	top := h.heap[0]
	last := len(h.heap) - 1
	h.heap[0] = h.heap[last]
	h.index[h.heap[0]] = 0
	h.heap = h.heap[:last]
	h.index[top] = -1
	if last > 0 {
		h.down(0)
	}
	return top
}

// raised restores the order after the activity of v has grown.
func (h *activityHeap) raised(v Var) {
	if h.index[v] >= 0 {
		h.up(h.index[v])
	}
}

func (h *activityHeap) up(i int32) {
	v := h.heap[i]
	for i > 0 {
		parent := (i - 1) / 2
		if h.activity[h.heap[parent]] >= h.activity[v] {
			break
		}
		h.place(h.heap[parent], i)
		i = parent
	}
	h.place(v, i)
}

func (h *activityHeap) down(i int32) {
	v := h.heap[i]
	size := int32(len(h.heap))
	for {
		child := 2*i + 1
		if child >= size {
			break
		}
		if child+1 < size && h.activity[h.heap[child+1]] > h.activity[h.heap[child]] {
			child++
		}
		if h.activity[v] >= h.activity[h.heap[child]] {
			break
		}
		h.place(h.heap[child], i)
		i = child
	}
	h.place(v, i)
}

func (h *activityHeap) place(v Var, i int32) {
	h.heap[i] = v
	h.index[v] = i
}
