package job

import "time"

// Hasten has the nodes of a test count, wait and give up faster.
func (j *Jobs) Hasten(beat, lease, grace time.Duration) { j.pace = pace{beat, lease, grace} }

// BackOff is how long a job waits that failed so many times.
var BackOff = backOff
