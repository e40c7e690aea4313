package job

import "time"

// Hasten has the nodes of a test count and wait faster.
func (j *Jobs) Hasten(beat, lease time.Duration) { j.beat, j.lease = beat, lease }

// BackOff is how long a job waits that failed so many times.
var BackOff = backOff
