package clock

import "time"

// Elapsed says how long it has been since start.
func Elapsed(start time.Time, now time.Time) time.Duration {
	d := now.Sub(start)
	if d < 0 {
		return 0
	}
	return d
}
