package clock

import "time"

// Elapsed says how long it has been since start, and 0 when start is still to come.
func Elapsed(start time.Time, now time.Time) time.Duration {
	elapsed := now.Sub(start)
	if elapsed < 0 {
		return 0
	}
	return elapsed
}
